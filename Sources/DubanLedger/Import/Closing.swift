/// What a plan says about who and by when, at the end of one or several measures.
struct Closing: Sendable, Hashable {
  /// Units and the persons named with them.
  struct Party: Sendable, Hashable {
    var units: [String] = []
    var persons: [String] = []
    /// Whether the document names the persons before their units.
    var beginsWithPersons = false
  }

  /// Units and persons, in the document's order.
  var parties: [Party] = []
  /// The units that only help, where the document tells them apart.
  var supporting: [String] = []
  /// The unit that leads, where the document names it as such.
  var lead: String?
  /// Leaders named beside those who answer: nobody to be reminded.
  var leaders: [String] = []
  /// Words for units in general.
  var vague: [String] = []
  /// The words for the deadline, one each where the document names several.
  var deadlines: [String] = []
  /// What belongs to the closing and fits nowhere in the ledger.
  var leftOver: [String] = []
  /// What isn't certain, English.
  var doubts: [String] = []
  var lines: [SourceLine] = []

  var units: [String] { parties.flatMap(\.units) }

  /// The party's units that answer, rather than help.
  private func answering(_ party: Party) -> [String] { party.units.filter { !supporting.contains($0) } }

  /// Whether each person's unit is certain: one unit that answers, or as many persons as such units, in order.
  func isPaired(_ party: Party) -> Bool {
    let answering = answering(party)
    return party.persons.isEmpty || party.units.count == 1 || answering.count == party.persons.count
      || answering.isEmpty && party.persons.count == 1
      || party.persons.count == party.units.count && answering.count == party.units.count
  }

  /// Each person with the unit; with the first unit, the one that leads, where that isn't certain.
  func pairs(of party: Party) -> [(person: String, unit: String)] {
    let answering = answering(party)
    if party.persons.count == answering.count { return Array(zip(party.persons, answering)) }
    if party.persons.count == party.units.count { return Array(zip(party.persons, party.units)) }
    return party.units.first.map { unit in party.persons.map { ($0, unit) } } ?? []
  }
  var persons: [String] { parties.flatMap(\.persons) }
  var isEmpty: Bool { parties.isEmpty && deadlines.isEmpty }

  mutating func add(_ label: PlanLabel, _ printed: String) {
    let value = printed.balanced
    switch label {
    case .units(let role):
      var list = UnitList()
      list.add(value, role: role)
      add(list)
    case .persons: addPersons(value)
    case .leaders: leaders += NameList.persons(value).names
    case .deadline:
      let words = value.withoutEnd
      if words.isEmpty {
        doubts.append("the deadline is empty")
      } else {
        deadlines.append(words)
      }
    default: leftOver.append(value)
    }
  }

  /// Takes over the units of a list; names that no unit usually has become doubts.
  mutating func add(_ list: UnitList) {
    let tooLong = list.names.filter { $0.count > 30 && !list.unusual.contains($0) }
    doubts += (list.unusual + tooLong).map { "“\($0.excerpt)” is no usual name of a unit" }
    doubts += list.doubts
    if lead == nil { lead = list.lead.first }
    supporting += list.supporting.filter { !supporting.contains($0) }
    vague += list.vague.filter { !vague.contains($0) }
    leftOver += list.notes
    defer { addPersons(named: list.persons) }
    let new = list.names.filter { !units.contains($0) }
    guard !new.isEmpty else { return }
    if let last = parties.last, last.persons.isEmpty || last.units.isEmpty || !list.supporting.isEmpty {
      // A unit that leads is first, wherever the document names it.
      let isLeading = list.lead.first == new.first && lead == new.first
      parties[parties.count - 1].units = isLeading ? new + last.units : last.units + new
    } else {
      parties.append(Party(units: new))
    }
  }

  /// Gives units their other names; a unit that is there under both then is there once.
  mutating func rename(_ names: [String: String]) {
    func renamed(_ units: [String]) -> [String] {
      var seen: Set<String> = []
      return units.map { names[$0] ?? $0 }.filter { seen.insert($0).inserted }
    }
    for party in parties.indices { parties[party].units = renamed(parties[party].units) }
    supporting = renamed(supporting)
    lead = lead.map { names[$0] ?? $0 }
  }

  /// What a measure's closing leaves to its heading's.
  enum Part { case units, deadlines }

