import DubanCore
import DubanLedger
import DubanMail
import Foundation
import TestSupport
import Testing

/// The shipped ledger and calendar, and mails planned and composed over them.
struct RealPlan {
  static let utcOffset = 8 * 3600

  var ledger: Ledger
  let calendar: WorkdayCalendar
  var policy = Policy()

  init() throws {
    calendar = HolidayReader.read(directory: RepositoryFile.url("etc/holidays").path).calendar
    let reading = LedgerReader.read(
      file: RepositoryFile.url("etc/ledger.yaml").path, calendar: calendar, today: nil)
    ledger = try #require(reading.ledger)
  }

  /// Another ledger and policy with the real calendar.
  init(ledger: Ledger, policy: Policy) throws {
    try self.init()
    self.ledger = ledger
    self.policy = policy
  }

  func planner(_ decisions: Decisions = Decisions()) -> Planner {
    Planner(ledgers: [ledger], policy: policy, calendar: calendar, decisions: decisions)
  }

  /// The mails of one day, for a service that ran on every day before.
  func mails(on day: String, hasNotices: Bool = false) -> [PlannedMail] {
    let day = SampleLedger.day(day)
    return planner().plan(
      on: day, after: History(assumedThrough: day.adding(days: -1)),
      noticesFor: hasNotices ? [ledger.plan.key] : []
    ).mails
  }

  func composer(
    _ templates: TemplateSet? = nil, redirectAllTo: String? = nil, answers: Composer.AnswerAddress? = nil
  ) throws -> Composer {
    try Composer(
      sender: Sender(name: "区营商服务中心", address: "zwfwjzhc@126.com"), ledgers: [ledger], lights: policy.lights,
      templates: templates ?? TemplateSet.load(overrides: nil).0, redirectAllTo: redirectAllTo,
      escalation: policy.escalation, answers: answers)
  }

  /// Composes a mail at 08:30 of its day.
  func message(_ mail: PlannedMail, notices: [Notice] = []) throws -> Message {
    let messages = try composer().compose(
      mail, overview: planner().overview(on: mail.on), notices: notices, at: moment(mail.on),
      utcOffset: Self.utcOffset)
    return try #require(messages.first)
  }

  func moment(_ day: CivilDate) -> Timestamp {
    Timestamp(day, .defaultSendAt, utcOffset: Self.utcOffset)
  }
}
