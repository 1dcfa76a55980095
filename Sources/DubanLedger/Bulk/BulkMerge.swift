import DubanCore

/// Puts the pieces of a large table together, in the file's order: what recurs is resolved and checked once, and the
/// general reader looks at the rows that need it, one by one.
struct BulkMerge {
  private let feed: BulkFeed
  private let layout: BulkLayout
  private let directory: OwnerDirectory
  private let memory: MeasureMapping
  private var words: BulkWords
  private var areas = MeasureAreas()
  /// By the place of an area's name: the area that the name was last entered as, or -1.
  private var placeOfName: [Int] = []
  /// By area: how many measures it has, and the words about it that were taken in last.
  private var members: [(count: Int, lane: Int, problems: UInt32, goal: UInt32)] = []
  /// The areas of the measures, run by run.
  private var runs: [(area: Int, start: Int)] = []
  /// Where the pieces stand, and their measures.
  private var pieces: [BulkPlaces] = []
  private var line: Int
  private var unread: Set<Int> = []
  private var order: (last: UInt64, isKept: Bool) = (0, true)

  init(_ feed: BulkFeed, _ directory: OwnerDirectory) {
    self.feed = feed
    layout = feed.layout
    self.directory = directory
    memory = MeasureMapping(fileBytes: feed.size)
    words = BulkWords(lanes: feed.laneCount, directory, layout)
    line = layout.firstRow.line
    areas.beginTable()
  }

  /// Takes in the next piece.
  mutating func take(_ entry: BulkFeed.Entry, _ checker: inout LedgerChecker) throws(BulkRefusal) {
    try entry.piece.wait()
    try take(entry.piece.rows, entry.lane, &checker)
    feed.giveBack(entry.piece)
  }

  private mutating func take(
    _ rows: borrowing BulkRows, _ lane: Int, _ checker: inout LedgerChecker
  ) throws(BulkRefusal) {
    words.learn(rows, lane: lane, &checker)
    let texts = UInt32(memory.textCount)
    try memory.append(texts: rows.texts.bytes)
    pieces.append(BulkPlaces(line: line, offset: rows.offset, first: memory.count))
    if !rows.records.isEmpty {
      if !rows.order.isKept || rows.order.first <= order.last { order.isKept = false }
      order.last = rows.order.last
    }
    for index in rows.stretches.indices {
      let stretch = rows.stretches[index]
      if let odd = stretch.odd {
        try takeOdd(odd, rows, &checker)
        continue
      }
      let isLast = index + 1 == rows.stretches.count
      let end = isLast ? rows.records.count : Int(rows.stretches[index + 1].first)
      var next = Int(stretch.first)
      while next < end {
        next = try takeSound(next..<end, stretch, rows, lane, texts)
        guard next < end else { break }
        // Something in this row isn't sound.
        try takeOdd(rows.places[next], rows, &checker)
        next += 1
      }
    }
    line += rows.lines
    unread.formUnion(rows.unread)
  }

  /// Takes in the rows of a stretch up to the first with a word that isn't sound, or that stands in no area; says which
  /// that is.
  private mutating func takeSound(
    _ range: Range<Int>, _ stretch: BulkRows.Stretch, _ rows: borrowing BulkRows, _ lane: Int,
    _ texts: UInt32
  ) throws(BulkRefusal) -> Int {
    let first = self.line + Int(rows.places[range.lowerBound].line)
    let (assignments, deadlines, duties) = (
      words.assignments.ofLane[lane], words.deadlines.ofLane[lane], words.duties.ofLane[lane]
    )
    // What isn't sound must not enter an area.
    let head = rows.records[range.lowerBound]
    guard assignments[Int(head.assignment)] != BulkWords.odd, deadlines[Int(head.deadline)] != BulkWords.odd,
      duties[Int(head.duties)] != BulkWords.odd, let area = enter(stretch, lane, first)
    else { return range.lowerBound }
    let (start, records) = (memory.count, rows.records)
    try memory.append(records: range.count) { room in
      for (count, index) in range.enumerated() {
        var record = records[index]
        let (assignment, deadline, duty) = (
          assignments[Int(record.assignment)], deadlines[Int(record.deadline)], duties[Int(record.duties)]
        )
        if assignment == BulkWords.odd || deadline == BulkWords.odd || duty == BulkWords.odd { return count }
        record.textStart += texts
        (record.assignment, record.deadline, record.duties) = (assignment, deadline, duty)
        room[count] = record
      }
      return range.count
    }
    let count = memory.count - start
    note(area, start: start, count: count)
    pieces[pieces.count - 1].add(rows.places[range.prefix(count)])
    return range.lowerBound + count
  }

