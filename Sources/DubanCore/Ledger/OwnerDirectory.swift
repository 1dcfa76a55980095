/// Finds the owners of a measure; built once per ledger, so that a look-up doesn't search the whole list.
public struct OwnerDirectory: Sendable {
  /// Everyone a measure may name.
  public let owners: [Owner]
  private let byPerson: Chains
  private let byUnit: Chains
  private let headsByUnit: Chains

  /// The places of the owners that share a name, in order: the first by name, and behind each the next.
  private struct Chains: Sendable {
    private var first: [String: Int32]
    private var following: [Int32]

    /// - Parameter name: the name under which an owner is found; nil for one who isn't.
    init(_ owners: [Owner], names: Int = 0, by name: (Owner) -> String?) {
      first = Dictionary(minimumCapacity: names)
      following = Array(repeating: -1, count: owners.count)
      for (place, owner) in owners.enumerated().reversed() {
        guard let name = name(owner) else { continue }
        following[place] = first.updateValue(Int32(place), forKey: name) ?? -1
      }
    }

    func places(of name: String) -> Places { Places(place: first[name] ?? -1, following: following) }

    /// The places of those who share the name of one and come later.
    func places(behind place: Int) -> Places { Places(place: following[place], following: following) }
  }

  /// Places of owners, one after the other.
  private struct Places: Sequence, IteratorProtocol {
    fileprivate var place: Int32
    fileprivate let following: [Int32]

    mutating func next() -> Int? {
      guard place >= 0 else { return nil }
      defer { place = following[Int(place)] }
      return Int(place)
    }
  }

  /// A directory of a ledger's owners.
  public init(_ owners: [Owner]) {
    self.owners = owners
    byPerson = Chains(owners, names: owners.count) { $0.person }
    byUnit = Chains(owners) { $0.unit }
    headsByUnit = Chains(owners) { $0.isHead ? $0.unit : nil }
  }

  /// Whether somebody may stand twice with the same unit; also true where too many share a name to tell quickly.
  public var mayHaveDoubles: Bool {
    var steps = 0
    for (place, owner) in owners.enumerated() {
      for other in byPerson.places(behind: place) {
        steps += 1
        if steps > 8 * owners.count || owners[other].unit == owner.unit { return true }
      }
    }
    return false
  }

  /// Everyone of that name.
  public func namesakes(_ person: String) -> [Owner] { byPerson.places(of: person).map { owners[$0] } }

  /// Whether every person is the owner of the unit in the same place: nothing about such an assignment is in doubt.
  public func isExact(_ assignment: Assignment) -> Bool {
    assignment.units.count == assignment.persons.count && !assignment.units.isEmpty
      && zip(assignment.units, assignment.persons).allSatisfy { unit, person in
        byPerson.places(of: person).contains { owners[$0].unit == unit }
      }
  }

  /// The place of the owner of that name and unit; nil where there is none.
  public func place(of person: String, in unit: String) -> Int? {
    byPerson.places(of: person).first { owners[$0].unit == unit }
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
    guard assignment.persons.isEmpty else { return places(ofPersonsOf: assignment).map { owners[$0] } }
    return assignment.units.flatMap { (unit: String) -> [Owner] in
      let owners = byUnit.places(of: unit).map { self.owners[$0] }
      return owners.isEmpty ? [Owner(person: "", unit: unit, email: nil)] : owners
    }
  }

  /// The places among ``owners`` of those who are the owners of an assignment.
  public func places(of assignment: Assignment) -> [Int] {
    assignment.persons.isEmpty
      ? assignment.units.flatMap { Array(byUnit.places(of: $0)) } : places(ofPersonsOf: assignment)
  }

  private func places(ofPersonsOf assignment: Assignment) -> [Int] {
    var found: [Int] = []
    let (units, persons) = (assignment.units, assignment.persons)
    let isPaired = units.count == persons.count
    for (index, person) in persons.enumerated() {
      let named = byPerson.places(of: person)
      let fitting = named.first { place in
        isPaired ? owners[place].unit == units[index] : units.contains(owners[place].unit)
      }
      guard let match = fitting ?? alone(named) else { continue }
      let isKnown = found.contains { $0 == match || owners[$0] == owners[match] }
      if !isKnown { found.append(match) }
    }
    return found
  }

  /// The place of an owner who has no namesake.
  private func alone(_ named: Places) -> Int? {
    var rest = named
    guard let only = rest.next() else { return nil }
    return rest.next() == nil ? only : nil
  }

  /// The heads (第一责任人) of the units that these owners answer for, without the owners themselves.
  public func heads(over owners: [Owner]) -> [Owner] {
    var found: [Owner] = []
    for owner in owners {
      for place in headsByUnit.places(of: owner.unit) {
        let head = self.owners[place]
        if !owners.contains(head), !found.contains(head) { found.append(head) }
      }
    }
    return found
  }
}
