/// Random numbers that are the same for the same seed (SplitMix64, S. Vigna), so that a failure can be repeated.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// A generator that starts from `seed`.
  public init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// One of the given.
  public mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: elements.indices, using: &self)]
  }

  /// True once in `times`.
  public mutating func once(in times: Int) -> Bool { Int.random(in: 0..<times, using: &self) == 0 }
}

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
