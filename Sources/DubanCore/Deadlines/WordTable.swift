/// Finds the longest word of the ``Vocabulary`` at a place of a phrase.
struct WordTable: Sendable {
  /// A word's spelling, as a stretch of ``letters``, and what it means.
  private struct Candidate {
    var start: Int32
    var count: Int32
    var word: Word
    var value: Int32
    /// The second letter, 0 for none: nearly all that don't match differ there.
    var second: UInt16 = 0
    /// Whether no other begins with the same letter.
    var isLast = true
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
    // By first letter, the longest first, then as they stand: numbers, because every start of the program sorts them.
    var order: [UInt64] = []
    for entry in entries {
      var start = all.count
      func end() {
        let count = all.count - start
        guard count > 0 else { return }
        order.append(
          UInt64(all[start]) << 48 | UInt64(UInt16.max - UInt16(count)) << 32 | UInt64(spellings.count))
        spellings.append(
          Candidate(start: Int32(start), count: Int32(count), word: entry.word, value: entry.value))
        start = all.count
      }
      for unit in entry.spellings.utf16 {
        if unit == 0x20 { end() } else { all.append(unit) }
      }
      end()
    }
    order.sort()
    for key in order {
      let spelling = spellings[Int(key & 0xFFFF_FFFF)]
      let own = Int(spelling.start)..<Int(spelling.start + spelling.count)
      let first = Int(all[own.lowerBound])
      if firstCandidate[first] == 0 { firstCandidate[first] = UInt16(candidates.count + 1) }
      // Of a spelling that stands twice, the first holds.
      guard !holds(all, own, from: Int(firstCandidate[first]) - 1) else { continue }
      if Int(firstCandidate[first]) <= candidates.count { candidates[candidates.count - 1].isLast = false }
      candidates.append(
        Candidate(
          start: Int32(letters.count), count: spelling.count, word: spelling.word, value: spelling.value,
          second: own.count > 1 ? all[own.lowerBound + 1] : 0))
      letters += all[own]
    }
  }

  /// Whether a candidate from `start` on is spelt like that stretch of `all`.
  private func holds(_ all: [UInt16], _ own: Range<Int>, from start: Int) -> Bool {
    for index in start..<candidates.count where Int(candidates[index].count) == own.count {
      let difference = Int(candidates[index].start) - own.lowerBound
      if own.allSatisfy({ all[$0] == letters[$0 + difference] }) { return true }
    }
    return false
  }

  /// The longest word that begins at `position`, with its length; nil where none does.
  ///
  /// Behind a number a unit wins over longer words, and 前 behind a date: 20日报送 is 20日 and 报送, not a 日报;
  /// 年底前进行 is 年底前 and 进行.
  func word(
    in units: [Letter], at position: Int, behind last: Word? = nil
  ) -> (word: Word, value: Int32, count: Int)? {
    var index = Int(firstCandidate[Int(units[position].code)]) - 1
    guard index >= 0 else { return nil }
    let second = position + 1 < units.count ? units[position + 1].code : 0
    while true {
      let candidate = candidates[index]
      if candidate.second == 0 || candidate.second == second,
        last.map(candidate.word.belongs(behind:)) ?? true, matches(candidate, units, position)
      {
        return (candidate.word, candidate.value, Int(candidate.count))
      }
      if candidate.isLast { return nil }
      index += 1
    }
  }

  /// Whether the letters behind the second are the candidate's.
  private func matches(_ candidate: Candidate, _ units: [Letter], _ position: Int) -> Bool {
    let count = Int(candidate.count)
    guard count > 2 else { return true }
    guard position + count <= units.count else { return false }
    for offset in 2..<count where letters[Int(candidate.start) + offset] != units[position + offset].code {
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
