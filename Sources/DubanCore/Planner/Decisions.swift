/// What people decided outside the ledger: kept in the state, never written into the ledger.
public struct Decisions: Sendable, Equatable {
  /// An item that is done, for one date or altogether.
  public struct Done: Sendable, Hashable {
    /// The item's id, such as `3.1` or `8.1#1`.
    public var item: String
    /// The date it is done for; nil for every date.
    public var due: CivilDate?

    /// A mark of these parts.
    public init(item: String, due: CivilDate?) {
      self.item = item
      self.due = due
    }
  }

  /// A report that came in.
  public struct Received: Sendable, Hashable {
    /// The unit that reported.
    public var unit: String
    /// The report date it was for.
    public var due: CivilDate

    /// A mark of these parts.
    public init(unit: String, due: CivilDate) {
      self.unit = unit
      self.due = due
    }
  }

  /// What is done.
  public var done: Set<Done>
  /// What is put off, one per item.
  public var snoozes: [String: Snooze]
  /// Which reports came in.
  public var received: Set<Received>

  /// Decisions of these kinds.
  public init(done: Set<Done> = [], snoozes: [Snooze] = [], received: Set<Received> = []) {
    self.done = done
    self.snoozes = Dictionary(snoozes.map { ($0.item, $0) }) { $1 }
    self.received = received
  }

  func isDone(_ occurrence: Occurrence) -> Bool {
    done.contains(Done(item: occurrence.item.id, due: nil))
      || done.contains(Done(item: occurrence.item.id, due: occurrence.due))
  }
}
