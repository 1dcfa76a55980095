public import DubanCore

/// The words for where a measure stands: the ledger's own and those that offices write into 状态.
public enum StatusWords {
  /// The status that `word` names, or nil.
  ///
  /// 已完成 is only `submitted`: closed (销号) takes a confirmation, and an item that closes falls silent.
  public static func status(_ word: String) -> Measure.Status? {
    if let status = Measure.Status(rawValue: word) { return status }
    return returned.contains(word) ? .open : chinese.first { $0.words.contains(word) }?.status
  }

  /// Every word that ``status(_:)`` knows.
  public static var all: [String] {
    Measure.Status.allCases.map(\.rawValue) + chinese.flatMap(\.words) + returned.sorted()
  }

  /// What there is to say of a word that ``status(_:)`` doesn't know.
  static func doubt(_ word: String, of name: String) -> (message: String, help: String) {
    (
      "the status “\(word)” of \(name) is unknown and counts as open",
      Nearest.word(to: word, among: all).map { "did you mean “\($0)”?" }
        ?? "write 未完成, 进行中, 待销号 or 已销号 (open, in-progress, submitted, closed)"
    )
  }

  /// Whether `word` says that what was reported isn't enough.
  public static func isReturned(_ word: String) -> Bool { returned.contains(word) }

  private static let returned: Set<String> = [
    "退回整改", "退回", "已退回", "退回重办", "退回重新整改", "重新整改", "重新办理", "返工", "返工整改", "限期重新整改", "不予销号", "验收未通过",
    "验收不通过", "未通过验收", "销号未通过", "未通过销号", "审核未通过", "整改不到位",
  ]

  private static let chinese: [(status: Measure.Status, words: [String])] = [
    (.open, ["未开始", "未启动", "未完成", "待办"]),
    (.inProgress, ["进行中", "推进中", "整改中", "办理中"]),
    (.submitted, ["已报送", "待确认", "待销号", "已完成"]),
    (.closed, ["已销号", "销号", "已关闭"]),
  ]
}
