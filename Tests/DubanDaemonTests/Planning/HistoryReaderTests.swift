import DubanCore
import DubanMail
import DubanOutbox
import TestSupport
import Testing

@testable import DubanDaemon

/// What the outbox recorded is what the planner hears of.
@Suite struct HistoryReaderTests {
  /// Owners go on being reminded of what is overdue; those past them hear once, however long it stays so.
  @Test func aStepPastTheOwnersIsTakenOnce() throws {
    let owner = SampleLedger.owner("徐娟", "市场监管局", "xujuan")
    let planner = Planner(
      ledgers: [
        SampleLedger.ledger(
          reports: [], owners: [owner],
          measures: [SampleLedger.measure("1.1", due: "2022-12-30", owners: [owner])])
      ], policy: Policy(), calendar: SampleLedger.calendar)
    let folder = try ScratchDirectory()
    let outbox = try Outbox(directory: folder.path)
    var escalated: [CivilDate] = []
    for offset in stride(from: 0, to: 1000, by: 9) {
      let day = SampleLedger.day("2022-12-01").adding(days: offset)
      let mails = planner.plan(on: day, after: try HistoryReader.read(outbox, today: day)).mails
      if mails.contains(where: { !$0.escalated.isEmpty }) { escalated.append(day) }
      #expect(try outbox.enqueue(mails.map(entry)).known.isEmpty)
    }
    #expect(escalated.count == 1)
  }

  private func entry(_ mail: PlannedMail) -> NewEntry {
    let key = EntryKey.scheduled(mail.on, mail.recipient)
    let now = Timestamp(mail.on, .defaultSendAt, utcOffset: 0)
    return EntryFactory.entries(
      [
        Message(
          envelope: Envelope(reversePath: "contact@example.org", recipient: mail.address),
          messageID: "<\(key)@example.org>", subject: "督办", data: Array("正文".utf8))
      ], of: mail, key: key, kind: MailKind.scheduled, at: now)[0]
  }
}
