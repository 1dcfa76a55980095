import DubanCore

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
      // 案件久拖不决 without its marks is what somebody says, as 久拖不决案件2件 is with them; and 无证经营户 alone,
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
  /// A name in quotation marks with the noun behind it; without one, or without a state, it may be what somebody says.
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
