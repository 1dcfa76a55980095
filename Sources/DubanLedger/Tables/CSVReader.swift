import DubanCore

/// Splits comma-, tab- or semicolon-separated text (RFC 4180) into a table, in one pass over its bytes.
///
/// Line breaks may be LF, CRLF or CR. A quoted field may hold separators, line breaks and doubled quotes.
struct CSVReader {
  static let quote = UInt8(ascii: "\"")
  /// What ``CSVGuard`` puts before a text that a spreadsheet would take for a formula.
  static let guardMark = UInt8(ascii: "'")

  private let separator: UInt8
  private var table: Table
  private var diagnostics: [Diagnostic] = []

  /// The table in `bytes` (UTF-8), with an error for each quote that doesn't end or doesn't end its field.
  ///
  /// - Parameter rows: the most rows that are read.
  static func read(
    _ bytes: [UInt8], file: String, separator: UInt8, rows: Int = .max
  ) -> (Table, [Diagnostic]) {
    var reader = CSVReader(bytes, file: file, separator: separator)
    reader.readRows(rows)
    return (reader.table, reader.diagnostics)
  }

  private init(_ bytes: [UInt8], file: String, separator: UInt8) {
    self.separator = separator
    table = Table(file: file, sheet: nil)
    table.bytes = bytes
  }

  private mutating func readRows(_ most: Int) {
    var (offset, line) = (0, 1)
    let end = table.bytes.count
    while offset < end, table.rows.count < most {
      table.rows.append(
        Table.Row(firstCell: UInt32(table.cells.count), line: UInt32(line), start: UInt32(offset)))
      var isRowOpen = true
      while isRowOpen {
        (offset, isRowOpen) =
          offset < end && table.bytes[offset] == Self.quote
          ? readQuoted(from: offset, line: &line) : readPlain(from: offset, line: &line)
      }
    }
  }

  /// Reads a field without quotes; says where the next begins and whether it belongs to the same row.
  private mutating func readPlain(from start: Int, line: inout Int) -> (next: Int, isSameRow: Bool) {
    var end = start
    while end < table.bytes.count {
      let byte = table.bytes[end]
      if byte == separator || byte == 0x0A || byte == 0x0D { break }
      end += 1
    }
    append(start, end)
    return finish(at: end, line: &line)
  }

  /// Reads a quoted field and closes up its doubled quotes in place.
  ///
  /// The bytes won that way are filled so that every later offset, line and column stays as in the file: with quotes
  /// for those of the field's last line, and for those before it with bytes that count as no character.
  private mutating func readQuoted(from quote: Int, line: inout Int) -> (next: Int, isSameRow: Bool) {
    var (from, to) = (quote + 1, quote + 1)
    let firstLine = line
    var pairsInLine = 0
    while from < table.bytes.count {
      let byte = table.bytes[from]
      if byte == Self.quote {
        guard from + 1 < table.bytes.count, table.bytes[from + 1] == Self.quote else { break }
        from += 1
        pairsInLine += 1
      } else if isLineEnd(from) {
        line += 1
        pairsInLine = 0
      }
      table.bytes[to] = byte
      from += 1
      to += 1
    }
    for offset in to..<from { table.bytes[offset] = from - offset <= pairsInLine ? Self.quote : 0x80 }
    append(quote + 1, to)
    guard from < table.bytes.count else {
      report(quote, line: firstLine, "the quote that begins this field is never closed", quote + 1..<to)
      return (from, false)
    }
    let next = from + 1
    let isClosed =
      next == table.bytes.count || table.bytes[next] == separator || table.bytes[next] == 0x0A
      || table.bytes[next] == 0x0D
    if isClosed { return finish(at: next, line: &line) }
    report(quote, line: firstLine, "text follows the closing quote of this field", quote + 1..<to)
    var end = next
    while end < table.bytes.count {
      let byte = table.bytes[end]
      if byte == separator || byte == 0x0A || byte == 0x0D { break }
      end += 1
    }
    return finish(at: end, line: &line)
  }

  private mutating func append(_ start: Int, _ end: Int) {
    var start = start
    if CSVGuard.isGuarded(table.bytes, start..<end) { start += 1 }
    table.cells.append(Table.Cell(start: UInt32(start), count: UInt32(end - start)))
  }

  /// Steps over the separator or line break at `end`.
  private func finish(at end: Int, line: inout Int) -> (next: Int, isSameRow: Bool) {
    guard end < table.bytes.count else { return (end, false) }
    if table.bytes[end] == separator { return (end + 1, true) }
    line += 1
    let isPair = table.bytes[end] == 0x0D && end + 1 < table.bytes.count && table.bytes[end + 1] == 0x0A
    return (end + (isPair ? 2 : 1), false)
  }

