import DubanCore

/// Reads pieces of a large table, one after the other: every row that is sound and usual into a record, every other
/// row marked for the general reader.
///
/// A text is looked at byte by byte and becomes a string only where it recurs and is new.
struct BulkWorker {
  private let layout: BulkLayout
  private var areas = ByteDictionary()
  private var problems = ByteDictionary()
  private var goals = ByteDictionary()
  private var units = ByteDictionary()
  private var persons = ByteDictionary()
  private var deadlines = ByteDictionary()
  private var due = ByteDictionary()
  private var duties = ByteDictionary()
  private var statuses = ByteDictionary()
  private var statusOf: [Measure.Status?] = [.open]
  private var assignments = PairTable()
  /// Cells of units and persons as they stand side by side; the first is the empty text, which is none.
  private var adjacent = ByteDictionary()
  private var assignmentOfAdjacent: [UInt32] = [0]
  private var deadlinePairs = PairTable()
  /// By place; the first is the empty cell's.
  private var unitTexts = [""]
  private var personTexts = [""]
  private var deadlineTexts = [""]
  private var dueTexts = [""]
  /// The cells of a row that lie in several columns of one kind, put together.
  private var joined: [UInt8] = []

  init(_ layout: BulkLayout) { self.layout = layout }

  /// Reads one piece.
  ///
  /// - Throws: ``BulkRefusal/unsuited`` when it isn't the plain text that the layout promises.
  mutating func read(_ chunk: FileChunks.Chunk) throws(BulkRefusal) -> BulkChunk {
    do { _ = try UTF8Span(validating: chunk.bytes.span) } catch { throw .unsuited }
    var result = BulkChunk()
    result.texts.reserveCapacity(chunk.bytes.count / 2)
    var refusal: BulkRefusal?
    chunk.bytes.withUnsafeBufferPointer { bytes in
      var cutter = RowCutter(bytes, roles: layout.roles, separator: layout.separator)
      while cutter.next() {
        guard !cutter.isUnsuited, !beginsTable(cutter) else {
          refusal = .unsuited
          return
        }
        if !cutter.isBlank { take(cutter, into: &result) }
      }
      result.lines = cutter.line
      result.unread = cutter.unread
    }
    if let refusal { throw refusal }
    return result
  }

  /// Whether the row may be the header of another table, or the same header on the next printed page.
  private func beginsTable(_ row: RowCutter) -> Bool {
    let first = row.first
    guard let byte = first.first, !(0x30...0x39).contains(byte), first.count <= 60 else { return false }
    return Heading.named(String(decoding: first, as: UTF8.self).trimmedWhitespace) != nil
  }

  private mutating func take(_ cutter: RowCutter, into result: inout BulkChunk) {
    var row = BulkChunk.Row()
    row.start = UInt32(cutter.start)
    row.end = UInt32(cutter.end)
    row.line = UInt32(cutter.rowLine)
    let known = result.texts.count
    row.isOdd = cutter.isOdd || !takeWords(cutter, &row, &result) || !takeTexts(cutter, &row, &result)
    if row.isOdd { result.texts.removeSubrange(known...) }
    result.rows.append(row)
  }

  /// Takes the cells that recur; false where the general reader has to look.
  private mutating func takeWords(
    _ cutter: RowCutter, _ row: inout BulkChunk.Row, _ result: inout BulkChunk
  ) -> Bool {
    let (persons, deadline) = (cutter.field(.persons), cutter.field(.deadline))
    // Without all three it may be a note, or the title of an area.
    guard cutter.field(.units).count + persons.count + deadline.count > 0 else { return false }
    let status = statuses.place(of: cutter.field(.status))
    if status.isNew { statusOf.append(self.status(cutter.field(.status))) }
    guard let status = statusOf[status.place] else { return false }
    row.record.status = status
    row.area = Self.place(cutter.field(.area), in: &areas, new: &result.areas)
    row.problems = Self.place(cutter.field(.problems), in: &problems, new: &result.problems)
    row.goal = Self.place(cutter.field(.goal), in: &goals, new: &result.goals)
    row.record.duties = Self.place(cutter.field(.duties), in: &duties, new: &result.duties)
    row.record.assignment = placeOfAssignment(cutter, &result)
    row.record.deadline = placeOfDeadline(deadline, cutter.field(.due), &result)
    return true
  }

