/// 责任人 of a 责任单位: a person with an address.
public struct Owner: Sendable, Hashable {
  /// The person's name.
  public var person: String
  /// The unit the person answers for.
  public var unit: String
  /// The mailbox; nil where nobody knows it yet, and then the contact gets this person's reminders.
  public var email: String?
  /// Who gets a copy of every mail (deputies).
  public var copies: [String]
  /// Whether this is the unit's head (第一责任人), who hears of overdue measures of the whole unit.
  public var isHead: Bool
  /// The telephone number, for those who have to call; empty where nobody wrote it.
  public var phone = ""
  /// 分管领导: the name of an owner who answers for this person above the unit; empty where nobody is named.
  public var supervisor = ""

  package init(person: String, unit: String, email: String?, copies: [String] = [], isHead: Bool = false) {
    self.person = person
    self.unit = unit
    self.email = email
    self.copies = copies
    self.isHead = isHead
  }
}

/// Who answers for a measure: many measures of a ledger have the same.
public struct Assignment: Sendable, Hashable {
  /// 责任单位; `units[i]` is the unit of `persons[i]` where both are as long.
  public var units: [String]
  /// 责任人.
  public var persons: [String]

  /// An assignment to these.
  public init(units: [String], persons: [String]) {
    self.units = units
    self.persons = persons
  }
}

/// Finds the owners of a measure; built once per ledger, so that a look-up doesn't search the whole list.
public struct OwnerDirectory: Sendable {
  /// Everyone a measure may name.
  public let owners: [Owner]
  /// The places of the owners by name and by unit, each in order.
  private let byPerson: [String: [Int]]
  private let byUnit: [String: [Int]]
  private let headsByUnit: [String: [Int]]
  /// The names of owners by their letters alone, where those are one owner's.
  private let spellings: [String: String]

  /// A directory of a ledger's owners.
  public init(_ owners: [Owner]) {
    self.owners = owners
    byPerson = Dictionary(grouping: owners.indices) { owners[$0].person }
    byUnit = Dictionary(grouping: owners.indices) { owners[$0].unit }
    headsByUnit = Dictionary(grouping: owners.indices.filter { owners[$0].isHead }) { owners[$0].unit }
    spellings = Dictionary(grouping: byPerson.keys, by: Wording.plain).compactMapValues {
      $0.count == 1 ? $0[0] : nil
    }
  }

  /// Everyone of that name.
  public func namesakes(_ person: String) -> [Owner] { places(ofPerson: person).map { owners[$0] } }

  /// The supervisor of that name; nil where no owner is called so, or more than one: what an office has overdue is
  /// nothing to be sent by a guess.
  public func supervisor(_ name: String) -> Owner? {
    let places = places(ofPerson: name)
    return places.count == 1 ? owners[places[0]] : nil
  }

  /// The supervisors of these owners and of an area, each once.
  public func supervisors(over owners: [Owner], in area: Area) -> [Owner] {
    var found: [Owner] = []
    for name in owners.map(\.supervisor) + [area.supervisor] where !name.isEmpty {
      guard let supervisor = supervisor(name), !found.contains(supervisor), !owners.contains(supervisor)
      else {
        continue
      }
      found.append(supervisor)
    }
    return found
  }

  /// Whether an owner is named like that.
  public func hasPerson(_ name: String) -> Bool { byPerson[name] != nil }

  /// Whether an owner's unit is named like that.
  public func hasUnit(_ name: String) -> Bool { byUnit[name] != nil }

  /// The owner who is written in another way: 王 芳 for 王芳, 买买提·艾力 for 买买提•艾力. Nil where there is none, or several.
  public func spelling(ofPerson name: String) -> String? { spellings[Wording.plain(name)] }

  private func places(ofPerson name: String) -> [Int] { byPerson[name] ?? [] }

  private func places(ofUnit name: String) -> [Int] { byUnit[name] ?? [] }

  /// The owners of a measure, in the measure's order, each once.
  ///
  /// `persons[i]` answers for `units[i]` where both lists are as long. Otherwise the pairing is unknown and a
  /// person is found in any of the measure's units, and as two where two of them have owners of that name. A person whom no unit fits is found by name alone if only
  /// one owner has that name. A measure that names no person is answered for by all owners of its units; a unit
  /// without any is taken for an owner without name and address.
  public func owners(of measure: Measure) -> [Owner] {
    owners(of: Assignment(units: measure.units, persons: measure.persons))
  }

  /// The same for those whom a measure is assigned to.
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
      ? assignment.units.flatMap(places(ofUnit:)) : places(ofPersonsOf: assignment)
  }

  private func places(ofPersonsOf assignment: Assignment) -> [Int] {
    var found: [Int] = []
    let (units, persons) = (assignment.units, assignment.persons)
    let isPaired = units.count == persons.count
    for (index, person) in persons.enumerated() {
      let named = places(ofPerson: person)
      let fitting = named.filter {
        isPaired ? owners[$0].unit == units[index] : units.contains(owners[$0].unit)
      }
      // Two of one name, each of a unit of the measure that no other person answers for: nobody knows which is meant, and
      // both are notified.
      let open = isPaired ? [] : fitting.filter { isOpen(owners[$0].unit, besides: person, in: persons) }
      let matches = open.isEmpty ? fitting.prefix(1) : open[...]
      for match in matches.isEmpty && named.count == 1 ? named[...] : matches {
        let isKnown = found.contains { $0 == match || owners[$0] == owners[match] }
        if !isKnown { found.append(match) }
      }
    }
    return found
  }

  /// Whether none of the other persons is an owner of the unit.
  private func isOpen(_ unit: String, besides person: String, in persons: [String]) -> Bool {
    !persons.contains { other in
      other != person && places(ofPerson: other).contains { owners[$0].unit == unit }
    }
  }

  /// The heads (第一责任人) of the units that these owners answer for, without the owners themselves.
  public func heads(over owners: [Owner]) -> [Owner] {
    guard !headsByUnit.isEmpty else { return [] }
    var found: [Owner] = []
    for owner in owners {
      for place in headsByUnit[owner.unit] ?? [] {
        let head = self.owners[place]
        if !owners.contains(head), !found.contains(head) { found.append(head) }
      }
    }
    return found
  }
}
