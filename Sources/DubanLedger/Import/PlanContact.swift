import DubanCore

/// Finds the contact in a paper: as labels on lines of their own, or inside a sentence's brackets.
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
    for piece in pieces {
      guard let found = PlanLabel.read(piece), found.label.isContact else { continue }
      let value = found.rest.prefix { !"）)。；;".contains($0) }.withoutEnd
      isWhole = set(found.label, value, paragraph.lines) && isWhole
    }
    if isWhole { taken.formUnion(paragraph.lines.map(\.number)) }
  }

  /// Sets a part of the contact; false where it already says something else.
  private mutating func set(_ label: PlanLabel, _ value: String, _ lines: [SourceLine]) -> Bool {
    func put(_ part: WritableKeyPath<Contact, String>, _ value: String) -> Bool {
      if contact[keyPath: part].isEmpty { contact[keyPath: part] = value }
      return contact[keyPath: part] == value && !value.isEmpty
    }
    switch label {
    case .contactUnit: return put(\.unit, value)
    case .contactPerson:
      // 联系人：林小河、周大山 5550101
      let digits = value.split(whereSeparator: \.isWhitespace).first { $0.contains { $0.isASCIIDigit } }
      let names = NameList.persons(String(value.prefix { !$0.isASCIIDigit })).names
      if let digits, contact.phone.isEmpty { contact.phone = String(digits.drop { !$0.isASCIIDigit }) }
      guard let first = names.first else { return put(\.person, value) }
      others += names.dropFirst().map { ($0, lines) }
      return put(\.person, first)
    case .contactPhone:
      // 5550133（工作日）: what isn't a number's stays out.
      let number = value.prefix { !$0.isIdeograph || "转、和".contains($0) }
      return put(\.phone, number.drop { "（(".contains($0) }.prefix { $0 != "（" }.withoutEnd)
        && number.count == value.count
    case .contactEmail: return value.contains("@") && put(\.email, value.squeezed)
    default: return false
    }
  }

  /// Takes the address that stands in the notice's sentences, where there is only one.
  private mutating func takeOnlyAddress(_ paragraphs: [PlanParagraph]) {
    var found: Set<String> = []
    for paragraph in paragraphs {
      if case .table = paragraph.kind { continue }
      for match in paragraph.text.matches(of: /[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(\.[A-Za-z0-9\-]+)+/) {
        found.insert(String(match.output.0))
      }
    }
    if found.count == 1, let address = found.first { contact.email = address }
  }
}
