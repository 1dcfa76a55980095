/// One step of a schedule, worked out for one date.
public struct ReminderStep: Sendable, Hashable {
  /// The step.
  public var stage: Stage
  /// Its day by the schedule.
  public var nominal: CivilDate
  /// The day it goes out: the nominal day moved off days without sending, and never before the plan's issue.
  public var sendOn: CivilDate
}

extension Obligation {
  /// The steps before and on a date, without those that a recurring item's previous date still covers.
  func steps(before due: CivilDate) -> [ReminderStep] {
    var spans = schedule.advance
    if !dueDates.areFixed {
      let gap = previousDate(before: due).map { due.days(since: $0) } ?? 366
      spans.removeAll { due.days(since: $0.before(due, in: sending.workdays)) * 2 > gap }
    }
    var steps: [ReminderStep] = []
    steps.reserveCapacity(spans.count + 1)
    for span in spans where span.count > 0 {
      steps.append(step(.advance(span), nominal: span.before(due, in: sending.workdays)))
    }
    if schedule.onDue || spans.contains(where: { $0.count == 0 }) { steps.append(step(.due, nominal: due)) }
    steps.sort { $0.nominal < $1.nominal }
    return steps
  }

  /// The latest step that has come by `day`, nil before the first.
  func latestStep(of due: CivilDate, asOf day: CivilDate) -> ReminderStep? {
    if let overdue = latestOverdueStep(of: due, asOf: day) { return overdue }
    return steps(before: due).last { $0.sendOn <= day }
  }

  /// The first step that comes after `day`, nil when none follows.
  func nextStep(of due: CivilDate, after day: CivilDate) -> ReminderStep? {
    if let next = steps(before: due).first(where: { $0.sendOn > day }) { return next }
    guard let every = schedule.overdueEvery, every.count > 0 else { return nil }
    var repeats = (latestOverdueStep(of: due, asOf: day).map { overdueCount($0, every) } ?? 0) + 1
    while true {
      let step = overdueStep(repeats, every, due)
      if step.sendOn > day { return step }
      repeats += 1
    }
  }

  /// The step past the owners for a date, on its own day or the next one on which its target can be mailed.
  func step(for target: EscalationTarget, of due: CivilDate) -> ReminderStep {
    let nominal = Escalation.nominalDay(target.span, after: due, in: sending.workdays)
    return ReminderStep(
      stage: .escalation(target.level), nominal: nominal,
      sendOn: target.sending.open(onOrAfter: max(nominal, issued ?? nominal)))
  }

  func latestOverdueStep(of due: CivilDate, asOf day: CivilDate) -> ReminderStep? {
    guard let every = schedule.overdueEvery, every.count > 0, day > due else { return nil }
    let passed =
      every.unit == .day ? day.days(since: due) : sending.workdays.workdays(after: due, through: day)
    var repeats = passed / every.count
    while repeats > 0 {
      let step = overdueStep(repeats, every, due)
      if step.sendOn <= day { return step }
      repeats -= 1
    }
    return nil
  }

  private func overdueStep(_ repeats: Int, _ every: Span, _ due: CivilDate) -> ReminderStep {
    let span = Span(repeats * every.count, every.unit)
    let nominal = span.after(due, in: sending.workdays)
    return ReminderStep(
      stage: .overdue(span), nominal: nominal,
      sendOn: sending.open(onOrAfter: max(nominal, issued ?? nominal)))
  }

  private func overdueCount(_ step: ReminderStep, _ every: Span) -> Int {
    guard case .overdue(let span) = step.stage else { return 0 }
    return span.count / every.count
  }

  /// A reminder that falls on a day off goes out on the working day before, unless the plan wasn't issued then.
  private func step(_ stage: Stage, nominal: CivilDate) -> ReminderStep {
    let moved = sending.open(onOrBefore: nominal)
    let sendOn = issued.map { moved < $0 ? sending.open(onOrAfter: $0) : moved } ?? moved
    return ReminderStep(stage: stage, nominal: nominal, sendOn: sendOn)
  }
}

/// The days on which mail goes out: working days that aren't quiet.
struct SendingCalendar: Sendable {
  let workdays: WorkdayCalendar
  let quiet: [ClosedRange<CivilDate>]

