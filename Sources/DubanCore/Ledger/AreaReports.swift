/// What the units of an area report besides the plan's reports: 周报, 旬报 or 月报, and feedback so long after the
/// assignment.
public struct AreaReports: Sendable, Hashable {
  /// What is reported once, so long after the assignment.
  public struct Feedback: Sendable, Hashable {
    /// What is reported: 工作安排.
    public var what: String
    /// So long after the assignment.
    public var after: Span

    /// Feedback of these parts.
    public init(what: String, after: Span) { (self.what, self.after) = (what, after) }
  }

  /// The reports that come again and again.
  public var recurring: [RecurringReport] = []
  /// The day of the assignment (交办日期), where it isn't the plan's date of issue.
  public var assigned: CivilDate?
  /// What is reported once.
  public var feedback: [Feedback] = []

  /// No reports.
  public init() {}

  /// 13710: how the work is arranged on the first working day, the measures on the third, the result on the seventh.
  public static let rhythm13710 = [("工作安排", 1), ("推进措施", 3), ("办理结果", 7)].map {
    Feedback(what: $0.0, after: Span($0.1, .workday))
  }

  /// Whether there are any.
  public var isEmpty: Bool { recurring.isEmpty && feedback.isEmpty }
}

/// Which of an area's reports a reminder asks for.
public struct AreaReport: Sendable, Hashable {
  /// The area's name.
  public var area: String
  /// 周报, 工作安排.
  public var name: String

  /// `商事登记周报`.
  public var title: String { area + name }
}

extension RecurringReport {
  /// 周报, 旬报, 月报: what reports of that rhythm are called.
  var name: String {
    let every = rules.filter { $0.interval == 1 }
    guard every.count == rules.count, let rule = rules.first else { return "定期报告" }
    if rules.allSatisfy({ $0.frequency == .monthly }) {
      let days = rules.reduce(0) { $0 + ($1.takesLast ? 1 : $1.monthDays.count) }
      return days == 1 ? "月报" : days == 3 ? "旬报" : "定期报告"
    }
    guard rules.count == 1 else { return "定期报告" }
    switch rule.frequency {
    case .daily: return "日报"
    case .weekly where rule.weekdays.count == 1: return "周报"
    case .yearly where rule.months.count == 4: return "季报"
    case .weekly, .monthly, .yearly: return "定期报告"
    }
  }
}

extension ObligationBuilder {
  /// One obligation per owner and report of an area, on the owner's own measures of that area.
  func areaReports() -> [Obligation] {
    ledger.areas.filter { !$0.reports.isEmpty }.flatMap { area -> [Obligation] in
      let open = area.measures.filter(isToBeReported).map { ($0, directory.owners(of: $0)) }
      let asked: [(name: String, dates: Obligation.DueDates)] =
        feedbackDates(of: area).map { ($0.what, .fixed([$0.due])) }
        + area.reports.recurring.map { ($0.name, .reports([], $0.rules)) }
      return ledger.owners.flatMap { owner -> [Obligation] in
        let own = open.filter { $0.1.contains(owner) }.map(\.0)
        guard !own.isEmpty else { return [] }
        return asked.map { name, dates in
          report(
            AreaReport(area: area.name, name: name), on: own, of: owner, dates,
            issued: area.reports.assigned ?? ledger.plan.issued)
        }
      }
    }
  }

  /// The days on which an area's feedback is due.
  private func feedbackDates(of area: Area) -> [(what: String, due: CivilDate)] {
    area.reports.feedbackDates(issued: ledger.plan.issued, office.workdays)
  }
}

extension AreaReports {
  /// The days on which feedback is due, counted in working days where the ledger says so; none without a day to count
  /// from.
  public func feedbackDates(
    issued: CivilDate?, _ calendar: WorkdayCalendar
  ) -> [(what: String, due: CivilDate)] {
    guard let start = assigned ?? issued else { return [] }
    return feedback.map { ($0.what, $0.after.after(start, in: calendar)) }
  }
}
