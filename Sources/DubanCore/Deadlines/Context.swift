/// What is around an item of a phrase.
struct Context {
  /// The words directly before the item, up to text or the clause's beginning.
  struct Lead {
    var isQualified = false
    var isAim = false
    var isLatest = false
    var isMoved = false
    /// 到 or 至 touches the item.
    var isTo = false
    /// 自 or 从 touches it.
    var isOutset = false
    var isLabelled = false
    var isAsOf = false
    /// A word that makes the date something else than a deadline.
    var objection: Note?
    var forbids = false
    /// 纳入年底考核: whether it belongs to a name.
    var isPartOfName = false
    var opensClause = false
    /// Whether what has been done is before it, with a comma or bracket between: 已完成（9月28日）.
    var followsDone = false
  }

  /// The words behind the item in its clause.
  struct Trail {
    /// The first word that isn't a filler.
    var word: Word?
    /// Its value in the ``Vocabulary``; 0 for most words.
    var value: Int32 = 0
    /// Whether 的 makes the item part of a description: 2020年底前建成的小区.
    var describes = false
    /// Whether it says how often: 各调度一次.
    var hasTimes = false
    /// Whether 的 is anywhere behind it.
    var hasOf = false
    /// Whether a comma follows the item at once.
    var isComma = false
    /// Whether another moment follows in the clause: 2023年春节前.
    var namesMoment = false
  }

  let tokens: [Token]
  /// Whether nothing but items and words without a meaning of their own makes up the phrase.
  let isPlain: Bool
  /// Whether the phrase reckons by the lunar calendar.
  let isLunar: Bool
  /// Whether it says that something is done.
  let saysDone: Bool
  /// Whether it sets 短期 and the like against each other.
  let isVague: Bool
  /// Whether it speaks of something that recurs on no certain days.
  let isIrregular: Bool
  /// Whether it has a unit of the calendar that no item holds: 年 of a date that can't be read.
  let hasStrayUnit: Bool
  /// Whether a number of a date holds a letter: 2O22-12-31.
  let isDamaged: Bool

  init(_ tokens: [Token]) {
    self.tokens = tokens
    var (isPlain, clause) = (true, 0)
    var (isLunar, saysDone, isVague, hasStrayUnit) = (false, false, false, false)
    for token in tokens {
      switch token.word {
      case .lunar: isLunar = true
      case .done: saysDone = true
      case .vague: isVague = true
      default: break
      }
      switch token.word {
      case .year, .month, .quarter, .tenDays, .half, .halfYear, .monthOfCycle:
        hasStrayUnit = hasStrayUnit || !token.isOwned
      default: break
      }
      guard !token.isOwned && !token.word.isHarmless else { continue }
      switch token.word {
      // Anything before a colon is a label.
      case .colon:
        isPlain = isPlain || clause == 0
        clause += 1
      case .dash, .to, .done: break
      default: isPlain = false
      }
    }
    (self.isPlain, self.isLunar, self.saysDone, self.isVague) = (isPlain, isLunar, saysDone, isVague)
    self.hasStrayUnit = hasStrayUnit
    isDamaged = tokens.contains(where: \.isDamaged)
    isIrregular = tokens.contains { $0.word == .irregular }
  }

  /// Reads the words before the item that begins at that token.
  func lead(before start: Int) -> Lead {
    var lead = Lead()
    var index = start - 1
    // 与年底考核挂钩
    let isJoined = index >= 0 && tokens[index].word == .and
    lead.isOutset = index >= 0 && tokens[index].word == .outset
    lead.followsDone = followsDone(start)
    if index >= 0, tokens[index].word == .to { lead.isTo = true }
    while index >= 0, !tokens[index].isOwned {
      switch tokens[index].word {
      case .qualifier: lead.isQualified = true
      case .aim: lead.isAim = true
      case .latest: lead.isLatest = true
      case .moved: (lead.isLatest, lead.isMoved) = (true, true)
      case .asOf: lead.isAsOf = true
      case .deadlineAt, .label: lead.isLabelled = true
      // 已延期到: the date is the new one.
      case .done: lead.objection = lead.isMoved ? nil : .fact
      case .compared, .formerly, .validity: lead.objection = .description
      case .otherLabel: lead.objection = .description
      case .partOf: lead.isPartOfName = true
      case .colon where index > 0 && tokens[index - 1].word == .otherLabel: lead.objection = .description
      case .notBefore:
        lead.objection = .notBefore
        lead.forbids = true
      case .colon where index > 0 && tokens[index - 1].word == .label: lead.isLabelled = true
      case .open where index > 0 && tokens[index - 1].word == .stage: lead.isLabelled = true
      case .stage: lead.isLabelled = true
      case .colon where index > 0 && tokens[index - 1].word == .stage: lead.isLabelled = true
      case .filler, .at, .and, .to, .outset, .list: break
      default:
        lead.opensClause = !isJoined && tokens[index].word.endsClause
        return lead
      }
      index -= 1
    }
    lead.opensClause = !isJoined
    return lead
  }

