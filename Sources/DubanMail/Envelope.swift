/// Reverse path and recipient (RFC 5321, section 2.3.1), apart from the header. One recipient per message.
public struct Envelope: Sendable, Hashable {
  /// The address that refusals concern: `MAIL FROM`, without angle brackets.
  public var reversePath: String
  /// Where it goes: `RCPT TO`, without angle brackets.
  public var recipient: String

  /// An envelope of these addresses.
  public init(reversePath: String, recipient: String) {
    self.reversePath = reversePath
    self.recipient = recipient
  }
}
