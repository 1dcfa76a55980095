/// The texts that a workbook keeps once for all its cells, one after another in one buffer of UTF-8.
struct SharedStrings {
  /// All texts.
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
