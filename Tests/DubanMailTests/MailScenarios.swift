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
    "digest-quiet", "owner-changes", "owner-two-offices", "owner-answering", "digest-requests",
    "supervisor-week",
    "supervisor-escalated", "owner-lead", "owner-helper", "owner-copy-report",
    "owner-lead-and-helper", "owner-head-helping", "owner-helper-report",
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
    case "supervisor-week", "supervisor-escalated":
      plan.ledger.owners.append(
        Owner(person: "丁一", unit: "管委会", email: "supervisor@example.org"))
      for place in plan.ledger.owners.indices where plan.ledger.owners[place].unit == "涧西区市场监督管理局" {
        plan.ledger.owners[place].supervisor = "丁一"
      }
      plan.ledger.areas[7].supervisor = "丁一"
      plan.ledger.areas[0].measures[0].status = .closed
      plan.ledger.areas[0].measures[1].status = .submitted
      plan.policy.escalation.supervisor = Span(5, .workday)
      return try owner("丁一", on: name == "supervisor-week" ? "2022-12-26" : "2023-01-09", plan)
    case "owner-copy":
      plan.ledger.owners[1].copies = ["deputy@example.org"]
      return try owner("李晓光", on: "2022-12-30", plan, index: 1)
    case "owner-copy-report":
      plan.ledger.owners[4].copies = ["deputy@example.org"]
      return try owner(plan.ledger.owners[4].person, on: "2022-12-20", plan, index: 1)
    case "owner-lead", "owner-helper", "owner-helper-report":
      tellUnitsApart(&plan)
      let day = name == "owner-helper-report" ? "2022-12-20" : "2022-12-30"
      return try owner(name == "owner-lead" ? "郭兰" : "常鸣", on: day, plan)
    case "owner-lead-and-helper":
      tellUnitsApart(&plan)
      for place in plan.ledger.owners.indices where plan.ledger.owners[place].person == "任园园" {
        plan.ledger.owners[place].email = plan.ledger.owners.first { $0.person == "李晓光" }?.email
      }
      return try owner("李晓光", on: "2023-01-05", plan)
    case "owner-head-helping":
      tellUnitsApart(&plan)
      plan.ledger.owners.append(
        Owner(person: "王建国", unit: "科技创新部", email: "head@example.org", isHead: true))
      return try owner("王建国", on: "2023-01-09", plan)
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
      for place in [0, 5, 6] { plan.ledger.owners[place].phone = "6565000\(place)" }
      plan.ledger.areas[0].measures[0].status = .closed
      plan.ledger.areas[0].measures[1].status = .submitted
      return try digest(on: "2023-01-16", plan, notices: [])
    case "digest-entrusted":
      plan.ledger.owners[6].email = nil
      return try digest(on: "2023-01-05", plan, notices: [])
    case "owner-answering": return try owner("徐娟", on: "2022-12-16", plan, answers: .contact)
    case "digest-requests":
      func request(_ number: Int64, _ about: String, isDecidable: Bool = true) -> Notice.Request {
        Notice.Request(
          number: number, token: String(repeating: "\(number)", count: 32), about: about,
          isDecidable: isDecidable)
      }
      return try digest(
        on: "2022-12-19", plan,
        notices: [
          Notice(
            .request, "〔1〕请确认能否销号：措施4.1“规范招标投标代理机构”，涧西区市场监督管理局徐娟12月16日来信称已完成：“4.1已完成。”。",
            request: request(1, "措施4.1销号")),
          Notice(
            .request, "〔2〕请决定能否延期：措施4.2“推行告知承诺”，涧西区市场监督管理局徐娟12月16日来信申请延期至2023年1月15日：“设备未到货”。",
            request: request(2, "措施4.2延期")),
          Notice(
            .request, "〔3〕请阅读来信：商务局马鹏12月16日来信：“请问报送到哪里？”（请阅原文核对）。",
            request: request(3, "来信", isDecidable: false)),
        ], answers: .contact)
    case "owner-changes": return try changes(plan)
    case "owner-two-offices": return try twoOffices(plan)
    default: return try digest(on: "2022-10-10", plan, notices: [])
    }
  }

  /// 3.3 is led by one of six units; 5.4 by the other of two.
  private static func tellUnitsApart(_ plan: inout RealPlan) {
    let leads = ["3.3": "规划建设部", "5.4": "财政金融部"]
    for area in plan.ledger.areas.indices {
      for place in plan.ledger.areas[area].measures.indices {
        let measure = plan.ledger.areas[area].measures[place]
        guard let lead = leads[measure.id] else { continue }
        plan.ledger.areas[area].measures[place].lead = lead
        plan.ledger.areas[area].measures[place].supporting = measure.units.filter { $0 != lead }
      }
    }
  }

  private static func owner(
    _ person: String, on day: String, _ plan: RealPlan, index: Int = 0, redirectAllTo: String? = nil,
    answers: Composer.AnswerAddress? = nil
  ) throws -> Letter {
    let mail = try #require(
      plan.mails(on: day).first { mail in mail.reminders.contains { $0.recipient.person == person } })
    return try plan.composer(redirectAllTo: redirectAllTo, answers: answers).letters(
      mail, overview: nil, notices: [], at: plan.moment(mail.on), utcOffset: RealPlan.utcOffset,
      occasion: .scheduled)[index]
  }

  /// The day's reminders of 徐娟, two of whose measures were changed: one is closed and one has another date.
  private static func changes(_ plan: RealPlan) throws -> Letter {
    var (plan, before) = (plan, LedgerSnapshot(plan.ledger))
    plan.ledger.areas[0].measures[1].status = .closed
    plan.ledger.areas[0].measures[2].deadline.decided = SampleLedger.day("2023-02-28")
    before.measures[plan.ledger.areas[0].measures[2].identity]?.dates = [SampleLedger.day("2022-12-31")]
    let notes = LedgerChange.between(before, LedgerSnapshot(plan.ledger)).flatMap {
      $0.notes(in: plan.ledger)
    }
    let day = SampleLedger.day("2022-12-30")
    let mails = plan.planner().plan(
      on: day, after: History(assumedThrough: day.adding(days: -1)), notes: notes
    )
    .mails
    let mail = try #require(mails.first { $0.recipient.person == "徐娟" })
    return try plan.composer().letters(
      mail, overview: nil, notices: [], at: plan.moment(day), utcOffset: RealPlan.utcOffset,
      occasion: .scheduled)[0]
  }

  /// One owner with measures and a report of the same numbers under two plans of two offices.
  private static func twoOffices(_ plan: RealPlan) throws -> Letter {
    let owner = SampleLedger.owner("王二", "区市场监督管理局", "wanger")
    let day = SampleLedger.day("2022-12-21")
    let ledgers = [("窗口服务整改提升方案", "区窗口服务中心", "office"), ("河道保护整改方案", "区河道督察办", "river")].map {
      (title, unit, mailbox) in
      var ledger = SampleLedger.ledger(
        reports: ["2022-12-28"], owners: [owner],
        measures: [SampleLedger.measure("1.1", due: "2022-11-30", owners: [owner])])
      ledger.plan = Plan(
        title: title, number: "", issued: SampleLedger.day("2022-09-21"),
        contact: Contact(unit: unit, person: "周一", phone: "65650000", email: "\(mailbox)@example.org"))
      return ledger
    }
    let planner = Planner(ledgers: ledgers, policy: plan.policy, calendar: plan.calendar)
    let mails = planner.plan(on: day, after: History(assumedThrough: day.adding(days: -1))).mails
    let mail = try #require(mails.first { $0.kind == .reminders })
    let composer = try Composer(
      sender: Sender(name: "督办系统", address: "duban@example.org"), ledgers: ledgers,
      lights: plan.policy.lights,
      templates: TemplateSet.load(overrides: nil).0)
    return try composer.letters(
      mail, overview: nil, notices: [], at: plan.moment(day), utcOffset: RealPlan.utcOffset,
      occasion: .scheduled)[0]
  }

  private static func digest(
    on day: String, _ plan: RealPlan, notices: [Notice], answers: Composer.AnswerAddress? = nil
  ) throws -> Letter {
    let mail = try #require(plan.mails(on: day, hasNotices: true).last)
    return try plan.composer(answers: answers).letters(
      mail, overview: plan.planner().overview(on: mail.on), notices: notices, at: plan.moment(mail.on),
      utcOffset: RealPlan.utcOffset, occasion: .scheduled)[0]
  }
}
