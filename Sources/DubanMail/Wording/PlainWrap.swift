internal import DubanCore

/// ``TextWrap`` for text in which every scalar is a character by itself, which is nearly all there is: one pass over
/// the bytes instead of several over characters.
struct PlainWrap {
  /// A stretch of the text that no line break may part.
  private struct Piece {
    var start: Int
    var end: Int
    var columns: Int
    var scalars: Int
    /// The last scalar; of a piece of one scalar also the first.
    var last: UInt32
  }

  private let text: UnsafeBufferPointer<UInt8>
  private let width: Int
  private let indent: [UInt8]
  private var output: [UInt8] = []
  /// The open line: its first and its last byte's successor, and its columns. A line without bytes is empty.
  private var start = 0
  private var end = 0
  private var used = 0
  /// Whether the paragraph has a line before the open one.
  private var hasLine = false

  /// The lines in UTF-8, or nil for a text with a scalar that may join its neighbour.
  static func lines(_ text: String, width: Int, indent: String) -> [UInt8]? {
    var text = text
    return text.withUTF8 { bytes in
      guard indent.utf8.allSatisfy({ $0 == 0x20 }) else { return nil }
      var wrap = PlainWrap(text: bytes, width: width - indent.utf8.count, indent: Array(indent.utf8))
      wrap.output.reserveCapacity(bytes.count + bytes.count / 16 + 64)
      return wrap.run() ? wrap.output : nil
    }
  }

  private init(text: UnsafeBufferPointer<UInt8>, width: Int, indent: [UInt8]) {
    self.text = text
    self.width = width
    self.indent = indent
  }

  private mutating func run() -> Bool {
    var index = 0
    var isFirst = true
    while index < text.count {
      if text[index] == 0x0A {
        index += 1
        continue
      }
      if !isFirst { output.append(0x0A) }
      isFirst = false
      guard let end = paragraph(from: index) else { return false }
      index = end
    }
    return true
  }

  /// Breaks the paragraph that starts there; returns its end, or nil for a scalar that isn't simple.
  private mutating func paragraph(from first: Int) -> Int? {
    (start, end, used, hasLine) = (first, first, 0, false)
    var index = first
    var open: Piece?
    var isCut = false
    while index < text.count, text[index] != 0x0A {
      if SimpleScalar.isIdeograph(text, at: index), !(open.map { Self.isOpening($0.last) } ?? false) {
        if let before = open { put(before) }
        index = putIdeographs(from: index)
        (open, isCut) = (nil, false)
        continue
      }
      guard let piece = next(from: index, isCut: isCut) else { return nil }
      index = piece.end
      isCut = piece.scalars == TextWrap.longestWord
      if let before = open, Self.isOpening(before.last) {
        open = Piece(
          start: before.start, end: piece.end, columns: before.columns + piece.columns,
          scalars: before.scalars + piece.scalars, last: piece.last)
      } else {
        if let before = open { put(before) }
        open = piece
      }
    }
    if let open { put(open) }
    endLine()
    return index
  }

  private mutating func put(_ piece: Piece) {
    let isAlone = piece.scalars == 1
    if used + piece.columns > width, end > start, !(isAlone && Self.isClosing(piece.last)) {
      endLine()
      (start, end, used) = (piece.start, piece.start, 0)
    }
    if end == start {
      // No line starts with a space.
      let isSpace = isAlone && piece.last == 0x20
      start = isSpace ? piece.end : piece.start
      end = start
      if isSpace { return }
    }
    end = piece.end
    used += piece.columns
  }

  /// Puts the run of ideographs that starts there, as many at a time as fit: each is a piece of two columns that any
  /// line may start and end with. Returns the run's end.
  private mutating func putIdeographs(from first: Int) -> Int {
    var index = first
    while index < text.count, SimpleScalar.isIdeograph(text, at: index) {
      var room = max((width - used) / 2, 0)
      if end == start {
        start = index
        room = max(room, 1)
      } else if room == 0 {
        endLine()
        (start, end, used) = (index, index, 0)
        continue
      }
      let before = index
      let limit = min(text.count, index + room * 3)
      while index < limit, SimpleScalar.isIdeograph(text, at: index) { index += 3 }
      end = index
      used += (index - before) / 3 * 2
    }
    return index
  }

  private mutating func endLine() {
    guard end > start else { return }
    if hasLine { output.append(0x0A) }
    hasLine = true
    output.append(contentsOf: indent)
    output.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<end]))
  }

  /// A Latin word, or one scalar; nil for one that isn't simple. What follows a word that was cut stands alone.
  private func next(from start: Int, isCut: Bool) -> Piece? {
    let longest = isCut ? 1 : TextWrap.longestWord
    var end = start
    while end < text.count, end - start < longest, (0x21...0x7E).contains(text[end]) { end += 1 }
    if end > start {
      return Piece(
        start: start, end: end, columns: end - start, scalars: end - start, last: UInt32(text[end - 1]))
    }
    let (scalar, size) = UTF8Scalar.at(start, of: text)
    guard SimpleScalar.isSimple(scalar) else { return nil }
    return Piece(
      start: start, end: start + size, columns: scalar >= 0x2E80 ? 2 : 1, scalars: 1, last: scalar)
  }

  /// The marks of ``TextWrap/opening``.
  private static func isOpening(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x28, 0x2018, 0x201C, 0x300A, 0x300C, 0x300E, 0x3010, 0x3014, 0xFF08: true
    default: false
    }
  }

  /// The marks of ``TextWrap/closing``.
  private static func isClosing(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x2019, 0x201D, 0x2026, 0x3001, 0x3002, 0x300B, 0x300D, 0x300F, 0x3011, 0x3015, 0xFF01, 0xFF09,
      0xFF0C,
      0xFF1A, 0xFF1B, 0xFF1F:
      true
    default: false
    }
  }
}