  /// The area that a stretch belongs to, with what is said about it; nil where there is none yet.
  private mutating func enter(_ stretch: BulkRows.Stretch, _ lane: Int, _ line: Int) -> Int? {
    let name = Int(words.areas.ofLane[lane][Int(stretch.area)])
    while placeOfName.count <= name { placeOfName.append(-1) }
    if placeOfName[name] < 0 || placeOfName[name] != areas.current {
      if name == 0 || words.areas.texts[name].isEmpty {
        guard areas.isInArea else { return nil }
      } else {
        areas.enter(LocatedText(words.areas.texts[name], at: place(line)), at: place(line))
        placeOfName[name] = areas.current ?? -1
      }
    }
    guard let current = areas.current else { return nil }
    if stretch.problems != 0 || stretch.goal != 0 { describe(current, stretch, lane, line) }
    return current
  }

  /// Takes in what a stretch says about its area, unless the one before said the same.
  private mutating func describe(_ area: Int, _ stretch: BulkRows.Stretch, _ lane: Int, _ line: Int) {
    while members.count <= area { members.append((0, -1, 0, 0)) }
    let last = members[area]
    guard last.lane != lane || last.problems != stretch.problems || last.goal != stretch.goal else { return }
    (members[area].lane, members[area].problems, members[area].goal) = (lane, stretch.problems, stretch.goal)
    let problems = words.problems.texts[Int(words.problems.ofLane[lane][Int(stretch.problems)])]
    let goal = words.goals.texts[Int(words.goals.ofLane[lane][Int(stretch.goal)])]
    if !problems.isEmpty { areas.addProblems(LocatedText(problems, at: place(line))) }
    if !goal.isEmpty { areas.addGoal(LocatedText(goal, at: place(line))) }
  }

  /// Notes measures of an area.
  private mutating func note(_ area: Int, start: Int, count: Int) {
    while members.count <= area { members.append((0, -1, 0, 0)) }
    members[area].count += count
    if runs.last?.area != area { runs.append((area, start)) }
  }

  private func place(_ line: Int) -> Diagnostic.Location {
    Diagnostic.Location(file: layout.file, line: line)
  }

  /// Has the general reader look at one row.
  private mutating func takeOdd(
    _ row: BulkRows.Place, _ rows: borrowing BulkRows, _ checker: inout LedgerChecker
  ) throws(BulkRefusal) {
    let bytes = rows.bytes.bytes[Int(row.start)..<Int(row.end)]
    let table = try self.table(Array(bytes), line: line + Int(row.line))
    let found = MeasureTable.readRow(table, layout.header, layout.map, into: &areas)
    checker.diagnostics += found
    for (draft, number) in areas.takeMeasures() {
      // Without an id, measures are counted, which takes the whole table.
      guard let area = areas.current, let id = number.cell else { throw .unsuited }
      var draft = draft
      draft.id = id
      while members.count <= area { members.append((0, -1, 0, 0)) }
      let measure = checker.measure(
        draft, number: members[area].count + 1, owners: directory.owners, directory)
      let record = try record(of: measure)
      note(area, start: memory.count, count: 1)
      pieces[pieces.count - 1].add(line: row.line)
      try memory.append(records: 1) { room in
        room[0] = record
        return 1
      }
      order.isKept = false
    }
  }

  /// The row as a table of its own, which knows its line.
  private func table(_ bytes: [UInt8], line: Int) throws(BulkRefusal) -> Table {
    var (table, problems) = CSVReader.read(bytes, file: layout.file, separator: layout.separator)
    guard problems.isEmpty, table.rows.count == 1 else { throw .unsuited }
    table.rows[0].line = UInt32(line)
    return table
  }

  private mutating func record(of measure: Measure) throws(BulkRefusal) -> MeasureRecord {
    let start = UInt32(memory.textCount)
    let bytes = MeasureTexts.bytes(of: measure)
    var problem: BulkRefusal?
    bytes.withUnsafeBufferPointer { bytes in
      do throws(BulkRefusal) { try memory.append(texts: bytes) } catch { problem = error }
    }
    if let problem { throw problem }
    let duties = words.distinctDuties.place(of: measure.duties)
    guard duties < MeasureRecord.mostDuties else { throw .unsuited }
    return MeasureRecord(
      textStart: start,
      assignment: words.distinctAssignments.place(
        of: Assignment(units: measure.units, persons: measure.persons)),
      deadline: words.distinctDeadlines.place(of: measure.deadline), duties: duties, status: measure.status)
  }

  /// The areas, once all pieces are taken in.
  mutating func areas(_ checker: inout LedgerChecker) throws(BulkRefusal) -> [Area] {
    guard memory.count > 0 else { throw .unsuited }
    memory.finish()
    checker.diagnostics += layout.map.diagnostics + unread.sorted().compactMap { layout.map.unread[$0] }
    let store = MeasureStore(
      memory: memory, deadlines: words.distinctDeadlines.values,
      assignments: words.distinctAssignments.values, duties: words.distinctDuties.values)
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
      let (first, again) = (line(of: double.first), line(of: double.again))
      checker.reportTwice(
        store.id(store.memory.records[double.again]), at: try idPlace(line: again), first: place(first))
    }
  }

  private func line(of measure: Int) -> Int {
    pieces.last { $0.first <= measure }.map { $0.line(of: measure) } ?? layout.firstRow.line
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
