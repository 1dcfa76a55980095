import DubanCore
import TestSupport
import Testing

@testable import DubanMail

/// One mail of every kind, over the real plan.
struct MailScenarios {
  /// The names, which are the golden files' names.
  static let names = [
    "owner-advance", "owner-overdue", "owner-report", "owner-mixed", "owner-head", "owner-copy",
    "owner-shared",
    "owner-open-items", "owner-rehearsal", "digest-week", "digest-overdue", "digest-entrusted",
    "digest-quiet",
  ]

  /// The mail of that name.
  static func letter(_ name: String) throws -> Letter {
    var plan = try RealPlan()
    switch name {
    case "owner-advance": return try owner("常鸣", on: "2022-12-16", plan)
    case "owner-overdue": return try owner("徐娟", on: "2023-01-05", plan)
    case "owner-report": return try owner("梁承宗", on: "2022-12-20", plan)
    case "owner-mixed":
      plan.ledger.reports = [SampleLedger.day("2022-12-27")]
      plan.ledger.areas[2].measures[0].deadline.decided = SampleLedger.day("2022-12-20")
      plan.ledger.areas[2].measures[0].progress = "意见箱已设置，线上渠道正在测试"
      return try owner("杨艳敏", on: "2022-12-23", plan)
    case "owner-head":
      plan.ledger.owners.append(
        Owner(person: "王建国", unit: "科技创新部", email: "head@example.org", isHead: true))
      return try owner("王建国", on: "2023-01-09", plan)
    case "owner-copy":
      plan.ledger.owners[1].copies = ["deputy@example.org"]
      return try owner("李晓光", on: "2022-12-30", plan, index: 1)
    case "owner-shared":
      plan.ledger.owners[7].email = plan.ledger.owners[6].email
      return try owner("常鸣", on: "2022-12-23", plan)
    case "owner-open-items":
      let day = SampleLedger.day("2022-12-05")
      return try #require(
        try plan.composer().openItemsLetter(
          of: plan.ledger.owners[5], overview: plan.planner().overview(on: day), at: plan.moment(day),
          utcOffset: RealPlan.utcOffset))
    case "owner-rehearsal":
      return try owner("马鹏", on: "2022-12-28", plan, redirectAllTo: "trial@example.org")
    case "digest-week": return try digest(on: "2022-12-26", plan, notices: MIMEJudgeTests.notices)
    case "digest-overdue":
      plan.ledger.owners[6].email = nil
      plan.ledger.areas[7].measures[1].deadline.reading = DeadlineReading(text: "尽快", status: .unread)
      plan.ledger.areas[0].measures[0].status = .closed
      plan.ledger.areas[0].measures[1].status = .submitted
      return try digest(on: "2023-01-16", plan, notices: [])
    case "digest-entrusted":
      plan.ledger.owners[6].email = nil
      return try digest(on: "2023-01-05", plan, notices: [])
    default: return try digest(on: "2022-10-10", plan, notices: [])
    }
  }

  private static func owner(
    _ person: String, on day: String, _ plan: RealPlan, index: Int = 0, redirectAllTo: String? = nil
  ) throws -> Letter {
    let mail = try #require(
      plan.mails(on: day).first { mail in mail.reminders.contains { $0.recipient.person == person } })
    return try plan.composer(redirectAllTo: redirectAllTo).letters(
      mail, overview: nil, notices: [], at: plan.moment(mail.on), utcOffset: RealPlan.utcOffset,
      occasion: .scheduled)[index]
  }

  private static func digest(on day: String, _ plan: RealPlan, notices: [Notice]) throws -> Letter {
    let mail = try #require(plan.mails(on: day, hasNotices: true).last)
    return try plan.composer().letters(
      mail, overview: plan.planner().overview(on: mail.on), notices: notices, at: plan.moment(mail.on),
      utcOffset: RealPlan.utcOffset, occasion: .scheduled)[0]
  }
}
