/// What becomes of an entry and of the relay after one attempt: the only thing that the outbox learns about it.
public struct DeliveryVerdict: Sendable, Hashable {
  /// What becomes of the entry.
  public enum EntryAction: Sendable, Hashable {
    /// The relay took it.
    case sent
    /// Not final: try again, not before this moment.
    case retry(at: Timestamp)
    /// Final: a person must be notified.
    case giveUp
  }

  /// What becomes of the way to the relay.
  public enum RelayAction: Sendable, Hashable {
    /// Nothing to do.
    case goOn
    /// The next message goes over a new connection.
    case newConnection
    /// Nothing to this relay before this moment.
    case pause(until: Timestamp)
    /// Nothing at all until a reload, a restart, or this moment (authentication refused).
    case stop(until: Timestamp)
  }

  /// What becomes of the entry.
  public var entry: EntryAction
  /// What becomes of the way to the relay.
  public var relay: RelayAction
  /// What happened, in one printable line: the relay's own words, or ours where it said nothing.
  public var answer: String
  /// The three-digit reply code, where the relay gave one.
  public var code: Int?
  /// The message may have arrived although nobody confirmed it.
  public var possiblyDelivered: Bool
  /// The recipient's address itself was refused.
  public var badRecipient: Bool
  /// Whether anything was handed over at all; otherwise it only waits for a better moment.
  public var wasTried = true

  package init(
    entry: EntryAction, relay: RelayAction = .goOn, answer: String, code: Int? = nil,
    possiblyDelivered: Bool = false,
    badRecipient: Bool = false
  ) {
    self.entry = entry
    self.relay = relay
    self.answer = answer
    self.code = code
    self.possiblyDelivered = possiblyDelivered
    self.badRecipient = badRecipient
  }
}

/// How long to wait after attempts without success: twice as long each time, up to a longest wait.
public struct BackOff: Sendable, Hashable {
  /// The wait after the first attempt, in seconds.
  public var first: Int64
  /// The longest wait, in seconds.
  public var longest: Int64

  /// For mail: 5 minutes at first, and 4 hours at most, so that a relay that is back is found within half a day.
  public static let mail = BackOff(first: 300, longest: 14_400)

  /// From `first` to `longest` seconds.
  public init(first: Int64, longest: Int64) { (self.first, self.longest) = (first, longest) }

  /// The wait after so many attempts, in seconds.
  public func wait(after attempts: Int) -> Int64 {
    // 16 doublings are past every longest wait.
    min(first << Int64(min(max(attempts, 1) - 1, 16)), longest)
  }
}
