/// Every name that a template may use; docs/templates.md says what each holds.
enum TemplateVariable: UInt8, CaseIterable {
  case answerLink, answersByLink, approveLink, area, areas, barWidth, behind, brief, breakdown, changeLink,
    contactEmail, contactPerson,
    contactPhone,
    contacts,
    contactTel, contactUnit, copyOf, count, countPadded, date, deadline, doneLink, dueText, entrusted,
    entrustedHeading,
    escalations, failures, fellows, follows, greeting, groupHeading, groups, handOver, handOvers,
    handOverWrapped, hasBehind,
    hasBrief,
    hasCalendar, hasFailures, hasRequests, hasSlip, hasSteps, heading, headlines, id, ids, isComplete, isDuty,
    isEscalated, isEscalation, isNewlyEscalated, isPast, isReport, isShortened, isWeekly, itemReason, items,
    left, light,
    ledgerVersion, longOverdue, lightColor, lightPadded, lights, lightTint, measureCount, measures, mayChange,
    measureTitle, moreCount,
    name, nextStep, nextSteps,
    namePadded, notMineLink, notice, noticeGroups, noticeHeading, notices, number, outgoing, outgoingHeading,
    overdue, ownItems,
    overdueHeading, overdueUnits, owing, owingCount, owingWrapped, owners, part, partNote, passesDeadline,
    person, plan, planTitle, postponeLink, preheader,
    progress, reason, reasonWrapped, receivers, redColor, redirectedFrom, rejectLink, reportEmail, requests,
    reportLink, reportName, reports,
    reportsHeading, reportUnit, roles, seenLink, segments, showsOwners, sinceLast, snoozed, snoozedBy,
    snoozedHeading,
    snoozedUntil,
    snoozedWhy, scope, step, steps, stepText, stepWrapped, submitted, submittedHeading, summary, supervised,
    text, textWrapped,
    title, total, totalPadded, undecided, undecidedHeading, unit, units, upcoming, weekday, what, width
  // Those that only the report page has.
  case answer, column, contentPolicy, events, eventDate, eventText, isOneUnit, days, dueNote, generated,
    hasEvents, hasOutbox, history, historyLimit, isCopy,
    isCut,
    isFailed, isFolded, issued, leftKey, lightKey, lightLifted, lightOrder, madeAt, months, monthText, offset,
    owingUnits,
    planNumber, plans, sentText, showsPlan, state, statusKey, statusNote, statusText, subject
  // Those that only papers have.
  case asksToTalk, bar, barColor, dueCount, hasBefore, hasOverdue, hasUndated, inTime, isOverdue, issuedBy,
    late, level,
    overdueCount, paperColor, paperNumber, paperTitle, period, points, rank, rate, rateBefore, replyBy,
    reported,
    undated

  /// The name as templates write it.
  var spelling: String { "\(self)" }

  /// Each by its name.
  static let named = Dictionary(uniqueKeysWithValues: allCases.map { ($0.spelling, $0) })

  /// The names as templates write them.
  static let names = Set(named.keys)
}
