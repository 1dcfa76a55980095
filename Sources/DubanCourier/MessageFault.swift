internal import DubanMail
internal import Foundation

extension Message {
  /// Why this message can't go over SMTP as it is, or nil. What passes can't inject a command or a second message.
  var fault: String? { envelope.fault ?? lineFault }

  /// RFC 5321, section 2.3.8: CR and LF occur only together; section 4.5.3.1.6: a line has at most 1000 bytes with
  /// its CRLF. A bare LF is how messages are smuggled.
  private var lineFault: String? {
    data.withUnsafeBytes { isInLines($0) ? nil : firstLineFault($0) }
  }
}

extension Envelope {
  /// Why this envelope can't go over SMTP as it is, or nil.
  var fault: String? {
    for (name, address) in [("sender", reversePath), ("recipient", recipient)] where !isPlainAddress(address)
    {
      return "the \(name) “\(printableLine(address))” is no plain ASCII address such as name@example.org"
    }
    return nil
  }
}

/// The longest line with its CRLF, in bytes.
private let longestLine = 1000

/// Whether the bytes are lines as they have to be; quick, as every message passes here.
func isInLines(_ bytes: UnsafeRawBufferPointer) -> Bool {
  guard var line = bytes.baseAddress, !bytes.isEmpty, memchr(line, 0, bytes.count) == nil else {
    return false
  }
  let end = line + bytes.count
  while line < end {
    guard let lineFeed = memchr(line, 0x0A, end - line).map({ UnsafeRawPointer($0) }),
      lineFeed - line < longestLine,
      let carriageReturn = memchr(line, 0x0D, lineFeed - line), carriageReturn == lineFeed - 1
    else { return false }
    line = lineFeed + 1
  }
  return true
}

/// What is wrong with the first line that isn't as it has to be.
func firstLineFault(_ bytes: UnsafeRawBufferPointer) -> String? {
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

/// Whether an address can go into a command: deliberately narrower than RFC 5321, section 4.1.2. Quoted local parts
/// and address literals aren't needed, and are where injections hide.
func isPlainAddress(_ address: String) -> Bool {
  var (count, at) = (0, 0)
  for byte in address.utf8 {
    switch Unicode.Scalar(byte) {
    case "@":
      // Not the first sign, and not a second one.
      guard count > 0, at == 0 else { return false }
      at = count
    case "<", ">", "(", ")", "[", "]", "\\", ",", ";", ":", "\"": return false
    case "!"..."~": break
    default: return false
    }
    count += 1
  }
  return at > 0 && count > at + 1 && count <= 254
}

/// A message as it goes over the wire, in pieces (RFC 5321, section 4.5.2): every line that begins with a dot gets one
/// more, and a lone dot is the end, in one piece with what stands before it.
///
/// The message ends with CRLF and has no other line ends.
struct DotStuffing {
  /// How much of the message is in a piece: an ordinary mail goes out in one.
  static let pieceSize = 65_536
  private static let lineFeed: UInt8 = 0x0A

  private var rest: UnsafeRawBufferPointer
  private var lastByte = Self.lineFeed
  /// Whether the last piece was made, with the lone dot at its end.
  private(set) var isOver = false

  /// The pieces of this message, which has to outlive them.
  init(_ message: UnsafeRawBufferPointer) { rest = message }

  /// Puts the next piece in place of what `piece` holds; false after the last one.
  mutating func next(into piece: inout [UInt8]) -> Bool {
    guard !isOver else { return false }
    piece.removeAll(keepingCapacity: true)
    let part = UnsafeRawBufferPointer(rebasing: rest.prefix(Self.pieceSize))
    rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(part.count))
    var (taken, searched) = (0, 0)
    while let dot = Self.dot(in: part, from: searched) {
      searched = dot + 1
      guard (dot == 0 ? lastByte : part[dot - 1]) == Self.lineFeed else { continue }
      // The dot goes out here, and again with what follows.
      piece.append(contentsOf: UnsafeRawBufferPointer(rebasing: part[taken...dot]))
      taken = dot
    }
    piece.append(contentsOf: UnsafeRawBufferPointer(rebasing: part[taken...]))
    lastByte = part.last ?? lastByte
    if rest.isEmpty {
      piece.append(contentsOf: ".\r\n".utf8)
      isOver = true
    }
    return true
  }

  private static func dot(in part: UnsafeRawBufferPointer, from start: Int) -> Int? {
    guard start < part.count, let base = part.baseAddress,
      let found = memchr(base + start, 0x2E, part.count - start)
    else { return nil }
    return UnsafeRawPointer(found) - base
  }
}
