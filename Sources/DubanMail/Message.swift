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

extension Message {
  /// A message's bytes with another sender in their From field; everything else stays, the Message-ID too.
  public static func bytes(_ data: [UInt8], from sender: Sender) -> [UInt8] {
    let field = Letter.mailboxes("From", [.init(name: sender.name, address: sender.address)])
    var (result, index, isFrom) = ([UInt8](), 0, false)
    while index < data.count {
      let end = data[index...].firstIndex(of: 0x0A).map { $0 + 1 } ?? data.count
      let line = data[index..<end]
      // The empty line ends the header.
      if line.first == 0x0D || line.first == 0x0A { return result + data[index...] }
      let isFolded = line.first == 0x20 || line.first == 0x09
      if !isFolded {
        isFrom = String(decoding: line.prefix(5), as: UTF8.self).lowercased() == "from:"
        if isFrom { result += field }
      }
      if !isFrom { result += line }
      index = end
    }
    return result
  }
}
