/// Everything that is known of one entry.
public struct EntryDetails: Sendable, Hashable {
  /// The entry.
  public var entry: Entry
  /// Its attempts, oldest first.
  public var attempts: [Attempt]
  /// Its reminders, by key.
  public var reminders: [ReminderRecord]
  /// Its bytes; nil after they were purged.
  public var body: [UInt8]?
}
