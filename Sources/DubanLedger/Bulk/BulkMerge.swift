import DubanCore

/// Puts the pieces of a large table together, in the file's order: resolves and checks what recurs once, and lets the
/// general reader look at the rows that need it, one by one.
struct BulkMerge {
  /// What a lane's places mean; ``odd`` where the general reader has to say what is wrong with each row.
  private struct LaneWords {
    var areas: [(name: String, place: Int)] = [("", -1)]
    var problems: [String] = [""]
    var goals: [String] = [""]
    var duties: [UInt32] = [0]
    var assignments: [UInt32] = []
    var deadlines: [UInt32] = []
  }

  private static let odd = UInt32.max

  private let feed: BulkFeed
  private let layout: BulkLayout
  private let owners: [Owner]
  private let directory: OwnerDirectory
  private let memory = MeasureMapping()
  private var lanes: [LaneWords]
  private var deadlines = DistinctValues<Deadline>()
  private var assignments = DistinctValues<Assignment>()
  private var duties = DistinctValues<[Duty]>()
  /// Assignments that nothing is wrong with; each lane meets most of them.
  private var sound: Set<UInt32> = []
  private var areas = MeasureAreas()
  /// By area: how many measures it has, and the words about it that were taken in last.
  private var members: [(count: Int, lane: Int, problems: UInt32, goal: UInt32)] = []
  /// The areas of the measures, run by run.
  private var runs: [(area: Int, start: Int)] = []
  /// The line of each measure, for what is found out at the end.
  private var lines: [UInt32] = []
  /// Where the pieces stand.
  private var pieces: [(line: Int, offset: Int)] = []
  private var line: Int
  private var unread: Set<Int> = []
  private var order: (last: UInt64, isKept: Bool) = (0, true)

  init(_ feed: BulkFeed, owners: [Owner]) {
    self.feed = feed
    layout = feed.layout
    self.owners = owners
    directory = OwnerDirectory(owners)
    self.lanes = Array(repeating: LaneWords(), count: feed.laneCount)
    line = layout.firstRow.line
    areas.beginTable()
    _ = duties.place(of: [])
  }

  /// Takes in the next piece.
  mutating func take(
    _ entry: BulkFeed.Entry, _ checker: inout LedgerChecker
  ) throws(BulkRefusal) {
    let piece = try entry.job.wait()
    learn(piece, entry.lane, &checker)
    let texts = UInt32(memory.textCount)
    try memory.append(texts: piece.texts)
    pieces.append((line, entry.job.chunk.offset))
    for row in piece.rows {
      let line = self.line + Int(row.line)
      guard !row.isOdd, let record = known(row, entry.lane, line) else {
        try takeOdd(row, entry.job.chunk, line: line, &checker)
        continue
      }
      try add(record, at: line, order: row.order, textsBefore: texts)
    }
    line += piece.lines
    unread.formUnion(piece.unread)
  }

  /// The record of a sound row, with the places of this table; nil where something in it isn't sound.
  private mutating func known(_ row: BulkChunk.Row, _ lane: Int, _ line: Int) -> MeasureRecord? {
    var record = row.record
    record.assignment = lanes[lane].assignments[Int(record.assignment)]
    record.deadline = lanes[lane].deadlines[Int(record.deadline)]
    record.duties = lanes[lane].duties[Int(record.duties)]
    guard record.assignment != Self.odd, record.deadline != Self.odd, record.duties != Self.odd else {
      return nil
    }
    let area = lanes[lane].areas[Int(row.area)]
    if area.place < 0 || area.place != areas.current {
      if area.name.isEmpty {
        guard areas.isInArea else { return nil }
      } else {
        areas.enter(LocatedText(area.name, at: place(line)), at: place(line))
        lanes[lane].areas[Int(row.area)].place = areas.current ?? -1
      }
    }
    guard let current = areas.current else { return nil }
    if row.problems != 0 || row.goal != 0 { describe(current, row, lane, line) }
    return record
  }

