import Foundation

extension Character {
  /// 0 to 9, full width included.
  var isASCIIDigit: Bool {
    guard let scalar = unicodeScalars.first, unicodeScalars.count == 1 else { return false }
    return (0x30...0x39).contains(scalar.value) || (0xFF10...0xFF19).contains(scalar.value)
  }

  /// The value of a digit, full width included; nil for anything else.
  var digit: Int? {
    guard isASCIIDigit, let value = unicodeScalars.first?.value else { return nil }
    return Int(value >= 0xFF10 ? value - 0xFF10 : value - 0x30)
  }

  /// A letter of a Latin word.
  var isLatinLetter: Bool { isASCII && isLetter }

  /// A common ideograph (CJK Unified Ideographs, with extension A and the compatibility ones).
  var isIdeograph: Bool {
    guard let value = unicodeScalars.first?.value else { return false }
    return (0x3400...0x9FFF).contains(value) || (0xF900...0xFAFF).contains(value)
      || (0x20000...0x3FFFF).contains(value)
  }

  var endsSentence: Bool { "。！？!?；;".contains(self) }

  var opensBracket: Bool { "（(〔[【《〈“「".contains(self) }

  var closesBracket: Bool { "）)〕]】》〉”」".contains(self) }

  /// By how much one is deeper in brackets behind it.
  var bracketDepth: Int { opensBracket ? 1 : closesBracket ? -1 : 0 }

  /// The same without quotation marks, which are often the wrong way round.
  var asideDepth: Int { "（(〔[【".contains(self) ? 1 : "）)〕]】".contains(self) ? -1 : 0 }
}

extension StringProtocol {
  /// Without any white space.
  var squeezed: String { String(filter { !$0.isWhitespace }) }

  /// Trimmed, with every run of white space as one space.
  var collapsed: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }

  /// Without the punctuation that ends a list or sentence.
  var withoutEnd: String {
    var text = self[startIndex...]
    while let last = text.last, last.isWhitespace || "。；;，,、.．".contains(last) { text = text.dropLast() }
    return text.trimmedWhitespace
  }

  /// Without a bracket at the end that nothing closes, or that closes nothing: what is left of a list that was cut at a
  /// label inside brackets.
  var balanced: String {
    var text = String(self)
    while let depth = text.last?.asideDepth,
      depth == 1 || depth == -1 && text.map(\.asideDepth).reduce(0, +) < 0
    {
      text = text.dropLast().trimmedWhitespace
    }
    return text
  }

  /// Whether it is made of these words alone; of two that fit, the first counts.
  func consists(of words: [String]) -> Bool {
    var rest = self[...]
    while let word = words.first(where: rest.hasPrefix) { rest = rest.dropFirst(word.count) }
    return rest.isEmpty
  }

  /// What is before the bracket that the text ends with, and in it: 县教育局（何清）; nil where it ends with none. With several
  /// brackets, `isFirst` tells the first of them from the last.
  func endingBracket(first isFirst: Bool = false) -> (before: String, inner: String)? {
    guard last?.closesBracket == true,
      let open = isFirst ? firstIndex(where: \.opensBracket) : lastIndex(where: \.opensBracket)
    else { return nil }
    return (self[..<open].trimmedWhitespace, self[index(after: open)...].dropLast().trimmedWhitespace)
  }

  /// The parts between `separators`, which don't count inside brackets; each trimmed, none empty.
  func parts(at separators: Set<Character>) -> [String] {
    var (parts, part, depth) = ([String](), "", 0)
    for character in self {
      depth = Swift.max(0, depth + character.bracketDepth)
      if depth == 0, separators.contains(character) {
        parts.append(part)
        part = ""
      } else {
        part.append(character)
      }
    }
    return (parts + [part]).map(\.trimmedWhitespace).filter { !$0.isEmpty }
  }
}

extension Sequence<String> {
  /// The lines of one wrapped paragraph in one.
  var unwrapped: String { reduce(into: "") { $0.unwrap($1) } }
}

extension Sequence<Substring> {
  /// The lines of one wrapped paragraph in one.
  var unwrapped: String { map(String.init).unwrapped }
}

extension String {
  /// Goes on with the next line of a wrapped paragraph: ideographs need nothing between them, Latin words a space.
  mutating func unwrap(_ next: String) {
    if let last, let first = next.first, last.isLatinLetter, first.isLatinLetter { append(" ") }
    append(next)
  }

  /// The first sentence without its full stop, and the rest of the text.
  ///
  /// A full stop inside brackets or quotation marks doesn't end the sentence, unless they are never closed.
  var sentence: (title: String, text: String) {
    var depth = 0
    var end: Index?
    for index in indices {
      depth = Swift.max(0, depth + self[index].bracketDepth)
      if self[index] == "。", depth == 0 {
        end = index
        break
      }
    }
    guard let end = end ?? (depth > 0 ? firstIndex(of: "。") : nil) else { return (trimmedWhitespace, "") }
    return (self[..<end].trimmedWhitespace, self[index(after: end)...].trimmedWhitespace)
  }
}

/// Ideographs that text from a PDF shows as radicals of the same shape, because its font shares their glyphs.
enum Radicals {
  /// The radicals of the supplement (U+2E80 to U+2EFF) that have the shape of a common ideograph; Unicode gives
  /// them no compatibility mapping.
  private static let supplement: [Unicode.Scalar: Unicode.Scalar] = [
    "⺁": "厂", "⺟": "母", "⺠": "民", "⺩": "王", "⻁": "虎", "⻄": "西", "⻅": "见", "⻆": "角", "⻉": "贝", "⻋": "车",
    "⻓": "长",
    "⻔": "门", "⻘": "青", "⻙": "韦", "⻚": "页", "⻛": "风", "⻜": "飞", "⻝": "食", "⻢": "马", "⻣": "骨", "⻤": "鬼",
    "⻥": "鱼",
    "⻦": "鸟", "⻧": "卤", "⻨": "麦", "⻩": "黄", "⻬": "齐", "⻮": "齿", "⻰": "龙", "⻳": "龟",
  ]

  /// The ideograph that `scalar` stands for; itself where it is no radical.
  static func ideograph(for scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0x2E80...0x2EFF: supplement[scalar] ?? scalar
    case 0x2F00...0x2FD5:
      String(scalar).precomposedStringWithCompatibilityMapping.unicodeScalars.first ?? scalar
    default: scalar
    }
  }
}
