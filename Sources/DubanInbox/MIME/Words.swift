import Glibc

extension StringProtocol {
  /// Whether a word stands anywhere in this text, which ends at a NUL: bytes are compared, in linear time whatever a
  /// stranger sends.
  func holds(_ word: some StringProtocol) -> Bool {
    withCString { text in word.withCString { strstr(text, $0) != nil } }
  }

  /// Whether any of these words stands in it.
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
