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
