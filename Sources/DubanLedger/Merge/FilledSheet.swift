import DubanCore

/// A measure's row of a sheet that a unit has filled in.
struct FilledRow: Equatable {
  /// Its number and title when the sheet was made.
  var id: String
  var title: String
  /// Its ``Measure/identity``; nil where the sheet doesn't say.
  var identity: String?
  /// What the unit wrote.
  var status: LocatedText
  var progress: LocatedText
  var request: LocatedText
  /// Who filled it in; nil where the workbook doesn't say.
  var unit: String?
  /// What the ledger said when the sheet was made; nil where the sheet doesn't say.
  var originalStatus: String?
  var originalProgress: String?
}

/// Reads the sheets that ``UnitSheet`` has made, whatever program saved them since.
enum FilledSheet {
  /// The rows in a workbook's bytes, the unit that it says it is of, and what kept any from being read.
  static func rows(
    _ bytes: [UInt8], file: String
  ) -> (rows: [FilledRow], unit: String?, diagnostics: [Diagnostic]) {
    let (tables, noticed) = TableReader.read(bytes, file: file)
    var rows: [FilledRow] = []
    var diagnostics = noticed.filter { $0.severity == .error }
    for table in tables { rows += self.rows(table, &diagnostics) }
    let unit = tables.lazy.compactMap(Self.unit).first
    for place in rows.indices { rows[place].unit = unit }
    if rows.isEmpty, diagnostics.isEmpty {
      diagnostics.append(
        Diagnostic(
          .error, at: Diagnostic.Location(file: file), "no sheet that a unit filled in was found",
          help: "expected the columns 序号, 整改措施, 状态 and 进展情况, as `duban paper ledger --unit` makes them"))
    }
    return (rows, unit, diagnostics)
  }

  /// The unit that stands in the notes of the sheet.
  private static func unit(_ table: Table) -> String? {
    table.rows.indices.lazy.map { table.text($0, 0) }.first { $0.hasPrefix(UnitSheet.unitLabel) }.map {
      String($0.dropFirst(UnitSheet.unitLabel.count)).trimmedWhitespace
    }
  }

  private static func rows(_ table: Table, _ diagnostics: inout [Diagnostic]) -> [FilledRow] {
    for header in table.rows.indices.prefix(TableHeader.rowsSearched) {
      let places = Dictionary(
        (0..<table.width(header)).map { (table.text(header, $0), $0) }
      ) { first, _ in first }
      guard let id = places["序号"], let title = places["整改措施"], let status = places["状态"],
        let progress = places["进展情况"]
      else { continue }
      return ((header + 1)..<max(header + 1, table.rows.count)).compactMap { row in
        func cell(_ column: Int?) -> LocatedText {
          let place = table.location(row, column ?? 0)
          guard let column else { return LocatedText("", at: place) }
          let text = table.text(row, column)
          guard table.cell(row, column).kind == .fault else { return LocatedText(text, at: place) }
          diagnostics.append(RowFields.fault(text, under: table.text(header, column), at: place))
          return LocatedText("", at: place)
        }
        let number = table.text(row, id)
        guard !number.isEmpty else { return nil }
        return FilledRow(
          id: number, title: table.text(row, title),
          identity: places[UnitSheet.identity].map { table.text(row, $0) }, status: cell(status),
          progress: cell(progress),
          request: cell(places[UnitSheet.request]),
          originalStatus: places[UnitSheet.originals.status].map { table.text(row, $0) },
          originalProgress: places[UnitSheet.originals.progress].map { table.text(row, $0) })
      }
    }
    return []
  }
}
