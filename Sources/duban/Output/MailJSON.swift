import DubanCore

/// A planned mail as `duban plan --json` prints it: one object, days as `2022-12-31`.
struct MailJSON: Encodable {
  struct To: Encodable {
    let person, unit, email: String
  }

  struct Line: Encodable {
    let item, kind: String
    let due: CivilDate
    let stage: String
    /// Days to the date, or days overdue.
    let days: Int
    let reason, person, unit: String
  }

  let on: CivilDate
  let at: String
  let to: To
  let subject: String
  let reminders: [Line]

  init(_ mail: PlannedMail, sendAt: CivilTime, subject: String) {
    on = mail.on
    at = sendAt.description
    to = To(person: mail.recipient.person, unit: mail.recipient.unit, email: mail.address)
    self.subject = subject
    reminders = mail.reminders.map { reminder in
      Line(
        item: reminder.occurrence.item.id, kind: reminder.occurrence.item.kind.rawValue,
        due: reminder.occurrence.due, stage: reminder.stage.name, days: abs(reminder.daysLeft),
        reason: reminder.reason.description, person: reminder.recipient.person, unit: reminder.recipient.unit)
    }
  }
}
