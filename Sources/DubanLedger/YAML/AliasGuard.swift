/// Keeps out “billion laughs” files before the parser sees them.
///
/// The parser copies an anchored node wherever an alias names it, and hashes mapping keys whole, so a few lines
/// can stand for billions of nodes. Fewer than ``limit`` aliases can't: nested threefold they make 3^5 copies.
enum AliasGuard {
  /// More aliases than a ledger or configuration has use for.
  static let limit = 15

  /// Whether the text has an anchor and more than ``limit`` aliases.
  ///
  /// Counts what could be one, wherever it stands (a quoted text too): an asterisk or ampersand at the beginning
  /// of a word. Prose with more than 15 starred words is let through as long as no word begins with `&`.
  static func isBomb(_ text: String) -> Bool {
    // Nearly every text ends here, so this is counted in a row of bytes, where there is one.
    let star = UInt8(ascii: "*")
    let stars = text.utf8.withContiguousStorageIfAvailable { bytes in
      bytes.reduce(0) { $1 == star ? $0 &+ 1 : $0 }
    }
    guard stars ?? text.utf8.count(where: { $0 == star }) > limit else { return false }
    var (anchors, aliases) = (0, 0)
    var previous: UInt8 = 0x20
    var marker: UInt8 = 0
    for byte in text.utf8 {
      let isWord = byte > 0x20 && byte != UInt8(ascii: "*") && byte != UInt8(ascii: ",")
      if isWord, marker == UInt8(ascii: "&") { anchors += 1 }
      if isWord, marker == UInt8(ascii: "*") { aliases += 1 }
      let isBoundary = previous <= 0x20 || ",[]{}:?-".utf8.contains(previous)
      marker = isBoundary && (byte == UInt8(ascii: "&") || byte == UInt8(ascii: "*")) ? byte : 0
      previous = byte
    }
    return anchors > 0 && aliases > limit
  }
}
