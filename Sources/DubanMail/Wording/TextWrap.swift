internal import DubanCore

/// Breaks plain text into lines in which a Chinese character takes two columns.
enum TextWrap {
  /// The text in lines of at most `width` columns, each after `indent`.
  ///
  /// Chinese breaks anywhere, except that a closing mark never starts a line and an opening one never ends it; Latin words and numbers stay whole
  /// where they fit on a line.
  static func lines(_ text: String, width: Int, indent: String = "") -> String {
    text.split(separator: "\n", omittingEmptySubsequences: true).map { paragraph in
      lines(of: paragraph, width: width - DisplayWidth.of(indent)).map { indent + $0 }.joined(separator: "\n")
    }.joined(separator: "\n")
  }

  private static func lines(of paragraph: Substring, width: Int) -> [String] {
    var lines: [String] = []
    var (line, used) = ("", 0)
    for piece in pieces(of: paragraph) {
      let size = DisplayWidth.of(piece)
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
      if character.isASCII, character != " ", word.utf8.count < longestWord {
        word.append(character)
        continue
      }
      if !word.isEmpty { pieces.append(word) }
      word = ""
      pieces.append(String(character))
    }
    if !word.isEmpty { pieces.append(word) }
    return pieces.reduce(into: []) { joined, piece in
      if let last = joined.last?.unicodeScalars.last, opening.contains(last) {
        joined[joined.count - 1] += piece
      } else {
        joined.append(piece)
      }
    }
  }

  /// Columns of a Latin word that are kept together.
  private static let longestWord = 40
  /// Marks that never end a line.
  private static let opening = "（《“‘「『【〔(".unicodeScalars
  /// Marks that never start a line.
  private static let closing = "，。、；：？！）》”’」』】〕…".unicodeScalars

  private static func isClosing(_ piece: String) -> Bool {
    piece.unicodeScalars.count == 1 && closing.contains(piece.unicodeScalars[piece.startIndex])
  }
}
