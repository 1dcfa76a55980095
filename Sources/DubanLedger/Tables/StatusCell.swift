import DubanCore

/// The words that tables write into 状态, 办结情况 or 是否销号.
enum StatusCell {
  /// The status that the cell names in the ledger's own word; the cell's text where it is unknown, for the checker to
  /// report.
  static func word(_ text: String, under heading: String) -> String {
    let word = text.filter { !$0.isWhitespace }
    if let answer = answer(word, to: Heading.plain(heading)) { return answer.rawValue }
    if let known = StatusWords.status(word) { return known.rawValue }
    return words.first { $0.words.contains(word) }?.status.rawValue ?? text
  }

  /// The word that tables have for a status.
  static func word(_ status: Measure.Status) -> String {
    switch status {
    case .open: "未启动"
    case .inProgress: "进行中"
    case .submitted: "待销号"
    case .closed: "已销号"
    }
  }

  /// The meaning of 是 and 否 under a heading that asks.
  private static func answer(_ word: String, to heading: String) -> Measure.Status? {
    guard heading.hasPrefix("是否") else { return nil }
    if ["否", "×", "未"].contains(word) { return .open }
    guard ["是", "√", "✓"].contains(word) else { return nil }
    // 完成 and 办结 are the unit's own word; only 销号 is a confirmation.
    return heading.contains("销号") ? .closed : .submitted
  }

  /// Beyond ``StatusWords``: what tables write in these columns.
  private static let words: [(status: Measure.Status, words: [String])] = [
    (.open, ["未整改", "未开展", "未办结", "未销号", "待启动", "待整改", "尚未启动", "尚未完成"]),
    (.inProgress, ["正在整改", "正在推进", "正在进行", "持续推进", "持续整改", "长期坚持", "基本完成", "推进", "在办"]),
    (.submitted, ["已提交", "已上报", "完成", "已办结", "办结", "已整改", "整改完成", "已完成整改", "完成整改", "申请销号"]),
    (.closed, ["已验收", "验收通过", "已确认", "同意销号"]),
  ]
}
