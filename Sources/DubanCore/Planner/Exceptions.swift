/// The policy's overrides, as the items of a ledger ask for them.
struct Exceptions {
  private let overrides: [PolicyOverride]
  /// Every area, by name, measure, by number, and person, by name, that has an override of its own.
  private(set) var areas: Set<String> = []
  private(set) var measures: Set<String> = []
  private(set) var people: Set<String> = []

  init(_ overrides: [PolicyOverride]) {
    self.overrides = overrides
    for override in overrides {
      switch override.scope {
      case .area(let name): areas.insert(name)
      case .measure(let id): measures.insert(id)
      case .owner(let person): people.insert(person)
      }
    }
  }

  /// Those for a measure, in the configuration's order, with those for `person` where one is named.
  func applying(to measure: Measure, in area: Area, person: String?) -> [PolicyOverride] {
    guard !overrides.isEmpty else { return [] }
    return overrides.filter { override in
      switch override.scope {
      case .area(let name): name == area.name
      case .measure(let id): id == measure.id
      case .owner(let name): name == person
      }
    }
  }

  /// Those for a person.
  func applying(to person: String) -> [PolicyOverride] {
    people.contains(person) ? overrides.filter { $0.scope == .owner(person) } : []
  }
}
