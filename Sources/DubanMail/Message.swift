/// One finished mail: the bytes never change again, however often they are sent.
public struct Message: Sendable, Hashable {
  /// Who it is from and to, for the transport.
  public var envelope: Envelope
  /// The Message-ID with its angle brackets.
  public var messageID: String
  /// The subject as people read it, for lists.
  public var subject: String
  /// Header and body (RFC 5322) with CRLF line ends, before dot-stuffing.
  public var data: [UInt8]

  /// A message of these parts.
  public init(envelope: Envelope, messageID: String, subject: String, data: [UInt8]) {
    self.envelope = envelope
    self.messageID = messageID
    self.subject = subject
    self.data = data
  }
}
