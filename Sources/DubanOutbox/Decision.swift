public import DubanCore

/// What a person decided about an item.
public struct Decision: Sendable, Hashable {
  /// What was decided.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// No reminders until a day.
    case snooze
    /// It is done, though the ledger doesn't say so yet.
    case done
    case reportReceived
    /// It is due on another day, until the ledger's own words change.
    case due
    /// Another owner has it, until the ledger says otherwise.
    case handover
    /// What was decided as `snooze` is taken back.
    case snoozeUndone
    /// What was decided as `done` is taken back.
    case doneUndone
    /// What was decided as `reportReceived` is taken back.
    case reportUndone
    /// What was decided as `due` is taken back.
    case dueUndone
    /// What was decided as `handover` is taken back.
    case handoverUndone

    /// The kind that takes this one back; nil for one that does so itself.
    public var undone: Kind? {
      switch self {
      case .snooze: .snoozeUndone
      case .done: .doneUndone
      case .reportReceived: .reportUndone
      case .due: .dueUndone
      case .handover: .handoverUndone
      case .snoozeUndone, .doneUndone, .reportUndone, .dueUndone, .handoverUndone: nil
      }
    }
  }

  /// What was decided.
  public var kind: Kind
  /// The plan that the item belongs to.
  public var plan: String
  /// The item, as it was numbered when that was decided.
  public var item: String
  /// What makes the item the one it is, whatever its number.
  public var identity: String
  /// The nominal date of the one occurrence it is about; nil: the whole item.
  public var occurrence: CivilDate?
  /// The person it is about; empty: everyone. Of a hand-over the new owner.
  public var person: String
  /// Of a hand-over the owner before.
  public var former = ""
  /// What the ledger said when that was decided, where it holds only as long as the ledger says so.
  public var words = ""

  /// The last date that an item was done for when that was decided; nil: whatever its dates.
  public var doneThrough: CivilDate? {
    kind == .done && occurrence == nil ? CivilDate(words.prefix { $0 != "|" }) : nil
  }

  /// What the ledger said of the item's status when it was marked as done as a whole; nil where that wasn't recorded.
  public var statusWhenDone: String? {
    guard kind == .done, occurrence == nil, let bar = words.firstIndex(of: "|") else { return nil }
    return String(words[words.index(after: bar)...].prefix { $0 != "\n" })
  }

  /// Whether a measure is done by it as a whole, and not only one of its dates or a duty inside it.
  public var closesMeasure: Bool { kind == .done && occurrence == nil && !item.contains("#") }

  /// The measure that was marked or put off, or that has the duty; nil where that wasn't recorded.
  public var madeFor: DecidedMeasure? {
    let lines = words.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard kind == .done || kind == .snooze, lines.count > 1 else { return nil }
    return DecidedMeasure(title: lines[1], units: Array(lines[2...]))
  }

  /// The words of what is done or put off, in lines: where a measure is done as a whole, for which dates and what the ledger
  /// says of its status (`2022-12-31|open`), otherwise nothing; its title; each of its units, and those that it was handed
  /// over to besides the ledger.
  public static func words(
    of measure: Measure?, besides others: [String], isDoneAsAWhole: Bool
  ) -> String {
    guard let measure else { return "" }
    let decided = DecidedMeasure(measure)
    let status =
      isDoneAsAWhole ? "\(measure.deadline.dueDates.max()?.description ?? "")|\(measure.statusWords)" : ""
    let title = String(decided.title.map { $0.isNewline ? " " : $0 })
    let units = decided.units + others.filter { !decided.units.contains($0) }
    return ([status, title] + units).joined(separator: "\n")
  }

  /// The Message-ID of the answer that it rests on, without angle brackets; empty for none.
  public var evidence = ""
  /// The last day on which it holds, or the new due date; nil: for good.
  public var until: CivilDate?
  /// Who decided.
  public var by: String
  /// Why, in their words.
  public var why: String
  /// When it was recorded.
  public var at: Timestamp

  /// A decision of these parts; without an identity it is the number.
  public init(
    _ kind: Kind, plan: String, item: String, identity: String? = nil, occurrence: CivilDate? = nil,
    person: String = "",
    until: CivilDate? = nil, by: String, why: String, at: Timestamp
  ) {
    self.kind = kind
    self.plan = plan
    self.item = item
    self.identity = identity ?? item
    self.occurrence = occurrence
    self.person = person
    self.until = until
    self.by = by
    self.why = why
    self.at = at
  }
}

extension Decision {
  /// The decision that takes this one back; nil where this one does so itself.
  public var takenBack: Decision? {
    kind.undone.map { undone in
      var decision = self
      decision.kind = undone
      return decision
    }
  }
}

/// What a decision and the one that takes it back have in common, with the kind of one of them.
private struct DecisionSubject: Hashable {
  let kind: Decision.Kind
  let plan, identity, person: String
  let occurrence: CivilDate?

  init(_ decision: Decision, _ kind: Decision.Kind) {
    self.kind = kind
    (plan, identity, person) = (decision.plan, decision.identity, decision.person)
    occurrence = decision.occurrence
  }
}

extension [Decision] {
  /// Those that hold, of all decisions in their order: neither taken back later, nor what takes others back.
  public var inForce: [Decision] {
    var takenBack: Set<DecisionSubject> = []
    var inForce: [Decision] = []
    for decision in reversed() {
      guard let undone = decision.kind.undone else {
        takenBack.insert(DecisionSubject(decision, decision.kind))
        continue
      }
      if !takenBack.contains(DecisionSubject(decision, undone)) { inForce.append(decision) }
    }
    return inForce.reversed()
  }

  /// What takes them back: one for all of an item, date and person.
  public var takenBack: [Decision] {
    var seen: Set<DecisionSubject> = []
    return reversed().compactMap(\.takenBack).filter { seen.insert(DecisionSubject($0, $0.kind)).inserted }
      .reversed()
  }
}

extension Outbox {
  /// Adds decisions, in one transaction; earlier ones stay on record. The proposal whose acceptance one takes back is open
  /// again.
  public func decide(_ decisions: [Decision]) throws(OutboxError) {
    try write { db in
      for decision in decisions {
        try Self.insert(decision, db)
        try Self.reopenProposals(takenBackBy: decision, db)
      }
    }
  }

  static func insert(_ decision: Decision, _ db: any Transaction) throws {
    try db.execute(
      """
      INSERT INTO decision (kind, plan, item, identity, occurrence, person, until, decidedBy, why, at, words, former,
        evidence)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        decision.kind.rawValue, decision.plan, decision.item, decision.identity,
        decision.occurrence?.description,
        decision.person, decision.until?.description, decision.by, decision.why, decision.at.seconds,
        decision.words, decision.former, decision.evidence,
      ])
  }

  /// Every decision, oldest first.
  public func decisions() throws(OutboxError) -> [Decision] {
    try read { db in
      try db.rows("SELECT * FROM decision ORDER BY id", [], Decision.init)
    }
  }
}

extension Decision {
  init(_ row: ResultRow) throws {
    self.init(
      try row.value("kind"), plan: row["plan"], item: row["item"], identity: row["identity"],
      occurrence: try row.optionalDay("occurrence"),
      person: row["person"], until: try row.optionalDay("until"), by: row["decidedBy"], why: row["why"],
      at: Timestamp(seconds: row["at"]))
    (words, former, evidence) = (row["words"], row["former"], row["evidence"])
  }
}
