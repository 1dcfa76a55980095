import DubanCore

/// Names that have a "not" in them and deny nothing: “好差评”, “办不成事”窗口.
struct QuotedNames: Sendable {
  private let names: [String]

  /// Those that the measures of a mail have in their titles and texts.
  init(of items: [SentMail.Item]) {
    names = items.flatMap {
      ($0.title + "，" + $0.text).matches(of: Self.quoted.regex).map { String($0.output.name) }
    }
    .filter(Self.denying.isIn)
  }

  /// A text in which no name denies anything: “好差评”宣传 as 某某某宣传.
  func hidden(_ text: String) -> String {
    guard text.utf8.count <= Statement.longest * 10 else { return text }
    let bare = text.replacing(Self.quotedNoun.regex) { match in
      Self.denying.isIn(match.output.name) && !Self.state.isIn(match.output.name)
        ? Self.mask(match.output.name) : match.output.0
    }
    return names.reduce(bare) { text, name in
      text.replacing("“\(name)”", with: Self.mask(name[...])).replacing(name, with: Self.mask(name[...]))
    }
  }

  private static func mask(_ name: Substring) -> Substring {
    Substring(String(repeating: "某", count: name.count))
  }

  private static let quoted = Pattern(/[“"「『《](?<name>\p{Han}{2,10})[”"」』》]/)
  /// A name in quotation marks with the noun behind it; without one, or without a state, it may be what somebody says.
  private static let quotedNoun = Pattern(
    /[“"「『《](?<name>\p{Han}{2,10})[”"」』》](?=[^\P{Han}的了吗吧呢和与及或][^，。；]{0,12}已)/)
  private static let denying = Pattern(/[不未没无非差欠缺误]/)
  private static let state = Pattern(/完成|办结|整改|落实|销号|延期|推迟|负责|推进|移交/)
}
