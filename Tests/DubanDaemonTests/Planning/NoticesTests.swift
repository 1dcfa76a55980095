import DubanCore
import DubanMail
import DubanOutbox
import Foundation
import TestSupport
import Testing

@testable import DubanDaemon

/// What the contact is told is bounded, and told once all the same.
@Suite struct NoticesTests {
  private func notices(_ kind: Notice.Kind, _ count: Int, plan: String = "甲") -> [PendingNotice] {
    (0..<count).map { PendingNotice(plan: plan, key: "\(plan)\($0)", notice: Notice(kind, "第\($0)条。")) }
  }

  @Test func beyondWhatAnybodyReadsOneSentenceStandsForAll() {
    let shown = Notices.shortened(notices(.diagnostic, 3_000) + notices(.diagnostic, 20, plan: "乙"))
    #expect(shown.count == 41)
    #expect(shown.prefix(20).map(\.notice.text) == (0..<20).map { "第\($0)条。" })
    #expect(shown.last?.notice.text == "另有2980条提示，请运行 duban check 查看。")
    #expect(shown.last?.plan == "甲")
    #expect(shown.last?.keys.count == 2_980, "all of them count as told")
  }

  @Test(arguments: [Notice.Kind.decision, .delivery]) func whatIsSaidNowhereElseIsAllSaid(_ kind: Notice.Kind)
  {
    #expect(Notices.shortened(notices(kind, 3_000)).count == 3_000)
  }

  @Test func whatIsWrongWithAFileIsSaidInChineseWithItsPlace() {
    let place = Diagnostic.Location(file: "/srv/台账.xlsx", sheet: "台账", line: 9, column: 1)
    let error = Diagnostic(
      .error, at: place, "the id “1” is given twice", help: "the first measure with it is at x!A3")
    #expect(
      Notices.refused([error]).map(\.notice.text) == [
        "台账.xlsx 已改动，但有1处错误，目前仍按上一次正确的内容执行，请尽快改正。工作表“台账”第9行A列：编号“1”出现两次，前一处见x!A3。"
      ])
    let many = Notices.refused(Array(repeating: error, count: 9)).map(\.notice.text)
    #expect(many[0].hasSuffix("；其余请管理员运行 duban check 查看。"))
    #expect(many[0].components(separatedBy: "出现两次").count == 5)
  }

  @Test func anOverrideByANumberThatAnotherMeasureHasNowIsSaid() {
    var (first, second) = (
      SampleLedger.measure("1.1", due: nil, owners: []), SampleLedger.measure("1.2", due: nil, owners: [])
    )
    (first.id, first.identity, first.title) = ("1.1", "1.2", "新的")
    (second.id, second.identity, second.title) = ("1.2", "1.1", "旧的")
    let ledger = SampleLedger.ledger(owners: [], measures: [first, second])
    let overrides = [PolicyOverride(.measure("1.1")), PolicyOverride(.owner("徐娟"))]
    #expect(
      Notices.moved(overrides, [ledger]).map(\.notice.text) == [
        "配置中为措施1.1单独设定的提醒，现在用于改编为该编号的“新的”，原来的措施“旧的”现为1.2，请管理员核对 duban.yaml 中的 overrides。"
      ])
    #expect(
      Notices.moved(
        overrides,
        [SampleLedger.ledger(owners: [], measures: [SampleLedger.measure("1.1", due: nil, owners: [])])]
      ).isEmpty)
  }

  @Test func aKeyIsShortAndStillAnotherForAnotherText() {
    let long = (0..<3_000).map { "提示\($0)" }
    let key = Notices.key("warnings", long)
    #expect(key.utf8.count < 100)
    #expect(key == Notices.key("warnings", long))
    #expect(key != Notices.key("warnings", Array(long.dropLast())))
    #expect(
      Notices.key("undecided", ["甲", "1.1"]) == "notice/undecided/甲|1.1", "as before, where it is short")
  }

  @Test func aPaperIsNumberedOnceAndTold() throws {
    let folder = try ScratchDirectory()
    let outbox = try Outbox(directory: folder.path)
    let now = Timestamp(seconds: 1_671_500_000)
    func slip(_ unit: String, _ day: String = "2022-12-20") -> IssuedPaper {
      IssuedPaper(
        kind: .slip, plan: "甲", unit: unit, level: "红色", title: "督办单", items: ["1.3", "2.1"],
        day: SampleLedger.day(day), by: "杜潘")
    }
    let numbers = PaperNumbers(outbox)
    #expect(try numbers.assign(to: slip("规划建设部"), series: "督", at: now).number == "督〔2022〕1号")
    #expect(try numbers.assign(to: slip("财政金融部"), series: "督", at: now).number == "督〔2022〕2号")
    #expect(try numbers.assign(to: slip("规划建设部"), series: "督", at: now).number == "督〔2022〕1号", "made again")
    #expect(try numbers.assign(to: slip("规划建设部"), series: "督通", at: now).number == "督通〔2022〕1号")
    #expect(
      try numbers.assign(to: slip("规划建设部", "2023-01-03"), series: "督", at: now).number
        == "督〔2023〕1号", "a new year")
    var waiting = slip("城市更新局")
    waiting.waitsForMail = true
    #expect(try numbers.assign(to: waiting, series: "督", at: now).number == "督〔2022〕3号")
    #expect(try Notices.issued(outbox).count == 4, "none whose mail isn't queued")
    #expect(try numbers.assign(to: slip("城市更新局"), series: "督", at: now).number == "督〔2022〕3号", "by hand")
    #expect(try Notices.issued(outbox).count == 5)
    #expect(try numbers.assign(to: waiting, series: "督", at: now).number == "督〔2022〕3号", "and in the mail")
    #expect(try Notices.issued(outbox).count == 5)
    #expect(
      try Notices.issued(outbox).first?.notice
        == Notice(.paper, "督〔2022〕1号：红色督办单发规划建设部，涉及措施1.3、2.1（杜潘签发）。"))
  }
}
