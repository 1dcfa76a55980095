/// Takes lists of units and persons apart, as plans print them.
enum NameList {
  /// The units of a list: between commas of enumeration that stand outside brackets.
  static func units(_ text: String) -> [String] {
    text.withoutEnd.parts(at: ["、", "；", ";", "，", ","]).map(\.collapsed).map(withoutInnerSpaces)
  }

  /// The persons of a list, and what stands with their names in brackets (an office, a number).
  static func persons(_ text: String) -> (names: [String], asides: [String]) {
    var (names, asides) = ([String](), [String]())
    for part in text.withoutEnd.parts(at: ["、", "；", ";", "，", ","]) {
      var name = part
      if let open = part.firstIndex(where: \.opensBracket), part.last?.closesBracket == true {
        name = part[..<open].trimmedWhitespace
        asides.append(part[open...].trimmedWhitespace)
      }
      names += split(name)
    }
    return (names, asides)
  }

  /// Whether words name units in general (各部门, 有关单位), so that nobody can be reminded.
  static func isVague(_ unit: String) -> Bool {
    let words = ["各部门", "各单位", "有关部门", "有关单位", "相关部门", "相关单位", "各乡镇", "各镇", "各街道", "各责任单位", "各成员单位"]
    return words.contains { unit.hasPrefix($0) || unit.hasSuffix($0) } || unit.hasPrefix("各")
  }

  /// Whether a list's part looks like a person's name: two to four ideographs, or one with a middle dot.
  static func looksLikeName(_ name: String) -> Bool {
    let plain = name.filter { $0 != "·" && $0 != "•" }
    guard plain.allSatisfy(\.isIdeograph) else { return false }
    return plain.count == name.count ? (2...4).contains(plain.count) : (4...16).contains(plain.count)
  }

  /// Whether words have the ending of an office's name.
  static func looksLikeUnit(_ unit: String) -> Bool {
    guard (2...30).contains(unit.count), !unit.contains(where: \.endsSentence) else { return false }
    let endings = [
      "局", "委", "办", "部", "中心", "院", "公司", "厅", "处", "科", "室", "政府", "管委会", "委员会", "街道", "办事处", "镇", "乡",
      "银行", "集团", "站", "所", "队", "会", "馆", "校", "社", "组", "园区", "开发区", "区", "县", "市", "企业", "支行",
    ]
    return endings.contains(where: unit.hasSuffix)
      || (unit.last?.closesBracket == true && unit.contains { $0.opensBracket })
  }

  /// Names in one part: 徐 娟 is one name spaced out; 李晓光 任园园 are two.
  private static func split(_ part: String) -> [String] {
    let words = part.split(whereSeparator: \.isWhitespace).map(String.init)
    guard words.count > 1 else { return words }
    if words.allSatisfy({ $0.count == 1 }) { return [words.count <= 3 ? words.joined() : part.collapsed] }
    var names: [String] = []
    var single: String?
    for word in words {
      if let first = single {
        guard word.count == 1 else { return [part.collapsed] }
        names.append(first + word)
        single = nil
      } else if word.count == 1 {
        single = word
      } else if looksLikeName(word) {
        names.append(word)
      } else {
        return [part.collapsed]
      }
    }
    return single == nil ? names : [part.collapsed]
  }

  /// A unit's name without spaces between ideographs, which only come from wrapped or justified lines.
  private static func withoutInnerSpaces(_ unit: String) -> String {
    var result = ""
    for word in unit.split(separator: " ") { result = .unwrapped(result, String(word)) }
    return result
  }
}
