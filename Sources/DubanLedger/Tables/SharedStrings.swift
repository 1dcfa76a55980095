/// The texts that a workbook keeps once for all its cells, one after another in one buffer of UTF-8.
struct SharedStrings {
  private(set) var bytes: [UInt8] = []
  /// Where each lies within ``bytes``.
  private(set) var ranges: [Range<Int>] = []

  /// Reads the part; without one there are no shared texts.
  init(_ archive: ZipArchive, part: String?) throws(WorkbookFailure) {
    guard let part else { return }
    let handler = Handler()
    try archive.readPart(part, with: handler)
    (bytes, ranges) = (handler.bytes, handler.ranges)
  }

  private final class Handler: XMLPart.Handler {
    var bytes: [UInt8] = []
    var ranges: [Range<Int>] = []
    let isDone = false
    private var text = RichText()
    private var start = 0

    func begin(_ element: Substring, _ attributes: [String: String]) {
      if element == "si" { start = bytes.count }
      text.begin(element)
    }

    func end(_ element: Substring) {
      text.end(element)
      guard element == "si" else { return }
      EscapedText.resolve(&bytes, from: start)
      ranges.append(start..<bytes.count)
    }

    func characters(_ part: String) {
      if text.isOpen { bytes.append(contentsOf: part.utf8) }
    }
  }
}

/// Which characters of a rich text count: those of its runs, not those of its phonetic hints (拼音).
struct RichText {
  private var isText = false
  private var hints = 0

  /// Whether characters now belong to the text.
  var isOpen: Bool { isText && hints == 0 }

  mutating func begin(_ element: Substring) {
    if element == "t" { isText = true }
    if element == "rPh" { hints += 1 }
  }

  mutating func end(_ element: Substring) {
    if element == "t" { isText = false }
    if element == "rPh" { hints -= 1 }
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
