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

  /// How a character stands in a TEXT, where it may not stand as it is (section 3.3.11).
  private static func escaped(_ byte: UInt8) -> StaticString? {
    switch byte {
    case UInt8(ascii: "\\"): "\\\\"
    case UInt8(ascii: ";"): "\\;"
    case UInt8(ascii: ","): "\\,"
    case UInt8(ascii: "\n"): "\\n"
    default: nil
    }
  }

  /// A line whose value is TEXT (section 3.3.11) of at most `limit` characters.
  mutating func add(_ name: String, text: String, limit: Int = 6000) {
    put(name)
    put(":")
    var text = CleanText.paragraphs(text, limit: limit)
    text.withUTF8 { text in
      text.forEachPiece(escaping: Self.escaped) { put($0) }
    }
    end()
  }

  /// A parameter's value in quotes, which may hold anything but quotes and control characters (section 3.2).
  static func quoted(_ text: String) -> String {
    let quote = UInt8(ascii: "\"")
    let inside = CleanText.line(text, limit: 60).utf8.map { $0 == quote ? UInt8(ascii: "'") : $0 }
    return String(decoding: [quote] + inside + [quote], as: UTF8.self)
  }

  private mutating func put(_ text: String) {
    var text = text
    text.withUTF8 { put($0) }
  }

  /// Appends whole characters, as many to a line as fit.
  private mutating func put(_ text: UnsafeBufferPointer<UInt8>) {
    var start = 0
    while text.count - start > Self.limit - width {
      var next = start + Self.limit - width
      while next > start, text[next] & 0xC0 == 0x80 { next -= 1 }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<next]))
      end()
      bytes.append(32)
      (start, width) = (next, 1)
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
    width += text.count - start
  }

  private mutating func end() {
    bytes.append(13)
    bytes.append(10)
    width = 0
  }
}