  /// Takes what it doesn't say itself from what a heading says for all its measures; gives what it took.
  mutating func complete(with heading: Closing) -> [Part] {
    var taken: [Part] = []
    if units.isEmpty, vague.isEmpty, !heading.units.isEmpty {
      parties = persons.isEmpty ? heading.parties : [Party(units: heading.units, persons: persons)]
      (lead, supporting) = (heading.lead, heading.supporting)
      vague += heading.vague
      doubts += heading.doubts
      if leaders.isEmpty { leaders = heading.leaders }
      taken.append(.units)
    }
    if deadlines.isEmpty, !heading.deadlines.isEmpty {
      deadlines = heading.deadlines
      taken.append(.deadlines)
    }
    return taken
  }

  /// Adds persons who are in brackets behind their units.
  private mutating func addPersons(named names: [String]) {
    guard !names.isEmpty, !parties.isEmpty else { return }
    parties[parties.count - 1].persons += names.filter { !parties[parties.count - 1].persons.contains($0) }
  }

  /// Adds units each with the persons behind it: 县政务局 何清、石岩, or over one another on lines.
  mutating func add(unitsAndPersons value: String, role: UnitRole) {
    for line in value.split(separator: "\n").map(String.init) {
      for piece in PlanLabel.cut(line, where: \.isClosing) {
        if let labelled = PlanLabel.read(piece) {
          add(labelled.label, labelled.rest)
          continue
        }
        for part in piece.parts(at: ["、", "；", ";", "，", ",", "：", ":", "/", "／"]) {
          let words = part.split(whereSeparator: \.isWhitespace).map(String.init)
          // 何 清 is one name.
          let names =
            words.allSatisfy({ $0.count == 1 }) ? [words.joined()] : words.flatMap(Self.unitAndPerson)
          for word in names where !NameList.isTitle(word) {
            let isPerson = !NameList.endsAsUnit(word) && NameList.looksLikeName(NameList.withoutTitle(word))
            add(isPerson || word.contains(where: \.isASCIIDigit) ? .persons : .units(role), word)
          }
        }
      }
    }
  }

  /// Whether a cell has lines whose labels announce persons or a deadline.
  static func hasOtherLabels(_ cell: String) -> Bool {
    cell.split(separator: "\n").contains { line in
      switch PlanLabel.read(line)?.label {
      case .persons, .leaders, .deadline: true
      default: false
      }
    }
  }

  /// A unit and the person behind it without a space: 县水利局局长何清, 县水利局何清; the word alone where it is something else.
  private static func unitAndPerson(_ word: String) -> [String] {
    if NameList.looksLikeUnit(word) { return [word] }
    for length in 2...6 where word.count > length + 2 {
      let (unit, person) = (String(word.dropLast(length)), NameList.withoutTitle(String(word.suffix(length))))
      let isPair = NameList.endsAsUnit(unit) && NameList.looksLikeName(person) && person.count <= 3
      if isPair, !NameList.looksLikeUnit(person), !NameList.isTitle(person) { return [unit, person] }
    }
    return [word]
  }

  private mutating func addPersons(_ text: String) {
    var value = text
    // 何清 5550101: the ledger's owners have mailboxes.
    while let phone = Self.phone(in: value) {
      leftOver.append("（\(value[phone].trimmedWhitespace)）")
      value.replaceSubrange(phone, with: " ")
    }
    value = value.replacing(/[（(]\s*(?:电话|手机|联系电话)?[：:]?\s*[）)]/, with: " ")
    let (names, asides) = NameList.persons(value)
    leftOver += asides + names.filter { !NameList.looksLikeName($0) }
    if parties.last.map({ $0.beginsWithPersons && !$0.units.isEmpty }) ?? true {
      parties.append(Party(beginsWithPersons: true))
    }
    parties[parties.count - 1].persons += names.filter(NameList.looksLikeName)
  }

  /// A telephone number: at least seven digits, with - between them.
  private static func phone(in value: String) -> Range<String.Index>? {
    guard let start = value.firstIndex(where: \.isASCIIDigit) else { return nil }
    let end = value[start...].firstIndex { !$0.isASCIIDigit && !"-－—".contains($0) } ?? value.endIndex
    return value[start..<end].count(where: \.isASCIIDigit) >= 7 ? start..<end : nil
  }
}
