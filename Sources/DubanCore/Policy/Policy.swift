/// Who is reminded when: the `reminders:` section of the configuration.
///
/// | key | value | property |
/// |---|---|---|
/// | `sendAt` | `"08:30"` | ``sendAt`` |
/// | `advance` | list of spans (`30`, `5wd`) | ``ReminderSchedule/advance`` of ``measureSchedule`` |
/// | `overdueEvery` | span, or `never` | ``ReminderSchedule/overdueEvery`` of ``measureSchedule`` |
/// | `reportAdvance` | list of spans; 0 is the day itself | ``ReminderSchedule/advance`` of ``reportSchedule`` |
/// | `reportOverdueEvery` | span, or `never` (default) | ``ReminderSchedule/overdueEvery`` of ``reportSchedule`` |
/// | `dutyAdvance` | list of spans (default: as `advance`) | ``ReminderSchedule/advance`` of ``dutySchedule`` |
/// | `dutyOverdueEvery` | span, or `never` (default) | ``ReminderSchedule/overdueEvery`` of ``dutySchedule`` |
/// | `digest` | `weekly` or `daily` | ``DigestSchedule/isDaily`` of ``digest`` |
/// | `digestDay` | `monday` … `sunday` | ``DigestSchedule/weekday`` of ``digest`` |
/// | `quiet` | list of `{from, to}` | ``quiet`` |
/// | `supervisors` | `weekly` or `never` | ``summarisesForSupervisors`` |
/// | `escalate` | `{head: 5wd, contact: 10wd, supervisor: never}`, each a span or `never` | ``escalation`` |
/// | `lights` | `{soon: 14, green: {name, color}, blue: …, yellow: …, red: …}` | ``lights`` |
/// | `overrides` | list of `{area\|measure\|owner: NAME, advance, overdueEvery, quiet, copies}` | ``overrides`` |
///
/// `timeZone` is in the same section and belongs to the service's clock, not to the policy.
public struct Policy: Sendable, Equatable {
  /// The time of day at which mails go out, in the configuration's time zone.
  public var sendAt: CivilTime
  /// For measures with a date.
  public var measureSchedule: ReminderSchedule
  /// For report dates.
  public var reportSchedule: ReminderSchedule
  /// For each occurrence of a duty.
  public var dutySchedule: ReminderSchedule
  /// When the contact gets the whole picture.
  public var digest: DigestSchedule
  /// Whether supervisors (分管领导) get a summary on the digest's day of the week.
  public var summarisesForSupervisors = true
  /// Days on which nothing is sent although people work, first and last day included.
  public var quiet: [ClosedRange<CivilDate>]
  /// Who else hears of an overdue measure.
  public var escalation: Escalation
  /// What the lights are called and when they change.
  public var lights: LightScheme
  /// Exceptions by area, measure or owner; later ones win.
  public var overrides: [PolicyOverride]

  /// The defaults are the ones documented in the configuration's manual.
  public init(
    sendAt: CivilTime = .defaultSendAt, measureSchedule: ReminderSchedule = .measureDefault,
    reportSchedule: ReminderSchedule = .reportDefault,
    dutySchedule: ReminderSchedule = .dutyDefault, digest: DigestSchedule = DigestSchedule(),
    quiet: [ClosedRange<CivilDate>] = [], escalation: Escalation = Escalation(),
    lights: LightScheme = LightScheme(), overrides: [PolicyOverride] = []
  ) {
    self.sendAt = sendAt
    self.measureSchedule = measureSchedule
    self.reportSchedule = reportSchedule
    self.dutySchedule = dutySchedule
    self.digest = digest
    self.quiet = quiet
    self.escalation = escalation
    self.lights = lights
    self.overrides = overrides
  }
}

extension CivilTime {
  /// 08:30: mails wait in the mailbox when the office opens.
  public static let defaultSendAt = CivilTime(minuteOfDay: 8 * 60 + 30)
}

/// When an item with a date reminds: so long before, on the day, and again while it is overdue.
public struct ReminderSchedule: Sendable, Equatable {
  /// How long before the date; a span of 0 is the date itself. Any order, each once.
  public var advance: [Span]
  /// Whether the date itself reminds, also where ``advance`` has no 0.
  public var onDue: Bool
  /// How often an overdue item reminds; nil for never.
  public var overdueEvery: Span?

