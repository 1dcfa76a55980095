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
    var all: [UInt16] = []
    var spellings: [Candidate] = []
    for entry in entries {
      var start = all.count
      func end() {
        guard all.count > start else { return }
        spellings.append(
          Candidate(
            start: Int32(start), count: Int32(all.count - start), word: entry.word, value: entry.value))
        start = all.count
      }
      for unit in entry.spellings.utf16 {
        if unit == 0x20 { end() } else { all.append(unit) }
      }
      end()
    }
    func letters(of candidate: Candidate) -> ArraySlice<UInt16> {
      all[Int(candidate.start)..<Int(candidate.start + candidate.count)]
    }
    spellings.sort { left, right in
      let (first, second) = (all[Int(left.start)], all[Int(right.start)])
      if first != second { return first < second }
      if left.count != right.count { return left.count > right.count }
      for offset in 1..<max(1, Int(left.count)) {
        let (one, other) = (all[Int(left.start) + offset], all[Int(right.start) + offset])
        if one != other { return one < other }
      }
      // Of a spelling that stands twice, the first holds.
      return left.start < right.start
    }
    for spelling in spellings {
      let own = letters(of: spelling)
      if let last = candidates.last, self.letters[Int(last.start)...].elementsEqual(own) { continue }
      let first = Int(all[Int(spelling.start)])
      if firstCandidate[first] == 0 { firstCandidate[first] = UInt16(candidates.count + 1) }
      candidates.append(
        Candidate(
          start: Int32(self.letters.count), count: spelling.count, word: spelling.word, value: spelling.value)
      )
      self.letters += own
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
