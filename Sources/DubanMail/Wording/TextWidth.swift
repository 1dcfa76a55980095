/// Widths and line breaks for plain text in which a Chinese character takes two columns.
enum TextWidth {
  /// How many columns a text takes in a fixed-width font with Chinese glyphs.
  static func columns(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + columns($1) }
  }

  /// The text with spaces after it, up to `width` columns.
  static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - columns(text)))
  }

  /// The text in lines of at most `width` columns, each after `indent`.
  ///
  /// Chinese breaks anywhere, except that a closing mark never starts a line; Latin words and numbers stay whole
  /// where they fit on a line.
  static func wrapped(_ text: String, width: Int, indent: String = "") -> String {
    text.split(separator: "\n", omittingEmptySubsequences: true).map { paragraph in
      lines(of: paragraph, width: width - columns(indent)).map { indent + $0 }.joined(separator: "\n")
    }.joined(separator: "\n")
  }

  private static func lines(of paragraph: Substring, width: Int) -> [String] {
    var lines: [String] = []
    var (line, used) = ("", 0)
    for piece in pieces(of: paragraph) {
      let size = columns(piece)
      if used + size > width, !line.isEmpty, !isClosing(piece) {
        lines.append(line)
        (line, used) = ("", 0)
      }
      if line.isEmpty, piece == " " { continue }
      line += piece
      used += size
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }

  /// Latin words and numbers as one piece of at most 40 columns, everything else character by character.
  private static func pieces(of text: Substring) -> [String] {
    var (pieces, word) = ([String](), "")
    for character in text {
      if character.isASCII, character != " ", word.utf8.count < 40 {
        word.append(character)
        continue
      }
      if !word.isEmpty { pieces.append(word) }
      word = ""
      pieces.append(String(character))
    }
    if !word.isEmpty { pieces.append(word) }
    return pieces
  }

  private static func isClosing(_ piece: String) -> Bool {
    piece.count == 1 && "，。、；：？！）》”’」』】〕…".contains(piece)
  }

  /// East Asian wide and full-width characters, and the marks that Chinese fonts draw wide.
  private static func columns(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0..<0x300: 1
    case 0x300...0x36F, 0x200D, 0xFE00...0xFE0F: 0
    case 0x1100...0x115F, 0x2014...0x2015, 0x2018...0x201D, 0x2025...0x2026, 0x2460...0x24FF,
      0x2500...0x257F, 0x25A0...0x25FF, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE4F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      2
    default: 1
    }
  }
}
