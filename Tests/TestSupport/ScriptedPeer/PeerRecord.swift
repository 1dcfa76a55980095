/// What a scripted peer saw, in order.
public struct PeerRecord: Sendable, Hashable {
  /// How many connections were made.
  public var connections = 0
  /// The commands of all conversations, AUTH with its payload.
  public var commands: [String] = []
  /// How many commands were followed by the next before they were answered.
  public var unanswered = 0
  /// The messages taken whole: as they were meant, dots unescaped.
  public var messages: [[UInt8]] = []
  /// How many times a lone dot came in place of a message.
  public var loneDots = 0
  /// The envelopes of those messages: `from` and `to` as they stood between the angle brackets.
  public var envelopes: [[String]] = []
  /// The passwords seen, and whether under TLS.
  public var passwords: [Password] = []
  /// How many conversations ended with QUIT.
  public var farewells = 0

  /// A password that was tried.
  public struct Password: Sendable, Hashable {
    /// The password.
    public var value: String
    /// Whether TLS protected it.
    public var isProtected: Bool

    /// A password of these parts.
    public init(value: String, isProtected: Bool) { (self.value, self.isProtected) = (value, isProtected) }
  }

  /// Nothing seen.
  public init() {}
}
