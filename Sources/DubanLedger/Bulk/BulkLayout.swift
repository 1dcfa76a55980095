import DubanCore

/// What a large table's columns hold, found out from its first rows.
struct BulkLayout: Sendable {
  /// What a column holds.
  enum Role: UInt8, Sendable {
    /// Nothing that is read, nor missed.
    case settled
    /// Nothing that is read, though somebody may think so.
    case unread
    /// Texts of its own in each row.
    case id, measure, text, progress
    /// Words that recur from row to row.
    case area, problems, goal, units, persons, deadline, due, duties, status
    /// No heading: the general reader warns of what stands there.
    case nameless
    /// Of a table of owners.
    case email, copies, head
  }

  let file: String
  let separator: UInt8
  let header: TableHeader
  let map: ColumnMap
  /// By column; past the last, ``Role/nameless``.
  let roles: [Role]
  /// Where the first row under the header begins: its offset in the file and its line.
  let firstRow: (offset: Int, line: Int)

  /// The layout of the file that begins with `head`; nil where the general reader has to look.
  ///
  /// - Parameters:
  ///   - start: the first bytes.
  ///   - isWhole: whether they are the whole file.
  ///   - file: the file's path, as the user named it.
  init?(_ start: [UInt8], isWhole: Bool, file: String) {
    let mark = start.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard !start.starts(with: [0xFF, 0xFE]), !start.starts(with: [0xFE, 0xFF]), case .text = FileKind(start)
    else { return nil }
    var text = Array(start[mark...])
    separator = CSVSeparator.detect(text)
    if !isWhole {
      let end = text.withUnsafeBufferPointer { [separator] in RowEnd.last(in: $0, separator: separator) }
      text.removeSubrange(end...)
    }
    guard text.withUnsafeBufferPointer(PlainText.isUTF8) else { return nil }
    let (table, problems) = CSVReader.read(text, file: file, separator: separator)
    guard problems.isEmpty, let header = TableHeader(table), header.holdsMeasures else { return nil }
    self.file = file
    let first = header.rows.upperBound
    let begin = first < table.rows.count ? Int(table.rows[first].start) : text.count
    let line =
      first < table.rows.count
      ? Int(table.rows[first].line) : CSVPlace.advance(text, from: 0, to: text.count).lines + 1
    firstRow = (mark + begin, line)
    let (headerRows, _) = CSVReader.read(Array(text[..<begin]), file: file, separator: separator)
    map = ColumnMap(headerRows, header, needed: [.measure, .units, .persons, .deadline])
    self.header = header
    // Addresses beside the measures make owners, which are read before the measures are checked.
    guard !map.diagnostics.hasErrors, map.column(.id) != nil, map.column(.email) == nil else { return nil }
    let settled = header.columns.map(\.index) + header.unknown.map(\.index)
    var roles = [Role](repeating: .nameless, count: (settled.max() ?? 0) + 1)
    for column in settled { roles[column] = map.unread[column] == nil ? .settled : .unread }
    for (heading, role) in Self.roles {
      for column in map.columns(heading) { roles[column.index] = role }
    }
    self.roles = roles
  }

  private static let roles: [(Heading, Role)] = [
    (.id, .id), (.measure, .measure), (.text, .text), (.progress, .progress), (.area, .area),
    (.problems, .problems), (.goal, .goal), (.units, .units), (.persons, .persons), (.deadline, .deadline),
    (.due, .due), (.duties, .duties), (.status, .status),
  ]
}
