/// Content lines of RFC 5545, section 3.1: folded at 75 octets, never inside a character, ended by CRLF.
struct CalendarLines {
  private static let limit = 75

  /// The file so far, in UTF-8.
  private(set) var bytes: [UInt8] = []
  /// The octets of the open line.
  private var width = 0

  /// The file so far.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// A line whose value is ours and needs no escaping.
  mutating func add(_ name: String, _ value: String) {
    put(name)
    put(":")
    put(value)
    end()
  }

  /// Lines that stand already.
  mutating func add(_ lines: CalendarLines) { bytes += lines.bytes }

  /// A text as it stands in a TEXT (section 3.3.11). By scalar: with a combining mark a comma is another character.
  private static func escaped(_ text: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if ["\\", ";", ",", "\n"].contains(scalar) { escaped.append("\\") }
      escaped.append(scalar == "\n" ? "n" : scalar)
    }
    return String(escaped)
  }

  /// A line whose value is TEXT (section 3.3.11) of at most `limit` characters.
  mutating func add(_ name: String, text: String, limit: Int = 6000) {
    put(name)
    put(":")
    put(Self.escaped(CleanText.paragraphs(text, limit: limit)))
    end()
  }

  /// A parameter's value in quotes, which may hold anything but quotes and control characters (section 3.2).
  static func quoted(_ text: String) -> String {
    let quote = UInt8(ascii: "\"")
    let inside = CleanText.line(text, limit: 60).utf8.map { $0 == quote ? UInt8(ascii: "'") : $0 }
    return String(decoding: [quote] + inside + [quote], as: UTF8.self)
  }

  /// Appends whole characters, as many to a line as fit.
  private mutating func put(_ text: String) {
    var text = Array(text.utf8)[...]
    while text.count > Self.limit - width {
      var next = text.startIndex + Self.limit - width
      while next > text.startIndex, text[next] & 0xC0 == 0x80 { next -= 1 }
      bytes += text[..<next]
      end()
      bytes.append(32)
      width = 1
      text = text[next...]
    }
    bytes += text
    width += text.count
  }

  private mutating func end() {
    bytes.append(13)
    bytes.append(10)
    width = 0
  }
}
