/// The texts that a workbook keeps once for all its cells, one after another in one buffer of UTF-8.
struct SharedStrings {
  private(set) var bytes: [UInt8] = []
  /// Where each lies within ``bytes``.
  private(set) var ranges: [Range<Int>] = []
  /// What is struck through of each that has such runs.
  private(set) var struck: [Int: Struck] = [:]

  /// Reads the part; without one there are no shared texts.
  init(_ archive: ZipArchive, part: String?) throws(WorkbookFailure) {
    guard let part else { return }
    let handler = Handler()
    try archive.readPart(part, with: handler)
    (bytes, ranges, struck) = (handler.bytes, handler.ranges, handler.struck)
  }

  private final class Handler: XMLPart.Handler {
    var bytes: [UInt8] = []
    var ranges: [Range<Int>] = []
    var struck: [Int: Struck] = [:]
    private var text = RichText()
    private var start = 0

    func begin(_ element: Substring, _ attributes: [String: String]) {
      if element == "si" { start = bytes.count }
      text.begin(element, attributes)
    }

    func end(_ element: Substring) {
      text.end(element)
      guard element == "si" else { return }
      let isStruck = text.finish(&bytes, from: start)
      if isStruck != .no { struck[ranges.count] = isStruck }
      EscapedText.resolve(&bytes, from: start)
      ranges.append(start..<bytes.count)
    }

    func characters(_ part: String) { text.add(part, to: &bytes) }
  }
}

/// How much of a text is struck through.
enum Struck: UInt8, Sendable {
  case no
  /// Some runs, which are left out.
  case part
  /// All of it, which is read.
  case whole
}

/// Which characters of a rich text count: those of its runs, not those of its phonetic hints (拼音), and not those that are
/// struck through beside others that aren't.
struct RichText {
  private var isText = false
  private var hints = 0
  private var isRunStruck = false
  private var struck: [UInt8] = []

  mutating func begin(_ element: Substring, _ attributes: [String: String]) {
    switch element {
    case "t": isText = true
    case "rPh": hints += 1
    case "r": isRunStruck = false
    case "strike": isRunStruck = !["0", "false"].contains(attributes["val"])
    default: break
    }
  }

  mutating func end(_ element: Substring) {
    if element == "t" { isText = false }
    if element == "rPh" { hints -= 1 }
    if element == "r" { isRunStruck = false }
  }

  /// Adds characters to a text that is kept in those bytes, if they count.
  mutating func add(_ characters: String, to bytes: inout [UInt8]) {
    guard isText, hints == 0 else { return }
    if isRunStruck { struck += Array(characters.utf8) } else { bytes.append(contentsOf: characters.utf8) }
  }

  /// Ends the text that begins at `start`: one without any other words is what is struck through.
  mutating func finish(_ bytes: inout [UInt8], from start: Int) -> Struck {
    defer { struck = [] }
    if struck.isEmpty { return .no }
    if String(decoding: bytes[start...], as: UTF8.self).contains(where: { !$0.isWhitespace }) { return .part }
    bytes.replaceSubrange(start..., with: struck)
    return .whole
  }
}

/// The escapes that workbooks use for characters that XML can't hold: `_x000D_` is a carriage return (ECMA-376
/// part 1, 22.9.2.19, ST_Xstring).
enum EscapedText {
  /// Replaces the escapes in the bytes from `start` on.
  static func resolve(_ bytes: inout [UInt8], from start: Int) {
    var (from, to) = (start, start)
    while from < bytes.count {
      if let unit = unit(bytes, at: from) {
        for byte in String(unit).utf8 {
          bytes[to] = byte
          to += 1
        }
        from += 7
      } else {
        bytes[to] = bytes[from]
        (from, to) = (from + 1, to + 1)
      }
    }
    bytes.removeLast(from - to)
  }

  /// The text with what looks like an escape escaped itself: its first sign becomes `_x005F_`.
  static func escaped(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    for offset in bytes.indices {
      if unit(bytes, at: offset) != nil {
        result += Array("_x005F_".utf8)
      } else {
        result.append(bytes[offset])
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The character that the escape at `offset` stands for; nil where there is none, or half a surrogate pair.
  private static func unit(_ bytes: [UInt8], at offset: Int) -> Character? {
    guard bytes[offset] == UInt8(ascii: "_"), offset + 7 <= bytes.count,
      bytes[offset + 1] == UInt8(ascii: "x"),
      bytes[offset + 6] == UInt8(ascii: "_"),
      let value = UInt32(String(decoding: bytes[offset + 2..<offset + 6], as: UTF8.self), radix: 16)
    else { return nil }
    return Unicode.Scalar(value).map(Character.init)
  }
}
