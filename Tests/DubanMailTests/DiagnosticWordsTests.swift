import DubanCore
import DubanLedger
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
    (
      "5.1 is shared, and 科技部 says “待销号”: reported as done by 科技部, not by 财政部、服务中心, and the status stays “未完成”",
      "it changes once 财政部, which leads, or every unit has reported it as done",
      "工作表“台账”第9行A列：措施5.1由多个单位共同负责，科技部填为“待销号”，已报完成：科技部，尚未报完成：财政部、服务中心，台账状态仍为“未完成”，"
        + "牵头单位财政部或全部单位报完成后方更改"
    ),
    (
      "5.1 is shared, and 科技部 says “进行中”: reported as done by none, not by 科技部, and the status stays “已销号”",
      "it changes once every unit has reported it as done, or write it into the ledger",
      "工作表“台账”第9行A列：措施5.1由多个单位共同负责，科技部填为“进行中”，已报完成：无，尚未报完成：科技部，台账状态仍为“已销号”，"
        + "全部单位报完成后方更改，也可由您直接写入台账"
    ),
    (
      "3.3 says “已销号” and asks “申请延期” at once, and the status stays “未完成”",
      "ask the unit which one holds, and empty the other cell",
      "工作表“台账”第9行A列：措施3.3填为“已销号”，同时又申请“申请延期”，台账状态仍为“未完成”，请向单位核实以哪一项为准，并清空另一格"
    ),
    (
      "5.1 has several units, and the sheet doesn't say which one filled it in",
      "make the unit's sheet anew; its notes name the unit",
      "工作表“台账”第9行A列：措施5.1由多个单位共同负责，填报表未写明由哪个单位填报，未并入，请重新导出该单位的填报表"
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

  /// Everything that an import says of these papers, and what to do about it.
  @Test func nothingOfAnImportIsMissing() {
    let closing = "责任单位：县发改局、各乡镇、红星\n责任人：何清、待定\n责任领导：江平\n完成时限：择机\n"
    let texts = [
      "前言\n联系人：何清、江平\n请各单位于6月底前、2月30日前报县督查室，每周五下班前报送进展。\n1.精简材料。\n\(closing)3.规范收费，6月底前公布，9月底前评估。（县发展和改革局负责）\n其他话。\n5.空谈。\n",
      "桃溪县任务清单\n2023年3月6日\n青石县财政局　2023年4月3日\n一、服务（县政务局牵头，6月底前完成）\n1.优化。（县司法局牵头）\n三、收费\n2.每月检查。（县发改局、县住建局；责任人：何清；完成时限：6月底前7月底前；9月底前）\n2.公示（县发改局负责）目录。（县住建局负责）",
      "序号\t整改措施\t责任单位\t责任人\t完成时限\t备注\t经费\n1\t修订\t县水利局\t何清、江平\t6月底\t甲\t\n2\t演练\t县应急局\t6月底\n合计\t\t\t\t\t\t",
      "序号\t单位\t得分\n1\t县水利局\t90",
    ]
    var missing: Set<String> = []
    for text in texts {
      let imported = PlanImporter.plan(from: text, calendar: WorkdayCalendar())
      for words in imported.findings.flatMap({ [$0.message, $0.help] }) where !words.isEmpty {
        let chinese = DiagnosticWords.chinese(words)?.replacing(#/“[^”]*”/#, with: "") ?? ""
        if chinese.isEmpty || chinese.contains(/[a-z]{3,}/) { missing.insert("\(words) → \(chinese)") }
      }
    }
    #expect(missing.sorted() == [])
  }
}

/// The contact reads in Chinese what a server said in English.
struct RelayWordsTests {
  static let rows: [(answer: String?, words: String)] = [
    (nil, "没有回音"), ("", "没有回音"), ("Failed to connect to relay", "暂时无法送达"),
    ("550 5.1.1 <a@example.org>: Recipient address rejected: User unknown", "收件地址不存在（550 5.1.1）"),
    ("550-5.1.1 The account does not exist", "收件地址不存在（550 5.1.1）"),
    ("550 no such user", "被对方服务器拒收（550）"), ("452 4.2.2 mailbox full", "收件邮箱已满（452 4.2.2）"),
    ("552 quota exceeded", "收件邮箱已满或邮件过大（552）"),
    ("554 5.7.1 Client host rejected", "因对方的安全策略或限制被拒收（554 5.7.1）"),
    ("421 try again later", "对方服务器暂时不能接收（421）"), ("250 2.0.0 Ok: queued as 4Q", "已接收（250 2.0.0）"),
    ("a relay at 192.0.2.1 said nothing", "暂时无法送达"), ("stored as 1672.M1P2.host", "已存入邮件目录"),
  ]

  @Test("answers", arguments: rows)
  func answers(_ row: (answer: String?, words: String)) {
    #expect(RelayWords.chinese(row.answer) == row.words)
  }
}
