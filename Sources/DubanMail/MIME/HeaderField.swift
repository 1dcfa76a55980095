internal import DubanCore
internal import Foundation

/// Writes header fields: folded, seven bits wide, and closed to whatever a text may hold.
struct HeaderField {
  /// RFC 2047, section 2: no encoded word, and no line that holds one, past these lengths.
  private static let wordLimit = 75
  private static let lineLimit = 76
  private static let prefix = "=?UTF-8?B?"
  private static let suffix = "?="

  private(set) var bytes: [UInt8] = []
  private var column = 0

  init(_ name: String) {
    put(name)
    put(":")
  }

  /// The finished field with its CRLF.
  consuming func finished() -> [UInt8] {
    bytes.append(13)
    bytes.append(10)
    return bytes
  }

  /// A token of printable ASCII that is ours, after a space or on a line of its own where it doesn't fit.
  mutating func token(_ text: String) {
    if column + 1 + text.utf8.count > Self.lineLimit, column > 0 { fold() } else { put(" ") }
    put(text)
  }

  /// Unstructured text: as it is where it is plain and short, otherwise as encoded words.
  mutating func text(_ text: String) {
    let line = CleanText.line(text)
    if Self.isPlain(line), column + 1 + line.utf8.count <= Self.lineLimit { return token(line) }
    words(line)
  }

  /// A mailbox: the name as a quoted string or encoded words, then the address in angle brackets.
  mutating func mailbox(name: String, address: MailAddress, hasNext: Bool) {
    let name = CleanText.line(name, limit: 60)
    let end = hasNext ? "," : ""
    if name.isEmpty { return token(address.text + end) }
    if Self.isPlain(name), name.utf8.count <= 60 {
      token("\"" + name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\"")
    } else {
      words(name)
    }
    token("<\(address.text)>\(end)")
  }

  private static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains("=?") && text.utf8.first != 0x20
      && text.utf8.last != 0x20
  }

  private mutating func put(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    column += text.utf8.count
  }

  private mutating func fold() {
    bytes.append(13)
    bytes.append(10)
    bytes.append(32)
    column = 1
  }

  /// Whether the line is a fold without anything behind it: a line of blanks alone must not be (RFC 5322, 3.2.2).
  private var isAtFold: Bool { column == 1 }

  /// Encoded words, cut between characters. A character of more marks than a word can hold is cut between its
  /// scalars, never within one (RFC 2047, section 5).
  private mutating func words(_ text: String) {
    // The word that is being made.
    var (word, isFirst) = ("", true)
    for piece in Self.pieces(of: text) {
      let size = piece.utf8.count
      if !word.isEmpty, word.utf8.count + size > room(isFirst) {
        put(word: word, isFirst)
        (word, isFirst) = ("", false)
      }
      if word.isEmpty, isFirst, size > room(isFirst) {
        if !isAtFold { fold() }
        isFirst = false
      }
      word += piece
    }
    if !word.isEmpty { put(word: word, isFirst) }
  }

  /// The pieces of a text that aren't cut.
  private static func pieces(of text: String) -> [String] {
    text.flatMap { character in
      character.utf8.count <= 39 ? [String(character)] : character.unicodeScalars.map { String($0) }
    }
  }

  /// The bytes that the next word can hold.
  private func room(_ isFirst: Bool) -> Int {
    let used = isFirst ? column + 1 : 1
    let width = min(Self.wordLimit, Self.lineLimit - used) - Self.prefix.utf8.count - Self.suffix.utf8.count
    return width / 4 * 3
  }

  private mutating func put(word: String, _ isFirst: Bool) {
    if isFirst { put(" ") } else if !isAtFold { fold() }
    put(Self.prefix + Data(word.utf8).base64EncodedString() + Self.suffix)
  }
}

/// The `Date` field's value (RFC 5322, section 3.3).
enum MailDate {
  private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

  /// `Tue, 20 Dec 2022 08:30:00 +0800` on a clock that is `utcOffset` seconds ahead of UTC.
  static func text(_ moment: Timestamp, utcOffset: Int) -> String {
    let date = moment.day(utcOffset: utcOffset)
    let (year, month, day) = date.components
    let second = moment.secondOfDay(utcOffset: utcOffset)
    let zone = abs(utcOffset) / 60
    return """
      \(days[date.weekday.rawValue - 1]), \(two(day)) \(CivilDate.englishMonths[month - 1]) \(four(year)) \
      \(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60)) \
      \(utcOffset < 0 ? "-" : "+")\(two(zone / 60))\(two(zone % 60))
      """
  }

  private static let pairs = (0..<100).map { $0 < 10 ? "0\($0)" : "\($0)" }

  /// A number below 100 in two digits.
  static func two(_ number: Int) -> String { pairs[number] }

  /// A number in four digits, or in as many as it has.
  static func four(_ number: Int) -> String {
    let digits = String(number)
    if digits.utf8.count >= 4 { return digits }
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

/// Percent-encoding of UTF-8 (RFC 3986, section 2.1), for mailto URIs and RFC 2231 parameters.
enum PercentEncoding {
  private static let digits = Array("0123456789ABCDEF".utf8)

  /// Everything but letters, digits and `-._` becomes `%XX`.
  static func encode(_ text: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count * 3)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
        bytes.append(byte)
      default:
        bytes.append(UInt8(ascii: "%"))
        bytes.append(digits[Int(byte >> 4)])
        bytes.append(digits[Int(byte & 15)])
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