  /// A schedule of these steps.
  public init(advance: [Span], onDue: Bool = true, overdueEvery: Span?) {
    self.advance = advance
    self.onDue = onDue
    self.overdueEvery = overdueEvery
  }

  /// A month, two weeks, a week, three days, the day before, the day; overdue every third working day.
  public static let measureDefault = ReminderSchedule(
    advance: [30, 14, 7, 3, 1].map { Span($0) }, overdueEvery: Span(3, .workday))
  /// A week, three days, the day before, and the day itself only where the list has a 0, as here. Missing reports are
  /// the contact's to ask for.
  public static let reportDefault = ReminderSchedule(
    advance: [7, 3, 1, 0].map { Span($0) }, onDue: false, overdueEvery: nil)
  /// As for measures, but a duty that nobody marked as done isn't called overdue: the service can't know.
  public static let dutyDefault = ReminderSchedule(advance: measureDefault.advance, overdueEvery: nil)
}

/// When the contact gets the digest: on a fixed rhythm, so that silence means a fault, and on every day with
/// something to say.
public struct DigestSchedule: Sendable, Equatable {
  /// The day of the weekly digest; on a day off it goes out on the next working day.
  public var weekday: Weekday
  /// Whether it goes out on every working day.
  public var isDaily: Bool

  /// A weekly digest on `weekday`, or one on every working day.
  public init(weekday: Weekday = .monday, isDaily: Bool = false) {
    self.weekday = weekday
    self.isDaily = isDaily
  }
}

/// Who else hears of an overdue measure, each once per due date.
public struct Escalation: Sendable, Equatable {
  /// So long overdue: also the unit's head (第一责任人); nil for never.
  public var head: Span?
  /// So long overdue: the contact's digest shows it as escalated; nil for never.
  public var contact: Span?
  /// So long overdue: also the supervisor (分管领导); nil for never.
  public var supervisor: Span?
  /// So long without a change of status or progress: the contact's digest says so; nil for never.
  public var stalled: Span?

  /// An escalation of these steps; by default after 5 and 10 working days, and never to a supervisor.
  public init(
    head: Span? = Span(5, .workday), contact: Span? = Span(10, .workday), supervisor: Span? = nil,
    stalled: Span? = nil
  ) {
    self.head = head
    self.contact = contact
    self.supervisor = supervisor
    self.stalled = stalled
  }

  /// After how long those of a level hear; nil for never.
  public func span(of level: EscalationLevel) -> Span? {
    switch level {
    case .head: head
    case .supervisor: supervisor
    case .contact: contact
    }
  }

  /// The day on which those hear who do so long after a date, before days off move it: never on the date itself.
  static func nominalDay(_ span: Span, after due: CivilDate, in calendar: WorkdayCalendar) -> CivilDate {
    max(span.after(due, in: calendar), due.adding(days: 1))
  }
}

/// An exception from the policy for one area, measure or owner.
public struct PolicyOverride: Sendable, Equatable {
  /// What an exception is for.
  public enum Scope: Sendable, Hashable {
    /// An area, by its name.
    case area(String)
    /// A measure, by its id.
    case measure(String)
    /// A person, by name.
    case owner(String)
  }

  /// What it is for.
  public var scope: Scope
  /// Instead of the policy's lead times.
  public var advance: [Span]?
  /// Instead of the policy's overdue rhythm; `.some(nil)` for never.
  public var overdueEvery: Span??
  /// Quiet days besides the policy's.
  public var quiet: [ClosedRange<CivilDate>]
  /// More addresses that get a copy, for an owner.
  public var copies: [String]

  package init(
    _ scope: Scope, advance: [Span]? = nil, overdueEvery: Span?? = nil,
    quiet: [ClosedRange<CivilDate>] = [], copies: [String] = []
  ) {
    self.scope = scope
    self.advance = advance
    self.overdueEvery = overdueEvery
    self.quiet = quiet
    self.copies = copies
  }
}

