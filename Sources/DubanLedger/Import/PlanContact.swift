import DubanCore

/// Finds the contact in a document: as labels on lines of their own, or inside a sentence's brackets.
struct PlanContact {
  private(set) var contact = Contact(unit: "", person: "", phone: "", email: "")
  /// The numbers of the lines whose whole text went into it.
  private(set) var taken: Set<Int> = []
  /// Further persons, with the lines.
  private(set) var others: [(name: String, lines: [SourceLine])] = []

  init(_ paragraphs: [PlanParagraph]) {
    for paragraph in paragraphs { read(paragraph) }
    if contact.email.isEmpty { takeOnlyAddress(paragraphs) }
    for paragraph in paragraphs where !contact.email.isEmpty {
      let address = paragraph.text.squeezed
      if address == contact.email || address == "mailto:\(contact.email)" {
        taken.formUnion(paragraph.lines.map(\.number))
      }
    }
  }

  private mutating func read(_ paragraph: PlanParagraph) {
    var pieces = PlanLabel.cut(paragraph.text, glued: true, where: \.isContact)
    var isWhole = true
    switch paragraph.kind {
    case .label(let first, _) where first.isContact:
      isWhole = set(first, pieces[0].withoutEnd, paragraph.lines)
    case .table, .pageNumber: return
    default: isWhole = PlanLabel.read(pieces[0])?.label.isContact ?? false
    }
    if case .label(let first, _) = paragraph.kind, first.isContact { pieces.removeFirst() }
    // 学校安全办联系人：唐越
    if pieces.count > 1, case .contactPerson? = PlanLabel.read(pieces[1])?.label, contact.unit.isEmpty,
      let office = pieces[0].parts(at: ["。", "，", "；", "、", "："]).last,
      office == pieces[0].parts(at: ["。"]).last,
      NameList.endsAsUnit(office), pieces[0].last?.endsSentence == false,
      !office.contains(where: { "请于将报送".contains($0) })
    {
      contact.unit = office
    }
    for piece in pieces {
      guard let found = PlanLabel.read(piece), found.label.isContact else { continue }
      let value = found.rest.prefix { !"）)。；;".contains($0) }.withoutEnd
      isWhole = set(found.label, value, paragraph.lines) && isWhole
    }
    if isWhole { taken.formUnion(paragraph.lines.map(\.number)) }
  }

  /// A telephone number, with its area's, and an extension.
  private static var phone: Regex<Substring> { /[0-9+][0-9\-—－ ]{4,}[0-9](?:转[0-9]+)?/ }

  /// Sets a part of the contact; false where it already says something else.
  private mutating func set(_ label: PlanLabel, _ value: String, _ lines: [SourceLine]) -> Bool {
    func put(_ part: WritableKeyPath<Contact, String>, _ value: String) -> Bool {
      if contact[keyPath: part].isEmpty { contact[keyPath: part] = value }
      return contact[keyPath: part] == value && !value.isEmpty
    }
    switch label {
    case .contactUnit: return put(\.unit, value)
    case .contactPerson:
      // 联系人：区防汛办 林小河、周大山 5550101
      if let number = value.firstMatch(of: Self.phone), contact.phone.isEmpty {
        contact.phone = String(number.output)
      }
      var words = String(value.prefix { !$0.isASCIIDigit && !"（(".contains($0) })
      if let space = words.firstIndex(where: \.isWhitespace),
        NameList.endsAsUnit(words[..<space].trimmedWhitespace)
      {
        if contact.unit.isEmpty { contact.unit = words[..<space].trimmedWhitespace }
        words = words[space...].trimmedWhitespace
      }
      // 何清，电话5550101
      let names = NameList.persons(words).names.filter { PlanLabel.words[$0] == nil }
      guard let first = names.first else { return put(\.person, value) }
      others += names.dropFirst().map { ($0, lines) }
      return put(\.person, first)
    case .contactPhone:
      // 5550133（工作日）: what isn't a number's stays out.
      guard let number = value.firstMatch(of: Self.phone) else { return false }
      return put(\.phone, String(number.output)) && number.output.count == value.count
    case .contactEmail: return value.contains("@") && put(\.email, value.squeezed)
    default: return false
    }
  }

  /// Takes the address that is in the notice's sentences, where there is only one.
  private mutating func takeOnlyAddress(_ paragraphs: [PlanParagraph]) {
    var found: Set<String> = []
    for paragraph in paragraphs {
      if case .table = paragraph.kind { continue }
      // From each @ outwards: a pattern would look at every run of letters again and again.
      let text = paragraph.text
      for sign in text.indices where text[sign] == "@" {
        let isPart = { (character: Character) in
          character.isASCII && (character.isLetter || character.isNumber || "._%+-".contains(character))
        }
        let local = text[..<sign].reversed().prefix(64).prefix(while: isPart).reversed()
        let domain = text[text.index(after: sign)...].prefix(128).prefix(while: isPart)
        if !local.isEmpty, domain.contains(".") { found.insert(String(local) + "@" + domain) }
      }
    }
    if found.count == 1, let address = found.first { contact.email = address }
  }
}
