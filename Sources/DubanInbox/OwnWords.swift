import DubanCore

/// The words of a measure itself, its title and what is to be done, as an answer about it repeats them.
struct OwnWords: Sendable {
  /// The title as it stands in the mail.
  let title: String
  /// What the measure's text says is to be finished, where it says nothing else: 主体装修和家具进场.
  private let object: String
  /// Title and text.
  private let all: String

  init(title: String, text: String) {
    self.title = title
    all = title + "，" + text
    let sentence = text.drop { !$0.isLetter }.prefix { !"。；;，,".contains($0) }
    let isAll = sentence.hasPrefix("完成") && text.drop { $0 != sentence.last }.count <= 2
    object = isAll ? Self.joined(String(sentence.dropFirst(2))) : ""
  }

  /// Whether words are the measure as a whole, and not a part of it that may be a step: 新建学校布点 of 推进新建学校布点,
  /// and not 家具进场 of 主体装修和家具进场.
  func isWhole(_ words: some StringProtocol) -> Bool {
    // Longer words aren't looked at: a stranger may repeat 已 without an end.
    guard words.utf8.count <= all.utf8.count else { return false }
    let words = Self.joined(words)
    return words.count >= 4
      && [Self.joined(title), object].contains { whole in
        whole.hasSuffix(words) && words.count * 5 >= whole.count * 2
          && !whole.dropLast(words.count).contains("、")
      }
  }

  /// Whether title or text has these words.
  func holds(_ words: some StringProtocol) -> Bool { !words.isEmpty && all.holds(words) }

  /// The words of a clause without the measure's own: 完成主体装修和家具进场 is 完成, 选址论证并报批已完成 is 已完成.
  func removed(from clause: String) -> String {
    var clause = clause
    let states = clause.matches(of: Self.state.regex).map(\.range.lowerBound)
    if let state = states.first(where: { isWhole(clause[..<$0]) }) {
      clause = String(clause[state...].trimmingPrefix(Self.work.regex))
    }
    // 完成督导检查 alone may be our own words.
    guard let done = clause.ranges(of: "完成").last, done.lowerBound > clause.startIndex else { return clause }
    let behind = clause[done.upperBound...].drop { $0 == "了" }
    let words = behind.prefix { !"（(请、？?".contains($0) }
    let bare = words.replacing(Self.every.regex, with: "").replacing(Self.workLast.regex, with: "")
    // 完成全部督导
    let isEvery = words.count > bare.count && words.begins(withAnyOf: ["全部", "所有"])
    guard isWhole(words) || isWhole(bare) || isEvery && bare.count >= 2 && title.hasSuffix(bare) else {
      return clause
    }
    return String(clause[..<done.upperBound] + behind.dropFirst(words.count))
  }

  /// What is left of words behind a number without the part of the title that they begin with as a label: 执法信息公示：,
  /// （信用监管）.
  func unlabelled(_ words: Substring) -> Substring {
    let isBracketed = words.first.map { "（(".contains($0) } ?? false
    let rest = words.dropFirst(isBracketed ? 1 : 0)
    let label = rest.prefix { !"）)：:".contains($0) }
    guard let mark = rest[label.endIndex...].first, "）)".contains(mark) == isBracketed, label.count <= 20,
      label.count >= 4 && isAtEnd(label) || isBracketed && label.count >= 2 && title.hasSuffix(label)
    else { return words }
    return rest[label.endIndex...].dropFirst().drop { "：:，,".contains($0) }
  }

  /// Whether the title ends with these words, or with two characters more: 信用监管 of 优化信用监管机制.
  private func isAtEnd(_ words: Substring) -> Bool {
    (0...2).contains { title.dropLast($0).hasSuffix(words) }
  }

  /// 装修、进场 for 装修和进场: what joins two things is written in many ways.
  private static func joined(_ words: some StringProtocol) -> String {
    String(words).replacing(joint.regex, with: "、")
  }

  private static let joint = Pattern(/以及|[和及与并]/)
  /// Where the state begins behind the measure's own words.
  private static let state = Pattern(
    /(?:工作|任务)?(?:均|都|已|全部|早|未|尚|还|正在|预计|计划|争取|力争|将|可|能)/)
  private static let work = Pattern(/^(?:工作|任务)/)
  private static let workLast = Pattern(/(?:工作|任务)$/)
  private static let every = Pattern(/^(?:全部|所有)(?:的)?/)
}
