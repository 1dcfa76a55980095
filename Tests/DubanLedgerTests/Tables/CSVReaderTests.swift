import DubanCore
import TestSupport
import Testing

@testable import DubanLedger

/// The fields of a CSV file, and where they stand.
@Suite struct CSVReaderTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    var rows: [[String]]
    var separator = ","
    var testDescription: String { name }
  }

  private static func rows(_ table: Table) -> [[String]] {
    table.rows.indices.map { row in (0..<table.width(row)).map { table.text(row, $0) } }
  }

  static let cases = [
    Case(name: "plain", text: "a,b\nc,d\n", rows: [["a", "b"], ["c", "d"]]),
    Case(name: "no last line break", text: "a,b", rows: [["a", "b"]]),
    Case(name: "CRLF", text: "a,b\r\nc,d\r\n", rows: [["a", "b"], ["c", "d"]]),
    Case(name: "CR alone", text: "a,b\rc,d\r", rows: [["a", "b"], ["c", "d"]]),
    Case(name: "empty fields", text: ",,\n,x\n,", rows: [["", "", ""], ["", "x"], ["", ""]]),
    Case(name: "empty lines", text: "a\n\n\nb", rows: [["a"], [""], [""], ["b"]]),
    Case(name: "quotes", text: "\"a,b\",\"c\"\n", rows: [["a,b", "c"]]),
    Case(
      name: "doubled quotes", text: "\"说“好”\"\"坏\"\"\",x\n\"\"\"\",y",
      rows: [["说“好”\"坏\"", "x"], ["\"", "y"]]),
    Case(
      name: "quoted line breaks", text: "\"a\nb\",\"c\r\nd\"\ne,f", rows: [["a\nb", "c\nd"], ["e", "f"]]),
    Case(name: "empty quotes", text: "\"\",\"\"", rows: [["", ""]]),
    Case(name: "quote inside", text: "a\"b,c", rows: [["a\"b", "c"]]),
    Case(name: "white space around", text: " a ,\u{3000}b\u{3000}", rows: [["a", "b"]]),
    Case(name: "tab", text: "a\tb,c\n", rows: [["a", "b,c"]], separator: "\t"),
    Case(name: "semicolon", text: "a;b,c\n", rows: [["a", "b,c"]], separator: ";"),
    Case(
      name: "guarded formulas", text: "'=1+1,'@x,\"'-5\",''=x,'a,'",
      rows: [["=1+1", "@x", "-5", "'=x", "'a", "'"]]),
    Case(name: "full-width guarded", text: "'＝1,＝1", rows: [["＝1", "＝1"]]),
    Case(name: "nothing", text: "", rows: []),
  ]

  @Test(arguments: cases)
  func fields(entry: Case) throws {
    let separator = try #require(entry.separator.utf8.first)
    let (table, diagnostics) = CSVReader.read(Array(entry.text.utf8), file: "t.csv", separator: separator)
    #expect(Self.rows(table) == entry.rows)
    #expect(diagnostics == [])
  }

  @Test func placesCountLinesAndCharactersOfTheFile() {
    let text = "号,\"说\"\"好\"\"\n第二行\",末\r\n一,二,三\r\n\"\"\"\",\"'=a\",b"
    let (table, _) = CSVReader.read(Array(text.utf8), file: "t.csv", separator: UInt8(ascii: ","))
    let places = table.rows.indices.map { row in
      (0..<table.width(row)).map { table.location(row, $0).description }
    }
    #expect(
      places == [
        ["t.csv:1:1", "t.csv:1:3", "t.csv:2:6"], ["t.csv:3:1", "t.csv:3:3", "t.csv:3:5"],
        ["t.csv:4:1", "t.csv:4:6", "t.csv:4:12"],
      ])
  }

  @Test(arguments: [
    (
      "a,b\n甲,\"乙\n丙\n",
      "t.csv:2:3: error: the quote that begins this field is never closed: “乙 丙”"
    ),
    ("\"甲\"乙,丙\n", "t.csv:1:1: error: text follows the closing quote of this field: “甲”"),
    ("x\n\"", "t.csv:2:1: error: the quote that begins this field is never closed: “”"),
  ])
  func flaws(text: String, expected: String) {
    let (_, diagnostics) = CSVReader.read(Array(text.utf8), file: "t.csv", separator: UInt8(ascii: ","))
    #expect(diagnostics.map(\.description) == [expected + "; double each quote that belongs to the text"])
  }

  @Test func writingAndReadingAnyFieldGivesItBack() {
    var generator = SeededGenerator(seed: 3)
    let alphabet = Array("=+-@'\"\t\r\n,;｜＝＋甲a1 ")
    for _ in 0..<20_000 {
      let field = String(
        (0..<Int.random(in: 0...6, using: &generator)).map { _ in
          alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
        })
      let written = LedgerCSV.line([field, "末"])
      let (table, diagnostics) = CSVReader.read(Array(written.utf8), file: "t", separator: UInt8(ascii: ","))
      #expect(diagnostics == [])
      #expect(table.rows.count == 1 && table.width(0) == 2)
      let expected = field.trimmedWhitespace.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
      #expect(
        table.text(0, 0) == expected, "\(field.debugDescription) was written as \(written.debugDescription)")
      let first = written.utf8.dropFirst(written.hasPrefix("\"") ? 1 : 0).first ?? 0
      #expect(!"=+-@\t\r\n".utf8.contains(first), "\(written.debugDescription) is a formula")
    }
  }
}
