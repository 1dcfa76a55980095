import Testing

@testable import DubanLedger

/// Which sign is found to separate the fields of a file.
@Suite struct CSVSeparatorTests {
  private static let header = "措施编号;措施;责任单位;责任人;完成时限\n"

  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    var separator: Unicode.Scalar
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "nothing", text: "", separator: ","),
    Case(name: "no headings", text: "一;二\n三;四\n", separator: ","),
    Case(name: "semicolons", text: header, separator: ";"),
    Case(name: "tabs", text: header.replacing(";", with: "\t"), separator: "\t"),
    Case(
      name: "commas, and semicolons in a cell", text: header.replacing(";", with: ",") + "1,措施;责任人,,,\n",
      separator: ","),
    Case(name: "titles above", text: "整改台账,2022年\n说明,一,二\n" + header, separator: ";"),
    Case(name: "a header in the last row that is searched", text: notes(29) + header, separator: ";"),
    Case(name: "a header below it", text: notes(30) + header, separator: ","),
    Case(name: "line breaks in quotes are no rows", text: "\"\(notes(40))\"\n" + header, separator: ";"),
  ]

  private static func notes(_ count: Int) -> String { String(repeating: "说明\n", count: count) }

  @Test(arguments: cases) func detects(_ row: Case) {
    #expect(CSVSeparator.detect(Array(row.text.utf8)) == UInt8(ascii: row.separator))
  }

  @Test func aReaderEndsWithTheRowsItWasAskedFor() {
    let text = Array("a,b\n\"c\nd\",e\nf,\"g\n".utf8)
    for (rows, cells) in [(0, 0), (1, 2), (2, 4)] {
      let (table, problems) = CSVReader.read(text, file: "t.csv", separator: UInt8(ascii: ","), rows: rows)
      #expect(table.rows.count == rows)
      #expect(table.cells.count == cells)
      #expect(problems.isEmpty, "what is wrong stands below")
    }
    #expect(CSVReader.read(text, file: "t.csv", separator: UInt8(ascii: ",")).1.count == 1)
  }
}
