import DubanCore

/// Mails of one day as `duban plan` prints them, as bytes: a day may have fifty thousand lines.
struct PlanLines {
  /// What was printed.
  private(set) var bytes: [UInt8] = []

  /// What a line says about the reminder's reason, in two pieces.
  private struct Words {
    let due, why: [UInt8]
  }

  private let sendAt: CivilTime
  /// A day has few reasons, and each stands on many lines.
  private var words: [Reason: Words] = [:]

  init(sendAt: CivilTime) { self.sendAt = sendAt }

  /// Prints a mail: whom it is for and its subject, then a line for each reminder.
  mutating func print(_ mail: PlannedMail, subject: String) {
    let head = "\(mail.on) \(sendAt)  \(mail.recipient.person)（\(mail.recipient.unit)）  \(subject)\n"
    bytes.append(contentsOf: head.utf8)
    // By place: a loop over the reminders would copy each.
    for place in mail.reminders.indices {
      let words = words(mail.reminders[place].reason)
      bytes.append(contentsOf: "    ".utf8)
      bytes.append(contentsOf: mail.reminders[place].occurrence.item.id.utf8)
      bytes.append(contentsOf: words.due)
      if mail.reminders[place].recipient != mail.recipient {
        bytes.append(contentsOf: "  ".utf8)
        bytes.append(contentsOf: mail.reminders[place].recipient.person.utf8)
      }
      bytes.append(contentsOf: words.why)
    }
  }

  /// Prints a line as it is.
  mutating func print(_ line: String) { bytes.append(contentsOf: (line + "\n").utf8) }

  private mutating func words(_ reason: Reason) -> Words {
    if let known = words[reason] { return known }
    let made = Words(due: Array("  due \(reason.due)".utf8), why: Array(": \(reason)\n".utf8))
    words[reason] = made
    return made
  }
}
