/// Takes out of foreign text what could do harm in a header, a calendar entry or a page.
///
/// Ledgers are written by many hands and read from files of every origin, so nothing in them is trusted: line
/// breaks that would start a new header, NUL, control characters, and the invisible marks that turn the
/// direction of writing and can make an address or a date look like another.
enum CleanText {
  /// One line: breaks and tabs become spaces, at most `limit` characters, the last one `…` where it was cut.
  static func line(_ text: String, limit: Int = 500) -> String {
    let cleaned = isPlain(text.utf8, keepsBreaks: false) ? text : scrubbed(text, keepsBreaks: false)
    return bounded(cleaned, limit)
  }

  /// Several lines: every kind of line break becomes LF, at most `limit` characters.
  static func paragraphs(_ text: String, limit: Int = 6000) -> String {
    let cleaned = isPlain(text.utf8, keepsBreaks: true) ? text : scrubbed(text, keepsBreaks: true)
    return bounded(cleaned, limit)
  }

  /// Whether there is nothing to take out: looks at the bytes, because nearly every text is plain.
  private static func isPlain(_ text: String.UTF8View, keepsBreaks: Bool) -> Bool {
    text.withContiguousStorageIfAvailable { bytes in
      var index = 0
      while index < bytes.count {
        let byte = bytes[index]
        switch byte {
        // Nearly all there is: U+3000 to U+9FFF in three bytes, and visible ASCII.
        case 0xE3...0xE9: index += 3
        case 0x20..<0x7F: index += 1
        case 0x0A where keepsBreaks: index += 1
        case 0..<0x20, 0x7F: return false
        case 0xC2 where bytes[index + 1] < 0xA0: return false
        case 0xD8 where bytes[index + 1] == 0x9C: return false
        case 0xE2, 0xEF:
          guard isHarmless(byte, bytes[index + 1], bytes[index + 2]) else { return false }
          index += 3
        // Whatever else begins or goes on.
        default: index += 1
        }
      }
      return true
    } ?? false
  }

  /// Of U+2000 to U+2FFF and U+F000 to U+FFFF, by their bytes: everything but joiners' kin, marks of direction and
  /// breaks.
  private static func isHarmless(_ first: UInt8, _ second: UInt8, _ last: UInt8) -> Bool {
    switch (first, second) {
    case (0xE2, 0x80): isHarmless(last)
    case (0xE2, 0x81): last < 0xA0
    case (0xEF, 0xBB): last != 0xBF
    case (0xEF, 0xBF): !(0xB9...0xBB).contains(last)
    default: true
    }
  }

  /// Of the block U+2000 to U+203F, by its last byte: everything but joiners' kin, marks of direction and breaks.
  private static func isHarmless(_ last: UInt8) -> Bool {
    switch last {
    case 0x8B, 0x8E, 0x8F, 0xA8...0xAE: false
    default: true
    }
  }

  private static func scrubbed(_ text: String, keepsBreaks: Bool) -> String {
    var result = String.UnicodeScalarView()
    var lastWasReturn = false
    for scalar in text.unicodeScalars {
      defer { lastWasReturn = scalar == "\r" }
      switch scalar.value {
      case 0x0A where lastWasReturn: continue
      case 0x0A, 0x0D, 0x85, 0x2028, 0x2029: result.append(keepsBreaks ? "\n" : " ")
      case 0x09: result.append(" ")
      case 0...0x1F, 0x7F...0x9F: continue
      case 0x061C, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB: continue
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  private static func bounded(_ text: String, _ limit: Int) -> String {
    // A character may consist of thousands of combining marks, so bytes are bounded as well.
    guard text.utf8.count > limit, hasScalars(limit, text.utf8) else { return text }
    var (result, characters, bytes) = ("", 0, 0)
    for character in text {
      let size = character.utf8.count
      if characters == limit - 1 || bytes + size > limit * 4 { return result + "…" }
      result.append(character)
      characters += 1
      bytes += size
    }
    return result
  }

  /// Whether a text has at least `limit` scalars; with fewer it has fewer characters too, of four bytes at most each.
  private static func hasScalars(_ limit: Int, _ text: String.UTF8View) -> Bool {
    text.count { $0 & 0xC0 != 0x80 } >= limit
  }
}
