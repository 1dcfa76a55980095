import DubanCore
import DubanCourier
import DubanMail
import DubanOutbox

/// Turns finished messages into entries of the outbox.
enum EntryFactory {
  /// The recipient's entry, which carries the reminders' keys, and one per copy.
  static func entries(
    _ messages: [Message], of mail: PlannedMail, key: String, kind: String, notices: [String] = [],
    facts: [String: String] = [:], at now: Timestamp
  ) -> [NewEntry] {
    messages.enumerated().map { index, message in
      let isCopy = index > 0
      var entry = NewEntry(
        key: isCopy ? EntryKey.copy(of: key, to: mail.copies[index - 1]) : key,
        kind: isCopy ? MailKind.copy : kind, reversePath: message.envelope.reversePath,
        recipient: message.envelope.recipient, person: mail.recipient.person, unit: mail.recipient.unit,
        messageID: message.messageID, subject: message.subject, body: message.data, day: mail.on,
        queuedAt: now, notBefore: now,
        reminders: [], notices: isCopy ? [] : notices, facts: isCopy ? [:] : facts)
      if !isCopy, kind != MailKind.byHand { entry.reminders = mail.delivered.map(record) }
      return entry
    }
  }

  /// The entry of a mail that is sent because of one that came in, once for each.
  static func reply(
    _ message: Message, of reply: ReplyMail, on day: CivilDate, at now: Timestamp
  ) -> NewEntry {
    NewEntry(
      key: EntryKey.reply(to: reply.cause), kind: MailKind.reply, reversePath: message.envelope.reversePath,
      recipient: message.envelope.recipient, person: reply.recipient.person, unit: reply.recipient.unit,
      messageID: message.messageID, subject: message.subject, body: message.data, day: day, queuedAt: now,
      notBefore: now, reminders: [])
  }

  /// The day's summary for each robot, beside a contact's digest: one a day for each contact, far below what a group
  /// takes in a minute (20; 飞书 100), so that nothing paces them but the answers.
  static func groupEntries(
    _ text: (title: String, markdown: String), of mail: PlannedMail, beside message: Message,
    for robots: [Robot], at now: Timestamp
  ) -> [NewEntry] {
    robots.map { robot in
      let key = EntryKey.group(mail.on, robot.kind, mail.recipient)
      return NewEntry(
        key: key, kind: MailKind.robot, reversePath: message.envelope.reversePath,
        recipient: Robot.recipient(robot.kind), person: "\(robot.kind.chinese)群", unit: mail.recipient.unit,
        messageID: "<\(Fingerprint.hex([key]))@robot>", subject: text.title,
        body: robot.kind.body(title: text.title, markdown: text.markdown), day: mail.on, queuedAt: now,
        notBefore: robot.kind.uncrowded(now), reminders: [])
    }
  }

  private static func record(_ reminder: Reminder) -> ReminderRecord {
    ReminderRecord(
      key: reminder.key, plan: reminder.occurrence.item.plan, kind: reminder.occurrence.item.kind.rawValue,
      item: reminder.occurrence.item.id, identity: reminder.occurrence.item.identity,
      due: reminder.occurrence.due, stage: reminder.stage.description,
      person: reminder.recipient.person, unit: reminder.recipient.unit, plannedOn: reminder.reason.on,
      reason: reminder.reason.description)
  }
}

/// The outbox's keys: what makes a mail the one of its person and day.
enum EntryKey {
  /// The day's one mail to a person.
  static func scheduled(_ day: CivilDate, _ recipient: Recipient) -> String {
    "\(MailKind.scheduled)/\(day)/\(recipient.unit)/\(recipient.person)"
  }

  /// The day's summary of a contact's plans for a group.
  static func group(_ day: CivilDate, _ kind: RobotKind, _ recipient: Recipient) -> String {
    "\(MailKind.robot)/\(kind.rawValue)/\(day)/\(recipient.unit)/\(recipient.person)"
  }

  /// A digest that a person asked for: once per second, however often the command is given.
  static func byHand(_ moment: Timestamp, _ recipient: Recipient) -> String {
    "\(MailKind.byHand)/\(moment.seconds)/\(recipient.unit)/\(recipient.person)"
  }

  /// What is sent because of a message that came in, known by its digest.
  static func reply(to digest: String) -> String { "\(MailKind.reply)/\(digest)" }

  static func copy(of key: String, to address: String) -> String { "\(MailKind.copy)/\(address)/\(key)" }
}

/// What kinds of mail the outbox holds.
enum MailKind {
  /// What the schedule asked for: the one mail of a person's day.
  static let scheduled = "scheduled"
  /// A digest that a person asked for; it doesn't count as the day's mail.
  static let byHand = "by-hand"
  /// Another person's copy of a mail.
  static let copy = "copy"
  static let robot = "robot"
  /// What is sent because of a mail that came in.
  static let reply = "reply"
}
