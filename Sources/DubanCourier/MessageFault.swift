internal import DubanCore
internal import DubanMail

extension Message {
  /// Why this message can't go over SMTP as it is, or nil. What passes can't inject a command or a second message.
  var fault: String? { envelope.fault ?? ownFault }

  /// RFC 5321, section 2.3.8: CR and LF occur only together; section 4.5.3.1.6: a line has at most 1000 bytes with
  /// its CRLF. A bare LF is how messages are smuggled.
  private var ownFault: String? {
    lineFault(data)
  }
}

extension Envelope {
  /// Why this envelope can't go over SMTP as it is, or nil.
  var fault: String? {
    for (name, address) in [("sender", reversePath), ("recipient", recipient)] {
      guard let problem = MailAddress.problem(in: address) else { continue }
      return "the \(name) “\(printableLine(address))” \(problem); expected name@example.org"
    }
    return nil
  }
}

/// The longest line with its CRLF, in bytes.
private let longestLine = 1000

/// What is wrong with the first line that isn't as it has to be.
func lineFault(_ bytes: [UInt8]) -> String? {
  if bytes.isEmpty { return "the message is empty" }
  var (previous, length, line): (UInt8, Int, Int) = (0, 0, 1)
  for byte in bytes {
    if (byte == 0x0A) != (previous == 0x0D) {
      return "line \(line) of the message holds a CR or LF on its own"
    }
    if byte == 0 { return "line \(line) of the message holds a NUL" }
    length += 1
    if length > longestLine { return "line \(line) of the message is longer than \(longestLine) bytes" }
    if byte == 0x0A { (length, line) = (0, line + 1) }
    previous = byte
  }
  return previous == 0x0A ? nil : "the message doesn't end with CRLF"
}

/// A message as it goes over the wire (RFC 5321, section 4.5.2): every line that begins with a dot gets one more, and a
/// lone dot is the end. The message ends with CRLF and has no other line ends.
func dotStuffed(_ message: [UInt8]) -> [UInt8] {
  var stuffed: [UInt8] = []
  stuffed.reserveCapacity(message.count + 64)
  var last = UInt8(ascii: "\n")
  for byte in message {
    if byte == UInt8(ascii: "."), last == UInt8(ascii: "\n") { stuffed.append(byte) }
    stuffed.append(byte)
    last = byte
  }
  return stuffed + Array(".\r\n".utf8)
}
