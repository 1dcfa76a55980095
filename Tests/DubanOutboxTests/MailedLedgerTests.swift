import DubanCore
import DubanOutbox
import TestSupport
import Testing

/// What comes by mail, in either engine.
@Suite struct MailedLedgerTests {
  @Test(
    "versions of a ledger: the last ones are kept, and a number is used once", arguments: StoreKind.installed)
  func versions(kind: StoreKind) throws {
    let outbox = try TestStore(kind).open()
    #expect(try outbox.lastLedgerVersion() == nil)
    let most = Int64(MailedLedger.mostKept)
    for number in 1...(most + 2) { try outbox.keep(Sample.ledger(number)) }
    #expect(try outbox.ledgerVersions().map(\.number) == Array(3...(most + 2)))
    #expect(try outbox.ledgerVersion(2) == nil)
    try outbox.markWritten(3)
    #expect(try outbox.ledgerVersion(3)?.isWritten == true)
    #expect(try outbox.lastLedgerVersion() == Sample.ledger(most + 2))
    #expect(throws: OutboxError.self) { try outbox.keep(Sample.ledger(most + 2)) }
    #expect(try outbox.lastLedgerVersion() == Sample.ledger(most + 2))
  }

  @Test(
    "the words of an answer are forgotten once nobody waits for it; a ledger is recorded with its mail",
    arguments: StoreKind.installed)
  func words(kind: StoreKind) throws {
    let outbox = try TestStore(kind).open()
    _ = try outbox.openMailbox("box", uidValidity: 1, since: Sample.day, at: Sample.now)
    for uid in Int64(1)...2 {
      var mail = IncomingMail(mailbox: "box", uid: uid, digest: "d\(uid)", at: Sample.now)
      (mail.kind, mail.text) = ("answer", "已完成")
      mail.proposals = [
        NewProposal(
          .done, plan: "plan", item: "1.\(uid)", identity: "1.\(uid)", person: "徐娟", unit: "营商中心", text: "已完成"
        )
      ]
      if uid == 1 { mail.ledger = Sample.ledger(1) }
      #expect(try outbox.record(mail))
      #expect(try !outbox.record(mail), "it is known")
    }
    #expect(try outbox.ledgerVersions() == [Sample.ledger(1)])
    let first = try #require(outbox.proposals().first)
    #expect(try outbox.rule(Ruling(first.id, isAccepted: false, by: "督办"), at: Sample.now))
    try outbox.purgeAnswers(readBefore: Sample.now)
    #expect(try outbox.proposals(openOnly: false).map(\.text) == ["已完成", "已完成"])
    try outbox.purgeAnswers(readBefore: Sample.now.adding(seconds: 1))
    #expect(try outbox.proposals(openOnly: false).map(\.text) == ["", "已完成"])
  }
}