  /// Whether the words before a comma, colon or bracket say that something is done, and the date only when: 已销号（9月28日）,
  /// 已完成，9月28日, and in brackets also 整改完成（9月28日）.
  private func followsDone(_ start: Int) -> Bool {
    guard start > 1 else { return false }
    let sign = tokens[start - 1].word
    guard sign == .open || sign == .comma || sign == .colon else { return false }
    let clause = tokens[..<(start - 1)].reversed().prefix { !$0.word.endsClause && !$0.isOwned }
    if clause.contains(where: { $0.word == .done }) { return true }
    let isState = clause.first.map { $0.word == .completion && $0.value == 1 || $0.word == .settled } ?? false
    return sign == .open && isState && clause.count == start - 1
      && clause.allSatisfy { $0.word == .completion || $0.word == .settled }
  }

  /// Reads the words behind the item.
  func trail(of item: Item) -> Trail {
    var trail = Trail()
    var (index, wordsSinceVerb) = (item.tokens.upperBound, 0)
    trail.isComma = index < tokens.count && tokens[index].word == .comma
    while index < tokens.count, !tokens[index].isOwned, !tokens[index].word.endsClause {
      let word = tokens[index].word
      if word == .before || word == .after || word == .around || word == .season { trail.namesMoment = true }
      // 3月底前将本单位的情况报…: what is reported, not a description of the date.
      if word == .object, item.suffix == .before, trail.word == nil { return trail }
      if word == .times { trail.hasTimes = true }
      if word == .of {
        trail.hasOf = true
        trail.describes = trail.word == nil || wordsSinceVerb == 0 || trail.word == .text
        return trail
      }
      if trail.word == nil {
        if word != .filler && word != .at && word != .qualifier && word != .and {
          (trail.word, trail.value) = (word, tokens[index].value)
        }
      } else {
        wordsSinceVerb += 1
      }
      index += 1
    }
    // 2024年6月底前（已完成）, 2024年6月底前，已完成
    if trail.word == nil, index + 1 < tokens.count, tokens[index + 1].word == .done,
      tokens[index].word == .comma
        || tokens[index].word == .open && index + 2 < tokens.count && tokens[index + 2].word == .close
    {
      trail.word = .done
    }
    return trail
  }

  /// Whether the item's clause holds nothing but items and words without a meaning of their own.
  func clauseIsPlain(_ item: Item) -> Bool {
    var index = item.tokens.lowerBound - 1
    while index >= 0, !tokens[index].word.endsClause {
      guard isPlain(tokens[index]) || tokens[index].word == .done else { return false }
      index -= 1
    }
    index = item.tokens.upperBound
    while index < tokens.count, !tokens[index].word.endsClause {
      guard isPlain(tokens[index]) else { return false }
      index += 1
    }
    return true
  }

  private func isPlain(_ token: Token) -> Bool {
    token.isOwned || token.word.isHarmless || token.word == .dash || token.word == .slash
  }

  /// Where the words begin and end that name the event before a counted span: from the clause's beginning to
  /// the 后 or 起 before the span. In scalars of the original text; empty where nothing is there.
  func event(before item: Item) -> Range<Int> {
    let last = item.tokens.lowerBound - 1
    var first = last
    while first > 0, !tokens[first - 1].word.endsClause { first -= 1 }
    for index in first..<max(last, first)
    where [.at, .outset, .qualifier, .aim, .latest, .moved].contains(tokens[index].word) {
      first = index + 1
    }
    let marker = tokens[last]
    // 之日起 names the day; 起 and 后 only point to it.
    let end = marker.word == .from && marker.end - marker.start >= 3 ? marker.end - 1 : marker.start
    return Int(tokens[first].start)..<max(Int(end), Int(tokens[first].start))
  }
}

