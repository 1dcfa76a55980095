import DubanCore

/// Finds deadlines inside a measure's sentences: 6月底前完成首批资金拨付.
enum SentenceDeadlines {
  /// The phrases that are read as deadlines for certain, each once, in the text's order. Of a clause that names no
  /// such end, the whole: 2023年建成充电桩200个.
  static func phrases(in text: String, reader: DeadlineReader) -> [String] {
    var found: [String] = []
    for clause in clauses(of: text) {
      let named = candidates(clause)
      // 改造2000年底前建成的小区: the clause tells that the date is about something else.
      guard named.isEmpty || !reader.read(String(clause)).isAboutSomethingElse else { continue }
      for phrase in named.isEmpty && isWhole(clause) ? [String(clause)] : named
      where !found.contains(phrase) && reader.read(phrase).dueDates.count == 1 { found.append(phrase) }
    }
    return found
  }

  private static func clauses(of text: String) -> [Substring] {
    text.squeezed.split { "，。；：,;、（）()".contains($0) }
  }

  /// Short enough to be a deadline, and begins with a date, perhaps behind 力争 or 到.
  private static func isWhole(_ clause: Substring) -> Bool {
    guard clause.count <= 24 else { return false }
    var rest = clause
    for word in ["力争", "确保", "争取", "到", "至", "在", "于"] where rest.hasPrefix(word) {
      rest = rest.dropFirst(word.count)
    }
    guard let first = rest.first else { return false }
    return first.isASCIIDigit || isQuarter(rest) || "“\"".contains(first) || rest.hasPrefix("十四五")
      || rest.contains("节前")
  }

  /// 二季度通过预可研审查, 上半年建成投用
  private static func isQuarter(_ clause: Substring) -> Bool {
    ["季度", "上半年", "下半年"].contains(where: clause.prefix(4).contains)
      && ["完成", "建成", "竣工", "通过", "投用", "实现"].contains(where: clause.contains)
  }

  /// The phrases that sound like deadlines, whether they can be read or not.
  static func all(in text: String) -> [String] { clauses(of: text).flatMap(candidates).uniqued }

  /// A clause's words up to 前 that are made of a date's characters, or a month's or year's end before a verb.
  private static func candidates(_ clause: Substring) -> [String] {
    var phrases: [String] = []
    for end in clause.indices where "前底末内".contains(clause[end]) {
      let next = clause.index(after: end)
      let rest = clause[next...]
      let isUntil = clause.hasPrefix("到") || clause.hasPrefix("至")
      if "底末".contains(clause[end]), rest.isEmpty || !isUntil && !verbs.contains(where: rest.hasPrefix) {
        continue
      }
      if clause[end] == "内", !clause[..<end].hasSuffix("年") { continue }
      var before = clause[..<end]
      for word in ["之", "以"] where before.hasSuffix(word) { before = before.dropLast() }
      let start = before.reversed().prefix { dateCharacters.contains($0) }.count
      let phrase = String(clause[clause.index(before.endIndex, offsetBy: -start)...end])
      if phrase.contains(where: { "年月日季".contains($0) }) { phrases.append(phrase) }
    }
    return phrases
  }

  private static let dateCharacters = Set("0123456789０１２３４５６７８９一二三四五六七八九十年月日号底末初上中下旬季度第本今全半每")
  private static let verbs = ["完成", "建成", "竣工", "投用", "投入", "开工", "实现", "达到", "到位", "全部", "基本"]
}

/// Finds the recurring duties that a measure's text names: 每半年召开1次外商投资企业座谈会.
enum DutyFinder {
  private static let periods: [(words: String, rule: Recurrence)] = [
    ("每半年", .halfYear), ("每季度", .quarter), ("每季", .quarter), ("每个月", .month), ("每月", .month), ("每周", .week),
    ("每星期", .week), ("每年度", .year), ("每年", .year),
  ]
  private static let counts: [(words: String, isOnce: Bool)] = [
    ("1次", true), ("一次", true), ("１次", true), ("两次", false), ("2次", false), ("二次", false), ("3次", false),
    ("三次", false), ("4次", false), ("四次", false),
  ]
  private static let floors = ["至少要", "至少", "不少于", "不得少于", "原则上", "应当", "应", "要", "定期"]

  /// The duties whose period and number of times are named, and the words of those that can't be read for certain.
  ///
  /// What comes after the period up to the clause's end is what is to be done; 1次 is the rule itself and left
  /// out of it, any other number stays.
  static func duties(in text: String) -> (duties: [Duty], unread: [String]) {
    var (duties, unread) = ([Duty](), [String]())
    var rest = text[...]
    while let start = rest.firstIndex(of: "每") {
      let tail = rest[start...]
      guard let period = periods.first(where: { tail.hasPrefix($0.words) }) else {
        rest = rest[rest.index(after: start)...]
        continue
      }
      let clause = tail.dropFirst(period.words.count).prefix { !"，。；,;、！？（(".contains($0) || $0 == "(" }
      let whole = tail.prefix(period.words.count + clause.count)
      if let what = what(String(clause)) {
        // A bare verb says nothing without its period.
        duties.append(Duty(what: what.count > 2 ? what : whole.squeezed, rule: period.rule))
      } else {
        unread.append(whole.collapsed)
      }
      rest = rest[whole.endIndex...]
    }
    return (duties, unread)
  }

  /// What is to be done each time; nil where the clause doesn't say how many times.
  private static func what(_ clause: String) -> String? {
    var words = clause.squeezed
    while let floor = floors.first(where: words.hasPrefix) { words.removeFirst(floor.count) }
    for count in counts {
      guard let range = words.firstRange(of: count.words) else { continue }
      if count.isOnce { words.removeSubrange(range) }
      while let floor = floors.first(where: words.hasPrefix) { words.removeFirst(floor.count) }
      return words.count >= 2 ? words : nil
    }
    return nil
  }
}
