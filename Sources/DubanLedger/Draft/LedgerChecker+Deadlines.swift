import DubanCore

extension Deadline {
  /// Why a person has to decide when a measure is due; nil where nobody has to. The only judge: `check` and `import` ask it.
  func doubt(of name: String) -> String? {
    guard needsDecision else { return nil }
    // Of an impossible date the reason says no more than the status.
    let reason = reading.status == .invalid ? nil : reading.reason
    let quoted = "the deadline “\(reading.text)” of \(name)"
    let doubt =
      switch reading.status {
      case .none where reading.text.isEmpty: "\(name) has no deadline"
      case .none: "\(quoted) names no day"
      case .invalid: "\(quoted) names a day that doesn't exist"
      case .unread: "\(quoted) can't be read for certain"
      case .ambiguous where reading.alternatives.isEmpty: "\(quoted) can mean several days"
      case .ambiguous:
        "\(quoted) can mean \(reading.alternatives.map(\.description).joined(separator: " or "))"
      case .read: "\(quoted) hangs on something whose day isn't known"
      }
    return doubt + (reason.map { " (\($0))" } ?? "")
  }

  /// What makes a day that was read for certain more likely a slip of the pen; nil where nothing does. `check` and `import`
  /// ask it of measures that aren't done.
  func oddity(of name: String, issued: CivilDate?) -> String? {
    guard decided == nil, let issued, let first = dueDates.min(), let last = dueDates.max() else {
      return nil
    }
    let quoted = "the deadline “\(reading.text)” of \(name)"
    if first < issued {
      return "\(quoted) is read as \(first), and lies before the plan's date of issue, \(issued)"
    }
    if last.days(since: issued) > Self.longestTerm {
      return
        "\(quoted) is read as \(last), and lies more than five years after the plan's date of issue, \(issued)"
    }
    return reading.takesMonthOfDocument ? "\(quoted) names no month: \(last) is taken" : nil
  }

  /// Five years, in days: what a five-year plan asks for.
  private static let longestTerm = 1827

  static let howToDecide = "write due: YYYY-MM-DD to decide"
}

extension LedgerChecker {
  mutating func deadline(_ draft: LedgerDraft.Measure, of name: String) -> Deadline {
    let deadline = Deadline(
      reading: reading(of: draft.deadline?.text ?? ""),
      decided: date(draft.due, "the decided date of \(name)"))
    if let doubt = deadline.doubt(of: name) {
      warning(
        draft.deadline?.location ?? draft.location, doubt, help: Deadline.howToDecide)
    }
    askForYear(of: deadline, draft, name)
    return deadline
  }

  /// Asks where the title of the sheet names another year than the one that a deadline without a year is read in.
  private mutating func askForYear(of deadline: Deadline, _ draft: LedgerDraft.Measure, _ name: String) {
    guard let year = draft.yearOfTitle, deadline.decided == nil, let due = deadline.dueDates.max(),
      due.year != year
    else { return }
    let words = deadline.reading.text
    let location = draft.deadline?.location ?? draft.location
    guard !DeadlineReading.namesYear(words), !words.contains(/[\d○]{4}|\d\d年/) else { return }
    warning(
      location,
      "the deadline “\(words)” of \(name) is read as \(due), and the title of its sheet says \(year)年",
      help: "write the year into the deadlines of this sheet that have none")
  }

  private mutating func reading(of words: String) -> DeadlineReading {
    if let known = readings[ExactText(words)] { return known }
    let reading = deadlines.read(DateCell.withoutMidnight(words))
    readings[ExactText(words)] = reading
    return reading
  }

  mutating func status(_ field: LocatedText?, of name: String) -> Measure.Status {
    guard let field, !field.text.isEmpty else { return .open }
    if let status = StatusWords.status(field.text) { return status }
    let doubt = StatusWords.doubt(field.text, of: name)
    warning(field.location, doubt.message, help: doubt.help)
    return .open
  }

