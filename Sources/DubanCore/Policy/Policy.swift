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
/// | `escalate` | `{head: 5wd, contact: 10wd}`, each a span or `never` | ``escalation`` |
/// | `lights` | `{soon: 14, green: {name, color}, blue: …, yellow: …, red: …}` | ``lights`` |
/// | `overrides` | list of `{area\|measure\|owner: NAME, advance, overdueEvery, quiet, copies}` | ``overrides`` |
///
/// `timeZone` stands in the same section and belongs to the service's clock, not to the policy.
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
  /// Days on which nothing is sent although people work, first and last day included.
  public var quiet: [ClosedRange<CivilDate>]
  /// Who else hears of an overdue measure.
  public var escalation: Escalation
  /// What the lights are called and when they change.
  public var lights: LightScheme
  /// Exceptions by area, measure or owner; later ones win.
  public var overrides: [PolicyOverride]

  /// A policy of these parts; the defaults are the ones documented in the configuration's manual.
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
