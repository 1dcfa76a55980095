/// One message to be: one recipient's reminders of one day, or the contact's digest.
public struct PlannedMail: Sendable, Equatable {
  /// Which of the two it is.
  public enum Kind: Sendable, Equatable {
    /// An owner's reminders.
    case reminders
    /// The contact's digest over the plans with these keys; ``PlannedMail/reminders`` are then all that go out
    /// today.
    case digest(plans: [String], isWeekly: Bool)
  }

  /// The day.
  public var on: CivilDate
  /// Which kind.
  public var kind: Kind
  /// Whom it is for.
  public var recipient: Recipient
  /// The mailbox.
  public var address: String
  /// Mailboxes that get a message of their own with the same content (deputies).
  public var copies: [String]
  /// Most urgent first.
  public var reminders: [Reminder]
  /// For the contact: reminders of people who can't be mailed, to be passed on. Part of what this mail delivers.
  public var entrusted: [Reminder]
  /// For the contact: items that are overdue for so long that the contact is to step in. Part of what this mail delivers.
  public var escalated: [Reminder]
  /// For an owner: what else there is to say.
  public var notes: [OwnerNote]

  /// A mail of these parts.
  public init(
    on: CivilDate, kind: Kind, recipient: Recipient, address: String, copies: [String] = [],
    reminders: [Reminder], entrusted: [Reminder] = [], escalated: [Reminder] = [],
    notes: [OwnerNote] = []
  ) {
    self.on = on
    self.kind = kind
    self.recipient = recipient
    self.address = address
    self.copies = copies
    self.reminders = reminders
    self.entrusted = entrusted
    self.escalated = escalated
    self.notes = notes
  }

  /// The reminders whose keys this mail uses up.
  public var delivered: [Reminder] {
    switch kind {
    case .reminders: reminders
    case .digest: entrusted + escalated
    }
  }
}
