import DubanCore

/// Takes texts out of cells byte by byte, where they are plain: without control characters and with nothing at their
/// ends that only the general reader knows to trim. Everything else is nil, and the general reader's.
enum PlainText {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  private static var none: Bytes { Bytes(start: nil, count: 0) }

  /// Whether bytes are UTF-8 without a NUL, which no text file has.
  static func isUTF8(_ text: Bytes) -> Bool {
    guard let base = text.baseAddress else { return true }
    var offset = 0
    while offset < text.count {
      if offset + 8 <= text.count {
        let word = EightBytes.at(offset, of: base)
        if EightBytes.beginWithTwoOfThree(word) {
          offset += 6
          continue
        }
        let count = EightBytes.beginWithThree(word) ? 3 : EightBytes.plainStart(word)
        if count > 0 {
          offset += count
          continue
        }
      }
      if base[offset] < 0x80 {
        guard base[offset] != 0 else { return false }
        offset += 1
      } else {
        let length = UTF8Census.length(text, offset)
        guard length > 0 else { return false }
        offset += length
      }
    }
    return true
  }

  /// A cell, in which is no carriage return, without the white space around it; nil where that isn't ASCII.
  static func trimmed(_ cell: Bytes) -> Bytes? {
    guard let first = cell.first, let last = cell.last else { return none }
    // Most cells begin and end with what is no white space and begins none.
    if first > 0x20, first < 0xC2 || first > 0xE3, last > 0x20, last < 0x80 || !endsWide(cell) { return cell }
    var (start, end) = (0, cell.count)
    while start < end, isSpace(cell[start]) { start += 1 }
    while end > start, isSpace(cell[end - 1]) { end -= 1 }
    guard start < end else { return none }
    let text = Bytes(rebasing: cell[start..<end])
    return isWide(text, 0) || endsWide(text) ? nil : text
  }

  /// A measure's id with its number and its place in the order of ids; nil for anything but digits, dots and letters.
  static func id(_ cell: Bytes) -> (text: Bytes, number: UInt32, order: UInt64)? {
    guard let text = trimmed(cell), !text.isEmpty else { return nil }
    // `1.2` is (1, 2), and `7` is (0, 7); what isn't of that form has no order.
    var (parts, part, digits, isNumbered) = (0, UInt64(0), 0, true)
    var order: UInt64 = 0
    for byte in text {
      switch byte {
      case 0x30...0x39:
        part = part * 10 + UInt64(byte - 0x30)
        digits += 1
        if digits > 9 { return nil }
      case UInt8(ascii: "."):
        if digits == 0 || parts > 0 { isNumbered = false }
        order = part << 32
        (parts, part, digits) = (parts + 1, 0, 0)
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): return nil
      default: return nil
      }
    }
    guard digits > 0 else { return nil }
    return (text, UInt32(part), isNumbered ? (order | part) &+ 1 : 0)
  }

  /// The title and the text of a measure's cell, as ``MeasureCell`` has them; nil where it may see more in it.
  static func measure(_ cell: Bytes, splits: Bool) -> (title: Bytes, text: Bytes)? {
    var start = 0
    if splits {
      guard let body = withoutNumber(cell) else { return nil }
      start = body
    }
    var offset = nextToLookAt(cell, start)
    while offset < cell.count {
      let byte = cell[offset]
      if byte < 0x20 || byte == 0x7F {
        guard splits, byte == 0x0A else { return nil }
        break
      }
      if byte == 0xC2 || byte == 0xE2 {
        if isWide(cell, offset) || byte == 0xC2 && offset + 1 < cell.count && cell[offset + 1] < 0xA0 {
          return nil
        }
      } else if splits, byte == 0xE3, isFullStop(cell, offset) {
        break
      }
      offset = nextToLookAt(cell, offset + 1)
    }
    guard let title = trimmed(Bytes(rebasing: cell[start..<offset])), !title.isEmpty else { return nil }
    guard offset < cell.count else { return (title, none) }
    let after = offset + (cell[offset] == 0x0A ? 1 : 3)
    return trimmed(Bytes(rebasing: cell[after...])).map { (title, $0) }
  }

  /// The first offset from one on at which may stand what parts or spoils a title, or the cell's end.
  private static func nextToLookAt(_ cell: Bytes, _ start: Int) -> Int {
    guard let base = cell.baseAddress else { return start }
    var offset = start
    while offset + 8 <= cell.count, !EightBytes.mayPart(EightBytes.at(offset, of: base)) { offset += 8 }
    return offset
  }

  /// Where the text begins behind a number such as `1、`; nil for other numbers, which ``NumberedText`` knows.
  private static func withoutNumber(_ cell: Bytes) -> Int? {
    guard let first = cell.first else { return nil }
    var digits = 0
    while digits < cell.count, (0x30...0x39).contains(cell[digits]) { digits += 1 }
    guard digits > 0 else {
      // Full-width digits and brackets begin with these.
      return first == 0xEF || first == UInt8(ascii: "(") ? nil : 0
    }
    guard digits <= 3, digits < cell.count else { return digits < cell.count ? 0 : nil }
    switch cell[digits] {
    case UInt8(ascii: "."), UInt8(ascii: ")"), 0xEF: return nil
    case 0xE3 where digits + 2 < cell.count && cell[digits + 1] == 0x80 && cell[digits + 2] == 0x81:
      return cell[..<digits].allSatisfy { $0 == 0x30 } ? 0 : digits + 3
    default: return 0
    }
  }

  /// `。`.
  private static func isFullStop(_ text: Bytes, _ offset: Int) -> Bool {
    offset + 2 < text.count && text[offset + 1] == 0x80 && text[offset + 2] == 0x82
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  /// Whether a white space or line break beyond ASCII begins at the offset (Unicode's White_Space).
  private static func isWide(_ text: Bytes, _ offset: Int) -> Bool {
    guard offset < text.count else { return false }
    func byte(_ distance: Int) -> UInt8 { offset + distance < text.count ? text[offset + distance] : 0 }
    switch text[offset] {
    case 0xC2: return byte(1) == 0x85 || byte(1) == 0xA0
    case 0xE1: return byte(1) == 0x9A && byte(2) == 0x80
    case 0xE2:
      return byte(1) == 0x80 && (byte(2) <= 0x8A || (0xA8...0xA9).contains(byte(2)) || byte(2) == 0xAF)
        || byte(1) == 0x81 && byte(2) == 0x9F
    case 0xE3: return byte(1) == 0x80 && byte(2) == 0x80
    default: return false
    }
  }

  private static func endsWide(_ text: Bytes) -> Bool {
    text.count >= 2 && text[text.count - 2] == 0xC2 && isWide(text, text.count - 2)
      || text.count >= 3 && isWide(text, text.count - 3)
  }
}
