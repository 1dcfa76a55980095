internal import Foundation

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
