import DubanCore

/// The words of a measure itself, its title and what is to be done, as an answer about it repeats them.
struct OwnWords: Sendable {
  /// The title as the mail has it.
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

/// Names that have a "not" in them and deny nothing: “好差评”, “办不成事”窗口.
struct QuotedNames: Sendable {
  private let names: [String]

  /// Those that the measures of a mail have in their titles and texts.
  init(of items: [SentMail.Item]) {
    names = items.flatMap {
      ($0.title + "，" + $0.text).matches(of: Self.quoted.regex).map { String($0.output.name) }
    }
    .filter { Self.deniesNothing($0[...]) }
  }

  /// A text in which no name denies anything: “好差评”宣传 as 某某某宣传.
  func hidden(_ text: String) -> String {
    let others = text.replacing(Self.quotedNoun.regex) { match in
      Self.deniesNothing(match.output.name) && !Self.isCounted(text[match.range.upperBound...])
        ? Self.mask(match.output.name) : match.output.0
    }
    return names.reduce(others) { text, name in
      let quoted = "“\(name)”"
      return Self.hidden(Self.hidden(text, quoted, as: name), name, as: name)
    }
  }

  private static func hidden(_ text: String, _ words: String, as name: String) -> String {
    var (result, rest) = ("", text[...])
    while let found = rest.firstRange(of: words) {
      let behind = rest[found.upperBound...]
      // 案件久拖不决 without its marks is what a person says, as 久拖不决案件2件 is with them; and 无证经营户 alone,
      // of which nothing is said to be done. 零差错 never denies.
      let isName =
        words != name || name.hasPrefix("零")
        || noun.isIn(behind) && (!"不无非".contains(name.first ?? "不") || dealtWith.isIn(behind))
      result += rest[..<found.lowerBound] + (isName && !isCounted(behind) ? mask(name[...]) : rest[found])
      rest = behind
    }
    return result + rest
  }

  /// Whether a name has a "not" in it that says nothing of a state: 好差评, 不见面; and not 未办结, 整改不到位.
  private static func deniesNothing(_ name: Substring) -> Bool {
    denying.isIn(name) && !state.isIn(name)
  }

  /// Whether words go on with how many there are: 事项2件.
  private static func isCounted(_ behind: Substring) -> Bool {
    count.isIn(behind.prefix(60).prefix { !"，。；,;\n".contains($0) })
  }

  private static func mask(_ name: Substring) -> Substring {
    Substring(String(repeating: "某", count: name.count))
  }

  private static let quoted = Pattern(/[“"「『《](?<name>\p{sc=Han}{2,10})[”"」』》]/)
  /// A name in quotation marks with the noun behind it; without one, or without a state, it may be what a person says.
  private static let quotedNoun = Pattern(
    /[“"「『《](?<name>\p{sc=Han}{2,10})[”"」』》](?=[^\P{sc=Han}的了吗吧呢和与及或][^，。；]{0,12}已)/)
  private static let denying = Pattern(/[不未没无非差欠缺误]/)
  private static let state = Pattern(/[未没尚]|完成|办结|整改|落实|销号|延期|推迟|负责|推进|移交|合格|达标/)
  private static let count = Pattern(/[\d一两二三四五六七八九十几多余][个件家项条处起宗户名所人]|若干|部分|(?:^|[^所])有|剩/)
  private static let noun = Pattern(/^[^\P{sc=Han}的了吗吧呢和与及或]/)
  /// 不见面审批已完成, 非标渠道清理完毕; and not 不见面审批取消.
  private static let dealtWith = Pattern(
    /^[^\P{sc=Han}的未没不仍还尚]{0,8}?(?:[已均都]|全部|全面|逐一|完[成毕]|正?在?推进|[：:])/)
}
