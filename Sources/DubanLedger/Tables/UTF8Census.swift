/// How much of a text is well-formed UTF-8: tells GB18030 from UTF-8 with a damaged byte.
struct UTF8Census {
  /// Characters of more than one byte that are well-formed.
  private(set) var wellFormed = 0
  /// Bytes that begin no well-formed character.
  private(set) var flaws = 0
  /// The offset of the first such byte.
  private(set) var firstFlaw: Int?

  /// Goes through `bytes` once (Unicode 15, table 3-7: well-formed UTF-8 byte sequences).
  init(_ bytes: [UInt8]) {
    var offset = 0
    while offset < bytes.count {
      if bytes[offset] < 0x80 {
        offset += 1
        continue
      }
      let length = Self.length(bytes, offset)
      if length == 0 {
        if firstFlaw == nil { firstFlaw = offset }
        flaws += 1
        offset += 1
      } else {
        wellFormed += 1
        offset += length
      }
    }
  }

  /// The bytes of the character of more than one byte that begins at `offset`; 0 where there is none.
  static func length(_ bytes: [UInt8], _ offset: Int) -> Int {
    let lead = bytes[offset]
    let (length, second): (Int, ClosedRange<UInt8>)
    switch lead {
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return 0
    }
    guard offset + length <= bytes.count, second.contains(bytes[offset + 1]) else { return 0 }
    for next in offset + 2..<max(offset + 2, offset + length) where bytes[next] & 0xC0 != 0x80 { return 0 }
    return length
  }
}
