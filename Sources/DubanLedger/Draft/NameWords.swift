import DubanCore

/// What cells write around a name: 副局长江篱, 江篱（局长）, 江篱 13800000000, 财政局等.
enum NameWords {
  /// The owner that a text means, where that is certain: what stands around the name is a post, the owner's unit or a
  /// telephone number. Nil for any other text.
  ///
  /// - Parameter isUnit: whether words are the unit, in full or in short, of the owner of a name.
  static func person(
    _ text: String, isKnown: (String) -> Bool, isUnit: (_ words: String, _ name: String) -> Bool
  ) -> String? {
    let (plain, asides) = withoutAsides(text)
    var words = withoutPhone(plain)
    for ending in ["等人", "等", "同志"] where words.hasSuffix(ending) { words.removeLast(ending.count) }
    guard let (name, around) = name(in: words, isKnown: isKnown) else { return nil }
    let isCertain = (asides + around).allSatisfy { isPost($0) || isPhone($0) || isUnit($0, name) }
    return isCertain ? name : nil
  }

  /// The known name in a text, and what stands beside it.
  private static func name(in text: String, isKnown: (String) -> Bool) -> (name: String, around: [String])? {
    if isKnown(text) { return (text, []) }
    // 局长：白芷
    if let colon = text.lastIndex(where: { "：:".contains($0) }) {
      let name = String(text[text.index(after: colon)...]).trimmedWhitespace
      return isKnown(name) ? (name, [String(text[..<colon]).trimmedWhitespace]) : nil
    }
    for length in 2...longest where length < text.count {
      let (first, last) = (String(text.prefix(length)), String(text.suffix(length)))
      if isKnown(last) { return (last, [String(text.dropLast(length)).trimmedWhitespace]) }
      if isKnown(first) { return (first, [String(text.dropFirst(length)).trimmedWhitespace]) }
    }
    return nil
  }

  /// The owners' unit that a text means, where that is certain: 财政局等, 1.财政局.
  static func unit(_ text: String, isKnown: (String) -> Bool) -> String? {
    let rest = withoutNumber(text)
    if isKnown(rest) { return rest }
    guard let end = ["等", "等单位", "等部门", "等有关部门", "等有关单位", "等相关部门", "等相关单位"].first(where: rest.hasSuffix)
    else { return nil }
    let name = String(rest.dropLast(end.count))
    return isKnown(name) ? name : nil
  }

  /// Whether a text speaks of others than the one that it names.
  static func namesOthers(_ text: String) -> Bool {
    ["等", "等人", "等单位", "等部门", "等有关部门", "等有关单位", "等相关部门", "等相关单位"].contains(where: text.hasSuffix)
  }

  /// Whether a text is a post or part of one: 副局长, 党组成员, 四级调研员.
  static func isPost(_ text: String) -> Bool {
    guard (2...16).contains(text.count) else { return false }
    return posts.contains(where: text.hasSuffix)
  }

  /// Whether a text is a telephone number.
  static func isPhone(_ text: String) -> Bool {
    let digits = text.count(where: \.isNumber)
    return digits > 5 && text.allSatisfy { $0.isNumber || "-－—+ 转/、：:电话手机".contains($0) }
  }

  private static let longest = 8
  private static let posts = [
    "长", "主任", "书记", "委员", "科员", "成员", "调研员", "主席", "经理", "干事", "专员", "办事员", "负责人", "助理", "老师", "工程师", "会计",
    "主管", "总监", "联络员", "联系人", "经办人", "同志", "主持工作", "挂职", "职员", "副职", "正职",
  ]

  private static func withoutAsides(_ text: String) -> (plain: String, asides: [String]) {
    var (plain, asides, aside) = ("", [String](), String?.none)
    for character in text {
      switch character {
      case "（", "(", "[", "【": aside = aside ?? ""
      case "）", ")", "]", "】":
        if let words = aside { asides.append(words.trimmedWhitespace) }
        aside = nil
      default:
        if aside == nil { plain.append(character) } else { aside?.append(character) }
      }
    }
    return (plain.trimmedWhitespace, asides + [aside].compactMap(\.self))
  }

  /// The text without the telephone number at its end.
  private static func withoutPhone(_ text: String) -> String {
    let name = text.prefix { !$0.isNumber }
    return name.count < text.count && isPhone(String(text[name.endIndex...]))
      ? String(name).trimmedWhitespace : text
  }

  private static func withoutNumber(_ text: String) -> String {
    let number = text.prefix { $0.isNumber || "（(".contains($0) }
    guard !number.isEmpty else { return text }
    return String(text[number.endIndex...].drop { "）).．、 ".contains($0) })
  }
}
