public import DubanCore

/// The words for how often a duty comes round.
public enum DutyWords {
  /// The rule that `word` names: `half-year` and its fellows, or Chinese words such as 每半年; nil for others.
  public static func rule(_ word: String) -> Recurrence? { rules.first { $0.words.contains(word) }?.rule }

  /// The word that the ledger's own form uses for a rule; nil where it has none.
  public static func word(for rule: Recurrence) -> String? { rules.first { $0.rule == rule }?.words.first }

  /// The words that the ledger's own form uses.
  public static let english = ["half-year", "quarter", "month", "year", "week"]

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
      var duty = LedgerDraft.Duty(at: location)
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
