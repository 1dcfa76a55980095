/// Takes out of foreign text what could do harm in a header, a page, a log or on a terminal.
///
/// Ledgers and servers' replies come from many hands, so nothing in them is trusted: line
/// breaks that would start a new header, NUL, control characters, and the invisible marks that turn the
/// direction of writing and can make an address or a date look like another.
public enum CleanText {
  /// One line: breaks and tabs become spaces, at most `limit` characters, the last one `…` where it was cut.
  public static func line(_ text: String, limit: Int = 500) -> String {
    bounded(scrubbed(text, keepsBreaks: false), limit)
  }

  /// Several lines: every kind of line break becomes LF, at most `limit` characters.
  public static func paragraphs(_ text: String, limit: Int = 6000) -> String {
    bounded(scrubbed(text, keepsBreaks: true), limit)
  }

  /// One line that shows all that is in it, for a diagnostic: line breaks and control characters are spaces, and
  /// characters that can't be seen or turn the direction of writing stand by their number (`U+202E`).
  public static func visible(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: result.append(" ")
      case .format: result.append(contentsOf: name(of: scalar).unicodeScalars)
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// `U+200B`.
  public static func name(of scalar: Unicode.Scalar) -> String {
    let code = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - code.count)) + code
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
    guard text.utf8.count > limit else { return text }
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
}
