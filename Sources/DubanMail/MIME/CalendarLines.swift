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

  /// A line whose value is TEXT (section 3.3.11).
  mutating func add(_ name: String, text: String) {
    put(name)
    put(":")
    var value = CleanText.paragraphs(text)
    value.withUTF8 { value in
      var start = 0
      for (index, byte) in value.enumerated() {
        let escaped: StaticString
        switch byte {
        case UInt8(ascii: "\\"): escaped = "\\\\"
        case UInt8(ascii: ";"): escaped = "\\;"
        case UInt8(ascii: ","): escaped = "\\,"
        case UInt8(ascii: "\n"): escaped = "\\n"
        default: continue
        }
        put(UnsafeBufferPointer(rebasing: value[start..<index]))
        escaped.withUTF8Buffer { put($0) }
        start = index + 1
      }
      put(UnsafeBufferPointer(rebasing: value[start...]))
    }
    end()
  }

  /// A parameter's value in quotes, which may hold anything but quotes and control characters (section 3.2).
  static func quoted(_ text: String) -> String {
    "\"" + CleanText.line(text, limit: 60).replacing("\"", with: "'") + "\""
  }

  private mutating func put(_ text: String) {
    var text = text
    text.withUTF8 { put($0) }
  }

  /// Appends whole characters, as many to a line as fit.
  private mutating func put(_ text: UnsafeBufferPointer<UInt8>) {
    var start = 0
    while text.count - start > Self.limit - width {
      var end = start + Self.limit - width
      while end > start, text[end] & 0xC0 == 0x80 { end -= 1 }
      bytes.append(contentsOf: text[start..<end])
      bytes += [13, 10, 32]
      (start, width) = (end, 1)
    }
    bytes.append(contentsOf: text[start...])
    width += text.count - start
  }

  private mutating func end() {
    bytes += [13, 10]
    width = 0
  }
}