/// Words beside a date that turn it round or leave something of it out: what they say can't be known by the date alone.
extension Interpreter {
  /// The same reading, or a question where the phrase has such words.
  func questioned(_ reading: DeadlineReading) -> DeadlineReading {
    guard reading.status == .read,
      let note = Self.endsAtMidnight(reading) ? .turned : turn(of: reading)
    else { return reading }
    guard note == .either || note == .moved else {
      return DeadlineReading(text: text, status: .unread, reason: note.rawValue)
    }
    return DeadlineReading(
      text: text, status: .ambiguous, alternatives: reading.dueDates, reason: note.rawValue)
  }

  /// The first moment of a day is no time to be done by.
  private static func endsAtMidnight(_ reading: DeadlineReading) -> Bool {
    reading.readings.contains {
      if case .date(_, let time?) = $0 { time.hour + time.minute == 0 } else { false }
    }
  }

  private func turn(of reading: DeadlineReading) -> Note? {
    func has(_ words: Words) -> Bool { words.spellings.contains { !letters.places(of: $0).isEmpty } }
    func places(_ words: Words) -> [Range<Int>] { words.spellings.flatMap(letters.places) }
    if !reading.dueDates.isEmpty {
      // 12月31日前提前10天, 12月31日前半个月, 12月31日（不含当日）前
      let isEarlier = places(.earlier).contains { place in
        letters[place.upperBound...].first.map { $0.isNumber || Words.halves.hasLetter($0.code) } ?? false
          && letters[..<place.lowerBound].contains { Words.before.hasLetter($0.code) }
      }
      let excludes = places(.exclusion).contains { place in
        letters[place.upperBound...].first.map { $0.isNumber || Words.afterExclusion.hasLetter($0.code) }
          ?? true
      }
      if isEarlier || excludes || has(.turning) { return .turned }
      if reading.dueDates.count > 1, has(.either) { return .either }
      if reading.dueDates.count > 1, has(.moved) { return .moved }
      // 2022年底全市共有企业300家 says how things are.
      let tellsState = places(.end).contains { place in
        let next = letters[place.upperBound...].prefix(6).map(\.code)
        return zip(next, next.dropFirst()).contains { Words.having.hasLetter($0) && Words.have.hasLetter($1) }
          && !next.contains(where: Words.before.hasLetter)
      }
      if tellsState { return .turned }
      if !has(.bounds), has(.deeds) || letters.suffix(2).map(\.code) == Words.closed.spellings[0] {
        return .turned
      }
    }
    let rules = reading.recurrences
    if !rules.isEmpty, rules.allSatisfy({ $0.until == nil }) {
      // 2022-2024每年底
      let isOfYears = places(.dash).contains { place in
        letters[..<place.lowerBound].suffix(4).count(where: \.isNumber) == 4
          && letters[place.upperBound...].prefix(4).count(where: \.isNumber) == 4
      }
      if isOfYears || has(.ends) { return .turned }
    }
    return nil
  }
}

/// Words that are looked for anywhere in a phrase; in the codes of ``FoldedCharacter``.
private struct Words: Sendable {
  let spellings: [[UInt16]]

  init(_ words: String) { spellings = words.split(separator: " ").map { Array($0.utf16) } }

  /// Whether one of the words is this letter alone.
  func hasLetter(_ code: UInt16) -> Bool { spellings.contains { $0[0] == code } }

  static let earlier = Words("提前")
  static let halves = Words("两 半")
  static let before = Words("前")
  static let exclusion = Words("不含 不包括")
  static let afterExclusion = Words("当 该 本 ) , . 。 ;")
  static let turning = Words("前半个 前半月 前半年 次日 不要求 无需 不需")
  static let either = Words("或")
  static let moved = Words("→ -> =>")
  static let end = Words("底")
  static let having = Words("共 现 拥")
  static let have = Words("有")
  static let bounds = Words("前 底 内 止 截 末 至")
  static let deeds = Words("完成于 办结于 (已 通过验收 验收通过")
  static let closed = Words("销号")
  static let dash = Words("-")
  static let ends = Words("连续 月止 日止 年止 底止 为止 前每 年内每 ,至 ;至")
}

extension [FoldedCharacter] {
  /// Where these letters are, one after another.
  fileprivate func places(of spelling: [UInt16]) -> [Range<Int>] {
    indices.filter { holds(spelling, at: $0) }.map { $0..<$0 + spelling.count }
  }
}

extension FoldedCharacter {
  /// A digit, or a Chinese number such as 三.
  fileprivate var isNumber: Bool { UnicodeScalar(code)?.properties.numericType != nil }
}