  /// Takes in what the row says about its area, unless the row before said the same.
  private mutating func describe(_ area: Int, _ row: BulkChunk.Row, _ lane: Int, _ line: Int) {
    while members.count <= area { members.append((0, -1, 0, 0)) }
    let last = members[area]
    guard last.lane != lane || last.problems != row.problems || last.goal != row.goal else { return }
    (members[area].lane, members[area].problems, members[area].goal) = (lane, row.problems, row.goal)
    let (problems, goal) = (lanes[lane].problems[Int(row.problems)], lanes[lane].goals[Int(row.goal)])
    if !problems.isEmpty { areas.addProblems(LocatedText(problems, at: place(line))) }
    if !goal.isEmpty { areas.addGoal(LocatedText(goal, at: place(line))) }
  }

  private mutating func add(
    _ record: MeasureRecord, at line: Int, order: UInt64, textsBefore: UInt32
  ) throws(BulkRefusal) {
    guard let area = areas.current else { throw .unsuited }
    while members.count <= area { members.append((0, -1, 0, 0)) }
    members[area].count += 1
    if runs.last?.area != area { runs.append((area, memory.count)) }
    var record = record
    record.textStart += textsBefore
    lines.append(UInt32(line))
    if order <= self.order.last { self.order.isKept = false }
    self.order.last = order
    try memory.append(record)
  }

  private func place(_ line: Int) -> Diagnostic.Location {
    Diagnostic.Location(file: layout.file, line: line)
  }

  /// Finds out what the words mean that are new in a piece, and whether anything is wrong with them.
  private mutating func learn(_ piece: BulkChunk, _ lane: Int, _ checker: inout LedgerChecker) {
    lanes[lane].areas += piece.areas.map { ($0.onOneLine, -1) }
    lanes[lane].problems += piece.problems
    lanes[lane].goals += piece.goals
    for cell in piece.duties {
      let (list, isSound) = checker.trial { checker in
        DutyCell.duties(cell, at: place(1)).compactMap { checker.duty($0, of: "") }
      }
      lanes[lane].duties.append(isSound ? duties.place(of: list) : Self.odd)
    }
    for pair in piece.assignments {
      let cells =
        pair.first.utf8.contains(UInt8(ascii: BulkWorker.unitSeparator))
        ? pair.first.unicodeScalars.split(separator: BulkWorker.unitSeparator).map { String($0) }
        : [pair.first]
      let assignment = Assignment(
        units: cells.flatMap(ListCell.names), persons: ListCell.names(pair.second))
      let place = assignments.place(of: assignment)
      let isSound = sound.contains(place) || isSound(assignment, &checker)
      if isSound { sound.insert(place) }
      lanes[lane].assignments.append(isSound ? place : Self.odd)
    }
    for pair in piece.deadlines {
      var draft = LedgerDraft.Measure(at: place(1))
      draft.deadline = LocatedText(pair.first, at: place(1))
      draft.due = pair.second.isEmpty ? nil : LocatedText(DateCell.iso(pair.second), at: place(1))
      let (deadline, isSound) = checker.trial { checker in checker.deadline(draft, of: "") }
      lanes[lane].deadlines.append(isSound ? deadlines.place(of: deadline) : Self.odd)
    }
  }

  /// Whether there is nothing to say about who answers.
  private func isSound(_ assignment: Assignment, _ checker: inout LedgerChecker) -> Bool {
    if directory.isExact(assignment) { return true }
    guard !assignment.units.isEmpty, !assignment.persons.isEmpty else { return false }
    var draft = LedgerDraft.Measure(at: place(1))
    draft.units = assignment.units.map { LocatedText($0, at: place(1)) }
    draft.persons = assignment.persons.map { LocatedText($0, at: place(1)) }
    return checker.trial { checker in
      checker.checkAssignment(draft, name: "", owners: owners, directory)
    }.isSound
  }

  /// Has the general reader look at one row.
  private mutating func takeOdd(
    _ row: BulkChunk.Row, _ chunk: FileChunks.Chunk, line: Int, _ checker: inout LedgerChecker
  ) throws(BulkRefusal) {
    let table = try self.table(chunk.bytes[Int(row.start)..<Int(row.end)], line: line)
    let found = MeasureTable.readRow(table, layout.header, layout.map, into: &areas)
    checker.diagnostics += found
    for (draft, number) in areas.takeMeasures() {
      // Without an id, measures are counted, which takes the whole table.
      guard let area = areas.current, let id = number.cell else { throw .unsuited }
      var draft = draft
      draft.id = id
      while members.count <= area { members.append((0, -1, 0, 0)) }
      let measure = checker.measure(
        draft, number: members[area].count + 1, owners: owners, directory)
      try add(try record(of: measure), at: line, order: 0, textsBefore: 0)
    }
  }

