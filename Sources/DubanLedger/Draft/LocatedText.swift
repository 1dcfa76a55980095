public import DubanCore

/// A piece of a file's text and where it stands.
public struct LocatedText: Sendable, Hashable {
  /// The text, without the spaces around it.
  public var text: String
  /// Where it begins.
  public var location: Diagnostic.Location

  /// The text at that place; white space around it is dropped.
  public init(_ text: String, at location: Diagnostic.Location) {
    self.text = text.trimmedWhitespace
    self.location = location
  }
}

/// A text that is the same as another only byte by byte: quicker as a key than a `String`, which equals whatever looks
/// the same.
struct ExactText: Hashable {
  private let text: String

  init(_ text: String) { self.text = text }

  static func == (left: ExactText, right: ExactText) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

  func hash(into hasher: inout Hasher) {
    hasher.combine(text.utf8.count)
    // Eight bytes at a time.
    var (word, count) = (UInt64(0), 0)
    for byte in text.utf8 {
      (word, count) = (word << 8 | UInt64(byte), count + 1)
      if count % 8 == 0 { hasher.combine(word) }
    }
    hasher.combine(word)
  }
}

extension StringProtocol {
  /// Without white space (the ideographic space included) and characters that can't be seen (U+200B, U+FEFF) at either
  /// end.
  var trimmedWhitespace: String {
    // Letters, signs and Chinese characters need no look into Unicode's tables.
    let isInk = { (scalar: Unicode.Scalar) in
      (0x21...0x7E).contains(scalar.value) || (0x4E00...0x9FFF).contains(scalar.value)
        || !scalar.properties.isWhitespace && scalar.properties.generalCategory != .format
    }
    let text = String(self)
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: isInk), let last = scalars.lastIndex(where: isInk) else {
      return ""
    }
    let end = scalars.index(after: last)
    return first == text.startIndex && end == text.endIndex ? text : String(scalars[first..<end])
  }
}

extension String {
  /// With letters, digits and signs of ASCII where full-width ones stand: Chinese input writes ＠, １ and （.
  var halfWidth: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.map { scalar in
          (0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
        }))
  }

  /// On one line: people break a name over two lines to fit a narrow column.
  ///
  /// Between Chinese characters the break goes without a trace; elsewhere it stands for a space.
  var onOneLine: String {
    var text = self
    let isOneLine = text.withUTF8 { bytes in !bytes.contains { $0 == 0x0A || $0 == 0x0D } }
    if isOneLine { return text.trimmedWhitespace }
    let lines = split(whereSeparator: \.isLineBreak).map { String($0).trimmedWhitespace }.filter {
      !$0.isEmpty
    }
    return lines.reduce(into: "") { result, line in
      let needsSpace = result.last?.isASCII ?? false && line.first?.isASCII ?? false
      result += (needsSpace ? " " : "") + line
    }
  }
}

extension Character {
  /// LF, CR or CRLF: what breaks a line in a cell.
  var isLineBreak: Bool { self == "\n" || self == "\r" || self == "\r\n" }
}
