/// What a plan says about who and by when, at the end of one or several measures.
struct Closing: Sendable, Hashable {
  /// Units and the persons named with them.
  struct Party: Sendable, Hashable {
    var units: [String] = []
    var persons: [String] = []

    /// Whether each person's unit is certain: as many persons as units, in order, or only one unit.
    var isPaired: Bool { persons.isEmpty || persons.count == units.count || units.count == 1 }

    /// Each person with the unit; empty where that isn't certain.
    var pairs: [(person: String, unit: String)] {
      guard isPaired else { return [] }
      if units.count == 1 { return persons.map { ($0, units[0]) } }
      return Array(zip(persons, units))
    }
  }

  /// Units and persons, in the document's order.
  var parties: [Party] = []
  /// The words for the deadline, one each where the document names several.
  var deadlines: [String] = []
  /// What belongs to the closing and fits nowhere in the ledger.
  var leftOver: [String] = []
  /// What isn't certain, English.
  var doubts: [String] = []
  /// The closing's lines.
  var lines: [SourceLine] = []

  var units: [String] { parties.flatMap(\.units) }
  var persons: [String] { parties.flatMap(\.persons) }
  var isEmpty: Bool { parties.isEmpty && deadlines.isEmpty }

  /// Adds a label's value.
  mutating func add(_ label: PlanLabel, _ value: String) {
    switch label {
    case .units: addUnits(NameList.units(value))
    case .persons: addPersons(value)
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

  mutating func addUnits(_ names: [String]) {
    for unit in names where unit.contains(where: { "。！？：:".contains($0) }) || unit.count > 30 {
      doubts.append("“\(unit.excerpt)” is no usual name of a unit")
    }
    if let last = parties.last, last.persons.isEmpty {
      parties[parties.count - 1].units += names
    } else {
      parties.append(Party(units: names))
    }
  }

  private mutating func addPersons(_ value: String) {
    let (names, asides) = NameList.persons(value)
    leftOver += asides + names.filter { !NameList.looksLikeName($0) }
    if parties.isEmpty { parties.append(Party()) }
    parties[parties.count - 1].persons += names.filter(NameList.looksLikeName)
  }
}
