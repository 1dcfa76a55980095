/// What kinds of mail the outbox holds.
enum MailKind {
  /// What the schedule asked for: the one mail of a person's day.
  static let scheduled = "scheduled"
  /// A digest that somebody asked for; it doesn't count as the day's mail.
  static let byHand = "by-hand"
  /// Another person's copy of a mail.
  static let copy = "copy"
}
