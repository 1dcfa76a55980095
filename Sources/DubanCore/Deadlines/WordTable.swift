/// Finds the longest word of the ``Vocabulary`` at a place of a phrase.
struct WordTable: Sendable {
  /// A word's spelling, as a stretch of ``letters``, and what it means.
  private struct Candidate {
    var start: Int32
    var count: Int32
    var word: Word
    var value: Int32
  }

  static let standard = WordTable(Vocabulary.entries)

  private var letters: [UInt16] = []
  /// Grouped by first letter, the longest first.
  private var candidates: [Candidate] = []
  /// For each first letter, one more than the index of its first candidate; 0 for none.
  private var firstCandidate: [UInt16]

  init(_ entries: [Vocabulary.Entry]) {
    firstCandidate = Array(repeating: 0, count: 1 << 16)
    var known: [[UInt16]: (Word, Int32)] = [:]
    for entry in entries {
      for spelling in entry.spellings.split(separator: " ") where known[Array(spelling.utf16)] == nil {
        known[Array(spelling.utf16)] = (entry.word, entry.value)
      }
    }
    let sorted = known.sorted { left, right in
      if left.key[0] != right.key[0] { return left.key[0] < right.key[0] }
      return left.key.count != right.key.count
        ? left.key.count > right.key.count : left.key.lexicographicallyPrecedes(right.key)
    }
    for (spelling, (word, value)) in sorted {
      if firstCandidate[Int(spelling[0])] == 0 {
        firstCandidate[Int(spelling[0])] = UInt16(candidates.count + 1)
      }
      candidates.append(
        Candidate(start: Int32(letters.count), count: Int32(spelling.count), word: word, value: value))
      letters += spelling
    }
  }

  /// The longest word that begins at `position`, with its length; nil where none does.
  ///
  /// Behind a number a unit wins over longer words, and 前 behind a date: 20日报送 is 20日 and 报送, not a 日报;
  /// 年底前进行 is 年底前 and 进行.
  func word(
    in units: [Letter], at position: Int, behind last: Word? = nil
  ) -> (word: Word, value: Int32, count: Int)? {
    let first = units[position].code
    var index = Int(firstCandidate[Int(first)]) - 1
    guard index >= 0 else { return nil }
    while index < candidates.count {
      let candidate = candidates[index]
      guard letters[Int(candidate.start)] == first else { return nil }
      if last.map(candidate.word.belongs(behind:)) ?? true, matches(candidate, units, position) {
        return (candidate.word, candidate.value, Int(candidate.count))
      }
      index += 1
    }
    return nil
  }

  private func matches(_ candidate: Candidate, _ units: [Letter], _ position: Int) -> Bool {
    let count = Int(candidate.count)
    guard position + count <= units.count else { return false }
    for offset in 1..<max(count, 1)
    where letters[Int(candidate.start) + offset] != units[position + offset].code {
      return false
    }
    return true
  }
}

extension Word {
  /// Whether the word is the unit of a number before it, or the 前 of a date before it.
  fileprivate func belongs(behind last: Word) -> Bool {
    switch last {
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