  mutating func duty(_ draft: LedgerDraft.Duty, of name: String) -> Duty? {
    let what = required(
      draft.what, "what a duty of \(name) is about", in: draft.location, help: "write what:")
    if let rule = draft.rule, draft.every != nil {
      error(rule.location, "a duty of \(name) has both every and rule", help: "keep one")
      return nil
    }
    if let field = draft.rule, !field.text.isEmpty {
      if let rule = Recurrence(rule: field.text) { return Duty(what: what, rule: rule) }
      error(
        field.location, "the rule “\(field.text)” of a duty of \(name) can't be read",
        help: "expected an RRULE like FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1")
      return nil
    }
    guard let field = draft.every, !field.text.isEmpty else {
      error(
        draft.every?.location ?? draft.location, "a duty of \(name) doesn't say how often",
        help: "write every: with \(DutyWords.english.joined(separator: ", ")), or rule: with an RRULE")
      return nil
    }
    if let rule = DutyWords.rule(field.text) { return Duty(what: what, rule: rule) }
    let read = deadlines.read(field.text).recurrences
    if let rule = read.first, read.count == 1 { return Duty(what: what, rule: rule) }
    let nearest = Nearest.word(to: field.text, among: DutyWords.english)
    error(
      field.location, "“every: \(field.text)” of a duty of \(name) is unknown",
      help: nearest.map { "did you mean “\($0)”?" }
        ?? "expected \(DutyWords.english.joined(separator: ", ")), or words like 每半年")
    return nil
  }
}

/// The words for how often a duty recurs.
enum DutyWords {
  /// The rule that `word` names: `half-year` and its fellows, or Chinese words such as 每半年; nil for others.
  static func rule(_ word: String) -> Recurrence? { rules.first { $0.words.contains(word) }?.rule }

  /// The word that the ledger's own form uses for a rule; nil where it has none.
  static func word(for rule: Recurrence) -> String? { rules.first { $0.rule == rule }?.words.first }

  /// The words that the ledger's own form uses.
  static let english = ["half-year", "quarter", "month", "year", "week"]

  private static let rules: [(words: [String], rule: Recurrence)] = [
    (["half-year", "每半年", "半年"], .halfYear),
    (["quarter", "每季度", "每季", "每个季度"], .quarter),
    (["month", "每月", "每个月"], .month),
    (["year", "每年", "每年度"], .year),
    (["week", "每周", "每星期", "每个星期"], .week),
  ]
}

/// A cell that lists recurring obligations, one a line: `每半年：召开外商投资企业座谈会`, or with an RRULE in front.
enum DutyCell {
  /// The duties in the cell; what is wrong with them is the checker's to say.
  static func duties(_ text: String, at location: Diagnostic.Location) -> [LedgerDraft.Duty] {
    text.split(whereSeparator: \.isLineBreak).map { line in
      var duty = LedgerDraft.Duty(location: location)
      guard let colon = line.firstIndex(where: { $0 == "：" || $0 == ":" }) else {
        duty.what = LocatedText(String(line), at: location)
        return duty
      }
      let rule = LocatedText(String(line[..<colon]), at: location)
      if rule.text.hasPrefix("FREQ=") { duty.rule = rule } else { duty.every = rule }
      duty.what = LocatedText(String(line[line.index(after: colon)...]), at: location)
      return duty
    }
  }

  /// A text that ``duties(_:at:)`` reads as these duties.
  static func text(_ duties: [Duty]) -> String {
    duties.map { "\(DutyWords.chinese($0.rule) ?? $0.rule.rule)：\($0.what)" }.joined(separator: "\n")
  }
}

extension DutyWords {
  /// The Chinese word that ``rule(_:)`` reads as this rule; nil where there is none.
  static func chinese(_ rule: Recurrence) -> String? {
    ["每半年", "每季度", "每月", "每年", "每周"].first { DutyWords.rule($0) == rule }
  }
}
