import DubanCore
import DubanOutbox
import TestSupport
import Testing

/// What comes by mail, in either engine.
@Suite struct MailedLedgerTests {
  @Test(
    "versions of a ledger: the last ones are kept, and a number is used once", arguments: StoreKind.installed)
  func versions(kind: StoreKind) throws {
    let store = try TestStore(kind)
    defer { withExtendedLifetime(store) {} }
    let outbox = try store.open()
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

  /// From which day and behind which message a mailbox that began with 16 December is read on, by the day asked for.
  @Test(
    "an earlier day that a person names is honoured", arguments: StoreKind.installed,
    [
      ("2022-12-10", true, "2022-12-10", 0), ("2022-12-10", false, "2022-12-16", 7),
      ("2022-12-20", true, "2022-12-16", 7),
    ])
  func earlierDay(kind: StoreKind, row: (since: String, isChosen: Bool, begins: String, lastUID: Int64))
    throws
  {
    let store = try TestStore(kind)
    defer { withExtendedLifetime(store) {} }
    let outbox = try store.open()
    let day = try #require(CivilDate("2022-12-16"))
    _ = try outbox.openMailbox("box", uidValidity: 1, since: day, at: Sample.now)
    _ = try outbox.record(IncomingMail(mailbox: "box", uid: 7, digest: "", at: Sample.now))
    let since = try #require(CivilDate(row.since))
    for _ in 1...2 {
      let place = try outbox.openMailbox(
        "box", uidValidity: 1, since: since, isChosen: row.isChosen, at: Sample.now)
      #expect(place.since.description == row.begins && place.lastUID == row.lastUID)
    }
  }

  @Test(
    "the words of an answer are forgotten once nobody waits for it; a ledger is recorded with its mail",
    arguments: StoreKind.installed)
  func words(kind: StoreKind) throws {
    let store = try TestStore(kind)
    defer { withExtendedLifetime(store) {} }
    let outbox = try store.open()
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
    #expect(try outbox.decide(ProposalDecision(first.id, isAccepted: false, by: "督办"), at: Sample.now))
    try outbox.purgeAnswers(readBefore: Sample.now)
    #expect(try outbox.proposals(openOnly: false).map(\.text) == ["已完成", "已完成"])
    try outbox.purgeAnswers(readBefore: Sample.now.adding(seconds: 1))
    #expect(try outbox.proposals(openOnly: false).map(\.text) == ["", "已完成"])
  }

  @Test("what was attached to an answer is known for good", arguments: StoreKind.installed)
  func files(kind: StoreKind) throws {
    let store = try TestStore(kind)
    defer { withExtendedLifetime(store) {} }
    let outbox = try store.open()
    _ = try outbox.openMailbox("box", uidValidity: 1, since: Sample.day, at: Sample.now)
    let files = ["整改情况报送表.docx", "附件.pdf"].map {
      AttachedFile(name: $0, size: 3, sha256: String(repeating: "0a", count: 32))
    }
    for uid in Int64(1)...2 {
      var mail = IncomingMail(mailbox: "box", uid: uid, digest: "d\(uid)", kind: "answer", at: Sample.now)
      mail.proposals = [
        NewProposal(.report, plan: "plan", item: "report", person: "甲\(uid)", unit: "甲局", text: "见附件")
      ]
      if uid == 1 { mail.files = files }
      #expect(try outbox.record(mail))
    }
    #expect(try outbox.proposals().map(\.files) == [files, []])
    #expect(try outbox.decide(ProposalDecision(1, isAccepted: true, by: "督办"), at: Sample.now))
    try outbox.purgeAnswers(readBefore: Sample.now.adding(seconds: 1))
    let first = try #require(outbox.proposals(openOnly: false).first)
    #expect(first.text.isEmpty && first.files == files)
    #expect(try outbox.proposals().map(\.files) == [[]])
  }

  @Test(
    "who is away and what is delayed is noted, until the mail comes back", arguments: StoreKind.installed)
  func noted(kind: StoreKind) throws {
    let store = try TestStore(kind)
    defer { withExtendedLifetime(store) {} }
    let outbox = try store.open()
    _ = try outbox.openMailbox("box", uidValidity: 1, since: Sample.day, at: Sample.now)
    let entries = try outbox.enqueue([Sample.entry("a"), Sample.entry("b")]).queued
    func arrives(_ uid: Int64, _ kind: String, _ change: (inout IncomingMail) -> Void) throws {
      var mail = IncomingMail(mailbox: "box", uid: uid, digest: "d\(uid)", kind: kind, at: Sample.now)
      change(&mail)
      _ = try outbox.record(mail)
    }
    func bounce(isFinal: Bool) -> NewBounce {
      NewBounce(entry: entries[1], reason: "busy", isPermanent: false, isFinal: isFinal, answer: "")
    }
    try arrives(1, "auto") { ($0.entry, $0.awayUntil) = (entries[0], Sample.day) }
    try arrives(2, "auto") { $0.entry = entries[0] }
    try arrives(3, "delayed") { ($0.entry, $0.bounces) = (entries[1], [bounce(isFinal: false)]) }
    #expect(try outbox.notedMails().map(\.entry.id) == entries)
    #expect(try outbox.notedMails().map(\.awayUntil) == [Sample.day, nil])
    try arrives(4, "bounce") { ($0.entry, $0.bounces) = (entries[1], [bounce(isFinal: true)]) }
    #expect(try outbox.notedMails().map(\.incoming) == [1])
  }

  /// Opening a mailbox is no look: it counts from the end of one.
  @Test("a mailbox was read when a look was carried to its end", arguments: StoreKind.installed)
  func lookedAt(kind: StoreKind) throws {
    let store = try TestStore(kind)
    defer { withExtendedLifetime(store) {} }
    let outbox = try store.open()
    let later = Sample.now.adding(seconds: 600)
    for now in [Sample.now, later] {
      _ = try outbox.openMailbox("box", uidValidity: 1, since: Sample.day, at: now)
    }
    #expect(try outbox.mailboxes().map(\.lookedAt) == [Sample.now])
    try outbox.closeMailbox("box", at: later)
    #expect(try outbox.mailboxes().map(\.lookedAt) == [later])
  }
}
