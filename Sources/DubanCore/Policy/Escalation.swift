/// Who else hears of an overdue measure, each once per due date.
public struct Escalation: Sendable, Equatable {
  /// So long overdue: also the unit's head (第一责任人); nil for never.
  public var head: Span?
  /// So long overdue: the contact's digest shows it as escalated; nil for never.
  public var contact: Span?

  /// An escalation of these steps; by default after 5 and 10 working days.
  public init(head: Span? = Span(5, .workday), contact: Span? = Span(10, .workday)) {
    self.head = head
    self.contact = contact
  }
}
