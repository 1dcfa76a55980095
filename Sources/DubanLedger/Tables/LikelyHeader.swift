import DubanCore

/// The row of a table without a known header that looks most like one, for a person to see what is missing.
struct LikelyHeader {
  /// How many of its headings are known, and how many texts it has besides.
  private(set) var score = (known: 0, others: 0)
  /// Where it stands: its first heading that isn't known, or its first cell.
  private(set) var location: Diagnostic.Location
  private let row: Int
  private let unknown: [String]

  /// The best row of a table; nil where none has two headings and three texts.
  init?(_ table: Table) {
    var best: LikelyHeader?
    for row in table.rows.indices.prefix(TableHeader.rowsSearched) {
      let candidate = LikelyHeader(table, row)
      if let candidate, best.map({ $0.score < candidate.score }) ?? true { best = candidate }
    }
    guard let best else { return nil }
    self = best
  }

  private init?(_ table: Table, _ row: Int) {
    let columns = (0..<table.width(row)).filter { !table.text(row, $0).isEmpty }
    let texts = columns.map { table.text(row, $0).onOneLine }
    guard texts.count > 1, texts.allSatisfy({ $0.count <= 20 }),
      !texts.contains(where: { $0.contains("：") || $0.allSatisfy(\.isNumber) })
    else { return nil }
    let others = columns.filter { Heading.named(table.text(row, $0)) == nil }
    guard texts.count > 2 || others.count < texts.count else { return nil }
    score = (texts.count - others.count, others.count)
    location = table.location(row, others.first ?? columns[0])
    self.row = Int(table.rows[row].line)
    unknown = others.map { table.text(row, $0).onOneLine }
  }

  /// What to say of it: `row 3 looks most like its header, but “整治要点” is no heading that is known`.
  var words: String {
    let names = unknown.prefix(4).map { "“\($0.excerpt)”" }.joined(separator: ", ")
    let further = unknown.count > 4 ? " and \(unknown.count - 4) more" : ""
    let missing =
      unknown.isEmpty
      ? "no heading of a measure stands in it"
      : "\(names)\(further) \(unknown.count == 1 ? "is no heading that is" : "are no headings that are") known"
    return "row \(row) looks most like its header, but \(missing)"
  }
}
