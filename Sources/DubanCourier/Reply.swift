/// What the relay said to one command (RFC 5321, section 4.2): one or several lines of `250-text`, the last `250 text`.
struct Reply: Sendable, Hashable {
  /// More lines than any honest reply has; what comes after is read by libcurl and forgotten by us.
  static let mostLines = 100

  /// The lines as they came, without line ends.
  private(set) var lines: [String] = []
  /// The code of the last line, once that line is there; nil for ever where a line doesn't belong to the reply.
  private(set) var code: Int?
  /// Whether the last line is there, or one that keeps us from knowing which it is.
  private(set) var isOver = false
  private var firstCode: Int?

  /// Takes one more line.
  ///
  /// All lines of a reply have the same code, and a blank or a dash behind it (RFC 5321, section 4.2.1). What else comes
  /// makes the reply unusable: an answer to another command may have got into it.
  mutating func append(_ line: String) {
    let bytes = Array(line.utf8)
    let digits = bytes.prefix(3)
    let isCoded =
      digits.count == 3 && digits.allSatisfy { (0x30...0x39).contains($0) }
      && (bytes.count == 3 || bytes[3] == 0x20 || bytes[3] == 0x2D)
    let own = isCoded ? digits.reduce(0) { $0 * 10 + Int($1 - 0x30) } : nil
    if own == nil || firstCode ?? own != own {
      isOver = true
    } else if !isOver {
      firstCode = own
      isOver = bytes.count == 3 || bytes[3] == 0x20
      if isOver { code = own }
    }
    if lines.count < Self.mostLines { lines.append(line) }
  }

  /// The words of all lines, without their codes, as one printable line.
  var text: String { printableLine(words.joined(separator: " ")) }

  /// The words of each line, without the code.
  var words: [Substring] {
    lines.map(Self.words)
  }

  private static func words(_ line: String) -> Substring {
    let isCoded = line.utf8.count >= 3 && line.utf8.prefix(3).allSatisfy { (0x30...0x39).contains($0) }
    return isCoded ? Substring(line.unicodeScalars.dropFirst(4)) : line[...]
  }

  /// The enhanced status code (RFC 3463) at the start of the words, where the relay gives one.
  var enhanced: String? {
    guard let words = lines.last.map(Self.words) else { return nil }
    let first = words.utf8.drop { $0 == 0x20 }.prefix { $0 != 0x20 }
    guard [0x32, 0x34, 0x35].contains(first.first) else { return nil }
    let parts = first.split(separator: 0x2E, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count == 1,
      parts.dropFirst().allSatisfy({
        (1...3).contains($0.count) && $0.allSatisfy { (0x30...0x39).contains($0) }
      })
    else { return nil }
    return String(Substring(first))
  }
}
