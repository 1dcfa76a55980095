import DubanCore
import Foundation
import TestSupport
import Testing

@testable import DubanMail

/// The Chinese texts of diagnostics.
@Suite struct DiagnosticWordsTests {
  @Test(arguments: [
    (
      "the id “1.1” is given twice", "the first measure with it is at t.xlsx[台账]!A3",
      "工作表“台账”第9行A列：编号“1.1”出现两次，前一处见t.xlsx[台账]!A3"
    ),
    (
      "“徐娟”, a person of measure 2, is an owner for “财政局”, “住建局”, but not for “发改局”", "",
      "工作表“台账”第9行A列：措施2的责任人“徐娟”在通讯录中属于“财政局”、“住建局”，不属于“发改局”"
    ),
    (
      "the address of the owner “徐娟”: “a b@example.org” has a space in it",
      "expected an address like name@example.org",
      "工作表“台账”第9行A列：责任人“徐娟”的邮箱“a b@example.org”中有空格，邮箱应如name@example.org"
    ),
    ("something that has no Chinese text", "neither has this", "工作表“台账”第9行A列：内容待核对，请管理员运行 duban check 查看"),
  ])
  func words(_ message: String, _ help: String, _ expected: String) {
    let place = Diagnostic.Location(file: "t.xlsx", sheet: "台账", line: 9, column: 1)
    #expect(DiagnosticWords.chinese(Diagnostic(.warning, at: place, message, help: help)) == expected)
  }

  /// Everything that the ledgers' mistakes and the sheets' layouts show.
  @Test func noneIsMissing() throws {
    let mistakes = try MistakeTable.mistakes("Tests/DubanLedgerTests/Fixtures/ledger-mistakes.txt").flatMap(
      \.expected)
    let layouts = try String(
      contentsOf: RepositoryFile.url("Tests/DubanLedgerTests/Fixtures/sheet-layouts.txt"), encoding: .utf8
    ).split(separator: "\n").map(String.init)
    var missing: Set<String> = []
    var count = 0
    for line in mistakes + layouts {
      guard let mark = line.firstRange(of: #/: (error|warning): /#) else { continue }
      count += 1
      let parts = line[mark.upperBound...].split(separator: "; ", maxSplits: 1).map(String.init)
      for part in parts where DiagnosticWords.chinese(part) == nil { missing.insert(part) }
      // No English is left between the quotations.
      let words = parts.compactMap(DiagnosticWords.chinese).joined()
        .replacing(#/“[^”]*”|[\w.]*\.(xlsx|yaml|csv)[^，；]*|name@example.org|[A-Z]{2,}\S*/#, with: "")
      if words.contains(/[a-z]{3,} [a-z]{2,}/) { missing.insert("\(line) → \(words)") }
    }
    #expect(count > 100)
    #expect(missing.sorted() == [])
  }
}
