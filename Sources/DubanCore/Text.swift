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

  /// `“加强‘好差评’的宣传推广”`: one line in quotation marks, with the marks inside it single.
  public static func quoted(_ text: String, limit: Int = 500) -> String {
    let line = line(text, limit: limit).map { $0 == "“" ? "‘" : $0 == "”" ? "’" : $0 }
    return "“\(String(line))”"
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

  /// Whether a text holds a line break or another control character (Unicode's category Cc): U+0000 to U+001F, or U+007F
  /// to U+009F. By its bytes: it is asked of every cell of a ledger.
  public static func holdsControls(_ text: String) -> Bool {
    var isBehindC2 = false
    for byte in text.utf8 {
      if byte < 0x20 || byte == 0x7F || isBehindC2 && byte < 0xA0 { return true }
      isBehindC2 = byte == 0xC2
    }
    return false
  }

  /// `U+200B`.
  public static func name(of scalar: Unicode.Scalar) -> String {
    let code = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - code.count)) + code
  }

  /// The text with another in place of each mail address: of everything around an `@` up to white space, a bracket, a
  /// quotation mark, a colon, a comma or a semicolon, Chinese ones included. A `@` without something on both sides stays; the
  /// bracket of an address literal and a route before an address belong to it (RFC 5321, 4.1.2 and 4.1.3:
  /// `root@[192.0.2.1]`, `@relay.example.org:wang@example.org`).
  public static func withoutAddresses(_ text: String, replacement: String = "…") -> String {
    guard text.utf8.contains(UInt8(ascii: "@")) else { return text }
    var (result, word) = ("", "")
    func endWord() {
      result += word.dropFirst().dropLast().contains("@") ? replacement : word
      word = ""
    }
    for character in text {
      if character == "[" && word.count > 1 && word.hasSuffix("@")
        || ":,".contains(character) && word.count > 1 && word.hasPrefix("@")
      {
        word.append(character)
      } else if character.isWhitespace || "<>()[]\"“”:;,（）：；，。、".contains(character) {
        endWord()
        result.append(character)
      } else {
        word.append(character)
      }
    }
    endWord()
    return result
  }

  /// What becomes of a character of a foreign text.
  private enum Treatment { case stays, breaks, isSpace, goes }

  private static func treatment(_ scalar: Unicode.Scalar) -> Treatment {
    switch scalar.value {
    case 0x0A, 0x0D, 0x85, 0x2028, 0x2029: .breaks
    case 0x09: .isSpace
    case 0...0x1F, 0x7F...0x9F: .goes
    case 0x061C, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB: .goes
    default: .stays
    }
  }

  private static func scrubbed(_ text: String, keepsBreaks: Bool) -> String {
    // Nearly every text is returned as it is.
    func isAsItIs(_ scalar: Unicode.Scalar) -> Bool {
      treatment(scalar) == .stays || keepsBreaks && scalar == "\n"
    }
    guard !text.unicodeScalars.allSatisfy(isAsItIs) else { return text }
    var result = String.UnicodeScalarView()
    var lastWasReturn = false
    for scalar in text.unicodeScalars {
      defer { lastWasReturn = scalar == "\r" }
      switch treatment(scalar) {
      case .breaks: if scalar != "\n" || !lastWasReturn { result.append(keepsBreaks ? "\n" : " ") }
      case .isSpace: result.append(" ")
      case .goes: continue
      case .stays: result.append(scalar)
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

/// Text within XML and HTML.
public enum XMLText {
  /// The text with its signs escaped, also for an attribute's value, and without what XML has no place for. By scalar: a
  /// quote followed by a combining mark is another character than a quote, and would end an attribute.
  public static func escaped(_ text: String) -> String {
    // Nearly every text is returned as it is.
    guard text.unicodeScalars.contains(where: { !isAllowed($0) || sign($0) != nil }) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where isAllowed(scalar) {
      if let sign = sign(scalar) {
        result.append(contentsOf: sign.unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  private static func sign(_ scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "<": "&lt;"
    case ">": "&gt;"
    case "&": "&amp;"
    case "\"": "&quot;"
    case "'": "&#39;"
    default: nil
    }
  }

  /// The text without the characters that XML has no place for (XML 1.0, 2.2): control characters besides tab and line feed,
  /// and those that are none.
  public static func allowed(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.filter(isAllowed)))
  }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x20 && scalar.value & 0xFFFE != 0xFFFE || scalar == "\n" || scalar == "\t"
  }
}

/// How many columns a text takes on a terminal or in a fixed-width mail.
///
/// Wide and full-width characters of Unicode's East Asian Width (UAX #11) take two columns, combining marks none.
public enum DisplayWidth {
  /// The width of a text in columns; control characters count as none.
  public static func of(_ text: String) -> Int { of(text[...]) }

  /// The same of a piece of one. Not generic: nothing would make its own version of it for another target.
  public static func of(_ text: Substring) -> Int {
    text.unicodeScalars.reduce(0) { $0 + of($1) }
  }

  /// The text with spaces behind it, up to `width` columns.
  public static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - of(text)))
  }

  /// The text, cut with an ellipsis where it is wider than `width` columns.
  public static func truncated(_ text: String, to width: Int) -> String {
    guard of(text) > width, width > 1 else { return text }
    var (kept, columns) = ("", 0)
    for character in text {
      let next = of(String(character))
      if columns + next > width - 1 { break }
      kept.append(character)
      columns += next
    }
    return kept + "…"
  }

  private static func of(_ scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x300 { return value < 0x20 || (0x7F..<0xA0).contains(value) ? 0 : 1 }
    // Nearly every character; looking for a category takes several times as long.
    if (0x4E00...0x9FFF).contains(value) || (0xFF01...0xFF60).contains(value) { return 2 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: return wide.contains { $0.contains(value) } ? 2 : 1
    }
  }

  /// The blocks that are wide throughout, from UAX #11's EastAsianWidth.txt.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
    0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
    0x1F900...0x1F9FF, 0x20000...0x3FFFD,
  ]
}

