/// Cuts a phrase into the words of the ``Vocabulary``, numbers, and text that neither knows.
struct Lexer {
  private let letters: Letter.Buffer
  private var tokens: [Token] = []
  private var position = 0

  /// The tokens of a text, in order. Quotation marks and white space leave none.
  static func tokens(of text: String, table: WordTable) -> [Token] {
    Letter.withLetters(of: text) { letters in
      var lexer = Lexer(letters: letters)
      lexer.run(table)
      return lexer.tokens
    }
  }

  private init(letters: Letter.Buffer) {
    self.letters = letters
    tokens.reserveCapacity(letters.count + 1)
  }

  private mutating func run(_ table: WordTable) {
    while position < letters.count {
      let code = letters[position].code
      if isDigit(code) {
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
