/// A reminder and what became of the mail that carries it.
public struct RecordedReminder: Sendable, Hashable {
  /// The reminder as planned.
  public var reminder: ReminderRecord
  /// The number of the entry that carries it.
  public var entry: Int64
  /// Where that entry stands.
  public var state: EntryState
}
