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
