import Foundation
import TestSupport
import Testing

/// A mailbox half way through its answers, with the state that an earlier version left, goes on.
///
/// Of five owners two were granted what they asked for (1.1 done, 1.2 by 15 January), one waits for the contact (1.3), one's
/// mail came back (1.4), and one was refused (1.5); six messages were read.
@Suite struct InboxUpgradeTests {
  private static let contact = "contact@example.org"

  /// The office of the fixture.
  private static func desk() throws -> InboxDesk {
    // The state of the version before is brought up to date by the service's first look.
    let desk = try InboxDesk(restored: "state-5.sql")
    #expect(desk.count.value == 6)
    let people = Array(zip(1..., "甲乙丙丁戊"))
    let owners = people.map { number, person in
      "  - {person: 责任人\(person), unit: 第\(number)单位, email: owner\(number)@example.org}"
    }
    let measures = people.map { number, person in
      "      - {id: \"1.\(number)\", title: 第\(number)项, text: 完成第\(number)项整改, units: [第\(number)单位], "
        + "persons: [责任人\(person)], deadline: 2022年12月31日前, status: open}"
    }
    try desk.office.write(
      """
      plan:
        title: 演练方案
        number: 演练〔2022〕1号
        issued: 2022-09-21
        contact: {unit: 联系单位, person: 联系人, phone: "1", email: contact@example.org}
      reports: []
      owners:
      \(owners.joined(separator: "\n"))
      areas:
        - name: 演练
          problems: [问题]
          goal: 目标
          measures:
      \(measures.joined(separator: "\n"))

      """, to: "ledger.yaml")
    try desk.look("2022-12-19T12:00")
    return desk
  }

  @Test func whatWasDecidedAndWhatIsOpenGoesOn() throws {
    let desk = try Self.desk()
    let before = [
      "1.1 done accepted", "1.2 postpone 2023-01-15 accepted", "1.3 done open",
      "1.5 postpone 2023-02-01 rejected",
    ]
    #expect(try desk.shown() == before)
    // The link of a digest that the version before wrote, and an answer to its reminder.
    try desk.arrives(link: try desk.links("同意", in: Self.contact)[2], from: Self.contact)
    try desk.answers("1.3正在整理材料。", to: "owner3@example.org")
    try desk.look("2022-12-20T11:00")
    #expect(
      try desk.shown() == before.map { $0.replacing("1.3 done open", with: "1.3 done accepted") } + [
        "1.3 progress open"
      ])
    #expect(try desk.proposals()[4]["doubt"] as? String == "")
    let fetched = desk.peer.record.commands.filter { $0.contains("BODY.PEEK[]") }
    #expect(fetched.map { $0.split(separator: " ")[2] } == ["7", "8"], "what was read isn't read again")

    let agenda = try desk.office.duban("agenda", "--now", "2022-12-20T12:00").output
    #expect(agenda.contains("2023-01-15"))
    let plan = try desk.office.duban(
      "plan", "--from", "2022-12-30", "--to", "2022-12-30", "--now", "2022-12-20T12:00"
    ).output
    #expect(!plan.contains("    1.1 ") && !plan.contains("    1.3 "))
    #expect(plan.contains("    1.5 "))
    try desk.look("2022-12-30T08:30")
    #expect(
      try desk.mail(to: Self.contact).text.contains("责任人丁"), "whose address is bad: the contact hears it")
  }

  /// The tables of PostgreSQL as the version before had them, with what was answered and decided in them.
  @Test(.enabled(if: PostgresServer.isInstalled, "PostgreSQL isn't installed"))
  func theTablesInPostgreSQLAreBroughtUpToDate() throws {
    let (owner, desk) = ("xujuan@example.org", try InboxDesk(state: .postgres))
    try desk.answers("4.1已完成；4.2申请延期至2023年1月15日；4.3正在推进。", to: owner)
    try desk.look("2022-12-16T11:00")
    #expect(
      try desk.office.duban("inbox", "accept", "2", "--by", "杜潘", "--now", "2022-12-16T12:00").status == 0)
    let before = (try desk.shown(), try desk.office.duban("history", "--decisions").output)
    let schema = try #require(try desk.office.read("duban.yaml").firstMatch(of: /schema: (\w+)/)?.1)
    let back = try desk.office.shell(
      """
      psql -q -v ON_ERROR_STOP=1 '\(try PostgresServer.shared.get().uri)' <<'END'
      SET search_path = \(schema);
      DROP TABLE attachment;
      ALTER TABLE incoming DROP COLUMN awayUntil;
      DELETE FROM migration WHERE name = '3 attachments';
      END
      """)
    #expect(back.status == 0, "\(back.complaints)")
    try desk.answers("12月19日至12月30日休假", to: owner, more: "Auto-Submitted: auto-replied\n")
    try desk.look("2022-12-19T11:00")
    #expect(try desk.shown() == before.0)
    #expect(try desk.office.duban("history", "--decisions").output == before.1)
    #expect(try desk.office.duban("history", "--answers").output.contains("is away until 2022-12-30"))
    #expect(
      try desk.office.duban("inbox", "accept", "1", "--by", "杜潘", "--now", "2022-12-19T12:00").status == 0)
    #expect(try desk.shown().first == "4.1 done accepted")
  }

  /// The numbers mean something else since: what was read under the version before is known again.
  @Test func aNewValidityRepeatsNothing() throws {
    let desk = try Self.desk()
    let before = try desk.shown()
    desk.peer.changeMailbox { $0.uidValidity = 8 }
    try desk.look("2022-12-20T11:00")
    #expect(try desk.shown() == before)
  }
}
