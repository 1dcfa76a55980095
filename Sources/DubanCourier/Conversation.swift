internal import CCurl

/// What is said between us and the relay during one use of a handle: libcurl tells it through two callbacks, both on
/// the thread that runs the transfer and only while it runs.
///
/// It keeps the name of each command and the replies, never a command's text: an AUTH command is a password.
final class Conversation {
  /// One command and what was answered.
  struct Exchange {
    /// How far the conversation was.
    var step: DeliveryOutcome.Step
    /// What the relay said; empty while it hasn't.
    var reply = Reply()
  }

  /// Everything so far, in order; the banner answers no command, but stands first.
  private(set) var exchanges: [Exchange] = []
  /// libcurl's own remarks about TLS, for the doctor.
  private(set) var tlsRemark: String?
  /// The message still to be sent.
  private var body = UnsafeRawBufferPointer(start: nil, count: 0)
  /// The answer to our QUIT, once that was said. Kept apart, so that it doesn't pass for the answer to the last
  /// command.
  private(set) var farewell: Reply?
  /// Nothing is recorded between transfers.
  private var isOver = true

  /// A relay may quote a command that it doesn't understand: in these forms the password could come back.
  private let secrets: [String]

  /// A record that shows `(secret)` in place of each of these.
  init(hiding secrets: [String]) { self.secrets = secrets }

  /// Starts the record anew, with these bytes to be sent.
  func begin(_ body: UnsafeRawBufferPointer) {
    (exchanges, self.body, farewell, isOver) = ([], body, nil, false)
  }

  /// Ends the record: the message's bytes are gone after the transfer, and what libcurl does later is housekeeping.
  func end() {
    (body, isOver) = (UnsafeRawBufferPointer(start: nil, count: 0), true)
  }

  /// Hands the next part of the message to libcurl; 0 is the end, upon which libcurl sends the final dot.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(buffer.count, body.count)
    guard count > 0 else {
      exchanges.append(Exchange(step: .finalDot))
      return 0
    }
    buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: body.prefix(count)))
    body = UnsafeRawBufferPointer(rebasing: body.dropFirst(count))
    return count
  }

  /// Takes note of what libcurl sent or received.
  func note(_ type: curl_infotype, _ bytes: UnsafeRawBufferPointer) {
    guard !isOver else { return }
    switch type {
    case CURLINFO_HEADER_OUT: noteCommand(bytes)
    case CURLINFO_HEADER_IN: noteReply(bytes)
    case CURLINFO_TEXT:
      // libcurl remarks on many things with every mail.
      if bytes.starts(with: "SSL connection using ".utf8) {
        tlsRemark = printableLine(String(decoding: bytes.dropFirst(21), as: UTF8.self))
      }
    default: break
    }
  }

  private func noteCommand(_ bytes: UnsafeRawBufferPointer) {
    // An answer to a 334 challenge is part of a password and no command, whatever its letters look like.
    if exchanges.last?.reply.code == 334 {
      exchanges.append(Exchange(step: .authenticate))
      return
    }
    let verb = String(decoding: bytes.prefix { $0 > 0x20 }, as: UTF8.self).uppercased()
    switch verb {
    case "EHLO", "HELO": exchanges.append(Exchange(step: .hello))
    case "STARTTLS": exchanges.append(Exchange(step: .startTLS))
    case "AUTH": exchanges.append(Exchange(step: .authenticate))
    case "MAIL": exchanges.append(Exchange(step: .mailFrom))
    case "RCPT": exchanges.append(Exchange(step: .recipient))
    case "DATA": exchanges.append(Exchange(step: .data))
    case "QUIT": farewell = Reply()
    default: exchanges.append(Exchange(step: exchanges.last?.step ?? .connect))
    }
  }

  private func noteReply(_ bytes: UnsafeRawBufferPointer) {
    let line = bytes.last == 0x0A ? bytes.dropLast(bytes.dropLast().last == 0x0D ? 2 : 1) : bytes[...]
    var text = String(decoding: line, as: UTF8.self)
    for secret in secrets { text.replace(secret, with: "(secret)") }
    if farewell != nil {
      farewell?.append(text)
      return
    }
    if exchanges.isEmpty { exchanges.append(Exchange(step: .greeting)) }
    exchanges[exchanges.count - 1].reply.append(text)
  }
}
