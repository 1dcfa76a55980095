import DubanCore

/// Puts into a table of measures what its rows say by pointing upwards: 同上, 〃, and cells left empty below a value that
/// stands once for several rows.
struct CarriedCells {
  private let table: Table
  private let map: ColumnMap
  /// What was put into the rows, by row and column.
  private var changes: [Int: [Int: Table.Cell]] = [:]
  private var log = DiagnosticLog()

  /// Fills in the cells in the columns that are read; what can't be filled in for certain is said.
  static func fill(_ table: inout Table, _ header: TableHeader, _ map: ColumnMap) -> [Diagnostic] {
    var carried = CarriedCells(table: table, map: map)
    carried.read(from: header.rows.upperBound)
    if !carried.changes.isEmpty { table.replace(carried.changes.mapValues { $0.map { ($0.key, $0.value) } }) }
    return carried.log.diagnostics
  }

  private init(table: Table, map: ColumnMap) {
    self.table = table
    self.map = map
  }

  private mutating func read(from first: Int) {
    guard let measure = map.column(.measure)?.index else { return }
    let columns = Heading.allCases.filter { $0 != .id }.flatMap(map.columns)
    // The row of a measure right above, within the same area; and the same, whatever stands between.
    var (above, last) = (Int?.none, Int?.none)
    for row in first..<max(first, table.rows.count) {
      for column in columns where Self.isDitto(table.bytes(of: table.cell(row, column.index))) {
        guard let source = last.map({ cell($0, column.index) }), !table.isEmpty(source) else {
          log.append(
            .error, at: table.location(row, column.index),
            "“\(table.text(row, column.index))” under “\(column.words.onOneLine)” has nothing above it",
            help: "write what is meant")
          continue
        }
        put(source, row, column.index)
      }
      if table.isEmpty(row, measure) || table.isWords(row, map) {
        if !table.isBlank(row) { above = nil }
        continue
      }
      if let above { carry(from: above, to: row) }
      (above, last) = (row, row)
    }
  }

  /// Takes the units, persons and the deadline from the row above where units and persons are empty together with something
  /// else that is written once for several rows: one empty cell alone may have been forgotten.
  private mutating func carry(from above: Int, to row: Int) {
    func isOpen(_ headings: Heading...) -> Bool {
      let columns = headings.flatMap(map.columns)
      return !columns.isEmpty && columns.allSatisfy { table.isEmpty(cell(row, $0.index)) }
        && columns.contains { !table.isEmpty(cell(above, $0.index)) }
    }
    guard isOpen(.units), map.column(.persons) == nil || isOpen(.units, .persons),
      [Heading.id, .area, .problems, .goal, .deadline].contains(where: { isOpen($0) })
    else { return }
    let carried = [Heading.units, .persons] + (isOpen(.deadline) ? [.deadline] : [])
    for column in carried.flatMap(map.columns) where table.isEmpty(cell(row, column.index)) {
      let source = cell(above, column.index)
      if table.isEmpty(source) { continue }
      put(source, row, column.index)
      log.append(
        .warning, at: table.location(row, column.index),
        "the cell under “\(column.words.onOneLine)” is empty: “\(table.text(of: source).excerpt)” is taken from the row above",
        help: "write it in each row, or merge its cell over the rows")
    }
  }

  private func cell(_ row: Int, _ column: Int) -> Table.Cell {
    changes[row]?[column] ?? table.cell(row, column)
  }

  private mutating func put(_ cell: Table.Cell, _ row: Int, _ column: Int) {
    var cell = cell
    cell.continuesAbove = false
    changes[row, default: [:]][column] = cell
  }

  /// Whether a text, in UTF-8, says that what stands above is meant.
  static func isDitto(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first, text.count <= 24 else { return false }
    switch first {
    case 0x20, 0x28, 0x2D, 0xC2, 0xE2, 0xE3, 0xEF: break
    case 0xE5: guard text.starts(with: [0xE5, 0x90, 0x8C]) else { return false }
    default: return false
    }
    let plain = String(decoding: text, as: UTF8.self).trimmedWhitespace.filter {
      !$0.isWhitespace && !"—－-。（）()".contains($0)
    }
    return words.contains(plain)
  }

  private static let words: Set<String> = [
    "同上", "同前", "同上行", "同上项", "同上一项", "同上一行", "同上格", "同上条", "〃", "〃〃", "″", "〞", "＂", "′′", "“",
    "”", "“”",
  ]
}
