/// Damages a file's bytes as editors, transfers and people do.
public enum Mutator {
  private static let fragments: [[UInt8]] =
    [
      ": ", "- ", "&a ", "*a", "\t", "\"", "'", "{", "}", "[", "]", "|\n", ">\n", "#", "\r\n", "? ", "<<: ",
      "---\n",
      "...\n", "!!str ", "%YAML 1.1\n", "~", "\u{FEFF}", "\u{85}", "\u{2028}", "一", "\0", "2022-02-30", "-1",
      "@",
    ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xBD, 0xA7]]

  /// The bytes after one to four changes, which follow from the generator.
  public static func mutated(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      let place = Int.random(in: 0...bytes.count, using: &generator)
      let end = min(bytes.count, place + Int.random(in: 1...40, using: &generator))
      switch Int.random(in: 0..<7, using: &generator) {
      case 0 where place < end: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &generator)
      case 1: bytes.removeSubrange(place..<end)
      case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 3: bytes.removeSubrange(place...)
      case 4: swapLines(&bytes, &generator)
      default:
        if let fragment = fragments.randomElement(using: &generator) {
          bytes.insert(contentsOf: fragment, at: place)
        }
      }
    }
    return bytes
  }

  private static func swapLines(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    guard let one = lines.indices.randomElement(using: &generator),
      let other = lines.indices.randomElement(using: &generator)
    else { return }
    lines.swapAt(one, other)
    bytes = Array(lines.joined(separator: [0x0A]))
  }
}
