import Glibc

extension StringProtocol {
  /// Whether a word is anywhere in this text, which ends at a NUL: bytes are compared, in linear time whatever a
  /// stranger sends.
  func holds(_ word: some StringProtocol) -> Bool {
    withCString { text in word.withCString { strstr(text, $0) != nil } }
  }

  /// Whether any of these words is in it.
  func holds(anyOf words: some Sequence<String>) -> Bool { words.contains { holds($0) } }

  func begins(withAnyOf words: some Sequence<String>) -> Bool {
    words.contains { utf8.starts(with: $0.utf8) }
  }

  func ends(withAnyOf words: some Sequence<String>) -> Bool {
    words.contains { utf8.reversed().starts(with: $0.utf8.reversed()) }
  }
}

/// A pattern for short texts that is made once: a literal of Swift is compiled anew wherever it is used.
///
/// Unchecked, since `Regex` is no `Sendable` for the closures it may hold; one of a literal has none, and it compiles
/// itself under a lock.
struct Pattern<Output>: @unchecked Sendable {
  let regex: Regex<Output>

  init(_ regex: Regex<Output>) { self.regex = regex.matchingSemantics(.unicodeScalar) }

  func isIn(_ text: String) -> Bool { text.firstMatch(of: regex) != nil }
  func isIn(_ text: Substring) -> Bool { text.firstMatch(of: regex) != nil }
}

/// Without white space and control characters at both ends.
func trimmed(_ text: some StringProtocol) -> String {
  var rest = Substring(text)
  while let first = rest.first, first.isWhitespace || first == "\0" || first == "\u{FEFF}" {
    rest.removeFirst()
  }
  while let last = rest.last, last.isWhitespace || last == "\0" || last == "\u{FEFF}" { rest.removeLast() }
  return String(rest)
}

/// A text without any white space: what is compared, since every mailer wraps and indents in its own way.
func squeezed(_ text: some StringProtocol) -> String {
  text.scalars {
    switch $0.value {
    // Looked at first, since it is nearly all; behind an ideographic space nothing is white space.
    case 0x21..<0x7F: true
    case 0x3001...: $0 != "\u{FEFF}"
    default: $0.value >= 0x20 && $0 != "\u{200B}" && !$0.properties.isWhitespace
    }
  }
}

extension StringProtocol {
  /// The text of the scalars that are kept. `unicodeScalars.filter` puts a text together scalar by scalar, which takes
  /// two to three times as long, and mails are read by little else.
  func scalars(where isKept: (Unicode.Scalar) -> Bool) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(utf8.count)
    for scalar in unicodeScalars where isKept(scalar) {
      bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
