import DubanCore

/// The outbox's key of a mail: what makes one mail per person and day.
enum EntryKey {
  /// Keys of mails that the schedule asked for; digests by hand have others and don't count as the day's mail.
  static let scheduledPrefix = "scheduled/"

  /// The day's one mail to a person.
  static func scheduled(_ day: CivilDate, _ recipient: Recipient) -> String {
    "\(scheduledPrefix)\(day)/\(recipient.unit)/\(recipient.person)"
  }

  /// A digest that somebody asked for: once per second, however often the command is given.
  static func byHand(_ moment: String, _ recipient: Recipient) -> String {
    "by-hand/\(moment)/\(recipient.unit)/\(recipient.person)"
  }
}
