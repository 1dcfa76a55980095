import DubanCore

/// The owners of a CSV table with nothing wrong and nothing unusual in it, which most are: read without a draft, whose
/// places nobody would ask for.
struct PlainOwners: Sendable, Equatable {
  /// The table, as the user named it.
  let file: String
  let directory: OwnerDirectory
  /// The line of each owner.
  private let lines: [UInt32]

  /// Bytes in which the header is looked for, the titles and notes above it included.
  private static let headBytes = 64 << 10

  /// The owners of a table; nil where the general reader (``OwnerTable`` and ``LedgerChecker``) has to look, be it only
  /// to say that the file isn't there.
  static func read(_ file: String) -> PlainOwners? {
    guard case .success(let bytes) = SourceFile.bytes(file, limit: TableLimits.standard.fileBytes) else {
      return nil
    }
    return PlainOwners(bytes, file: file)
  }

  /// The same of a table's bytes.
  init?(_ bytes: [UInt8], file: String) {
    let mark = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard case .text = FileKind(bytes) else { return nil }
    let text = mark == 0 ? bytes : Array(bytes[mark...])
    let layout = text.withUnsafeBufferPointer { text in
      PlainText.isUTF8(text) ? Self.layout(text, file: file) : nil
    }
    guard let layout else { return nil }
    let found = text.withUnsafeBufferPointer {
      Self.owners(UnsafeBufferPointer(rebasing: $0[layout.begin...]), layout)
    }
    guard let found, !found.owners.isEmpty else { return nil }
    self.file = file
    directory = OwnerDirectory(found.owners)
    lines = found.lines.map { $0 + UInt32(layout.line) }
    guard !directory.mayHaveDoubles else { return nil }
  }

  static func == (left: PlainOwners, right: PlainOwners) -> Bool {
    left.file == right.file && left.directory.owners == right.directory.owners && left.lines == right.lines
  }

  /// Where the owner at that place stands.
  func location(_ place: Int) -> Diagnostic.Location {
    Diagnostic.Location(file: file, line: Int(lines[place]))
  }

  private typealias Layout = (roles: [BulkLayout.Role], separator: UInt8, begin: Int, line: Int)

  /// What the columns hold, and where the first row under the header stands; nil unless all of it is as usual.
  private static func layout(_ text: UnsafeBufferPointer<UInt8>, file: String) -> Layout? {
    let head = Array(text.prefix(headBytes))
    let separator = CSVSeparator.detect(head)
    let isWhole = head.count == text.count
    let end =
      isWhole ? head.count : head.withUnsafeBufferPointer { RowEnd.last(in: $0, separator: separator) }
    let (table, problems) = CSVReader.read(Array(head[..<end]), file: file, separator: separator)
    guard problems.isEmpty, isWhole || table.rows.count > 2 * TableHeader.rowsSearched,
      let header = TableHeader(table), header.holdsOwners,
      header.rows.upperBound < table.rows.count
    else { return nil }
    let first = table.rows[header.rows.upperBound]
    let (headerRows, _) = CSVReader.read(
      Array(head[..<Int(first.start)]), file: file, separator: separator)
    let map = ColumnMap(headerRows, header, needed: [.persons, .units, .email])
    let settled = header.columns.map(\.index) + header.unknown.map(\.index)
    guard map.diagnostics.isEmpty else { return nil }
    var roles = [BulkLayout.Role](repeating: .nameless, count: (settled.max() ?? 0) + 1)
    for column in settled { roles[column] = map.unread[column] == nil ? .settled : .unread }
    for (heading, role) in Self.roles {
      guard map.columns(heading).count <= 1 else { return nil }
      if let column = map.column(heading) { roles[column.index] = role }
    }
    return (roles, separator, Int(first.start), Int(first.line))
  }

  private static let roles: [(Heading, BulkLayout.Role)] = [
    (.persons, .persons), (.units, .units), (.email, .email), (.copies, .copies), (.head, .head),
  ]

  /// The owners, and their lines counted from the first row; nil where a row is unusual.
  private static func owners(
    _ rows: UnsafeBufferPointer<UInt8>, _ layout: Layout
  ) -> (owners: [Owner], lines: [UInt32])? {
    var cutter = RowCutter(rows, roles: layout.roles, separator: layout.separator)
    var (owners, lines) = ([Owner](), [UInt32]())
    // Owners of one unit share its name.
    var (units, names) = (ByteDictionary(), [""])
    while cutter.next() {
      if cutter.isUnsuited || cutter.isOdd || !cutter.unread.isEmpty { return nil }
      if cutter.isBlank { continue }
      let (unit, isNew) = units.place(of: cutter.field(.units))
      if isNew { names.append(name(cutter.field(.units)) ?? "") }
      guard let owner = owner(cutter, of: names[unit]), Heading.named(owner.person) == nil,
        cutter.first.baseAddress == cutter.field(.persons).baseAddress
          || Heading.named(String(decoding: cutter.first, as: UTF8.self).trimmedWhitespace) == nil
      else { return nil }
      owners.append(owner)
      lines.append(UInt32(cutter.rowLine))
    }
    return (owners, lines)
  }

  private static func owner(_ row: RowCutter, of unit: String) -> Owner? {
    guard !unit.isEmpty, row.field(.copies).isEmpty, let isHead = isHead(row.field(.head)),
      let person = name(row.field(.persons)), let email = name(row.field(.email)),
      MailboxAddress.isPlain(email)
    else { return nil }
    return Owner(person: person, unit: unit, email: email, isHead: isHead)
  }

  /// The one name in a cell.
  private static func name(_ cell: UnsafeBufferPointer<UInt8>) -> String? {
    guard let text = PlainText.trimmed(cell), !text.isEmpty, ListCell.isPlain(text) else { return nil }
    return String(decoding: text, as: UTF8.self)
  }

  private static func isHead(_ cell: UnsafeBufferPointer<UInt8>) -> Bool? {
    if cell.isEmpty { return false }
    switch String(decoding: cell, as: UTF8.self) {
    case "是": return true
    case "否": return false
    default: return nil
    }
  }
}
