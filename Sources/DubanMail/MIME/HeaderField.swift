/// Writes header fields: folded, seven bits wide, and closed to whatever a text may hold.
struct HeaderField {
  /// RFC 2047, section 2: no encoded word, and no line that holds one, past these lengths.
  private static let wordLimit = 75
  private static let lineLimit = 76
  private static let prefix = "=?UTF-8?B?"
  private static let suffix = "?="

  private(set) var bytes: [UInt8] = []
  private var column = 0

  init(_ name: String) {
    put(name)
    put(":")
  }

  /// The finished field with its CRLF.
  consuming func finished() -> [UInt8] {
    bytes.append(13)
    bytes.append(10)
    return bytes
  }

  /// A token of printable ASCII that is ours, after a space or on a line of its own where it doesn't fit.
  mutating func token(_ text: String) {
    if column + 1 + text.utf8.count > Self.lineLimit, column > 0 { fold() } else { put(" ") }
    put(text)
  }

  /// Unstructured text: as it is where it is plain and short, otherwise as encoded words.
  mutating func text(_ text: String) {
    let line = CleanText.line(text)
    if Self.isPlain(line), column + 1 + line.utf8.count <= Self.lineLimit { return token(line) }
    words(line)
  }

  /// A mailbox: the name as a quoted string or encoded words, then the address in angle brackets.
  mutating func mailbox(name: String, address: MailAddress, hasNext: Bool) {
    let name = CleanText.line(name, limit: 60)
    let end = hasNext ? "," : ""
    if name.isEmpty { return token(address.text + end) }
    if Self.isPlain(name), name.utf8.count <= 60 {
      token("\"" + name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\"")
    } else {
      words(name)
    }
    token("<\(address.text)>\(end)")
  }

  private static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains("=?") && !text.hasPrefix(" ")
      && !text.hasSuffix(" ")
  }

  private mutating func put(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    column += text.utf8.count
  }

  private mutating func fold() {
    bytes.append(contentsOf: [13, 10, 32])
    column = 1
  }

  /// Encoded words, cut between characters. A character of more marks than a word can hold is cut between its
  /// scalars, never within one (RFC 2047, section 5).
  private mutating func words(_ text: String) {
    var chunk: [UInt8] = []
    var isFirst = true
    func flush(into field: inout HeaderField) {
      if isFirst { field.put(" ") } else { field.fold() }
      isFirst = false
      field.put(Self.prefix)
      let start = field.bytes.count
      Base64.append(chunk, to: &field.bytes)
      field.column += field.bytes.count - start
      field.put(Self.suffix)
      chunk.removeAll(keepingCapacity: true)
    }
    func room(in field: borrowing HeaderField) -> Int {
      let used = isFirst ? field.column + 1 : 1
      let width = min(Self.wordLimit, Self.lineLimit - used) - Self.prefix.utf8.count - Self.suffix.utf8.count
      return width / 4 * 3
    }
    for character in text {
      let pieces =
        character.utf8.count <= 39
        ? [Array(character.utf8)] : character.unicodeScalars.map { Array(String($0).utf8) }
      for piece in pieces {
        if !chunk.isEmpty, chunk.count + piece.count > room(in: self) { flush(into: &self) }
        if chunk.isEmpty, isFirst, piece.count > room(in: self) {
          fold()
          isFirst = false
        }
        chunk.append(contentsOf: piece)
      }
    }
    if !chunk.isEmpty { flush(into: &self) }
  }
}
