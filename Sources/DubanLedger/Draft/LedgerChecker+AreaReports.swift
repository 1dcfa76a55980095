import DubanCore

extension LedgerChecker {
  /// What an area's units report: the words for its recurring reports, and its feedback, which needs a day to count from.
  mutating func areaReports(_ draft: LedgerDraft.Area, of name: String, issued: CivilDate?) -> AreaReports {
    var reports = AreaReports()
    reports.recurring = recurringReports(draft.recurringReports)
    reports.assigned = date(draft.assigned, "the day of assignment of \(name)")
    if let rhythm = draft.rhythm, !rhythm.text.isEmpty {
      if rhythm.text == "13710" {
        reports.feedback = AreaReports.rhythm13710
      } else {
        error(
          rhythm.location, "the feedback “\(rhythm.text.excerpt)” of \(name) is unknown",
          help: "write feedback: 13710, or a list such as [{what: 工作安排, after: 1wd}]")
      }
    }
    reports.feedback += draft.feedback.compactMap { feedback($0, of: name) }
    if let place = draft.rhythm?.location ?? draft.feedback.first?.location, !reports.feedback.isEmpty,
      reports.assigned ?? issued == nil
    {
      error(
        place, "the feedback of \(name) has no day to count from",
        help: "write assigned: with the area's day of assignment, or issued: with the plan's date of issue")
    }
    return reports
  }

  private mutating func feedback(_ draft: LedgerDraft.Feedback, of name: String) -> AreaReports.Feedback? {
    let what = required(draft.what, "what a feedback of \(name) is about", in: draft.location)
    guard let after = draft.after, let span = Span(after.text), span.count > 0 else {
      error(
        draft.after?.location ?? draft.location,
        "the feedback “\(what.excerpt)” of \(name) doesn't say how long after the assignment it is due",
        help: "write after: with a span such as 3wd (working days) or 7 (days)")
      return nil
    }
    return AreaReports.Feedback(what: what, after: span)
  }
}
