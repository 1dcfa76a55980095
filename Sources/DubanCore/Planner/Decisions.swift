/// What people decided outside the ledger: kept in the state, never written into the ledger.
public struct Decisions: Sendable, Equatable {
  /// An item that is done, for one date or altogether.
  public struct Done: Sendable, Hashable {
    /// The plan's key (``Plan/key``).
    public var plan: String
    /// The item's identity (``ItemID/identity``).
    public var item: String
    /// The date it is done for; nil for every date.
    public var due: CivilDate?

    /// A mark of these parts.
    public init(plan: String, item: String, due: CivilDate?) {
      self.plan = plan
      self.item = item
      self.due = due
    }
  }

  /// A report that came in.
  public struct Received: Sendable, Hashable {
    /// The plan's key (``Plan/key``).
    public var plan: String
    /// The unit that reported.
    public var unit: String
    /// The report date it was for.
    public var due: CivilDate

    /// A mark of these parts.
    public init(plan: String, unit: String, due: CivilDate) {
      self.plan = plan
      self.unit = unit
      self.due = due
    }
  }

  /// What is done.
  public var done: Set<Done>
  /// Which reports came in.
  public var received: Set<Received>
  private var snoozes: [[String]: Snooze]

  /// Decisions of these kinds; of several snoozes of one item, the last counts.
  public init(done: Set<Done> = [], snoozes: [Snooze] = [], received: Set<Received> = []) {
    self.done = done
    self.received = received
    self.snoozes = [:]
    for snooze in snoozes { put(off: snooze) }
  }

  /// Adds a snooze, in place of an earlier one of the same item.
  public mutating func put(off snooze: Snooze) { snoozes[[snooze.plan, snooze.item]] = snooze }

  /// The snooze that holds an item back on that day.
  func snooze(of item: ItemID, on day: CivilDate) -> Snooze? {
    guard !snoozes.isEmpty, let snooze = snoozes[[item.plan, item.identity]], day < snooze.until else {
      return nil
    }
    return snooze
  }

  /// Whether somebody put anything off.
  var hasSnoozes: Bool { !snoozes.isEmpty }

  /// Whether somebody put the item off, for whatever days.
  func hasSnooze(of item: ItemID) -> Bool {
    !snoozes.isEmpty && snoozes[[item.plan, item.identity]] != nil
  }

  /// The identities of the measures of a plan that somebody decided something about: about the measure itself or a duty inside it.
  func measures(ofPlan plan: String) -> Set<String> {
    let items =
      done.filter { $0.plan == plan }.map(\.item) + snoozes.values.filter { $0.plan == plan }.map(\.item)
    return Set(items.map { String($0.prefix { $0 != "#" }) })
  }

  func isDone(_ occurrence: Occurrence) -> Bool {
    guard !done.isEmpty else { return false }
    let (plan, item) = (occurrence.item.plan, occurrence.item.identity)
    return done.contains(Done(plan: plan, item: item, due: nil))
      || done.contains(Done(plan: plan, item: item, due: occurrence.due))
  }

  func isReceived(_ report: Occurrence, from unit: String) -> Bool {
    received.contains(Received(plan: report.item.plan, unit: unit, due: report.due))
  }
}

/// A person's decision to be reminded later.
public struct Snooze: Sendable, Hashable {
  /// The plan's key (``Plan/key``).
  public var plan: String
  /// The item's identity (``ItemID/identity``).
  public var item: String
  /// Reminders go on from this day.
  public var until: CivilDate
  /// Who decided.
  public var by: String
  /// Why.
  public var why: String

  /// A snooze of these parts.
  public init(plan: String, item: String, until: CivilDate, by: String, why: String) {
    self.plan = plan
    self.item = item
    self.until = until
    self.by = by
    self.why = why
  }
}
