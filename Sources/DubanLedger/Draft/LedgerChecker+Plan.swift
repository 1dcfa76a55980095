import DubanCore

extension LedgerChecker {
  mutating func plan(_ draft: LedgerDraft.Plan?) -> Plan? {
    guard let draft else {
      if unread.contains(.plan) { return nil }
      error(
        Diagnostic.Location(file: file, line: 1, column: 1), "the plan's header is missing",
        help: "write plan: with title, number, issued and contact")
      return nil
    }
    let title = required(draft.title, "the plan's title", in: draft.location)
    let number = line(draft.number, "the plan's number") ?? ""
    let issued = date(draft.issued, "the plan's date of issue")
    let contact = contact(draft.contact, of: draft)
    var plan = Plan(title: title, number: number, issued: issued, contact: contact)
    plan.contacts = draft.contacts.map { further in
      Contact(
        unit: required(further.unit, "a further contact's unit", in: further.location),
        person: line(further.person, "a further contact's person") ?? "",
        phone: line(further.phone, "a further contact's phone") ?? "",
        email: address(further.email, "a further contact's address") ?? "")
    }
    return plan
  }

  private mutating func contact(_ draft: LedgerDraft.Contact?, of plan: LedgerDraft.Plan) -> Contact {
    guard let draft else {
      error(
        plan.location, "the plan's contact is missing",
        help:
          "write contact: with unit, person, phone and email: reports and what goes wrong are mailed there")
      return Contact(unit: "", person: "", phone: "", email: "")
    }
    let unit = required(draft.unit, "the contact's unit", in: draft.location)
    let person = line(draft.person, "the contact's person") ?? ""
    let phone = line(draft.phone, "the contact's phone") ?? ""
    let email = address(draft.email, "the contact's address")
    if email == nil {
      error(
        draft.email?.location ?? draft.location, "the contact's address is missing",
        help: "write email: with the mailbox that reports go to")
    }
    return Contact(unit: unit, person: person, phone: phone, email: email ?? "")
  }

  mutating func reports(_ fields: [LocatedText]) -> [CivilDate] {
    var days: Set<CivilDate> = []
    for field in fields {
      if field.text.isEmpty {
        error(field.location, "a report date is empty", help: "expected a date like 2022-12-31")
      }
      guard let day = date(field, "a report date") else { continue }
      if !days.insert(day).inserted {
        warning(field.location, "the report date \(day) stands twice", help: "one is enough")
      } else if let today, day < today {
        warning(
          field.location, "the report date \(day) is in the past",
          help: "write the next one, or take it out once its reports are in")
      }
    }
    return days.sorted()
  }

  /// What the words for recurring reports mean; an error for words that name no recurring days for certain.
  mutating func recurringReports(_ fields: [LocatedText]) -> [RecurringReport] {
    var reports: [RecurringReport] = []
    for field in fields {
      let reading = deadlines.read(field.text)
      if reading.status == .read, !reading.readings.isEmpty,
        reading.recurrences.count == reading.readings.count
      {
        let report = RecurringReport(text: field.text, rules: reading.recurrences)
        if reports.contains(report) {
          warning(
            field.location, "the recurring report “\(field.text.excerpt)” stands twice", help: "one is enough"
          )
        } else {
          reports.append(report)
        }
      } else {
        let what =
          reading.status != .read
          ? "can't be read for certain"
          : reading.dueDates.isEmpty
            ? "names no days that come again and again" : "is a day, and doesn't come again"
        error(
          field.location, "the recurring report “\(field.text.excerpt)” \(what)",
          help: "expected words such as 每月28日前 or 每季度末月25日前; days that come once stand under reports")
      }
    }
    return reports
  }

  mutating func received(
    _ drafts: [LedgerDraft.Received], reports: [CivilDate], recurring: [Recurrence], owners: [Owner]
  ) -> [ReceivedReport] {
    let units = Set(owners.map(\.unit))
    return drafts.compactMap { draft in
      let unit = required(draft.unit, "the unit of a received report", in: draft.location)
      if draft.report == nil {
        error(
          draft.location, "a received report has no date", help: "write report: with one of the report dates")
      }
      guard let report = date(draft.report, "a received report's date") else { return nil }
      if !unit.isEmpty, !owners.isEmpty, !units.contains(unit) {
        let help = suggestion(for: unit, among: units, otherwise: "write the unit as in owners")
        error(
          draft.unit?.location ?? draft.location,
          "no owner answers for the unit “\(unit)” of a received report", help: help)
      }
      if !reports.contains(report), !recurring.contains(where: { $0.falls(on: report) }) {
        warning(
          draft.report?.location ?? draft.location, "\(report) is no report date of this ledger",
          help: reports.isEmpty
            ? "add it to reports" : "expected one of \(reports.map(\.description).joined(separator: ", "))")
      }
      return ReceivedReport(unit: unit, report: report)
    }
  }
}

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
