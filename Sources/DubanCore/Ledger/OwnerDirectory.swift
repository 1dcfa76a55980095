/// Finds the owners of a measure; built once per ledger, so that a look-up doesn't search the whole list.
public struct OwnerDirectory: Sendable {
  /// Everyone a measure may name.
  public let owners: [Owner]
  /// The names of persons and of units; everything else knows them by their numbers here.
  private let persons: NameTable
  private let units: NameTable
  /// By owner.
  private let unitOf: [Int32]
  private let byPerson: Chains
  private let byUnit: Chains
  private let headsByUnit: Chains
  private let hasHeads: Bool

  /// The places of the owners that share a name, in order: the first by the name's number, and behind each the next.
  private struct Chains: Sendable {
    private var first: [Int32]
    private var following: [Int32]

    /// - Parameters:
    ///   - names: the number of each owner's name.
    ///   - count: how many names there are.
    ///   - isListed: whether the owner at that place is found under the name.
    init(_ names: [Int32], count: Int, where isListed: (Int) -> Bool = { _ in true }) {
      first = Array(repeating: -1, count: count)
      following = Array(repeating: -1, count: names.count)
      for place in names.indices.reversed() where isListed(place) {
        let name = Int(names[place])
        following[place] = first[name]
        first[name] = Int32(place)
      }
    }

    func places(of name: Int?) -> Places {
      Places(place: name.map { first[$0] } ?? -1, following: following)
    }

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
    var (persons, units) = (NameTable(room: owners.count), NameTable())
    // By place: a loop over the owners would copy each.
    let personOf = owners.indices.map { Int32(persons.take(owners[$0].person)) }
    let unitOf = owners.indices.map { Int32(units.take(owners[$0].unit)) }
    byPerson = Chains(personOf, count: persons.count)
    byUnit = Chains(unitOf, count: units.count)
    headsByUnit = Chains(unitOf, count: units.count) { owners[$0].isHead }
    hasHeads = owners.indices.contains { owners[$0].isHead }
    (self.persons, self.units, self.unitOf) = (persons, units, unitOf)
  }

  /// Whether somebody may stand twice with the same unit; also true where too many share a name to tell quickly.
  public var mayHaveDoubles: Bool {
    var steps = 0
    for place in owners.indices {
      for other in byPerson.places(behind: place) {
        steps += 1
        if steps > 8 * owners.count || unitOf[other] == unitOf[place] { return true }
      }
    }
    return false
  }

  /// Everyone of that name.
  public func namesakes(_ person: String) -> [Owner] { places(ofPerson: person).map { owners[$0] } }

  /// Whether every person is the owner of the unit in the same place: nothing about such an assignment is in doubt.
  public func isExact(_ assignment: Assignment) -> Bool {
    assignment.units.count == assignment.persons.count && !assignment.units.isEmpty
      && zip(assignment.units, assignment.persons).allSatisfy { place(of: $1, in: $0) != nil }
  }

  /// The place of the owner of that name and unit; nil where there is none.
  public func place(of person: String, in unit: String) -> Int? {
    place(ofPerson: persons.number(of: person)) { units.number(of: unit) }
  }

  /// The same for names in UTF-8.
  public func place(of person: NameTable.Bytes, in unit: NameTable.Bytes) -> Int? {
    place(ofPerson: persons.number(of: person)) { units.number(of: unit) }
  }

  private func place(ofPerson person: Int?, _ unit: () -> Int?) -> Int? {
    guard let person, let unit = unit() else { return nil }
    return byPerson.places(of: person).first { unitOf[$0] == unit }
  }

  private func places(ofPerson name: String) -> Places { byPerson.places(of: persons.number(of: name)) }

  private func places(ofUnit name: String) -> Places { byUnit.places(of: units.number(of: name)) }

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
      let owners = places(ofUnit: unit).map { self.owners[$0] }
      return owners.isEmpty ? [Owner(person: "", unit: unit, email: nil)] : owners
    }
  }

  /// The places among ``owners`` of those who are the owners of an assignment.
  public func places(of assignment: Assignment) -> [Int] {
    assignment.persons.isEmpty
      ? assignment.units.flatMap { Array(places(ofUnit: $0)) } : places(ofPersonsOf: assignment)
  }

  private func places(ofPersonsOf assignment: Assignment) -> [Int] {
    var found: [Int] = []
    let (units, persons) = (assignment.units, assignment.persons)
    let isPaired = units.count == persons.count
    let numbers = isPaired ? [] : units.compactMap { self.units.number(of: $0) }
    for (index, person) in persons.enumerated() {
      let named = places(ofPerson: person)
      let unit = isPaired ? self.units.number(of: units[index]) : nil
      let fitting = named.first { place in
        let own = Int(unitOf[place])
        return isPaired ? own == unit : numbers.contains(own)
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
    guard hasHeads else { return [] }
    var found: [Owner] = []
    for owner in owners {
      for place in headsByUnit.places(of: units.number(of: owner.unit)) {
        let head = self.owners[place]
        if !owners.contains(head), !found.contains(head) { found.append(head) }
      }
    }
    return found
  }
}