  /// The row as a table of its own, which knows its line.
  private func table(_ bytes: ArraySlice<UInt8>, line: Int) throws(BulkRefusal) -> Table {
    var (table, problems) = CSVReader.read(Array(bytes), file: layout.file, separator: layout.separator)
    guard problems.isEmpty, table.rows.count == 1 else { throw .unsuited }
    table.rows[0].line = UInt32(line)
    return table
  }

  private mutating func record(of measure: Measure) throws(BulkRefusal) -> MeasureRecord {
    let start = UInt32(memory.textCount)
    for text in [measure.id, measure.title, measure.text, measure.progress] {
      try memory.append(texts: Array(text.utf8))
    }
    return MeasureRecord(
      textStart: start, idCount: UInt32(measure.id.utf8.count), titleCount: UInt32(measure.title.utf8.count),
      textCount: UInt32(measure.text.utf8.count), progressCount: UInt32(measure.progress.utf8.count),
      number: UInt32(clamping: measure.number),
      assignment: assignments.place(of: Assignment(units: measure.units, persons: measure.persons)),
      deadline: deadlines.place(of: measure.deadline), duties: duties.place(of: measure.duties),
      status: measure.status)
  }

  /// The areas, once all pieces are taken in.
  mutating func areas(_ checker: inout LedgerChecker) throws(BulkRefusal) -> [Area] {
    guard memory.count > 0 else { throw .unsuited }
    checker.diagnostics += layout.map.diagnostics + unread.sorted().compactMap { layout.map.unread[$0] }
    let store = MeasureStore(
      memory: memory, deadlines: deadlines.values, assignments: assignments.values, duties: duties.values)
    if !order.isKept { try checkIDs(store, &checker) }
    let lists = self.lists(store)
    return areas.areas.enumerated().map { index, draft in
      checker.area(draft, index: index + 1, lists[index])
    }
  }

  /// The measures of each area: usually one run of rows, sometimes several.
  private func lists(_ store: MeasureStore) -> [MeasureList] {
    var lists = areas.entries.indices.map { _ in MeasureList(store, 0..<0) }
    var chosen: [Int: [UInt32]] = [:]
    for (index, run) in runs.enumerated() {
      let range = run.start..<(index + 1 < runs.count ? runs[index + 1].start : memory.count)
      let isWhole = range.count == members[run.area].count
      if isWhole {
        lists[run.area] = MeasureList(store, range)
      } else {
        chosen[run.area, default: []] += range.map { UInt32($0) }
      }
    }
    for (area, places) in chosen { lists[area] = MeasureList(store, chosen: places) }
    return lists
  }

  /// Whole numbers that recur count areas or measures, which the general reader finds out; other ids must be unique.
  private func checkIDs(_ store: MeasureStore, _ checker: inout LedgerChecker) throws(BulkRefusal) {
    let doubles = DoubleIDs.find(store)
    guard !doubles.isEmpty else { return }
    if DoubleIDs.areWholeNumbers(store) { throw .unsuited }
    for double in doubles {
      let (first, again) = (Int(lines[double.first]), Int(lines[double.again]))
      checker.reportTwice(
        store.id(store.memory.records[double.again]), at: try idPlace(line: again), first: place(first))
    }
  }

  /// Where the id of the row in that line stands; its piece is read again.
  private func idPlace(line: Int) throws(BulkRefusal) -> Diagnostic.Location {
    guard let piece = pieces.last(where: { $0.line <= line }), let column = layout.map.column(.id),
      let bytes = feed.rows(from: piece.offset)
    else { return place(line) }
    let (table, _) = CSVReader.read(bytes, file: layout.file, separator: layout.separator)
    guard let row = table.rows.firstIndex(where: { Int($0.line) + piece.line - 1 == line }) else {
      return place(line)
    }
    var location = table.location(row, column.index)
    location.line = location.line.map { $0 + piece.line - 1 }
    return location
  }
}
