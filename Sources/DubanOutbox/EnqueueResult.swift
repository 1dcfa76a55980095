/// What became of each entry that was offered to the outbox.
public struct EnqueueResult: Sendable, Hashable {
  /// An entry that wasn't queued, since it or one of its reminders had been before.
  public struct Known: Sendable, Hashable {
    /// The key of the entry that was offered.
    public var key: String
    /// Those of its reminders that had been queued before; none where it was the entry's own key.
    public var reminders: [String]
    /// The entry that has the key, or the first of those reminders.
    public var entry: Int64

    /// A known entry of these parts.
    public init(key: String, reminders: [String], entry: Int64) {
      self.key = key
      self.reminders = reminders
      self.entry = entry
    }
  }

  /// The numbers of the entries queued now, in the order offered.
  public var queued: [Int64] = []
  /// The entries that were known already, in the order offered.
  public var known: [Known] = []

  /// A result of these parts.
  public init(queued: [Int64] = [], known: [Known] = []) {
    self.queued = queued
    self.known = known
  }
}
