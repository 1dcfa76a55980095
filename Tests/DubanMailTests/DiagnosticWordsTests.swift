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
    (
      "the decided date of measure 1.1: “下个月” is no date", "expected a date like 2022-12-31",
      "工作表“台账”第9行A列：措施1.1的明确日期：“下个月”不是日期，日期应如2022-12-31"
    ),
    (
      "the owner “孙丽” of “住建局” is reminded of nothing: 2.3, 2.4 of this unit only name others as persons",
      "write a person for each unit there, where this one is to be reminded",
      "工作表“台账”第9行A列：“住建局”的“孙丽”不会收到提醒：措施2.3、2.4由该单位负责，但只写了其他单位的责任人，需要提醒的，请在这些措施的“责任人”中为每个单位各写一人"
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
