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
    let plain = FoldedCharacter.all(of: text).compactMap { UnicodeScalar($0.code) }
    let rules = reading.recurrences
    func places(_ word: String) -> [Range<Int>] {
      let letters = word.unicodeScalars
      return plain.indices.filter { plain[$0] == letters.first && plain[$0...].starts(with: letters) }.map {
        $0..<$0 + letters.count
      }
    }
    func has(_ any: String...) -> Bool { any.contains { !places($0).isEmpty } }
    func follows(_ word: String, _ isNext: (UnicodeScalar?) -> Bool) -> Bool {
      places(word).contains { isNext(plain[$0.upperBound...].first) }
    }
    let isCount = { (next: UnicodeScalar?) in next.map { $0.isNumber || $0 == "两" || $0 == "半" } ?? false }
    if !reading.dueDates.isEmpty {
      // 12月31日前提前10天, 12月31日前半个月, 12月31日（不含当日）前
      if places("提前").contains(where: {
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
      let tellsState = places("底").contains { place in
        let next = plain[place.upperBound...].prefix(6)
        return zip(next, next.dropFirst()).contains { "共现拥".unicodeScalars.contains($0) && $1 == "有" }
          && !next.contains("前")
      }
      if tellsState { return .turned }
      let isBounded = has("前", "底", "内", "止", "截", "末", "至")
      if !isBounded, has("完成于", "办结于", "(已", "通过验收", "验收通过") || plain.suffix(2) == ["销", "号"] {
        return .turned
      }
    }
    if !rules.isEmpty {
      let ends = rules.contains { $0.until != nil }
      if !ends, has("连续", "月止", "日止", "年止", "底止", "为止", "前每", "年内每", ",至", ";至") { return .turned }
      // 2022-2024每年底
      let isOfYears = places("-").contains { place in
        plain[..<place.lowerBound].suffix(4).count { $0.isNumber } == 4
          && plain[place.upperBound...].prefix(4).count { $0.isNumber } == 4
      }
      if !ends, isOfYears { return .turned }
    }
    return nil
  }

  private static func endsExclusion(_ next: UnicodeScalar?) -> Bool {
    next.map { $0.isNumber || "当该本),.。;".unicodeScalars.contains($0) } ?? true
  }
}

extension UnicodeScalar {
  /// A digit, or a Chinese number such as 三.
  fileprivate var isNumber: Bool { properties.numericType != nil }
}
