import DubanCore
import DubanMail
import DubanOutbox
import TestSupport
import Testing

@testable import DubanDaemon

/// What is read for a policy is all that a planner with it asks for.
@Suite struct HistoryReaderTests {
  @Test(arguments: [nil, Span(3, .workday)]) func whatIsLeftOutChangesNoPlan(_ overdueEvery: Span?) throws {
    var left = 0
    for seed in 0..<8 as Range<UInt64> {
      let office = GeneratedOffice(seed: seed)
      var policy = office.policy
      policy.ladder.overdueEvery = overdueEvery
      (policy.reportLadder.overdueEvery, policy.dutyLadder.overdueEvery) = (nil, nil)
      for index in policy.overrides.indices { policy.overrides[index].overdueEvery = nil }
      let planner = Planner(
        ledgers: office.ledgers, policy: policy, calendar: office.calendar, decisions: office.decisions)
      var ownersPolicy = policy
      ownersPolicy.escalation.contact = nil
      let owners = Planner(
        ledgers: office.ledgers, policy: ownersPolicy, calendar: office.calendar, decisions: office.decisions)
      let folder = try ScratchDirectory()
      let outbox = try Outbox(directory: folder.path)
      for offset in stride(from: 0, to: 300, by: 9) {
        let day = office.first.adding(days: offset)
        let whole = try HistoryReader.read(outbox, today: day)
        let needed = try HistoryReader.read(outbox, today: day, for: policy)
        #expect(needed.since == whole.since && needed.lastMail == whole.lastMail)
        #expect(
          owners.plan(on: day, after: needed) == owners.plan(on: day, after: whole), "seed \(seed), \(day)")
        left += whole.stages.count - needed.stages.count
        _ = try outbox.enqueue(planner.plan(on: day, after: whole).mails.map(entry))
      }
    }
    #expect(left > 20)
  }

  private func entry(_ mail: PlannedMail) -> NewEntry {
    let key = EntryKey.scheduled(mail.on, mail.recipient)
    let now = Timestamp(mail.on, .defaultSendAt, utcOffset: 0)
    return EntryMaker.entries(
      [
        Message(
          envelope: Envelope(reversePath: "contact@example.org", recipient: mail.address),
          messageID: "<\(key)@example.org>", subject: "督办", data: Array("正文".utf8))
      ], of: mail, key: key, kind: MailKind.scheduled, at: now)[0]
  }
}
