public import DubanCore

/// Writes a ledger's measures and, under them, its owners as CSV (RFC 4180).
///
/// UTF-8 with a mark, or else Excel takes it for GBK. A cell that a spreadsheet program would take for a formula gets an
/// apostrophe in front (``CSVGuard``). The plan's header and the reports have no place in it: a ledger's YAML that
/// names the file under `measures:` keeps those.
public enum LedgerCSV {
  /// The CSV's bytes.
  public static func bytes(_ ledger: Ledger) throws(ExportFailure) -> [UInt8] {
    var text = "\u{FEFF}"
    let headings = LedgerTable.measureHeadings(ledger.areas)
    text += line(headings.map(\.title))
    for row in try LedgerTable.rows(ledger.areas) { text += line(headings.map { row.texts[$0] ?? "" }) }
    if !ledger.owners.isEmpty {
      let headings = LedgerTable.ownerHeadings(ledger.owners)
      text += "\r\n" + line(headings.map(\.title))
      for owner in ledger.owners {
        let texts = LedgerTable.texts(owner)
        text += line(headings.map { texts[$0] ?? "" })
      }
    }
    return Array(text.utf8)
  }

  /// One line of the file, its line break included.
  static func line(_ fields: [String]) -> String {
    fields.map { quoted(CSVGuard.guarded($0)) }.joined(separator: ",") + "\r\n"
  }

  private static func quoted(_ field: String) -> String {
    let needsQuotes = field.utf8.contains { byte in
      byte == UInt8(ascii: ",") || byte == CSVReader.quote || byte == 0x0A || byte == 0x0D || byte == 0x09
        || byte == UInt8(ascii: ";")
    }
    return needsQuotes ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
  }
}
