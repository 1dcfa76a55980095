import DubanCore

/// The outbox's keys: what makes a mail the one of its person and day.
enum EntryKey {
  /// The day's one mail to a person.
  static func scheduled(_ day: CivilDate, _ recipient: Recipient) -> String {
    "\(MailKind.scheduled)/\(day)/\(recipient.unit)/\(recipient.person)"
  }

  /// A digest that somebody asked for: once per second, however often the command is given.
  static func byHand(_ moment: Timestamp, _ recipient: Recipient) -> String {
    "\(MailKind.byHand)/\(moment.seconds)/\(recipient.unit)/\(recipient.person)"
  }

  /// A copy of a mail for another mailbox.
  static func copy(of key: String, to address: String) -> String { "\(MailKind.copy)/\(address)/\(key)" }
}
