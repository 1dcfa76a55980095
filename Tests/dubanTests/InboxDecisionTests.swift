import Foundation
import TestSupport
import Testing

/// What a decision and a pause hold against, and what is kept of answers.
@Suite struct InboxDecisionTests {
  private static let (owner, contact) = ("xujuan@example.org", "zwfwjzhc@126.com")

  /// Replaces a key of one measure in the office's ledger.
  private func change(_ desk: InboxDesk, _ id: String, _ key: String, to value: String) throws {
    let ledger = try desk.office.read("ledger.yaml")
    let head = try #require(ledger.range(of: "id: \"\(id)\""))
    let start = try #require(ledger.range(of: "\n        \(key):", range: head.upperBound..<ledger.endIndex))
    let end = try #require(ledger.range(of: "\n", range: start.upperBound..<ledger.endIndex))
    try desk.office.write(
      ledger.replacingCharacters(in: start.lowerBound..<end.lowerBound, with: "\n        \(key): \(value)"),
      to: "ledger.yaml")
  }

  private func agenda(_ desk: InboxDesk, _ id: String) throws -> String {
    try desk.office.duban("agenda", "--of", id, "--now", "2022-12-20T12:00").output
  }

  @Test func aHandOverEndsWhenTheLedgerNamesOthers() throws {
    let desk = try InboxDesk()
    try desk.answers("4.2此项工作已移交马鹏负责。", to: Self.owner)
    try desk.look("2022-12-16T11:00")
    _ = try desk.office.duban("inbox", "accept", "1", "--by", "杜潘", "--now", "2022-12-16T12:00")
    #expect(try agenda(desk, "4.2").contains("handed over by 徐娟"))
    try change(desk, "4.2", "units", to: "[规划建设部]")
    try change(desk, "4.2", "persons", to: "[李晓光]")
    #expect(try !agenda(desk, "4.2").contains("handed over"))
    let plan = try desk.office.duban(
      "plan", "--from", "2022-12-28", "--to", "2022-12-28", "--now", "2022-12-20T12:00", "--json"
    ).output
    let mail = try #require(
      plan.split(separator: "\n").first { $0.contains("\"4.2\"") && $0.contains("李晓光") })
    #expect(!mail.contains("马鹏"))
  }

  /// The file's own status is the newer word, once it changes.
  @Test(arguments: [("closed", false), ("in-progress", true)])
  func theLedgersOwnStatusWins(status: String, isRemindedOf: Bool) throws {
    let desk = try InboxDesk()
    try desk.answers("4.1已完成", to: Self.owner)
    try desk.look("2022-12-16T11:00")
    _ = try desk.office.duban("inbox", "accept", "1", "--by", "杜潘", "--now", "2022-12-16T12:00")
    func isPlanned() throws -> Bool {
      try desk.office.duban(
        "plan", "--from", "2022-12-30", "--to", "2022-12-30", "--now", "2022-12-20T12:00"
      ).output.contains("    4.1 ")
    }
    #expect(try !isPlanned())
    try change(desk, "4.1", "status", to: status)
    #expect(try isPlanned() == isRemindedOf)
    try desk.look("2022-12-26T08:30")
    #expect(try isPlanned() == isRemindedOf)
  }

  /// An answer that it is done keeps the owner's own reminders, and nobody else's.
  @Test func headsHearOfWhatAnOwnerCallsDone() throws {
    let desk = try InboxDesk(
      more: """
        answers: {pause: 30wd}
        reminders: {escalate: {head: 1wd, contact: 2wd}}
        """)
    try desk.office.replace(
      "email: xujuan@example.org}",
      "email: xujuan@example.org}\n  - {person: 郑主管, unit: 涧西区市场监督管理局, email: head@example.org, head: true}")
    try desk.look("2023-01-03T08:30")
    try desk.answers("4.1已完成", to: Self.owner)
    try desk.look("2023-01-03T11:00")
    let pause = try desk.proposals().first?["pause"] as? String
    #expect(try #require(pause) > "2023-01-31")
    let plan = try desk.office.duban(
      "plan", "--from", "2023-01-04", "--to", "2023-01-31", "--now", "2023-01-03T12:00", "--json"
    ).output
    let mails = plan.split(separator: "\n").filter { $0.contains("\"4.1\"") }
    #expect(mails.contains { $0.contains("head@example.org") && $0.contains("escalation") }, "\(plan)")
    #expect(!mails.contains { $0.contains(Self.owner) }, "the owner waits")
  }

  /// A copy has an address of its own: its answer names that mail and comes from there.
  @Test func aCopysAddressMayAnswer() throws {
    let desk = try InboxDesk()
    try desk.office.replace(
      "email: xujuan@example.org}", "email: xujuan@example.org, copies: [deputy@example.org]}",
      in: "ledger.yaml")
    try desk.look("2022-12-23T08:30")
    try desk.answers("4.1已完成", to: "deputy@example.org")
    try desk.answers("4.2已完成", to: "deputy@example.org", from: Self.owner)
    try desk.look("2022-12-23T11:00")
    #expect(try desk.shown() == ["4.1 done open", "4.2 done open"])
    let proposals = try desk.proposals()
    #expect(proposals.first?["doubt"] as? String == "" && proposals.first?["person"] as? String == "徐娟")
    #expect(proposals.last?["doubt"] as? String == "来自其他邮箱 \(Self.owner)")
  }

  /// Who is to be called stands in the digest with the number to dial.
  @Test func whoIsToBeCalledHasATelephone() throws {
    let desk = try InboxDesk()
    try desk.office.replace(
      "{person: 徐娟, unit: 涧西区市场监督管理局, email: xujuan@example.org}",
      "{person: 徐娟, unit: 涧西区市场监督管理局, phone: \"0379-65650001\"}", in: "ledger.yaml")
    try desk.look("2022-12-23T08:30")
    let digest = try desk.mail(to: Self.contact).text.filter { !$0.isWhitespace }
    #expect(digest.contains("请向徐娟（涧西区市场监督管理局，电话0379-65650001）转达"), "\(digest)")
  }

  /// What an answer said is forgotten with the mails' bodies; what it asked for, and what became of it, isn't.
  @Test func wordsAreKeptAsLongAsBodies() throws {
    let desk = try InboxDesk()
    try desk.office.replace(
      "delivery: {mode: maildir, directory: mail}",
      "delivery: {mode: maildir, directory: mail, keepBodies: 30}",
      in: "duban.yaml")
    try desk.answers("4.1已完成", to: Self.owner)
    try desk.answers("4.2已完成", to: Self.owner)
    try desk.look("2022-12-16T11:00")
    _ = try desk.office.duban("inbox", "accept", "1", "--by", "杜潘", "--now", "2022-12-16T12:00")
    func text(_ place: Int) throws -> String {
      let proposals = try desk.proposals()
      try #require(proposals.count > place)
      return try #require(proposals[place]["text"] as? String)
    }
    try desk.look("2023-01-13T08:30")
    #expect(try text(0).contains("4.1已完成"))
    try desk.look("2023-01-16T08:30")
    #expect(try text(0).isEmpty)
    #expect(try text(1).contains("4.2已完成"), "somebody has to decide it")
    #expect(try desk.shown() == ["4.1 done accepted", "4.2 done open"])
    #expect(try desk.office.duban("history", "--decisions", "--json").output.contains("answer-0@example.org"))
  }

  /// Without the state's secret nobody can name a mail: the same mail of another installation has another Message-ID.
  @Test func noStateGivesTheIDsOfAnother() throws {
    func ids() throws -> Set<String> {
      let office = try Office()
      _ = try office.duban("run", "--once", "--now", "2022-12-16T08:30")
      let found = try office.shell("cat mail/new/* | grep -i '^Message-ID:'").output
      return Set(found.split(separator: "\n").map(String.init))
    }
    let (one, other) = (try ids(), try ids())
    #expect(one.count > 5 && one.count == other.count)
    #expect(one.isDisjoint(with: other))
  }
}
