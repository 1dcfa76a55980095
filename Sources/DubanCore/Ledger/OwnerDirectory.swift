/// Finds the owners of a measure; built once per ledger, so that a look-up doesn't search the whole list.
public struct OwnerDirectory: Sendable {
  private let byPerson: [String: [Owner]]
  private let byUnit: [String: [Owner]]
  private let headsByUnit: [String: [Owner]]

  /// A directory of a ledger's owners.
  public init(_ owners: [Owner]) {
    byPerson = Dictionary(grouping: owners, by: \.person)
    byUnit = Dictionary(grouping: owners, by: \.unit)
    headsByUnit = Dictionary(grouping: owners.filter(\.isHead), by: \.unit)
  }

  /// Everyone of that name.
  public func namesakes(_ person: String) -> [Owner] { byPerson[person] ?? [] }

  /// Whether every person is the owner of the unit in the same place: nothing about such an assignment is in doubt.
  public func isExact(_ assignment: Assignment) -> Bool {
    assignment.units.count == assignment.persons.count && !assignment.units.isEmpty
      && zip(assignment.units, assignment.persons).allSatisfy { unit, person in
        byPerson[person]?.contains { $0.unit == unit } ?? false
      }
  }

  /// The owners of a measure, in the measure's order, each once.
  ///
  /// `persons[i]` answers for `units[i]` where both lists are as long. Otherwise the pairing is unknown and a
  /// person is found in any of the measure's units. A person whom no unit fits is found by name alone if only
  /// one owner has that name. A measure that names no person is answered for by all owners of its units; a unit
  /// without any stands for itself, as an owner without name and address.
  public func owners(of measure: Measure) -> [Owner] {
    owners(of: Assignment(units: measure.units, persons: measure.persons))
  }

  /// The same for whoever a measure is assigned to.
  public func owners(of assignment: Assignment) -> [Owner] {
    var found: [Owner] = []
    let (units, persons) = (assignment.units, assignment.persons)
    if persons.isEmpty {
      return units.flatMap { byUnit[$0] ?? [Owner(person: "", unit: $0, email: nil)] }
    }
    for (index, person) in persons.enumerated() {
      guard let named = byPerson[person] else { continue }
      let isPaired = units.count == persons.count
      let match =
        named.first { isPaired ? $0.unit == units[index] : units.contains($0.unit) }
        ?? (named.count == 1 ? named.first : nil)
      if let match, !found.contains(match) { found.append(match) }
    }
    return found
  }

  /// The heads (第一责任人) of the units that these owners answer for, without the owners themselves.
  public func heads(over owners: [Owner]) -> [Owner] {
    var found: [Owner] = []
    for owner in owners {
      for head in headsByUnit[owner.unit] ?? [] where !owners.contains(head) && !found.contains(head) {
        found.append(head)
      }
    }
    return found
  }
}
