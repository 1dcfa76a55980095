import DubanCore

/// Who answers for the measures of a large table: each assignment once, known by its place in the store's table.
///
/// Most are to one owner, and known by that owner, so that nothing of them is hashed.
struct BulkAssignments {
  /// In the order in which they came.
  private(set) var values: [Assignment] = []
  private let directory: OwnerDirectory
  /// By owner, the place of the assignment to that one alone, once it was met.
  private var placeOfOwner: [UInt32?]
  /// All others, and by their places there those among ``values``.
  private var others = DistinctValues<Assignment>()
  private var placeOfOther: [UInt32] = []

  init(_ directory: OwnerDirectory) {
    self.directory = directory
    placeOfOwner = Array(repeating: nil, count: directory.owners.count)
  }

  /// The place of an assignment, which is taken in where it is new.
  mutating func place(of assignment: Assignment) -> UInt32 {
    if assignment.units.count == 1, assignment.persons.count == 1,
      let owner = directory.place(of: assignment.persons[0], in: assignment.units[0])
    {
      return place(ofOwner: owner) { assignment }
    }
    let other = Int(others.place(of: assignment))
    if other == placeOfOther.count { placeOfOther.append(append(assignment)) }
    return placeOfOther[other]
  }

  /// The place of the assignment to one owner; nil where nobody of that name and unit is one.
  mutating func place(ofPerson person: NameTable.Bytes, in unit: NameTable.Bytes) -> UInt32? {
    guard let place = directory.place(of: person, in: unit) else { return nil }
    return self.place(ofOwner: place) { [directory] in
      let owner = directory.owners[place]
      return Assignment(
        units: [Self.text(unit, like: owner.unit)], persons: [Self.text(person, like: owner.person)])
    }
  }

  private mutating func place(ofOwner owner: Int, _ assignment: () -> Assignment) -> UInt32 {
    if let known = placeOfOwner[owner] { return known }
    let place = append(assignment())
    placeOfOwner[owner] = place
    return place
  }

  private mutating func append(_ assignment: Assignment) -> UInt32 {
    values.append(assignment)
    return UInt32(values.count - 1)
  }

  /// A name, as the owner's own string where that is the same byte by byte: a ledger has very many.
  private static func text(_ name: NameTable.Bytes, like known: String) -> String {
    var known = known
    let isSame = known.withUTF8 { known in
      guard known.count == name.count, let one = known.baseAddress, let other = name.baseAddress else {
        return known.count == name.count
      }
      return EightBytes.areSame(one, other, known.count)
    }
    return isSame ? known : String(decoding: name, as: UTF8.self)
  }
}
