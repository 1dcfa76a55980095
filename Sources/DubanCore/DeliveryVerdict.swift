/// What becomes of an entry and of the relay after one attempt: the only thing that the outbox learns about it.
public struct DeliveryVerdict: Sendable, Hashable {
  /// What becomes of the entry.
  public enum Entry: Sendable, Hashable {
    /// The relay took it.
    case sent
    /// Not final: try again, not before this moment.
    case retry(at: Timestamp)
    /// Final: a person must be told.
    case giveUp
  }

  /// What becomes of the way to the relay.
  public enum Relay: Sendable, Hashable {
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
  public var entry: Entry
  /// What becomes of the way to the relay.
  public var relay: Relay
  /// What happened, in one printable line: the relay's own words, or ours where it said nothing.
  public var answer: String
  /// The three-digit reply code, where the relay gave one.
  public var code: Int?
  /// The message may have arrived although nobody confirmed it.
  public var possiblyDelivered: Bool
  /// The recipient's address itself was refused.
  public var badRecipient: Bool

  /// A verdict of these parts.
  public init(
    entry: Entry, relay: Relay = .goOn, answer: String, code: Int? = nil, possiblyDelivered: Bool = false,
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
