/// What a table's cells hold by their own words, whatever their heading says.
enum CellContent {
  /// Units, persons or a deadline; nil for anything else.
  static func kind(_ cell: String) -> Heading? {
    let names = cell.parts(at: ["、", "，", ",", "\n"])
    if names.isEmpty { return nil }
    if names.allSatisfy({ NameList.looksLikeUnit($0) || $0.count <= 10 && NameList.isVague($0) }) {
      return .units
    }
    if names.allSatisfy({ NameList.looksLikeName($0.squeezed) }) { return .persons }
    return PlanDate.soundsLikeDeadline(cell) && cell.count <= 24 ? .deadline : nil
  }

  /// What nearly all cells of a column hold, those that only repeat the one above left aside.
  static func kind(ofColumn column: Int, in table: Table, _ rows: Range<Int>) -> Heading? {
    let cells = texts(ofColumn: column, in: table, rows)
    return [Heading.units, .persons, .deadline].first { kind in
      !cells.isEmpty && cells.count { self.kind($0) == kind } * 5 >= cells.count * 4
    }
  }

  /// Whether a column only counts: 1, 一, （一）.
  static func areNumbers(inColumn column: Int, of table: Table, _ rows: Range<Int>) -> Bool {
    let cells = texts(ofColumn: column, in: table, rows)
    return !cells.isEmpty
      && cells.allSatisfy { cell in
        let bare = cell.filter { !$0.opensBracket && !$0.closesBracket }.withoutEnd
        return Int(bare) != nil || ChineseNumeral.value(bare) != nil
      }
  }

  private static func texts(ofColumn column: Int, in table: Table, _ rows: Range<Int>) -> [String] {
    rows.filter { !table.cell($0, column).continuesAbove }.map { table.text($0, column) }
      .filter { text in !text.isEmpty && !text.allSatisfy { "/／—-－无".contains($0) } }
  }
}
