/// Cuts a phrase into the words of the ``Vocabulary``, numbers, and text that neither knows.
struct Lexer {
  private let letters: [FoldedCharacter]
  private var tokens: [Token] = []
  private var position = 0

  /// The tokens of a text, in order. Quotation marks and white space leave none.
  static func tokens(of text: String, table: WordTable) -> [Token] {
    var lexer = Lexer(letters: FoldedCharacter.all(of: text))
    lexer.run(table)
    return lexer.tokens
  }

  private init(letters: [FoldedCharacter]) {
    self.letters = letters
    tokens.reserveCapacity(letters.count + 1)
  }

  private mutating func run(_ table: WordTable) {
    while position < letters.count {
      let code = letters[position].code
      if let count = damagedNumber() {
        append(.number, value: -1, digits: UInt8(min(count, 255)), count: count)
      } else if isDigit(code) {
        readDigits()
      } else if code == 0x300A {
        skipTitle()
      } else if let word = word(table) {
        append(word.word, value: word.value, count: word.count)
      } else if Numerals.isNumeral(code) {
        readNumeral(table)
      } else if code == Lexer.quote {
        position += 1
      } else {
        append(.text, count: 1)
      }
    }
  }

  private func word(_ table: WordTable) -> WordTable.Match? {
    let last = tokens.last?.word
    return switch last {
    case .number, .numeral, .end, .day, .month, .year: table.word(in: letters, at: position, behind: last)
    default: table.word(in: letters, at: position)
    }
  }

  private static let quote: UInt16 = 0x22

  private func isDigit(_ code: UInt16) -> Bool { (0x30...0x39).contains(code) }

  private mutating func append(_ word: Word, value: Int32 = 0, digits: UInt8 = 0, count: Int) {
    let (start, end) = (letters[position].source, letters[position + count - 1].source + 1)
    position += count
    // Runs of unknown text and of dashes are one token each: ——, 新建项目.
    if let last = tokens.indices.last, word == .text || word == .dash, tokens[last].word == word {
      tokens[last].end = end
    } else {
      tokens.append(Token(word: word, value: value, digits: digits, start: start, end: end))
    }
  }

  /// The length of a number before 年, 月 or 日 in which a letter stands for a digit: 2O22年, l2月. Which one it stands
  /// for isn't guessed.
  private func damagedNumber() -> Int? {
    guard isDigit(letters[position].code) || isLookalike(letters[position].code) else { return nil }
    let end =
      letters[position...].firstIndex { !isDigit($0.code) && !isLookalike($0.code) } ?? letters.endIndex
    let run = letters[position..<end]
    guard end < letters.endIndex, Self.units.contains(letters[end].code),
      run.contains(where: { isDigit($0.code) }),
      run.contains(where: { isLookalike($0.code) })
    else { return nil }
    return run.count
  }

  /// O, o, l, I and |, which a scan or a typist puts for 0 and 1.
  private func isLookalike(_ code: UInt16) -> Bool { [0x4F, 0x6F, 0x6C, 0x49, 0x7C].contains(code) }

  /// 年, 月 and 日.
  private static let units: [UInt16] = [0x5E74, 0x6708, 0x65E5]

  /// A run of digits that no space interrupts: what a space parts may be two numbers, so it isn't joined.
  private mutating func readDigits() {
    var (count, value) = (0, Int32(0))
    while position + count < letters.count, isDigit(letters[position + count].code),
      count == 0 || !letters[position + count].afterSpace
    {
      if count < 9 { value = value * 10 + Int32(letters[position + count].code - 0x30) }
      count += 1
    }
    append(.number, value: count > 9 ? -1 : value, digits: UInt8(min(count, 255)), count: count)
  }

  private mutating func readNumeral(_ table: WordTable) {
    var count = 1
    while position + count < letters.count, continuesNumeral(position + count, table) { count += 1 }
    let run = letters[position..<position + count]
    append(.numeral, value: Numerals.value(of: run), digits: UInt8(min(count, 255)), count: count)
  }

  /// An ASCII zero or letter O between Chinese numerals is one of them: 二0二二年.
  private func continuesNumeral(_ index: Int, _ table: WordTable) -> Bool {
    let code = letters[index].code
    if Numerals.isNumeral(code) { return table.word(in: letters, at: index)?.word != .fiveYears }
    guard Numerals.isZeroLike(code), index + 1 < letters.count else { return false }
    return Numerals.isNumeral(letters[index + 1].code) || Numerals.isZeroLike(letters[index + 1].code)
  }

  /// A title in 《》 is a name, whatever dates it holds. One that never closes hides the rest of the phrase.
  private mutating func skipTitle() {
    var (depth, count) = (0, 0)
    repeat {
      let code = letters[position + count].code
      if code == 0x300A { depth += 1 }
      if code == 0x300B { depth -= 1 }
      count += 1
    } while depth > 0 && position + count < letters.count
    append(.text, count: count)
  }
}

/// Numbers in Chinese numerals: 十二, 三十一, 二〇二二.
enum Numerals {
  /// Whether the character is a digit, 十, 百, 千 or 两.
  static func isNumeral(_ code: UInt16) -> Bool { digit(code) != nil || magnitude(code) != nil }

  /// Whether the character is typed in place of 〇.
  static func isZeroLike(_ code: UInt16) -> Bool { code == 0x30 || code == 0x4F || code == 0x6F }

  /// The number that the run says, place by place (二〇二二) or with 十 and 百 (三十一); -1 for neither.
  static func value(of run: ArraySlice<FoldedCharacter>) -> Int32 {
    if run.contains(where: { magnitude($0.code) != nil }) { return spoken(run) }
    guard run.count == 1 || run.count == 4 else { return -1 }
    return run.reduce(0) { $0 * 10 + (isZeroLike($1.code) ? 0 : digit($1.code) ?? 0) }
  }

  private static func spoken(_ run: ArraySlice<FoldedCharacter>) -> Int32 {
    var (total, pending, ceiling) = (Int32(0), Int32(-1), Int32(10_000))
    for letter in run {
      if let power = magnitude(letter.code) {
        guard power < ceiling, pending != 0 else { return -1 }
        total += (pending < 0 ? 1 : pending) * power
        (pending, ceiling) = (-1, power)
      } else if let digit = digit(letter.code) {
        guard pending <= 0 else { return -1 }
        pending = digit
      } else {
        return -1
      }
    }
    return total + max(pending, 0)
  }

  private static func digit(_ code: UInt16) -> Int32? {
    switch code {
    case 0x3007: 0  // 〇
    case 0x4E00: 1  // 一
    case 0x4E8C, 0x4E24: 2  // 二, 两
    case 0x4E09: 3  // 三
    case 0x56DB: 4  // 四
    case 0x4E94: 5  // 五
    case 0x516D: 6  // 六
    case 0x4E03: 7  // 七
    case 0x516B: 8  // 八
    case 0x4E5D: 9  // 九
    default: nil
    }
  }

  private static func magnitude(_ code: UInt16) -> Int32? {
    switch code {
    case 0x5341: 10  // 十
    case 0x767E: 100  // 百
    case 0x5343: 1000  // 千
    default: nil
    }
  }
}
