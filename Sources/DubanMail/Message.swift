public import DubanCore

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

/// Who the mails come from: the relay's account, as `relay.from` names it.
public struct Sender: Sendable, Hashable {
  /// The name that people see.
  public let name: String
  /// The mailbox, which is also the reverse path.
  public let address: MailAddress

  /// A sender with this name and mailbox.
  ///
  /// - Throws: ``UnusableAddress``.
  public init(name: String, address: String) throws {
    self.name = name
    self.address = try MailAddress(address)
  }
}

extension Composer {
  /// A mail by which somebody sees that mails arrive; it is about no measure and uses no template.
  ///
  /// - Throws: ``UnusableAddress``.
  public func composeTest(to address: String, at: Timestamp, utcOffset: Int) throws -> Message {
    let recipient = try MailAddress(address)
    let sentence = "这是督办系统（duban）的测试邮件。收到它，说明邮件可以送达；不必回复。"
    let key = ["test", recipient.text, String(at.seconds)]
    return Letter(
      from: .init(name: sender.name, address: sender.address), to: .init(name: "", address: recipient),
      subject: "【测试】督办系统测试邮件", at: at, utcOffset: utcOffset,
      messageID: messageID(to: recipient.text, key),
      threadRoot: "\(Fingerprint.hex(["thread"] + key))@\(sender.address.domain)",
      textBytes: Array("\(sentence)\n".utf8),
      htmlBytes: Array(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>测试邮件</title></head>\n<body><p>\(sentence)</p></body></html>\n"
          .utf8)
    ).message()
  }
}