  private mutating func placeOfAssignment(_ cutter: RowCutter, _ result: inout BulkChunk) -> UInt32 {
    guard let cells = cutter.assignment else { return placeOfPair(cutter, &result) }
    let (place, isNew) = adjacent.place(of: cells)
    if isNew { assignmentOfAdjacent.append(placeOfPair(cutter, &result)) }
    return assignmentOfAdjacent[place]
  }

  private mutating func placeOfPair(_ cutter: RowCutter, _ result: inout BulkChunk) -> UInt32 {
    let pair = assignments.place(
      of: placeOfUnits(cutter), Self.place(cutter.field(.persons), in: &persons, new: &personTexts))
    if let (first, second) = pair.new {
      result.assignments.append(.init(first: unitTexts[first], second: personTexts[second]))
    }
    return pair.place
  }

  private mutating func placeOfDeadline(
    _ words: UnsafeBufferPointer<UInt8>, _ decided: UnsafeBufferPointer<UInt8>, _ result: inout BulkChunk
  ) -> UInt32 {
    let pair = deadlinePairs.place(
      of: Self.place(words, in: &deadlines, new: &deadlineTexts),
      Self.place(decided, in: &due, new: &dueTexts))
    if let (first, second) = pair.new {
      result.deadlines.append(.init(first: deadlineTexts[first], second: dueTexts[second]))
    }
    return pair.place
  }

  /// Parts the cells of units of a row that has several such columns.
  static let unitSeparator: Unicode.Scalar = "\u{1F}"

  private mutating func placeOfUnits(_ cutter: RowCutter) -> UInt32 {
    let cells = cutter.units
    guard cells.count > 1 else { return Self.place(cutter.field(.units), in: &units, new: &unitTexts) }
    joined.removeAll(keepingCapacity: true)
    for cell in cells {
      if !joined.isEmpty { joined.append(UInt8(ascii: Self.unitSeparator)) }
      joined.append(contentsOf: cell)
    }
    return joined.withUnsafeBufferPointer { Self.place($0, in: &units, new: &unitTexts) }
  }

  private static func place(
    _ text: UnsafeBufferPointer<UInt8>, in dictionary: inout ByteDictionary, new: inout [String]
  ) -> UInt32 {
    let (place, isNew) = dictionary.place(of: text)
    if isNew { new.append(String(decoding: text, as: UTF8.self).trimmedWhitespace) }
    return UInt32(place)
  }

  private func status(_ cell: UnsafeBufferPointer<UInt8>) -> Measure.Status? {
    let text = String(decoding: cell, as: UTF8.self).trimmedWhitespace
    guard !text.isEmpty, let column = layout.map.column(.status) else { return .open }
    return StatusWords.status(StatusCell.word(text, under: column.words))
  }

  /// Takes the cells that are the row's own; false where the general reader has to look.
  private func takeTexts(
    _ cutter: RowCutter, _ row: inout BulkChunk.Row, _ result: inout BulkChunk
  ) -> Bool {
    guard let id = PlainText.id(cutter.field(.id)),
      let cell = PlainText.trimmed(cutter.field(.measure)), !cell.isEmpty,
      let text = PlainText.trimmed(cutter.field(.text)),
      let progress = PlainText.trimmed(cutter.field(.progress)),
      let measure = PlainText.measure(cell, splits: layout.map.splitsMeasures)
    else { return false }
    let start = result.texts.count
    result.texts.append(contentsOf: id.text)
    result.texts.append(contentsOf: measure.title)
    result.texts.append(contentsOf: measure.text)
    if !measure.text.isEmpty, !text.isEmpty { result.texts.append(0x0A) }
    result.texts.append(contentsOf: text)
    let end = result.texts.count
    result.texts.append(contentsOf: progress)
    row.record.textStart = UInt32(start)
    row.record.idCount = UInt32(id.text.count)
    row.record.titleCount = UInt32(measure.title.count)
    row.record.textCount = UInt32(end - start - id.text.count - measure.title.count)
    row.record.progressCount = UInt32(progress.count)
    row.record.number = id.number
    row.order = id.order
    return true
  }
}
