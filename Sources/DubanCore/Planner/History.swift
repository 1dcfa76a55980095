/// What the planner needs to know of the past: which stages were sent, and who was mailed when.
public struct History: Sendable, Equatable {
  /// An occurrence as one person was reminded of it.
  public struct Thread: Sendable, Hashable {
    /// The item and its date.
    public var occurrence: Occurrence
    /// Who was reminded.
    public var recipient: Recipient

    package init(occurrence: Occurrence, recipient: Recipient) {
      self.occurrence = occurrence
      self.recipient = recipient
    }
  }

  /// The stages that were queued, by thread, each with the day it was queued for.
  public private(set) var stages: [Thread: [Stage: CivilDate]]
  /// The last day of a scheduled mail, by recipient.
  public private(set) var lastMail: [Recipient: CivilDate]
  /// The same by day.
  private var mailedOn: [CivilDate: Set<Recipient>] = [:]
  /// When not nil: the service is taken to have run on every day up to this one, since each plan's issue.
  ///
  /// `duban plan` over future or past days uses this, so that its answer needs no database.
  public var assumedThrough: CivilDate?
  /// The last day of a range that is being planned, each day as if those before had been sent. Counts as
  /// ``assumedThrough`` for every item that nobody put off.
  var plannedThrough: CivilDate?
  /// The first day for which the service queued anything; nil while it has queued nothing.
  public private(set) var since: CivilDate?
  /// Mailboxes that were refused for good, in lower case: their owners' reminders go to the contact.
  public var unreachable: Set<String>

  /// The history of a service that has sent nothing, or is taken to have run up to a day.
  public init(assumedThrough: CivilDate? = nil) {
    stages = [:]
    lastMail = [:]
    unreachable = []
    self.assumedThrough = assumedThrough
  }

  /// The last day up to which an item's reminders are taken to have been sent. What a person put off is sent later than
  /// the rest, which only the record tells.
  func assumption(for item: ItemID, _ decisions: Decisions) -> CivilDate? {
    guard let plannedThrough, !decisions.hasSnooze(of: item) else { return assumedThrough }
    return plannedThrough
  }

  /// Whether a person had a mail of that day, or of a later one.
  func wasMailed(_ recipient: Recipient, on day: CivilDate) -> Bool {
    lastMail[recipient].map { $0 >= day } ?? false
  }

  /// The same of any of many.
  func wasMailed(anyOf people: Set<Recipient>, on day: CivilDate) -> Bool {
    mailedOn.contains { $0.key >= day && !$0.value.isDisjoint(with: people) }
  }

  /// What is assumed, without any record of a mail.
  var withoutRecord: History {
    var history = History(assumedThrough: assumedThrough)
    (history.plannedThrough, history.since) = (plannedThrough, since)
    return history
  }

  /// The last day of a scheduled mail to anybody; nil where none is on record.
  public var lastDay: CivilDate? { lastMail.values.max() }

  /// Whether this is nothing but an assumption.
  var isAssumed: Bool { assumedThrough != nil && stages.isEmpty && lastMail.isEmpty }

  /// Notes one reminder that was queued for a day.
  public mutating func note(
    _ stage: Stage, of occurrence: Occurrence, to recipient: Recipient, on day: CivilDate
  ) {
    stages[Thread(occurrence: occurrence, recipient: recipient), default: [:]][stage] = day
    since = min(since ?? day, day)
  }

  /// Notes that a recipient's scheduled mail of that day was queued.
  public mutating func noteMail(to recipient: Recipient, on day: CivilDate) {
    if lastMail[recipient].map({ $0 < day }) ?? true {
      if let last = lastMail.updateValue(day, forKey: recipient) { mailedOn[last]?.remove(recipient) }
      mailedOn[day, default: []].insert(recipient)
    }
    since = min(since ?? day, day)
  }

  /// Notes everything that a mail delivers.
  public mutating func note(_ mail: PlannedMail) {
    noteMail(to: mail.recipient, on: mail.on)
    for reminder in mail.delivered {
      if mail.kind == .reminders, reminder.recipient != mail.recipient {
        noteMail(to: reminder.recipient, on: mail.on)
      }
      note(reminder.stage, of: reminder.occurrence, to: reminder.recipient, on: mail.on)
    }
  }

  /// Notes what the days after a mail ask for where everything is taken to have been sent anyway: the day of a contact's
  /// digest, and what was put off.
  mutating func note(_ mail: PlannedMail, ofPutOff decisions: Decisions) {
    if mail.kind != .reminders { noteMail(to: mail.recipient, on: mail.on) }
    guard decisions.hasSnoozes else { return }
    for reminder in mail.delivered where decisions.hasSnooze(of: reminder.occurrence.item) {
      note(reminder.stage, of: reminder.occurrence, to: reminder.recipient, on: mail.on)
    }
  }
}
