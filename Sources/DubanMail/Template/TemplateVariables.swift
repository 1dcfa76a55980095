/// Every name that a template may use; docs/templates.md says what each holds.
enum TemplateVariables {
  static let names: Set<String> = Set([
    "areas", "area", "barWidth", "breakdown", "changeLink", "contactEmail", "contactPerson", "contactPhone",
    "contactUnit", "contacts", "copyOf", "count", "countPadded", "date", "deadline", "dueText", "entrusted",
    "entrustedHeading", "escalations",
    "fellows", "handOver", "handOverWrapped", "handOvers", "heading", "id", "ids", "isComplete", "isDuty",
    "isEscalated", "isEscalation", "isPast",
    "isReport", "isShortened", "isWeekly",
    "itemReason", "items", "left", "light", "lightColor",
    "lightPadded", "lightTint",
    "lights",
    "measureCount", "mostLines", "measureTitle", "measures", "name", "namePadded", "notice", "noticeGroups",
    "noticeHeading", "notices", "number", "outgoing", "outgoingHeading", "overdue", "overdueHeading", "owing",
    "owingCount",
    "owingWrapped", "owners", "passesDeadline", "person", "plan", "planTitle", "progress", "reason",
    "receivers",
    "reasonWrapped", "redColor", "redirectedFrom", "reportEmail", "reportUnit", "reports", "reportsHeading",
    "segments", "showsOwners",
    "snoozed", "snoozedHeading", "snoozedBy", "snoozedUntil", "snoozedWhy", "step", "stepText", "stepWrapped",
    "steps",
    "submitted", "submittedHeading", "summary", "text", "textWrapped", "title", "total", "totalPadded",
    "undecided", "undecidedHeading", "unit",
    "units", "upcoming", "weekday", "what", "width",
  ]).union(reportNames)

  /// Those that only the report page has.
  private static let reportNames: Set<String> = [
    "answer", "contentPolicy", "days", "dueNote", "generated", "hasOutbox", "history",
    "historyLimit", "isCut", "isFailed", "isCopy", "issued", "leftKey", "lightKey", "lightLifted",
    "lightOrder", "monthText", "months", "offset", "owingUnits", "planNumber", "plans", "sentText",
    "showsPlan", "state", "statusKey", "statusNote", "statusText", "subject",
  ]
}
