import DubanCore

/// What the words mean that recur in a large table.
struct BulkWords {
  /// The meaning of words of which the general reader has to say in each row what is wrong with them.
  static let odd = UInt32.max

  private(set) var areas: BulkTexts
  private(set) var problems: BulkTexts
  private(set) var goals: BulkTexts
  /// Places in the store's tables.
  private(set) var duties: BulkColumn
  private(set) var assignments: BulkColumn
  private(set) var deadlines: BulkColumn

  /// The store's tables, to which the general reader's measures add.
  var distinctDeadlines = DistinctValues<Deadline>()
  var distinctAssignments: BulkAssignments
  var distinctDuties = DistinctValues<[Duty]>()
  private let directory: OwnerDirectory
  private let separator: UInt8
  private let place: Diagnostic.Location

  init(lanes: Int, _ directory: OwnerDirectory, _ layout: BulkLayout) {
    self.directory = directory
    distinctAssignments = BulkAssignments(directory)
    separator = layout.separator
    place = Diagnostic.Location(file: layout.file, line: 1)
    areas = BulkTexts(lanes: lanes)
    problems = BulkTexts(lanes: lanes)
    goals = BulkTexts(lanes: lanes)
    duties = BulkColumn(lanes: lanes, empty: distinctDuties.place(of: []))
    assignments = BulkColumn(lanes: lanes, empty: Self.odd)
    deadlines = BulkColumn(lanes: lanes, empty: Self.odd)
  }

  /// Finds out what the words mean that are new in a piece, and whether anything is wrong with them.
  mutating func learn(_ rows: borrowing BulkRows, lane: Int, _ checker: inout LedgerChecker) {
    areas.learn(rows.areas, lane: lane) { $0.onOneLine }
    problems.learn(rows.problems, lane: lane) { $0.trimmedWhitespace }
    goals.learn(rows.goals, lane: lane) { $0.trimmedWhitespace }
    var question = duties.ask(rows.duties)
    duties.answer(question, lane: lane, question.new.map { meaning(ofDuties: $0, &checker) })
    var sole: [UInt32?] = []
    rows.assignments.forEach { sole.append(meaning(ofSole: $0)) }
    question = assignments.ask(rows.assignments, known: sole)
    assignments.answer(
      question, lane: lane, question.new.map { meaning(ofAssignment: $0, &checker) })
    question = deadlines.ask(rows.deadlines)
    deadlines.answer(question, lane: lane, question.new.map { meaning(ofDeadline: $0, &checker) })
  }

  private mutating func meaning(ofDuties cell: String, _ checker: inout LedgerChecker) -> UInt32 {
    let (list, isSound) = checker.trial { checker in
      DutyCell.duties(cell.trimmedWhitespace, at: place).compactMap { checker.duty($0, of: "") }
    }
    return isSound ? distinctDuties.place(of: list) : Self.odd
  }

  /// The meaning of two cells side by side that name one owner as they stand, which most do; nil of all others.
  private mutating func meaning(ofSole key: UnsafeBufferPointer<UInt8>) -> UInt32? {
    guard key.first != BulkWorker.joint, let end = key.firstIndex(of: separator) else { return nil }
    let unit = UnsafeBufferPointer(rebasing: key[..<end])
    let person = UnsafeBufferPointer(rebasing: key[(end + 1)...])
    guard !unit.isEmpty, !person.isEmpty, ListCell.isPlain(unit), ListCell.isPlain(person) else { return nil }
    return distinctAssignments.place(ofPerson: person, in: unit)
  }

  private mutating func meaning(ofAssignment key: String, _ checker: inout LedgerChecker) -> UInt32 {
    let (units, persons) = parts(key)
    let assignment = Assignment(units: units.flatMap(ListCell.names), persons: ListCell.names(persons))
    return isSound(assignment, &checker) ? distinctAssignments.place(of: assignment) : Self.odd
  }

  private mutating func meaning(ofDeadline key: String, _ checker: inout LedgerChecker) -> UInt32 {
    let (words, due) = key.utf8.first == BulkWorker.joint ? parts(key) : ([key], "")
    var draft = LedgerDraft.Measure(at: place)
    draft.deadline = LocatedText(words.first ?? "", at: place)
    let decided = due.trimmedWhitespace
    draft.due = decided.isEmpty ? nil : LocatedText(DateCell.iso(decided), at: place)
    let (deadline, isSound) = checker.trial { checker in checker.deadline(draft, of: "") }
    return isSound ? distinctDeadlines.place(of: deadline) : Self.odd
  }

  /// The cells of a key that ``BulkWorker`` made: put together with marks, or two side by side with a separator between.
  private func parts(_ key: String) -> (cells: [String], last: String) {
    let isJoined = key.utf8.first == BulkWorker.joint
    let mark = isJoined ? BulkWorker.lastJoint : separator
    let end = key.utf8.firstIndex(of: mark) ?? key.endIndex
    let last = String(key[end...].dropFirst())
    guard isJoined else { return ([String(key[..<end]).trimmedWhitespace], last.trimmedWhitespace) }
    let cells = key.utf8[..<end].split(separator: BulkWorker.joint).map {
      String(Substring($0)).trimmedWhitespace
    }
    return (cells, last.trimmedWhitespace)
  }

  /// Whether there is nothing to say about who answers.
  private func isSound(_ assignment: Assignment, _ checker: inout LedgerChecker) -> Bool {
    if directory.isExact(assignment) { return true }
    guard !assignment.units.isEmpty, !assignment.persons.isEmpty else { return false }
    var draft = LedgerDraft.Measure(at: place)
    draft.units = assignment.units.map { LocatedText($0, at: place) }
    draft.persons = assignment.persons.map { LocatedText($0, at: place) }
    return checker.trial { checker in
      checker.checkAssignment(draft, name: "", owners: directory.owners, directory)
    }.isSound
  }
}
