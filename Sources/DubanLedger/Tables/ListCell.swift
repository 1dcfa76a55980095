import DubanCore

/// A cell that holds several names: 责任单位, 责任人 or addresses.
///
/// They are parted by 、 or its fellows or a line break, though not inside parentheses (高新区（自贸区、综保区）管委会 is one
/// unit). A name in straight double quotes is taken as it is.
enum ListCell {
  private static let separators: Set<Character> = [
    "、", "，", ",", "；", ";", "/", "／", "|", "\n", "\r\n", "\t",
  ]
  private static let labels = [
    "牵头单位", "责任单位", "配合单位", "主办单位", "协办单位", "牵头部门", "责任部门", "配合部门", "牵头", "配合", "主办", "协办",
    "责任人", "联系人",
  ]

  /// The names in `text`.
  static func names(_ text: String) -> [String] {
    if isPlain(text.utf8) { return text.isEmpty ? [] : [withoutPart(text).rest] }
    return labelled(text).map(\.name)
  }

  /// The names in `text`, each with the label before it, of which only the first of several that a space parts has it, or
  /// with the one in brackets behind it, which is for this name alone: 窗口科（牵头）.
  static func labelled(_ text: String) -> [(label: String?, name: String, own: String?)] {
    split(text).flatMap { piece -> [(label: String?, name: String, own: String?)] in
      if piece.isQuoted { return [(piece.label, piece.text, nil)] }
      let (label, rest) = withoutLabel(piece.text)
      return spaced(rest).enumerated().map { offset, name in
        let (own, bare) = withoutPart(withoutLabelBehind(name))
        return (offset == 0 ? label : nil, bare, own)
      }
    }.filter { !$0.name.isEmpty }
  }

  /// Whether the text, in UTF-8, is one name as it is, which is the case of most cells: nothing in it parts, quotes or labels.
  static func isPlain(_ text: some Sequence<UInt8>) -> Bool {
    var (last, beforeLast) = (UInt8(0), UInt8(0))
    for byte in text {
      switch byte {
      case 0x00...0x20, 0x22, 0x28, 0x2C, 0x2F, 0x3A, 0x3B, 0x7C, 0x7F, 0xC2, 0xE1, 0xE2: return false
      // 、 and the ideographic space; （ ， ； ／ and ：.
      case 0x80, 0x81: if beforeLast == 0xE3, last == 0x80 { return false }
      case 0x88, 0x8C, 0x8F, 0x9A, 0x9B: if beforeLast == 0xEF, last == 0xBC { return false }
      default: break
      }
      (beforeLast, last) = (last, byte)
    }
    return true
  }

  /// A text that ``names(_:)`` reads as these names.
  static func text(_ names: [String]) -> String {
    let plain = names.joined(separator: "、")
    return Self.names(plain) == names ? plain : names.map(quoted).joined(separator: "、")
  }

  /// The name in straight double quotes.
  static func quoted(_ name: String) -> String {
    "\"" + name.replacing("\"", with: "\"\"") + "\""
  }

  private static func split(_ text: String) -> [(text: String, isQuoted: Bool, label: String?)] {
    var pieces: [(text: String, isQuoted: Bool, label: String?)] = []
    var (current, depth) = ("", 0)
    let isBalanced =
      text.count { "（(".contains($0) } == text.count { "）)".contains($0) }
    var rest = text[...]
    while let character = rest.first {
      if character == "\"" {
        let (label, before) = withoutLabel(current.trimmedWhitespace)
        if before.isEmpty, let (name, after) = quotedName(rest) {
          pieces.append((name, true, label))
          (current, rest) = ("", after.drop { separators.contains($0) || $0.isWhitespace })
          continue
        }
      }
      rest = rest.dropFirst()
      if isBalanced, "（(".contains(character) { depth += 1 }
      if isBalanced, "）)".contains(character) { depth -= 1 }
      if depth <= 0, separators.contains(character) {
        pieces.append((current.trimmedWhitespace, false, nil))
        current = ""
      } else {
        current.append(character)
      }
    }
    pieces.append((current.trimmedWhitespace, false, nil))
    return pieces
  }

  /// The name in quotes that `text` begins with, when its closing quote ends it.
  private static func quotedName(_ text: Substring) -> (name: String, after: Substring)? {
    var name = ""
    var rest = text.dropFirst()
    while let character = rest.popFirst() {
      if character != "\"" {
        name.append(character)
      } else if rest.first == "\"" {
        name.append("\"")
        rest = rest.dropFirst()
      } else {
        guard rest.first.map({ separators.contains($0) || $0.isWhitespace }) ?? true else { return nil }
        return (name, rest)
      }
    }
    return nil
  }

  private static func withoutLabel(_ text: String) -> (label: String?, rest: String) {
    guard let colon = text.firstIndex(where: { $0 == "：" || $0 == ":" }),
      labels.contains(String(text[..<colon]))
    else { return (nil, text) }
    return (String(text[..<colon]), String(text[text.index(after: colon)...]).trimmedWhitespace)
  }

