/// Finds the longest word of the ``Vocabulary`` at a place of a phrase.
///
/// Words are found by their first two letters: of 1,318 such beginnings 1,261 leave one or two words to compare.
struct WordTable: Sendable {
  /// A word of the vocabulary that stands at a place of a phrase.
  struct Match: Equatable {
    var word: Word
    var value: Int32
    /// In letters.
    var count: Int
  }

  /// A word's spelling, as a stretch of ``letters``, and what it means.
  private struct Candidate {
    var start: Int32
    var count: Int32
    var word: Word
    var value: Int32
    /// Whether no other begins with the same two letters.
    var isLast = true
  }

  /// Where the candidates of one beginning are.
  private struct Slot {
    /// The beginning; 0 for a slot that is free.
    var beginning: UInt32 = 0
    var first: UInt32 = 0
  }

  static let standard = WordTable(Vocabulary.entries)

  private var letters: [UInt16] = []
  /// Grouped by beginning, the longest first.
  private var candidates: [Candidate] = []
  /// A power of two of slots, at least half of them free, so that a search ends. Each beginning is at the place of its
  /// hash, or in the next free slot behind it.
  private var slots: [Slot] = []
  /// How far a hash of 32 bits is shifted to be a slot's place.
  private var shift = 32

  /// A table of these words, whose letters are folded as those of phrases are.
  init(_ entries: [Vocabulary.Entry]) {
    var all: [UInt16] = []
    var spellings: [Candidate] = []
    // By beginning, the longest first, then as they stand: numbers, because every start of the program sorts them. Of
    // 64 bits 8 are for the length and 24 for the place, far more than words need.
    var order: [UInt64] = []
    for entry in entries {
      var start = all.count
      func end() {
        let count = all.count - start
        guard count > 0 else { return }
        let beginning = Self.beginning(all[start], count > 1 ? all[start + 1] : 0)
        order.append(
          UInt64(beginning) << 32 | UInt64(UInt8.max - UInt8(count)) << 24 | UInt64(spellings.count))
        spellings.append(
          Candidate(start: Int32(start), count: Int32(count), word: entry.word, value: entry.value))
        start = all.count
      }
      for unit in entry.spellings.utf16 {
        if unit == 0x20 { end() } else { all.append(Folding.standard.folded(UInt32(unit))) }
      }
      end()
    }
    order.sort()
    var capacity = 1
    while capacity < 2 * order.count { capacity *= 2 }
    slots = Array(repeating: Slot(), count: capacity)
    shift = 32 - capacity.trailingZeroBitCount
    var (group, last) = (0, UInt32(0))
    for key in order {
      let spelling = spellings[Int(key & 0xFF_FFFF)]
      let own = Int(spelling.start)..<Int(spelling.start + spelling.count)
      let beginning = UInt32(key >> 32)
      if beginning == last {
        // Of a spelling that stands twice, the first holds.
        guard !holds(all, own, from: group) else { continue }
        candidates[candidates.count - 1].isLast = false
      } else {
        (group, last) = (candidates.count, beginning)
        slots[slot(of: beginning)] = Slot(beginning: beginning, first: UInt32(group))
      }
      candidates.append(
        Candidate(
          start: Int32(letters.count), count: spelling.count, word: spelling.word, value: spelling.value))
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

  /// Two letters as one number, the second 0 for a word of one letter. No word begins with a letter 0.
  private static func beginning(_ first: UInt16, _ second: UInt16) -> UInt32 {
    UInt32(first) << 16 | UInt32(second)
  }

  /// The slot that holds the beginning, or the free one where it would be.
  private func slot(of beginning: UInt32) -> Int {
    // Fibonacci hashing (Knuth, The Art of Computer Programming, volume 3, 6.4): the product's upper bits are spread.
    var slot = Int((beginning &* 0x9E37_79B1) >> UInt32(shift))
    while slots[slot].beginning != beginning, slots[slot].beginning != 0 {
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  /// The longest word that begins at `position`; nil where none does.
  ///
  /// Behind a number a unit wins over longer words, and 前 behind a date: 20日报送 is 20日 and 报送, not a 日报;
  /// 年底前进行 is 年底前 and 进行.
  func word(in units: Letter.Buffer, at position: Int, behind last: Word? = nil) -> Match? {
    let second = position + 1 < units.count ? units[position + 1].code : 0
    let longer = second == 0 ? nil : word(in: units, at: position, second, behind: last)
    if let longer, longer.word.belongs(behind: last) { return longer }
    let single = word(in: units, at: position, 0, behind: last)
    if let single, single.word.belongs(behind: last) { return single }
    return longer ?? single
  }

  /// The longest word of that beginning that belongs behind `last`; the longest of all where none does.
  private func word(in units: Letter.Buffer, at position: Int, _ second: UInt16, behind last: Word?) -> Match?
  {
    let slot = slots[slot(of: Self.beginning(units[position].code, second))]
    guard slot.beginning != 0 else { return nil }
    var (index, longest) = (Int(slot.first), Match?.none)
    while true {
      let candidate = candidates[index]
      if matches(candidate, units, position) {
        let match = Match(word: candidate.word, value: candidate.value, count: Int(candidate.count))
        if match.word.belongs(behind: last) { return match }
        longest = longest ?? match
      }
      if candidate.isLast { return longest }
      index += 1
    }
  }

  /// Whether the letters behind the second are the candidate's.
  private func matches(_ candidate: Candidate, _ units: Letter.Buffer, _ position: Int) -> Bool {
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
