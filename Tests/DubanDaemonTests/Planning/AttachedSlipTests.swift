import DubanCore
import DubanLedger
import DubanOutbox
import Foundation
import TestSupport
import Testing

@testable import DubanDaemon

/// A 督办单 goes with the mail by which a unit's head hears of overdue measures, where the office wants it.
@Suite struct AttachedSlipTests {
  @Test("numbered once, in the mail to the head alone", arguments: [true, false])
  func attached(isWanted: Bool) throws {
    let office = try Office(more: isWanted ? "papers: {attachSlips: head}\n" : "")
    try office.replace(
      "owners:\n", "owners:\n  - {person: 王建国, unit: 科技创新部, email: head@example.org, head: true}\n")
    let outbox = try Outbox(directory: office.url.appendingPathComponent("state").path)
    let loader = Loader(configuration: office.url.path + "/duban.yaml", environment: [:])
    func run(_ day: String) throws -> [Entry] {
      let active = try #require(loader.load { _ in Timestamp(seconds: 1_673_000_000) }.active)
      let now = active.zone.moment(SampleLedger.day(day), .defaultSendAt)
      let known = try active.registered(in: outbox, at: now)
      let result = try PlanningRun(known, outbox).run(at: now)
      #expect(result.failures == [])
      return try outbox.entries(EntryFilter()).filter { result.queued.contains($0.id) }
    }
    _ = try run("2023-01-06")
    let entries = try run("2023-01-09")
    #expect(try run("2023-01-09").isEmpty)
    var withSlip: [String] = []
    for entry in entries {
      let body = String(decoding: try #require(try outbox.show(entry.id).body), as: UTF8.self)
      if body.contains("wordprocessingml") { withSlip.append(entry.person) }
    }
    let papers = try PaperNumbers(outbox).all()
    #expect(withSlip == (isWanted ? ["王建国"] : []))
    #expect(papers.map(\.number) == (isWanted ? ["督〔2023〕1号"] : []))
    #expect(papers.first?.paper.unit == (isWanted ? "科技创新部" : nil))
  }
}
