import DubanCore

/// Reads pieces of a large table, one after the other: every row that is sound and usual into a record, every other
/// row marked for the general reader.
///
/// A text is looked at in steps of eight bytes, and becomes a string only where it recurs and is new, which
/// ``BulkMerge`` does. What a dictionary knows was UTF-8 when it was new.
struct BulkWorker: ~Copyable {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  /// Marks in a key that is put together from several cells: what it begins with and what parts the cells of units, and
  /// what stands before the last cell. A cell that holds one is the general reader's.
  static let joint = UInt8(0x1F)
  static let lastJoint = UInt8(0x1E)
  /// Assignments that are looked up together.
  private static let block = 256

  private let layout: BulkLayout
  private var areas = ByteDictionary()
  private var problems = ByteDictionary()
  private var goals = ByteDictionary()
  private var duties = ByteDictionary()
  private var statuses = ByteDictionary()
  private var statusOf: [Measure.Status?] = [.open]
  /// 责任单位 and 责任人: as they stand side by side, or put together.
  private var assignments = ByteDictionary()
  /// 完成时限, put together with 明确日期 where a row has that.
  private var deadlines = ByteDictionary()
  /// The assignments of rows that were read and wait for the block to be full.
  private var waiting: [ByteDictionary.Question] = []
  private var joined = ByteBuffer(capacity: 256)
  /// Whether all words of 状态 were UTF-8.
  private var statusesAreText = true

  init(_ layout: BulkLayout) {
    self.layout = layout
    waiting.reserveCapacity(Self.block)
  }

  /// Reads the rows of a piece.
  ///
  /// - Throws: ``BulkRefusal/unsuited`` when it isn't the plain text that the layout promises.
  mutating func read(_ rows: inout BulkRows) throws(BulkRefusal) {
    rows.begin()
    let bytes = rows.bytes.bytes
    var cutter = RowCutter(bytes, roles: layout.roles, separator: layout.separator)
    while cutter.next() {
      if cutter.isUnsuited || beginsTable(cutter) { throw .unsuited }
      if cutter.isBlank { continue }
      if cutter.isOdd || !take(cutter, &rows) { try leave(cutter, &rows) }
      if waiting.count == Self.block { lookUp(bytes, &rows) }
    }
    lookUp(bytes, &rows)
    if !rows.wordsAreText || !statusesAreText { throw .unsuited }
    rows.lines = cutter.line
    rows.unread = cutter.unread
  }

  /// Whether the row may be the header of another table, or the same header on the next printed page.
  private func beginsTable(_ row: RowCutter) -> Bool {
    let first = row.first
    guard let byte = first.first, !(0x30...0x39).contains(byte), first.count <= 60 else { return false }
    return Heading.named(String(decoding: first, as: UTF8.self).trimmedWhitespace) != nil
  }

  /// Leaves a row to the general reader.
  private func leave(_ cutter: RowCutter, _ rows: inout BulkRows) throws(BulkRefusal) {
    guard PlainText.isUTF8(cutter.row) else { throw .unsuited }
    var stretch = BulkRows.Stretch(first: UInt32(rows.records.count))
    stretch.odd = place(cutter)
    rows.stretches.append(stretch)
  }

  private func place(_ cutter: RowCutter) -> BulkRows.Place {
    BulkRows.Place(start: UInt32(cutter.start), end: UInt32(cutter.end), line: UInt32(cutter.rowLine))
  }

  /// Takes a row; false where the general reader has to look.
  private mutating func take(_ cutter: RowCutter, _ rows: inout BulkRows) -> Bool {
    let deadline = cutter.field(.deadline)
    // Without all three it may be a note, or the title of an area.
    guard cutter.field(.units).count + cutter.field(.persons).count + deadline.count > 0,
      let status = status(cutter.field(.status)),
      let deadline = placeOfDeadline(deadline, cutter.field(.due), &rows)
    else { return false }
    let area = Self.place(of: cutter.field(.area), in: &areas, new: &rows.areas)
    let problems = Self.place(of: cutter.field(.problems), in: &problems, new: &rows.problems)
    let goal = Self.place(of: cutter.field(.goal), in: &goals, new: &rows.goals)
    let duties = Self.place(of: cutter.field(.duties), in: &duties, new: &rows.duties)
    guard duties < MeasureRecord.mostDuties else { return false }
    // The assignment is looked up later, unless it has to be put together.
    let adjacent = cutter.assignment.flatMap { $0.text.first == Self.joint ? nil : $0 }
    var assignment = UInt32(0)
    if adjacent == nil {
      guard let place = placeOfJoined(cutter, &rows) else { return false }
      assignment = place
    }
    let start = UInt32(rows.texts.count)
    guard takeTexts(cutter, &rows) else { return false }
    let isContinued = rows.stretches.last.map {
      $0.odd == nil && $0.area == area && $0.problems == problems && $0.goal == goal
    }
    let place = rows.records.count
    if isContinued != true {
      rows.stretches.append(.init(first: UInt32(place), area: area, problems: problems, goal: goal))
    }
    if let (text, offset) = adjacent { waiting.append(.init(text, start: offset, number: place)) }
    rows.records.append(
      MeasureRecord(
        textStart: start, assignment: assignment, deadline: deadline, duties: duties, status: status))
    rows.places.append(self.place(cutter))
    return true
  }

