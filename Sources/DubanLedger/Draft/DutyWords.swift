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
