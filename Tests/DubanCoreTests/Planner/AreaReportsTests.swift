import TestSupport
import Testing

@testable import DubanCore

/// Reports of an area: 周报, 旬报, 月报, and feedback after the assignment. Scenarios/area-rhythms tells the story.
@Suite struct AreaReportsTests {
  @Test("13710 counts working days from the assignment")
  func feedback() {
    var reports = AreaReports()
    reports.feedback = AreaReports.rhythm13710
    // National Day lies between; 8 and 9 October are make-up days.
    reports.assigned = SampleLedger.day("2022-09-28")
    let dates = reports.feedbackDates(issued: SampleLedger.day("2022-09-01"), SampleLedger.calendar)
    #expect(
      dates.map { "\($0.what) \($0.due)" } == [
        "工作安排 2022-09-29", "推进措施 2022-10-08", "办理结果 2022-10-12",
      ])
    reports.assigned = nil
    #expect(reports.feedbackDates(issued: nil, SampleLedger.calendar).isEmpty)
  }

  @Test(
    "what reports of a rhythm are called",
    arguments: [
      ("每周五前", "周报"), ("每旬末前", "旬报"), ("每月10日、20日、30日前", "旬报"), ("每月28日前", "月报"), ("每月底前", "月报"),
      ("每季度末前", "季报"), ("每半月", "定期报告"), ("每两周", "定期报告"),
    ])
  func names(words: String, name: String) {
    let reader = DeadlineReader(issued: SampleLedger.day("2022-09-21"), calendar: SampleLedger.calendar)
    #expect(RecurringReport(text: words, rules: reader.read(words).recurrences).name == name)
  }

  @Test("each owner reports on their own open measures of the area, and each report is an item of its own")
  func items() throws {
    let (one, two) = (SampleLedger.owner("甲一", "规划部", "jia"), SampleLedger.owner("乙二", "财政局", "yi"))
    var ledger = SampleLedger.ledger(
      issued: "2022-09-21", reports: ["2022-11-04"], owners: [one, two],
      measures: [
        SampleLedger.measure("1.1", due: nil, owners: [one]),
        SampleLedger.measure("1.2", due: nil, owners: [one, two]),
        SampleLedger.measure("1.3", due: nil, owners: [two], status: .closed),
      ])
    ledger.areas[0].reports.recurring = [RecurringReport(text: "每周五前", rules: [.week])]
    let day = SampleLedger.day("2022-11-04")
    let planner = Planner(ledgers: [ledger], policy: Policy(), calendar: SampleLedger.calendar)
    let mails = planner.plan(on: day, after: History(assumedThrough: day.adding(days: -1))).mails
    let reports = mails.filter { $0.kind == .reminders }.flatMap { mail in
      mail.reminders.compactMap { reminder -> String? in
        guard case .report(let measures, let part) = reminder.subject else { return nil }
        return "\(mail.recipient.person) \(part?.title ?? "-"): \(measures.map(\.id).joined(separator: " "))"
      }
    }
    #expect(
      reports == ["甲一 -: 1.1 1.2", "甲一 领域一周报: 1.1 1.2", "乙二 -: 1.2", "乙二 领域一周报: 1.2"])
    // Of the weeks that have passed the last one is asked for, and the next is ahead.
    let weekly = planner.overview(on: day.adding(days: 3)).reports.filter { !$0.name.isEmpty }.map(\.due)
    #expect(weekly == ["2022-11-04", "2022-11-11"].map(SampleLedger.day))
    let standings = planner.overview(on: day).reports.filter { $0.due == day }
    #expect(Set(standings.map(\.name)) == ["", "领域一周报"])
  }
}
