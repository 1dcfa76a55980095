/// Content lines of RFC 5545, section 3.1: folded at 75 octets, never inside a character, ended by CRLF.
struct CalendarLines {
  private var bytes: [UInt8] = []

  /// The file so far.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// A line whose value is ours and needs no escaping.
  mutating func add(_ name: String, _ value: String) {
    var width = 0
    for scalar in "\(name):\(value)".unicodeScalars {
      let size = UTF8.width(scalar)
      if width + size > 75 {
        bytes += [13, 10, 32]
        width = 1
      }
      bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      width += size
    }
    bytes += [13, 10]
  }

  /// A line whose value is TEXT (section 3.3.11).
  mutating func add(_ name: String, text: String) {
    var value = ""
    for character in CleanText.paragraphs(text).unicodeScalars {
      switch character {
      case "\\": value += "\\\\"
      case ";": value += "\\;"
      case ",": value += "\\,"
      case "\n": value += "\\n"
      default: value.unicodeScalars.append(character)
      }
    }
    add(name, value)
  }

  /// A parameter's value in quotes, which may hold anything but quotes and control characters (section 3.2).
  static func quoted(_ text: String) -> String {
    "\"" + CleanText.line(text, limit: 60).replacing("\"", with: "'") + "\""
  }
}