  private static func withoutLabelBehind(_ name: String) -> (label: String?, rest: String) {
    let (plain, aside) = parted(name)
    guard let aside, labels.contains(aside) else { return (nil, name) }
    return (aside, plain)
  }

  /// A name and what is in brackets behind it: 县住建局（沈默）.
  static func parted(_ text: String) -> (name: String, aside: String?) {
    guard let last = text.last, "）)".contains(last), let open = text.lastIndex(where: { "（(".contains($0) }),
      open > text.startIndex
    else { return (text, nil) }
    return (
      String(text[..<open]).trimmedWhitespace,
      String(text[text.index(after: open)...].dropLast()).trimmedWhitespace
    )
  }

  /// What the cell says of a name's part behind it: 县发改局牵头，县财政局、县统计局配合.
  private static let partsBehind: [(words: String, label: String?)] = [
    ("牵头负责", "牵头"), ("牵头", "牵头"), ("配合", "配合"), ("协助", "配合"), ("协办", "协办"), ("按职责分工负责", nil), ("分工负责", nil),
    ("分别负责", nil), ("负责", nil),
  ]

  private static func withoutPart(_ name: String) -> (label: String?, rest: String) {
    guard let last = name.utf8.last, [0xB4, 0x88, 0xA9, 0x9E, 0xA3].contains(last) else { return (nil, name) }
    return withoutPart((nil, name))
  }

  private static func withoutPart(_ read: (label: String?, rest: String)) -> (label: String?, rest: String) {
    guard let part = partsBehind.first(where: { read.rest.hasSuffix($0.words) }),
      read.rest.count > part.words.count + 1,
      // 县政协办 is an office.
      part.words != "协办" || NameList.endsAsUnit(String(read.rest.dropLast(2)))
    else { return read }
    return (read.label ?? part.label, String(read.rest.dropLast(part.words.count)))
  }

  /// Parts names at spaces, but puts a name together that is spread out by them (徐　娟). Names in Latin letters keep
  /// their spaces.
  private static func spaced(_ text: String) -> [String] {
    let parts = text.split(whereSeparator: \.isWhitespace)
    guard parts.count > 1, !text.contains(where: { $0.isASCII && !$0.isWhitespace }) else { return [text] }
    var names: [String] = []
    var spread = ""
    for part in parts {
      if part.count == 1 {
        spread += part
      } else {
        if !spread.isEmpty { names.append(spread) }
        names.append(String(part))
        spread = ""
      }
    }
    return spread.isEmpty ? names : names + [spread]
  }
}

/// 责任单位 in a cell, where some of the units lead and others help: 牵头：县发改局、配合：县财政局、县统计局.
enum UnitCell {
  /// The cell's text; reading it gives the same units, lead and supporting.
  static func text(_ measure: Measure) -> String {
    guard measure.lead != nil || !measure.supporting.isEmpty else { return ListCell.text(measure.units) }
    let plain = labelled(measure) { $0 }
    let (names, roles) = (ListCell.names(plain), roles(plain))
    let isRead =
      names == measure.units && roles.lead == measure.lead && roles.supporting == measure.supporting
    return isRead ? plain : labelled(measure, name: ListCell.quoted)
  }

  private static func labelled(_ measure: Measure, name: (String) -> String) -> String {
    var role = UnitRole.responsible
    return measure.units.map { unit in
      let own: UnitRole =
        unit == measure.lead ? .lead : measure.supporting.contains(unit) ? .supporting : .responsible
      defer { role = own }
      let label =
        switch own {
        case .lead: "牵头："
        case .supporting: role == .supporting ? "" : "配合："
        case .responsible: role == .supporting ? "责任单位：" : ""
        }
      return label + name(unit)
    }.joined(separator: "、")
  }

  /// Whether a cell may say which of its units lead or help: by labels before, in brackets, or words behind.
  static func mayHaveRoles(_ text: String) -> Bool {
    text.unicodeScalars.contains { "：:（(牵配协".unicodeScalars.contains($0) }
  }

  /// Which of a cell's units lead and which help, by the labels before them, of which 配合 holds up to the next and 牵头
  /// for one, or in brackets behind: 窗口科（牵头）.
  static func roles(_ text: String) -> (lead: String?, supporting: [String]) {
    var (lead, supporting, isSupporting): (String?, [String], Bool) = (nil, [], false)
    for (label, name, own) in ListCell.labelled(text) {
      if let own {
        if UnitRole(heading: own) == .lead { lead = lead ?? name }
        if UnitRole(heading: own) == .supporting { supporting.append(name) }
        continue
      }
      if let label {
        isSupporting = UnitRole(heading: label) == .supporting
        if UnitRole(heading: label) == .lead, lead == nil { lead = name }
      }
      if isSupporting { supporting.append(name) }
    }
    return (lead, supporting)
  }
}

/// What cells write around a name: 副局长江篱, 江篱（局长）, 江篱 13800000000, 财政局等.
enum NameWords {
  /// The owner that a text means, where that is certain: what is around the name is a post, the owner's unit or a
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

  /// The known name in a text, and what is beside it.
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