  func isOpen(_ day: CivilDate) -> Bool {
    workdays.isWorkday(day) && !quiet.contains { $0.contains(day) }
  }

  func open(onOrBefore day: CivilDate) -> CivilDate {
    var candidate = workdays.workday(onOrBefore: day)
    while let period = quiet.first(where: { $0.contains(candidate) }) {
      candidate = workdays.workday(onOrBefore: period.lowerBound.adding(days: -1))
    }
    return candidate
  }

  func open(onOrAfter day: CivilDate) -> CivilDate {
    var candidate = workdays.workday(onOrAfter: day)
    while let period = quiet.first(where: { $0.contains(candidate) }) {
      candidate = workdays.workday(onOrAfter: period.upperBound.adding(days: 1))
    }
    return candidate
  }
}

/// Why a reminder goes out now: the step of the schedule that has come.
public enum Stage: Sendable, Hashable {
  /// So long before the date.
  case advance(Span)
  case due
  /// So long after the date.
  case overdue(Span)
  /// Overdue for so long that others than the owners hear of it.
  case escalation(EscalationLevel)

  /// The stage's day by the schedule, before days off move it. An escalation has its own day.
  public func nominalDay(due: CivilDate, calendar: WorkdayCalendar, escalation: Escalation) -> CivilDate {
    switch self {
    case .advance(let span): span.before(due, in: calendar)
    case .due: due
    case .overdue(let span): span.after(due, in: calendar)
    case .escalation(let level):
      Escalation.nominalDay(escalation.span(of: level) ?? Span(0), after: due, in: calendar)
    }
  }

  /// The stage's name without its span: `advance`, `due`, `overdue` or `escalation`.
  public var name: String {
    switch self {
    case .advance: "advance"
    case .due: "due"
    case .overdue: "overdue"
    case .escalation: "escalation"
    }
  }
}

/// Who hears of an item that is overdue for long, besides its owners. The number is what the state has, and never
/// changes.
public enum EscalationLevel: Int, Sendable, Hashable, CaseIterable {
  /// The head of an owner's unit (第一责任人).
  case head = 1
  /// Who supervises an owner or the area (分管领导).
  case supervisor = 3
  /// The plan's contact, in the digest.
  case contact = 2

  /// As the end of an English sentence.
  public var words: String {
    switch self {
    case .head: "the unit's head"
    case .supervisor: "the supervisor"
    case .contact: "the contact"
    }
  }

  /// What is asked of them.
  public var chinese: String {
    switch self {
    case .head: "提请单位第一责任人关注"
    case .supervisor: "提请分管领导关注"
    case .contact: "提请联系人督促"
    }
  }
}

extension Stage {
  /// For people: `14 days before the date`, `on the date`, `6 working days after the date`.
  public var words: String {
    switch self {
    case .advance(let span): "\(span.words) before the date"
    case .due: "on the date"
    case .overdue(let span): "\(span.words) after the date"
    case .escalation(let level): "to \(level.words)"
    }
  }

  /// The same in Chinese: `到期前14天提醒`, `到期当日提醒`, `逾期6个工作日提醒`, `提请单位第一责任人关注`.
  public var chinese: String {
    switch self {
    case .advance(let span): "到期前\(span.chinese)提醒"
    case .due: "到期当日提醒"
    case .overdue(let span): "逾期\(span.chinese)提醒"
    case .escalation(let level): level.chinese
    }
  }
}

extension Stage: CustomStringConvertible {
  /// `advance:14`, `due`, `overdue:3wd`, `escalation:1`: the form that is stored and that ``init(_:)`` reads.
  public var description: String {
    switch self {
    case .advance(let span), .overdue(let span): "\(name):\(span)"
    case .due: name
    case .escalation(let level): "\(name):\(level.rawValue)"
    }
  }

  /// Reads the form that ``description`` writes.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    switch (parts.first, parts.count) {
    case ("due", 1): self = .due
    case ("advance", 2):
      guard let span = Span(parts[1]) else { return nil }
      self = .advance(span)
    case ("overdue", 2):
      guard let span = Span(parts[1]) else { return nil }
      self = .overdue(span)
    case ("escalation", 2):
      guard let level = Int(parts[1]).flatMap(EscalationLevel.init) else { return nil }
      self = .escalation(level)
    default: return nil
    }
  }
}
