/// Writes a text as a YAML scalar (YAML 1.2.2, chapter 7): plain where it can't be misread, else in double quotes.
enum YAMLScalar {
  /// A scalar that stands alone after a key or a dash.
  static func block(_ text: String) -> String { isPlain(text, inFlow: false) ? text : quoted(text) }

  /// A scalar inside `[…]` or `{…}`.
  static func flow(_ text: String) -> String { isPlain(text, inFlow: true) ? text : quoted(text) }

  /// A scalar in double quotes, with everything escaped that isn't printable.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case let scalar where !isPrintable(scalar): result += escaped(scalar)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// Whether a text reads back as itself without quotes, and as a text rather than a number, date, truth or nothing.
  private static func isPlain(_ text: String, inFlow: Bool) -> Bool {
    let scalars = Array(text.unicodeScalars)
    guard let first = scalars.first, let last = scalars.last, first != " ", last != " ", last != ":",
      !indicators.contains(first), scalars.allSatisfy(isPrintable), !resolves(text)
    else { return false }
    for (index, scalar) in scalars.enumerated() {
      if inFlow, flowIndicators.contains(scalar) { return false }
      if scalar == ":", index + 1 < scalars.count, scalars[index + 1] == " " || inFlow { return false }
      if scalar == "#", index > 0, scalars[index - 1] == " " { return false }
    }
    return true
  }

  /// What a plain scalar can't begin with (section 5.3); `-`, `?` and `.` are kept out for simplicity.
  private static let indicators: Set<Unicode.Scalar> = Set("-?:,[]{}#&*!|>'\"%@`=~.<+".unicodeScalars)
  private static let flowIndicators: Set<Unicode.Scalar> = Set(",[]{}".unicodeScalars)

  /// Whether a YAML 1.1 or 1.2 reader takes the word for something else than a text.
  private static func resolves(_ text: String) -> Bool {
    let words = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"]
    if words.contains(text.lowercased()) { return true }
    return text.utf8.first.map { (0x30...0x39).contains($0) } ?? false
      && text.utf8.allSatisfy { $0 < 0x80 }
  }

  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF:
      true
    default: false
    }
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let (letter, width) = scalar.value <= 0xFF ? ("x", 2) : scalar.value <= 0xFFFF ? ("u", 4) : ("U", 8)
    return "\\\(letter)" + String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