  /// Looks the assignments up that wait.
  private mutating func lookUp(_ bytes: Bytes, _ rows: inout BulkRows) {
    assignments.places(of: &waiting, in: bytes) { question, text, place, isNew in
      rows.records[Int(question.number)].assignment = UInt32(place)
      if isNew { rows.assignments.append(text) }
    }
    waiting.removeAll(keepingCapacity: true)
  }

  private static func place(
    of text: Bytes, in dictionary: inout ByteDictionary, new: inout BulkRows.Words
  ) -> UInt32 {
    let (place, isNew) = dictionary.place(of: text)
    if isNew { new.append(text) }
    return UInt32(place)
  }

  private mutating func placeOfDeadline(_ words: Bytes, _ due: Bytes, _ rows: inout BulkRows) -> UInt32? {
    if due.isEmpty, words.first != Self.joint {
      return Self.place(of: words, in: &deadlines, new: &rows.deadlines)
    }
    return join([words], due) ? Self.place(of: joined.bytes, in: &deadlines, new: &rows.deadlines) : nil
  }

  private mutating func placeOfJoined(_ cutter: RowCutter, _ rows: inout BulkRows) -> UInt32? {
    join(cutter.units, cutter.field(.persons))
      ? Self.place(of: joined.bytes, in: &assignments, new: &rows.assignments) : nil
  }

  /// Puts cells together as ``BulkWords`` parts them; false where one holds a mark.
  private mutating func join(_ cells: [Bytes], _ last: Bytes) -> Bool {
    guard (cells + [last]).allSatisfy({ !$0.contains(Self.joint) && !$0.contains(Self.lastJoint) }) else {
      return false
    }
    joined.keep(0)
    for cell in cells {
      joined.append(Self.joint)
      joined.append(cell)
    }
    joined.append(Self.lastJoint)
    joined.append(last)
    return true
  }

  private mutating func status(_ cell: Bytes) -> Measure.Status? {
    let (place, isNew) = statuses.place(of: cell)
    if isNew {
      if !PlainText.isUTF8(cell) { statusesAreText = false }
      statusOf.append(newStatus(cell))
    }
    return statusOf[place]
  }

  private func newStatus(_ cell: Bytes) -> Measure.Status? {
    let text = String(decoding: cell, as: UTF8.self).trimmedWhitespace
    guard !text.isEmpty, let column = layout.map.column(.status) else { return .open }
    return StatusWords.status(StatusCell.word(text, under: column.words))
  }

  /// Takes the cells that are the row's own; false where the general reader has to look.
  private func takeTexts(_ cutter: RowCutter, _ rows: inout BulkRows) -> Bool {
    let (cell, text, progress) = (cutter.field(.measure), cutter.field(.text), cutter.field(.progress))
    guard let id = PlainText.id(cutter.field(.id)),
      PlainText.isUTF8(cell), PlainText.isUTF8(text), PlainText.isUTF8(progress),
      let cell = PlainText.trimmed(cell), !cell.isEmpty,
      let text = PlainText.trimmed(text), let progress = PlainText.trimmed(progress),
      let measure = PlainText.measure(cell, splits: layout.map.splitsMeasures)
    else { return false }
    let hasBoth = !measure.text.isEmpty && !text.isEmpty
    let textCount = measure.text.count + (hasBoth ? 1 : 0) + text.count
    let count = id.text.count + measure.title.count + textCount + progress.count
    rows.texts.fill(room: MeasureTexts.mostHeadBytes + count) { room in
      guard let start = room.baseAddress else { return 0 }
      var end = MeasureTexts.writeHead(
        number: id.number, idCount: id.text.count, titleCount: measure.title.count, textCount: textCount,
        progressCount: progress.count, to: start)
      end = Self.copy(id.text, end)
      end = Self.copy(measure.title, end)
      end = Self.copy(measure.text, end)
      if hasBoth {
        end.pointee = 0x0A
        end += 1
      }
      end = Self.copy(text, end)
      return Self.copy(progress, end) - start
    }
    if rows.records.isEmpty { rows.order.first = id.order }
    if id.order <= rows.order.last { rows.order.isKept = false }
    rows.order.last = id.order
    return true
  }

  /// Copies a text and says where the copy ends.
  private static func copy(
    _ text: Bytes, _ start: UnsafeMutablePointer<UInt8>
  ) -> UnsafeMutablePointer<UInt8> {
    guard let base = text.baseAddress, !text.isEmpty else { return start }
    start.update(from: base, count: text.count)
    return start + text.count
  }
}