/// Finds the word that was probably meant.
public enum Nearest {
  /// The valid word with the fewest edits from `word`, when that is close enough to be a slip of the pen: at most
  /// a third of the longer word's length, and one edit for the two- and three-character names of people.
  public static func word(to word: String, among valid: some Sequence<String>) -> String? {
    let typed = Array(word.lowercased())
    var best: (word: String, edits: Int)?
    for candidate in valid {
      let letters = Array(candidate.lowercased())
      let longest = max(typed.count, letters.count)
      guard longest >= 2 else { continue }
      let allowed = max(1, longest / 3)
      guard abs(typed.count - letters.count) <= allowed else { continue }
      let edits = distance(typed, letters)
      if edits <= allowed, edits < best?.edits ?? .max { best = (candidate, edits) }
    }
    return best?.word
  }

  /// The number of insertions, deletions, replacements and swaps of neighbours that turn one into the other
  /// (the restricted Damerau–Levenshtein distance).
  static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0...right.count)
    for i in left.indices {
      var current = [i + 1]
      for j in right.indices {
        var cost = Swift.min(previous[j + 1], current[j]) + 1
        cost = Swift.min(cost, previous[j] + (left[i] == right[j] ? 0 : 1))
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          cost = Swift.min(cost, beforePrevious[j - 1] + 1)
        }
        current.append(cost)
      }
      (beforePrevious, previous) = (previous, current)
    }
    return previous[right.count]
  }
}

