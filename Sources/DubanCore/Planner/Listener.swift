/// Somebody besides the owners who hears of an item that is overdue for long.
struct Listener: Sendable {
  /// 1 = the unit's head (第一责任人), 2 = the contact.
  let level: Int
  /// Overdue for so long.
  let span: Span
  let recipient: Recipient
  /// The head; nil for the contact, whose digest says it.
  let head: Owner?
  /// The days on which this person can be mailed about it.
  let sending: SendingCalendar
}
