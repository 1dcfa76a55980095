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
    let run = try Run(isWanted: isWanted)
    _ = try run.look("2023-01-06")
    let result = try run.look("2023-01-09")
    #expect(result.failures == [])
    #expect(try run.look("2023-01-09").queued.isEmpty)
    var withSlip: [String] = []
    for entry in try run.outbox.entries(EntryFilter()).filter({ result.queued.contains($0.id) }) {
      let body = String(decoding: try #require(try run.outbox.show(entry.id).body), as: UTF8.self)
      if body.contains("wordprocessingml") { withSlip.append(entry.person) }
    }
    let papers = try PaperNumbers(run.outbox).all()
    #expect(withSlip == (isWanted ? ["王建国"] : []))
    #expect(papers.map(\.number) == (isWanted ? ["督〔2023〕1号"] : []))
    #expect(papers.first?.paper.unit == (isWanted ? "科技创新部" : nil))
  }

  @Test func theContactHearsOfASlipWhoseMailWasQueued() throws {
    let run = try Run(isWanted: true)
    func told() throws -> [String] {
      try run.outbox.facts(withPrefix: Notices.key("paper", [""])).map(\.key)
    }
    _ = try run.look("2023-01-06")
    let failed = try run.look("2023-01-09", headsAddress: "head")
    #expect(failed.failures.count == 1, "\(failed.failures)")
    #expect(try PaperNumbers(run.outbox).all().map(\.number) == ["督〔2023〕1号"], "spent")
    #expect(try Notices.issued(run.outbox).isEmpty)
    #expect(try run.look("2023-01-10").failures == [])
    #expect(try told() == [])
    _ = try run.look("2023-01-11")
    #expect(try told() == [Notices.key("paper", ["督〔2023〕2号"])])
  }

  /// An office with a unit's head, over one state.
  private struct Run {
    let office: Office
    let outbox: Outbox

    init(isWanted: Bool) throws {
      office = try Office(more: isWanted ? "papers: {attachSlips: head}\n" : "")
      try office.replace(
        "owners:\n", "owners:\n  - {person: 王建国, unit: 科技创新部, email: head@example.org, head: true}\n")
      outbox = try Outbox(directory: office.url.appendingPathComponent("state").path)
    }

    /// A look on a day; no mail can be composed to an address without a domain.
    func look(_ day: String, headsAddress: String = "head@example.org") throws -> PlanningResult {
      let loader = Loader(configuration: office.url.path + "/duban.yaml", environment: [:])
      var active = try #require(loader.load { _ in Timestamp(seconds: 1_673_000_000) }.active)
      for place in active.ledgers[0].owners.indices where active.ledgers[0].owners[place].isHead {
        active.ledgers[0].owners[place].email = headsAddress
      }
      let now = active.zone.moment(SampleLedger.day(day), .defaultSendAt)
      return try PlanningRun(try active.registered(in: outbox, at: now), outbox).run(at: now)
    }
  }
}