/// What the lights are called, which colours they have and when they change; places differ.
public struct LightScheme: Sendable, Equatable {
  /// How one light looks.
  public struct Look: Sendable, Equatable {
    /// The name, as mails print it.
    public var name: String
    /// The colour, as `#rrggbb`.
    public var color: String

    package init(name: String, color: String) {
      self.name = name
      self.color = color
    }
  }

  /// From so long before the date on, the light is yellow.
  public var soon: Span
  /// How each light looks.
  public var looks: [Light: Look]

  /// A scheme; what `looks` leaves out keeps its usual look.
  public init(soon: Span = Span(14), looks: [Light: Look] = [:]) {
    self.soon = soon
    self.looks = Self.usual.merging(looks) { $1 }
  }

  /// Names as rectification ledgers use them; colours with enough contrast on white.
  private static let usual: [Light: Look] = [
    .green: Look(name: "已销号", color: "#2e7d32"), .blue: Look(name: "推进中", color: "#1565c0"),
    .yellow: Look(name: "临期", color: "#b26a00"), .red: Look(name: "逾期", color: "#c62828"),
  ]

  /// How a light looks.
  public func look(_ light: Light) -> Look { looks[light] ?? Look(name: light.rawValue, color: "#555555") }

  /// The light of an item that is due on `due` (nil: no date), seen on `day`. What is reported as done and waits for a
  /// confirmation is neither near nor overdue: it is the office's turn.
  public func light(
    due: CivilDate?, isClosed: Bool, isReported: Bool = false, on day: CivilDate, calendar: WorkdayCalendar
  ) -> Light {
    if isClosed { return .green }
    guard let due, !isReported else { return .blue }
    if day > due { return .red }
    return day >= soon.before(due, in: calendar) ? .yellow : .blue
  }
}

/// 亮灯: how far an item is.
public enum Light: String, Sendable, Hashable, CaseIterable, Comparable {
  /// 销号: done and confirmed.
  case green
  /// Under way, or without an end date.
  case blue
  /// Due soon.
  case yellow
  /// Overdue.
  case red

  /// The more urgent light is the greater one.
  public static func < (left: Light, right: Light) -> Bool { left.urgency < right.urgency }

  private var urgency: Int {
    switch self {
    case .green: 0
    case .blue: 1
    case .yellow: 2
    case .red: 3
    }
  }
}

/// A number of calendar days or working days, as the configuration writes it: `7` or `5wd`.
public struct Span: Sendable, Hashable {
  /// What is counted.
  public enum Unit: Sendable, Hashable {
    case day
    case workday
  }

  /// How many, never negative.
  public let count: Int
  /// Calendar days or working days.
  public let unit: Unit

  /// A span of `count` units.
  public init(_ count: Int, _ unit: Unit = .day) {
    self.count = count
    self.unit = unit
  }

  /// Reads `7` or `5wd`; nil for anything else and past 3650.
  public init?(_ text: some StringProtocol) {
    let isWorkdays = text.hasSuffix("wd")
    let digits = isWorkdays ? text.dropLast(2) : text[...]
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let count = Int(digits), count <= 3650
    else { return nil }
    self.init(count, isWorkdays ? .workday : .day)
  }

  /// For people: `1 day`, `6 working days`.
  public var words: String { count.counted(unit == .day ? "day" : "working day") }

  /// The day that lies this span before `day`.
  public func before(_ day: CivilDate, in calendar: WorkdayCalendar) -> CivilDate {
    switch unit {
    case .day: day.adding(days: -count)
    case .workday: calendar.adding(workdays: -count, to: day)
    }
  }

  /// The day that lies this span after `day`.
  public func after(_ day: CivilDate, in calendar: WorkdayCalendar) -> CivilDate {
    switch unit {
    case .day: day.adding(days: count)
    case .workday: calendar.adding(workdays: count, to: day)
    }
  }
}

extension Span: CustomStringConvertible {
  /// The form that ``init(_:)-(StringProtocol)`` reads.
  public var description: String { unit == .day ? "\(count)" : "\(count)wd" }

  /// As a Chinese reader says it: `7天` or `5个工作日`.
  public var chinese: String { unit == .day ? "\(count)天" : "\(count)个工作日" }
}
