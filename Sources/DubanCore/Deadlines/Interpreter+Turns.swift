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

  /// Whether a character, folded, is among those that such words are made of: most phrases have none.
  private static func mayTurn(_ scalar: UnicodeScalar) -> Bool {
    switch scalar {
    case "提", "含", "括", "半", "次", "续", "止", "内", "每", "或", "→", ">", "要", "需", "于", "已", "验", "销", "至", "有":
      true
    default: false
    }
  }

  private func turn(of reading: DeadlineReading) -> Note? {
    var view = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where !scalar.properties.isWhitespace {
      view.append(UnicodeScalar(Folding.standard.folded(scalar.value)) ?? scalar)
    }
    let rules = reading.recurrences
    guard !rules.isEmpty || view.contains(where: Self.mayTurn) else { return nil }
    let plain = String(view)
    func has(_ any: String...) -> Bool { any.contains(where: plain.contains) }
    func follows(_ word: String, _ isNext: (Character?) -> Bool) -> Bool {
      plain.ranges(of: word).contains { isNext(plain[$0.upperBound...].first) }
    }
    let isCount = { (next: Character?) in next.map { $0.isNumber || "一二两三四五六七八九十半".contains($0) } ?? false }
    if !reading.dueDates.isEmpty {
      // 12月31日前提前10天, 12月31日前半个月, 12月31日（不含当日）前
      if plain.ranges(of: "提前").contains(where: {
        isCount(plain[$0.upperBound...].first) && plain[..<$0.lowerBound].contains("前")
      })
        || has("前半个", "前半月", "前半年", "次日", "不要求", "无需", "不需")
      {
        return .turned
      }
      if follows("不含", Self.endsExclusion) || follows("不包括", Self.endsExclusion) { return .turned }
      if reading.dueDates.count > 1, has("或") { return .either }
      if reading.dueDates.count > 1, has("→", "->", "=>") { return .moved }
      // 2022年底全市共有企业300家 tells how things stand.
      let tellsState = plain.ranges(of: "底").contains { place in
        let next = plain[place.upperBound...].prefix(6)
        return ["共有", "现有", "拥有"].contains(where: next.contains) && !next.contains("前")
      }
      if tellsState { return .turned }
      let isBounded = has("前", "底", "内", "止", "截", "末", "至")
      if !isBounded, has("完成于", "办结于", "(已", "通过验收", "验收通过") || plain.hasSuffix("销号") { return .turned }
    }
    if !rules.isEmpty {
      let ends = rules.contains { $0.until != nil }
      if !ends, has("连续", "月止", "日止", "年止", "底止", "为止", "前每", "年内每", ",至", ";至") { return .turned }
      // 2022-2024每年底
      let isOfYears = plain.ranges(of: "-").contains { place in
        plain[..<place.lowerBound].suffix(4).count { $0.isNumber } == 4
          && plain[place.upperBound...].prefix(4).count { $0.isNumber } == 4
      }
      if !ends, isOfYears { return .turned }
    }
    return nil
  }

  private static func endsExclusion(_ next: Character?) -> Bool {
    next.map { $0.isNumber || "当该本),.。;".contains($0) } ?? true
  }
}
