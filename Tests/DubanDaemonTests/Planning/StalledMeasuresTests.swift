import DubanCore
import DubanLedger
import DubanMail
import DubanOutbox
import Foundation
import TestSupport
import Testing

@testable import DubanDaemon

/// The contact is told of a measure that hasn't moved for long, once for each standstill.
@Suite struct StalledMeasuresTests {
  @Test func aStandstillIsToldAfterItsTimeAndOnce() throws {
    let office = try Office(more: "reminders: {escalate: {stalled: 30}}\n")
    let outbox = try Outbox(directory: office.url.appendingPathComponent("state").path)
    func load() throws -> ActiveConfiguration {
      let loader = Loader(configuration: office.url.path + "/duban.yaml", environment: [:])
      return try #require(loader.load { _ in Timestamp(seconds: 1_667_000_000) }.active)
    }
    func put(_ day: String) throws -> ActiveConfiguration {
      let active = try load()
      let now = active.zone.moment(SampleLedger.day(day), .midnight)
      let archive = LedgerArchive(outbox)
      try archive.accept(try archive.review(active, at: now), at: now)
      return try active.registered(in: outbox, at: now)
    }
    func stalled(_ day: String, _ active: ActiveConfiguration) throws -> [String] {
      try StalledMeasures.notices(active, outbox, today: SampleLedger.day(day)).map(\.notice.text)
        .filter { $0.contains("措施3.1") || $0.contains("措施3.2") }
    }
    var active = try put("2022-11-01")
    #expect(try stalled("2022-11-30", active) == [])
    try office.replace("丰富投诉反馈渠道\n", "丰富投诉反馈渠道\n        progress: 已启动\n")
    active = try put("2022-11-10")
    #expect(
      try stalled("2022-12-01", active) == [
        "措施3.1“加强‘好差评’的宣传推广”（自贸综合服务中心）自2022年11月1日以来状态和进展未变动，已30天。"
      ])
    #expect(try stalled("2022-12-10", active).count == 2)
    let keys = try StalledMeasures.notices(active, outbox, today: SampleLedger.day("2022-12-01")).map(\.keys)
    let later = try StalledMeasures.notices(active, outbox, today: SampleLedger.day("2022-12-02")).map(\.keys)
    #expect(keys == later, "the same standstill is the same notice")

    // Of what is done or put off nobody is told that it doesn't move.
    #expect(try office.duban("done", "3.1", "--by", "杜潘", "--now", "2022-12-10T09:00").status == 0)
    #expect(
      try office.duban(
        "snooze", "3.2", "--until", "2022-12-20", "--by", "杜潘", "--why", "等批复", "--now", "2022-12-10T09:00"
      ).status == 0)
    #expect(try stalled("2022-12-19", active) == [])
    #expect(try stalled("2022-12-20", active).count == 1)
  }
}