  /// LF, or a CR that no LF follows: the byte that ends a line.
  private func isLineEnd(_ offset: Int) -> Bool {
    let byte = table.bytes[offset]
    if byte == 0x0A { return true }
    return byte == 0x0D && !(offset + 1 < table.bytes.count && table.bytes[offset + 1] == 0x0A)
  }

  private mutating func report(_ offset: Int, line: Int, _ message: String, _ text: Range<Int>) {
    let rowStart = table.rows.last.map { Int($0.start) } ?? 0
    let (_, characters) = CSVPlace.advance(table.bytes, from: rowStart, to: offset)
    let excerpt = String(decoding: table.bytes[text].prefix(200), as: UTF8.self).excerpt
    diagnostics.append(
      Diagnostic(
        .error, at: Diagnostic.Location(file: table.file, line: line, column: characters + 1),
        "\(message): “\(excerpt)”", help: "double each quote that belongs to the text"))
  }
}

/// Counts lines and characters of a CSV file, for its diagnostics.
enum CSVPlace {
  /// How many line breaks lie between two offsets, and how many characters between the last of them and `end`.
  static func advance(_ bytes: [UInt8], from start: Int, to end: Int) -> (lines: Int, characters: Int) {
    var (lines, characters, offset) = (0, 0, start)
    while offset < end {
      let byte = bytes[offset]
      offset += 1
      if byte == 0x0A || byte == 0x0D && !(offset < bytes.count && bytes[offset] == 0x0A) {
        lines += 1
        characters = 0
      } else if byte & 0xC0 != 0x80 {
        characters += 1
      }
    }
    return (lines, characters)
  }
}

/// Finds out which sign separates the fields of a CSV file.
enum CSVSeparator {
  /// Comma (the standard), tab (Excel's "Unicode text") and semicolon (Excel where the comma is the decimal point).
  private static let candidates = [UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";")]
  /// How much of the file is looked at, in bytes: enough for titles and header rows.
  private static let sample = 16 << 10

  /// The sign under which one of the first rows has the most headings; a comma where there are none.
  static func detect(_ bytes: [UInt8]) -> UInt8 {
    let head = Array(bytes.prefix(sample))
    var best = (separator: candidates[0], headings: 0)
    for candidate in candidates {
      let (table, _) = CSVReader.read(
        head, file: "", separator: candidate, rows: TableHeader.rowsSearched)
      let headings = table.rows.indices.map { row in
        (0..<table.width(row)).count { Heading.named(table.text(row, $0)) != nil }
      }
      if let most = headings.max(), most > best.headings { best = (candidate, most) }
    }
    return best.separator
  }
}

/// Keeps the texts of a CSV file from becoming formulas when a spreadsheet program opens it.
///
/// Such a program takes a cell that begins with one of these signs for a formula, which can run commands or send
/// data out (OWASP, "CSV Injection"). An apostrophe in front makes it text; reading takes it away again.
enum CSVGuard {
  /// `=`, `+`, `-`, `@`, tab, CR and LF.
  private static let signs: Set<UInt8> = [0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0D, 0x0A]
  /// The full-width `＝`, `＋`, `－` and `＠`, in UTF-8, which spreadsheet programs read as the plain ones.
  private static let wideSigns: [[UInt8]] = ["＝", "＋", "－", "＠"].map { Array($0.utf8) }

  /// The text with an apostrophe in front, where a spreadsheet program would take it for a formula.
  static func guarded(_ text: String) -> String {
    let bytes = Array(text.utf8)
    return isDangerous(bytes, 0..<bytes.count) ? "'" + text : text
  }

  /// Whether the text in `range` begins with an apostrophe that ``guarded(_:)`` put there.
  static func isGuarded(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    guard let first = range.first, bytes[first] == CSVReader.guardMark else { return false }
    return isDangerous(bytes, first + 1..<range.upperBound)
  }

  /// Whether one of the signs comes first, or after apostrophes alone (so that guarding can be undone).
  private static func isDangerous(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    guard let first = range.first(where: { bytes[$0] != CSVReader.guardMark }) else { return false }
    if signs.contains(bytes[first]) { return true }
    return bytes[first] == 0xEF
      && wideSigns.contains { bytes[first..<min(first + 3, range.upperBound)].elementsEqual($0) }
  }
}
