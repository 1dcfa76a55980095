import DubanCore
import Foundation
import TestSupport
import Testing

@testable import DubanMail

/// Python's email package reads every mail without a defect, and reads what was meant.
struct MIMEJudgeTests {
  @Test("every mail of the real plan's life")
  func realPlan() throws {
    let plan = try RealPlan()
    let composer = try plan.composer()
    let planner = plan.planner()
    let days = planner.plan(
      from: SampleLedger.day("2022-09-21"), through: SampleLedger.day("2023-02-10"), after: History())
    var judge = try MIMEJudge()
    for mail in days.flatMap(\.mails) {
      for letter in try composer.letters(
        mail, overview: planner.overview(on: mail.on), notices: Self.notices, at: plan.moment(mail.on),
        utcOffset: RealPlan.utcOffset, occasion: .scheduled)
      {
        try judge.add(letter, words: Self.words(mail))
      }
    }
    #expect(judge.count > 100)
    let verdict = try judge.verdict()
    #expect(verdict == "")
  }

  @Test("rehearsal, copies, digests by hand and shared mailboxes")
  func kinds() throws {
    var plan = try RealPlan()
    plan.ledger.owners[0].copies = ["deputy@example.org", "second@example.org"]
    for index in plan.ledger.owners.indices where index > 6 {
      plan.ledger.owners[index].email = index > 8 ? nil : "shared@example.org"
    }
    plan.ledger.owners[3].isHead = true
    plan.ledger.owners[3].unit = plan.ledger.owners[0].unit
    let planner = plan.planner()
    let days = planner.plan(
      from: SampleLedger.day("2022-12-28"), through: SampleLedger.day("2023-01-12"),
      after: History(assumedThrough: SampleLedger.day("2022-12-27")))
    var judge = try MIMEJudge()
    for redirect in [nil, "trial@example.org"] {
      let composer = try plan.composer(redirectAllTo: redirect)
      for mail in days.flatMap(\.mails) {
        for letter in try composer.letters(
          mail, overview: planner.overview(on: mail.on), notices: [], at: plan.moment(mail.on),
          utcOffset: RealPlan.utcOffset, occasion: .byHand)
        {
          try judge.add(letter, words: redirect == nil ? [] : ["演练邮件", mail.recipient.person])
        }
      }
    }
    #expect(judge.count > 50)
    let verdict = try judge.verdict()
    #expect(verdict == "")
  }

  @Test("hostile ledgers", arguments: 1...2)
  func hostile(seed: Int) throws {
    var source = HostileSource(seed: UInt64(seed))
    var judge = try MIMEJudge()
    for _ in 0..<8 {
      let plan = try RealPlan(ledger: source.ledger(), policy: source.policy())
      let planner = plan.planner()
      let day = SampleLedger.day("2022-12-28")
      let composer = try Composer(
        sender: Sender(name: source.text(), address: "office@example.org"), ledgers: [plan.ledger],
        lights: plan.policy.lights, templates: TemplateSet.load(overrides: nil).0)
      let mails = planner.plan(on: day, after: History(), noticesFor: Set(planner.ledgers.map(\.plan.key)))
        .mails
      #expect(!mails.isEmpty)
      for mail in mails {
        for letter in try composer.letters(
          mail, overview: planner.overview(on: day),
          notices: Notice.Kind.allCases.map { Notice($0, source.text()) }, at: plan.moment(day),
          utcOffset: RealPlan.utcOffset, occasion: .scheduled)
        {
          try judge.add(letter)
        }
      }
    }
    let verdict = try judge.verdict()
    #expect(verdict == "")
  }

  static let notices = [
    Notice(.delivery, "科技创新部常鸣的邮箱被对方服务器拒收（550 Invalid User），其提醒改由您转达。"),
    Notice(.change, "措施3.1的责任人由杨艳敏改为任园园。"),
  ]

  /// What both bodies must say, whatever the templates look like.
  private static func words(_ mail: PlannedMail) -> [String] {
    switch mail.kind {
    case .digest: ["26项整改措施", "各领域进度", "商事登记", "高新实业集团有限公司", "550 Invalid User"]
    case .reminders:
      ["\(mail.recipient.unit) \(mail.recipient.person)同志", "65650023", "zwfwjzhc@126.com", "请按以下要求办理"]
        + mail.reminders.flatMap { reminder -> [String] in
          switch reminder.subject {
          case .measure(let measure, let area): [measure.title, measure.text, area]
          case .duty(let duty, _, _): [duty.what]
          case .report(let measures, _): measures.map(\.title) + ["存在问题", "下一步打算"]
          case .summary(let summary): (summary.overdue + summary.due + summary.done).map(\.title)
          }
        }
    }
  }
}
