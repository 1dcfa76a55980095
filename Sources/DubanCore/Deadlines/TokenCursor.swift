/// Reads tokens one after another, and can go back.
struct TokenCursor {
  private(set) var tokens: [Token]
  var position = 0

  init(_ tokens: [Token]) { self.tokens = tokens }

  /// The kind of the token `ahead` places further on; `.stop` beyond the end.
  func peek(_ ahead: Int = 0) -> Word {
    let index = position + ahead
    return tokens.indices.contains(index) ? tokens[index].word : .stop
  }

  /// The value of the token `ahead` places further on; 0 beyond the end.
  func value(_ ahead: Int = 0) -> Int {
    let index = position + ahead
    return tokens.indices.contains(index) ? Int(tokens[index].value) : 0
  }

  /// How many digits the number `ahead` places further on has.
  func digits(_ ahead: Int = 0) -> Int {
    let index = position + ahead
    return tokens.indices.contains(index) ? Int(tokens[index].digits) : 0
  }

  /// Whether a number in digits or Chinese numerals stands `ahead` places further on.
  func isNumber(_ ahead: Int = 0) -> Bool {
    let word = peek(ahead)
    return word == .number || word == .numeral
  }

  /// Marks those that belong to an item.
  mutating func own(_ places: Range<Int>) { for place in places { tokens[place].isOwned = true } }

  /// Goes past the next token if it is of this kind.
  mutating func skip(_ word: Word) -> Bool {
    guard peek() == word, position < tokens.count else { return false }
    position += 1
    return true
  }

  /// Whether a dash, 至 or 到 stands `ahead` places further on.
  func isRangeSign(_ ahead: Int = 0) -> Bool { peek(ahead) == .dash || peek(ahead) == .to }

  /// Whether the phrase is over.
  var isAtEnd: Bool { position >= tokens.count }
}
