/// The policy's overrides, as the items of a ledger ask for them.
struct Exceptions {
  private let overrides: [PolicyOverride]
  /// Everyone who has an override of their own.
  let people: Set<String>

  init(_ overrides: [PolicyOverride]) {
    self.overrides = overrides
    people = Set(overrides.compactMap { if case .owner(let person) = $0.scope { person } else { nil } })
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
