/// One item, occurrence, stage, recipient and reason.
public struct Reminder: Sendable, Equatable {
  /// What a reminder is about, with the ledger's words. Indirect, since a measure is large and a day has many reminders.
  public indirect enum Subject: Sendable, Equatable {
    /// A measure of the named area.
    case measure(Measure, area: String)
    /// A duty inside a measure of the named area.
    case duty(Duty, of: Measure, area: String)
    /// A report on all of the recipient's measures.
    case report(on: [Measure])
  }

  /// The item and its date.
  public var occurrence: Occurrence
  /// Why now.
  public var stage: Stage
  /// Whom it is for.
  public var recipient: Recipient
  /// Why today.
  public var reason: Reason
  /// What it is about.
  public var subject: Subject
  /// Who else answers for the item.
  public var fellows: [Recipient]
  /// Where the item stands on the day of the mail.
  public var light: Light

  /// A reminder of these parts.
  public init(
    occurrence: Occurrence, stage: Stage, recipient: Recipient, reason: Reason, subject: Subject,
    fellows: [Recipient], light: Light
  ) {
    self.occurrence = occurrence
    self.stage = stage
    self.recipient = recipient
    self.reason = reason
    self.subject = subject
    self.fellows = fellows
    self.light = light
  }

  /// Days from the day of the mail to the date; negative when overdue.
  public var daysLeft: Int { occurrence.due.days(since: reason.on) }

  /// The key that is never queued twice: item, nominal date, stage and recipient.
  public var key: String { Self.key(occurrence, stage, recipient) }

  /// The key of a reminder of these parts.
  static func key(_ occurrence: Occurrence, _ stage: Stage, _ recipient: Recipient) -> String {
    let item = occurrence.item
    return [
      item.plan, item.kind.rawValue, item.identity, occurrence.due.description, stage.description,
      recipient.unit, recipient.person,
    ].map(escaped).joined(separator: "|")
  }

  /// Two different keys stay different, whatever the names hold.
  private static func escaped(_ part: String) -> String {
    guard part.utf8.contains(where: { $0 == UInt8(ascii: "|") || $0 == UInt8(ascii: "%") }) else {
      return part
    }
    return String(part.flatMap { $0 == "|" ? "%7C" : $0 == "%" ? "%25" : String($0) })
  }
}
