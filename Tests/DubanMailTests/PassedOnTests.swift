import DubanCore
import TestSupport
import Testing

@testable import DubanMail

/// What a digest asks the contact to pass on, by whom it is for and why that person gets no mail.
@Suite struct PassedOnTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let owner: Owner
    var isRefused = false
    let says: [String]
    let saysNot: [String]
    var testDescription: String { name }
  }

  private static let contact = SampleLedger.contact

  @Test(arguments: [
    Case(
      name: "the contact",
      owner: Owner(person: contact.person, unit: contact.unit, email: contact.email),
      says: ["请办理您本人负责的事项：12月31日到期1项（剩15天）。", "您本人负责的事项：12月31日", "今天没有发给其他责任人的提醒。"],
      saysNot: ["转达", "没有可用邮箱"]),
    Case(
      name: "somebody who shares the contact's mailbox",
      owner: Owner(person: "甲", unit: contact.unit, email: contact.email.uppercased()),
      says: ["请向甲（营商服务中心）转达", "与您共用邮箱", "1人的提醒需您转达"], saysNot: ["没有可用邮箱", "您本人"]),
    Case(
      name: "somebody without an address", owner: Owner(person: "甲", unit: "规划部", email: nil),
      says: ["请向甲（规划部）转达", "没有可用邮箱"], saysNot: ["共用", "您本人"]),
    Case(
      name: "somebody whose address was refused",
      owner: Owner(person: "甲", unit: "规划部", email: "a@example.org"), isRefused: true,
      says: ["请向甲（规划部）转达", "没有可用邮箱"], saysNot: ["共用", "您本人"]),
  ])
  func isSaidAsItIs(_ row: Case) throws {
    let ledger = SampleLedger.ledger(
      issued: "2022-09-21", owners: [row.owner],
      measures: [SampleLedger.measure("1.1", due: "2022-12-31", owners: [row.owner])])
    let plan = try RealPlan(ledger: ledger, policy: Policy())
    let day = SampleLedger.day("2022-12-16")
    var history = History(assumedThrough: day.adding(days: -1))
    if row.isRefused { history.unreachable = ["a@example.org"] }
    let mails = plan.planner().plan(on: day, after: history).mails
    let mail = try #require(mails.first)
    #expect(mails.count == 1)
    let letter = try plan.composer().letters(
      mail, overview: plan.planner().overview(on: day), notices: [], at: plan.moment(day),
      utcOffset: RealPlan.utcOffset, occasion: .scheduled)[0]
    let text = (letter.subject + letter.text).filter { !$0.isWhitespace }
    for words in row.says { #expect(text.contains(words), "\(words)") }
    for words in row.saysNot { #expect(!text.contains(words), "\(words)") }
  }
}
