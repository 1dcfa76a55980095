/// Finds the longest word of the ``Vocabulary`` at a place of a phrase.
struct WordTable: Sendable {
  /// A word of the vocabulary that stands at a place of a phrase.
  struct Match: Equatable {
    var word: Word
    var value: Int32
    /// In characters.
    var count: Int
  }

  static let standard = WordTable(Vocabulary.entries)

  /// The words and their spellings, by their first two characters (a word of one stands under itself and 0), the
  /// longest first.
  private let candidates: [UInt32: [(spelling: [UInt16], match: Match)]]

  /// A table of these words, whose characters are folded as those of phrases are. Of a spelling that stands twice, the
  /// first holds.
  init(_ entries: [Vocabulary.Entry]) {
    var candidates: [UInt32: [(spelling: [UInt16], match: Match)]] = [:]
    for entry in entries {
      for text in entry.spellings.split(separator: " ") {
        let spelling = text.utf16.map { Folding.standard.folded(UInt32($0)) }
        let match = Match(word: entry.word, value: entry.value, count: spelling.count)
        candidates[Self.key(spelling[0], spelling.count > 1 ? spelling[1] : 0), default: []]
          .append((spelling, match))
      }
    }
    // Sorting is stable: of two that are equal, the first stays first.
    self.candidates = candidates.mapValues { $0.sorted { $0.match.count > $1.match.count } }
  }

  private static func key(_ first: UInt16, _ second: UInt16) -> UInt32 {
    UInt32(first) << 16 | UInt32(second)
  }

  /// The longest word that begins at `position`; nil where none does.
  ///
  /// Behind a number a unit wins over longer words, and 前 behind a date: 20日报送 is 20日 and 报送, not a 日报;
  /// 年底前进行 is 年底前 and 进行.
  func word(in characters: [FoldedCharacter], at position: Int, behind last: Word? = nil) -> Match? {
    var longest: Match?
    let second = position + 1 < characters.count ? characters[position + 1].code : 0
    for next in second == 0 ? [0] : [second, 0] {
      for candidate in candidates[Self.key(characters[position].code, next)] ?? []
      where Self.stands(candidate.spelling, in: characters, at: position) {
        if candidate.match.word.belongs(behind: last) { return candidate.match }
        longest = longest ?? candidate.match
      }
    }
    return longest
  }

  /// Whether the characters from `position` on are these; the first two are known to be.
  private static func stands(_ spelling: [UInt16], in characters: [FoldedCharacter], at position: Int) -> Bool
  {
    guard position + spelling.count <= characters.count else { return false }
    return spelling.indices.dropFirst(2).allSatisfy { spelling[$0] == characters[position + $0].code }
  }
}

extension Word {
  /// Whether the word is the unit of a number before it, or the 前 of a date before it; any is behind nothing.
  fileprivate func belongs(behind last: Word?) -> Bool {
    switch last {
    case nil: true
    case .number, .numeral: isUnit
    default: self == .before || self == .around
    }
  }

  private var isUnit: Bool {
    switch self {
    case .year, .month, .day, .quarter, .months, .days, .workdays, .weeks, .hours, .hour, .minute, .times,
      .piece:
      true
    default: false
    }
  }
}