extension String {
  /// The string in lower case: itself where it is ASCII without capitals, as nearly every address is.
  var inLowerCase: String {
    var text = self
    let isLower = text.withUTF8 { bytes in
      bytes.allSatisfy { $0 < 0x80 && !(UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    }
    return isLower ? text : lowercased()
  }
}

extension Array where Element: Equatable {
  /// Each element once, in the order in which they come first.
  public var uniqued: [Element] { reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }
}

extension Int {
  /// `1 area`, `2 areas`.
  public func counted(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? "" : "s")" }
}

/// A mail address that can stand in an envelope and in a header without quoting.
///
/// Source of the rule: RFC 5321, sections 4.1.2 (Mailbox) and 4.5.3.1 (lengths), without what no office uses and
/// what breaks on the way: quoted local parts, address literals, and addresses beyond ASCII (RFC 6531), which the
/// contact's own provider refuses. Each form that isn't allowed is one that can't be abused.
public struct MailAddress: Sendable, Hashable {
  /// The address as it goes to the relay.
  public let text: String

  /// Checks an address: `name@example.org`.
  public init(_ text: String) throws(UnusableAddress) {
    if let problem = Self.problem(in: text) { throw UnusableAddress(text: text, problem: problem) }
    self.text = text
  }

  /// What is before the at sign.
  public var local: String { String(text.prefix { $0 != "@" }) }

  /// What follows the at sign.
  public var domain: String { String(text.drop { $0 != "@" }.dropFirst()) }

  /// What is wrong with `address`, as the end of a sentence; nil when it is a usable mailbox.
  public static func problem(in address: String) -> String? {
    if address.isEmpty { return "is empty" }
    if let odd = address.unicodeScalars.first(where: {
      $0.value <= 0x20 || $0.value == 0x7F || $0.value == 0x3000
    }) {
      return odd.value == 0x0A || odd.value == 0x0D ? "has a line break in it" : "has a space in it"
    }
    if address.contains("＠") { return "has the full-width sign “＠” instead of “@”" }
    let parts = address.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return parts.count == 1 ? "has no “@”" : "has more than one “@”" }
    guard address.utf8.count <= 254 else { return "is longer than 254 characters" }
    return problem(inLocalPart: parts[0]) ?? problem(inDomain: parts[1])
  }

  private static func problem(inLocalPart local: Substring) -> String? {
    if local.isEmpty { return "has nothing before the “@”" }
    if local.utf8.count > 64 { return "has more than 64 characters before the “@”" }
    if local.hasPrefix(".") || local.hasSuffix(".") || local.contains("..") {
      return "has a dot at the wrong place before the “@”"
    }
    if let odd = local.first(where: { !isAtom($0) && $0 != "." }) { return "has “\(odd)” before the “@”" }
    return nil
  }

  private static func problem(inDomain domain: Substring) -> String? {
    if domain.isEmpty { return "has nothing after the “@”" }
    for label in domain.split(separator: ".", omittingEmptySubsequences: false) {
      if label.isEmpty { return "has a dot at the wrong place after the “@”" }
      if let odd = label.first(where: { !isLetterOrDigit($0) && $0 != "-" }) {
        return "has “\(odd)” after the “@”"
      }
      if label.utf8.count > 63 || label.hasPrefix("-") || label.hasSuffix("-") {
        return "has “\(label)” after the “@”, which is no part of a domain name"
      }
    }
    return nil
  }

  private static func isLetterOrDigit(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber)
  }

  /// `atext` of RFC 5322, section 3.2.3.
  private static func isAtom(_ character: Character) -> Bool {
    isLetterOrDigit(character) || "!#$%&'*+-/=?^_`{|}~".contains(character)
  }
}

/// An address that can't be written to, and what is wrong with it.
public struct UnusableAddress: Error, Sendable, Hashable, CustomStringConvertible {
  let text: String
  let problem: String

  /// One English sentence without a full stop.
  public var description: String {
    "“\(CleanText.line(text, limit: 80))” \(problem); expected name@example.org"
  }
}

/// Mixes bytes into 64 bits by multiplication, as wyhash does; the same on every machine and in every run.
struct StableHash {
  private(set) var value: UInt64 = 0x9E37_79B9_7F4A_7C15

  mutating func mix(_ word: UInt64) {
    let product = (value ^ word).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    value = product.high ^ product.low ^ word.byteSwapped
  }

  /// Eight bytes at a time, the first one lowest; the rest, and if there is none a 0, the last one lowest.
  mutating func mix(_ text: String) {
    let bytes = Array(text.utf8)
    mix(UInt64(bytes.count))
    let whole = bytes.count / 8 * 8
    for start in stride(from: 0, to: whole, by: 8) {
      mix(bytes[start..<start + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) })
    }
    mix(bytes[whole...].reduce(0) { $0 << 8 | UInt64($1) })
  }

  static func digest(_ texts: [String]) -> UInt64 {
    var hash = StableHash()
    hash.mix(UInt64(texts.count))
    for text in texts { hash.mix(text) }
    return hash.value
  }
}
