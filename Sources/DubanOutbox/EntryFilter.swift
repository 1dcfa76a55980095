public import DubanCore

/// Which entries are meant; what isn't set doesn't limit.
public struct EntryFilter: Sendable, Hashable {
  /// Only these states.
  public var states: Set<EntryState>?
  /// Only mails to this person or address.
  public var to: String?
  /// Only mails that carry a reminder of an item with one of these identities.
  public var items: Set<String>?
  /// Only mails planned for this day or later.
  public var from: CivilDate?
  /// Only mails planned for this day or earlier.
  public var through: CivilDate?
  /// At most so many.
  public var limit: Int?
  /// The newest come first; otherwise in the order they were queued.
  public var newestFirst = false

  /// A filter that every entry passes.
  public init() {}

  /// The queue: everything that isn't final.
  public static var open: EntryFilter {
    var filter = EntryFilter()
    filter.states = [.queued, .sending, .deferred, .held]
    return filter
  }
}
