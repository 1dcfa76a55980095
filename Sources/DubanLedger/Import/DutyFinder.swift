import DubanCore

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
