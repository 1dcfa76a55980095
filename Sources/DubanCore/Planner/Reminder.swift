/// One item, occurrence, stage, recipient and reason.
public struct Reminder: Sendable, Equatable {
  /// What a reminder is about, with the ledger's words. Indirect, since a measure is large and a day has many reminders.
  public indirect enum Subject: Sendable, Equatable {
    case measure(Measure, area: String)
    case duty(Duty, of: Measure, area: String)
    /// A report on all of the recipient's measures, or on those of an area where it is the area's report.
    case report(on: [Measure], of: AreaReport? = nil)
    /// The week's summary of what a supervisor answers for.
    case summary(SupervisorSummary)
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
  /// The item's light on the day of the mail.
  public var light: Light
  /// How often this person was reminded of the date before; nil where there is no record that says so.
  public var reminded: Int?
  /// Who else has heard of it or will: the head of the recipient's unit, the supervisor; each once, the first day first.
  public var hearings: [Hearing] = []

  /// When another person hears of an item that is overdue for long.
  public struct Hearing: Sendable, Hashable {
    /// Who: the head or the supervisor.
    public var level: EscalationLevel
    /// The day; before that of the reminder where they have heard already.
    public var day: CivilDate

    /// Who hears on which day.
    public init(level: EscalationLevel, on day: CivilDate) { (self.level, self.day) = (level, day) }
  }

  /// Days from the day of the mail to the date; negative when overdue.
  public var daysLeft: Int { occurrence.due.days(since: reason.on) }

  /// The key that is never queued twice: item, nominal date, stage and recipient.
  public var key: String { Self.key(occurrence, stage, recipient) }

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

extension [Reminder.Hearing] {
  /// The first of each level, the first day first.
  public var earliest: Self {
    sorted { ($0.day, $0.level.rawValue) < ($1.day, $1.level.rawValue) }.reduce(into: []) { found, one in
      if !found.contains(where: { $0.level == one.level }) { found.append(one) }
    }
  }
}

/// Why a reminder goes out on its day: what `plan`, `explain` and the record of what was sent quote.
public struct Reason: Sendable, Hashable {
  /// The step that has come.
  public var step: ReminderStep
  /// The date it belongs to.
  public var due: CivilDate
  /// The day of the mail; later than the step's own day when a day was missed.
  public var on: CivilDate
}

extension Reason: CustomStringConvertible {
  /// One English sentence without a full stop.
  public var description: String {
    var text: String
    switch step.stage {
    case .advance(let span): text = "\(span.words) before \(due) is \(step.nominal)"
    case .due: text = "due on \(due)"
    case .overdue(let span): text = "\(span.words) after \(due) is \(step.nominal)"
    case .escalation(let level):
      text = "overdue since \(due), told to \(level.words) on \(step.nominal)"
    }
    if step.sendOn != step.nominal { text += ", moved to \(step.sendOn)" }
    if on > step.sendOn { text += ", caught up on \(on)" }
    return text
  }
}

/// A person as an addressee: the same person in the same unit is one recipient, whatever the address.
public struct Recipient: Sendable, Hashable, Comparable {
  /// The person's name.
  public var person: String
  /// The unit the person answers for.
  public var unit: String

  package init(person: String, unit: String) {
    self.person = person
    self.unit = unit
  }

  /// By unit, then by person.
  public static func < (left: Recipient, right: Recipient) -> Bool {
    (left.unit, left.person) < (right.unit, right.person)
  }
}

extension Owner {
  /// The owner as an addressee.
  public var recipient: Recipient { Recipient(person: person, unit: unit) }
}

extension Contact {
  /// The contact as an addressee.
  public var recipient: Recipient { Recipient(person: person, unit: unit) }
}

/// One message to be: one recipient's reminders of one day, or the contact's digest.
public struct PlannedMail: Sendable, Equatable {
  /// Which of the two it is.
  public enum Kind: Sendable, Equatable {
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
  /// Why the owners of ``entrusted`` get no mail of their own.
  public var fallbacks: [Recipient: MailRoute.FallbackReason] = [:]
  /// For the contact: items that are overdue for so long that the contact is to step in. Part of what this mail delivers.
  public var escalated: [Reminder]
  /// For an owner: what else there is to say.
  public var notes: [OwnerNote]
  /// For the contact: the day of the digest before; nil where there was none.
  public var since: CivilDate?

  package init(
    on: CivilDate, kind: Kind, recipient: Recipient, address: String, copies: [String] = [],
    reminders: [Reminder], entrusted: [Reminder] = [], escalated: [Reminder] = [],
    notes: [OwnerNote] = [], since: CivilDate? = nil
  ) {
    self.since = since
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

/// What a reminder is about, distinct from everything else that the service follows.
public struct ItemID: Sendable, Hashable {
  /// The kinds of item.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case measure
    /// What every responsible unit owes the contact on a report date.
    case report
    /// One recurring obligation inside a measure.
    case duty
    /// What a supervisor (分管领导) hears of their units and areas once a week.
    case summary
  }

  /// The plan's key (``Plan/key``).
  public var plan: String
  /// Whether it is a measure, a duty inside one, a report or a summary.
  public var kind: Kind
  /// For people: the measure's number (`3.1`), the measure's number with the duty's (`8.1#1`), or `report`.
  public var id: String
  /// The same with ``Measure/identity`` in place of the number: what makes the item the one it is.
  public var identity: String

  /// Without an `identity` the number is its identity.
  public init(plan: String, kind: Kind, id: String, identity: String? = nil) {
    self.plan = plan
    self.kind = kind
    self.id = id
    self.identity = identity ?? id
  }

  /// The item that a measure is.
  public init(_ measure: Measure, ofPlan plan: String) {
    self.init(plan: plan, kind: .measure, id: measure.id, identity: measure.identity)
  }

  /// The item that a duty inside this measure is: by its number for people, and by its wording
  /// (``Measure/dutyIdentities``).
  func duty(number: Int, identity own: String) -> ItemID {
    ItemID(plan: plan, kind: .duty, id: "\(id)#\(number)", identity: "\(identity)#\(own)")
  }

  /// Whether both are the same item, however it is numbered.
  public static func == (left: ItemID, right: ItemID) -> Bool {
    left.identity == right.identity && left.kind == right.kind && left.plan == right.plan
  }

  /// Mixes in what makes the item the one it is.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(plan)
    hasher.combine(kind)
    hasher.combine(identity)
  }

  /// The id of every report.
  public static let reportID = "report"
  /// The id of every supervisor's summary.
  public static let summaryID = "summary"
}

/// One due date of an item.
public struct Occurrence: Sendable, Hashable {
  /// What is due.
  public var item: ItemID
  /// The nominal date, which never moves; a deadline that is changed is another occurrence.
  public var due: CivilDate

  /// An occurrence of an item.
  public init(item: ItemID, due: CivilDate) {
    self.item = item
    self.due = due
  }
}

/// The order in which people expect numbered things: `2.1` before `10.1`.
public enum NaturalOrder {
  /// Whether `left` comes before `right`, comparing runs of digits as numbers.
  public static func isBefore(_ left: String, _ right: String) -> Bool {
    var (a, b) = (left.utf8[...], right.utf8[...])
    while let x = a.first, let y = b.first {
      switch (isDigit(x), isDigit(y)) {
      case (true, true):
        let (m, n) = (takeNumber(&a), takeNumber(&b))
        if m.count != n.count { return m.count < n.count }
        if !m.elementsEqual(n) { return m.lexicographicallyPrecedes(n) }
      case (true, false): return true
      case (false, true): return false
      case (false, false):
        if x != y { return x < y }
        a.removeFirst()
        b.removeFirst()
      }
    }
    return a.isEmpty && b.isEmpty ? left < right : a.isEmpty
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// The digits at the start, without leading zeros.
  private static func takeNumber(_ text: inout Substring.UTF8View) -> Substring.UTF8View {
    let run = text.prefix(while: isDigit)
    text = text[run.endIndex...]
    return run.drop { $0 == 0x30 }
  }
}
