/// The number at the beginning of a paragraph: 一、 or （一） or 1、 or （1）.
struct PlanMarker: Sendable, Hashable {
  /// How deep a number is by the customs of official documents (GB/T 9704-2012, section 7.3.3).
  enum Level: Int, Comparable, Sendable {
    /// 一、
    case chapter = 1
    /// （一）
    case section
    /// 1、 or 1.
    case item
    /// 1.1 with a space or 、 behind it
    case subitem
    /// （1） or ①
    case part

    static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
  }

  var level: Level
  /// The number, from 1.
  var ordinal: Int
  /// The marker as printed, to put parts of a measure back into its text.
  var printed: String
  /// Whether a digit is straight behind its stop, so that both may be one figure: 1.5米.
  var isUnsure = false

  /// Whether words are before the number: 问题一：, 措施1：.
  var isWorded: Bool { printed.last.map { "：:".contains($0) } ?? false }

  /// Whether 2.3 of 2.3处 is a figure rather than the number of a part: it doesn't follow the last one.
  func isFigure(unlessAfter last: Int) -> Bool {
    level == .subitem && ordinal != last + 1 && (printed.last?.isASCIIDigit ?? false)
  }

  /// Reads 问题一： or 措施1： off the front. Problems have measures of their own, numbered below them.
  static func worded(_ text: String) -> (label: PlanLabel, marker: PlanMarker, rest: String)? {
    guard let colon = text.prefix(12).firstIndex(where: { "：:".contains($0) }) else { return nil }
    var name = text[..<colon].squeezed[...]
    let isBracketed = name.last?.closesBracket ?? false
    if isBracketed { name = name.dropLast() }
    let digits = name.reversed().prefix { $0.isASCIIDigit || ChineseNumeral.characters.contains($0) }
    let numeral = String(digits.reversed())
    name = name.dropLast(digits.count)
    if isBracketed {
      guard name.last?.opensBracket ?? false else { return nil }
      name = name.dropLast()
    }
    guard let ordinal = number(numeral) ?? ChineseNumeral.value(numeral),
      let label = PlanLabel.words[String(name)] ?? others[String(name)],
      label == .problems || label == .measures
    else { return nil }
    let marker = PlanMarker(
      level: label == .problems ? .item : .subitem, ordinal: ordinal, printed: String(text[...colon]))
    return (label, marker, text[text.index(after: colon)...].trimmedWhitespace)
  }

  /// Words that are no labels without a number.
  private static let others: [String: PlanLabel] = [
    "任务": .measures, "事项": .measures, "举措": .measures, "整改要求": .measures, "反馈意见": .problems,
    "突出问题": .problems,
    "整改问题": .problems,
    "隐患": .problems, "反馈事项": .problems,
  ]

  /// Reads the marker that `text` begins with; nil where it begins with none.
  static func read(_ text: String) -> (marker: PlanMarker, rest: String)? {
    guard let first = text.first else { return nil }
    if let circled = circledNumber(first) {
      return (
        PlanMarker(level: .part, ordinal: circled, printed: String(first)), text.dropFirst().trimmedWhitespace
      )
    }
    if first == "（" || first == "(" { return bracketed(text) }
    if first == "第", let end = text.prefix(6).firstIndex(of: "条"),
      let ordinal = ChineseNumeral.value(text[text.index(after: text.startIndex)..<end])
    {
      return marker(.item, ordinal, text, length: text.distance(from: text.startIndex, to: end) + 1)
    }
    // ⒈ to ⒛ are one character.
    if let value = first.unicodeScalars.first?.value, (0x2488...0x249B).contains(value) {
      return marker(.item, Int(value) - 0x2488 + 1, text, length: 1)
    }
    let chinese = text.prefix { ChineseNumeral.characters.contains($0) }
    if let ordinal = ChineseNumeral.value(chinese), let next = text.dropFirst(chinese.count).first,
      "、.．".contains(next)
    {
      return marker(.chapter, ordinal, text, length: chinese.count + 1)
    }
    let digits = text.prefix { $0.isASCIIDigit }
    guard let ordinal = number(digits) else { return nil }
    let tail = text.dropFirst(digits.count)
    let spaces = tail.prefix { $0.isWhitespace }.count
    guard let next = tail.dropFirst(spaces).first else { return nil }
    let length = digits.count + spaces + 1
    if "）)".contains(next) { return marker(.part, ordinal, text, length: length) }
    if next == "、" { return marker(.item, ordinal, text, length: length) }
    if ".．".contains(next), spaces == 0, let second = subitem(text.dropFirst(length)) {
      return marker(.subitem, second.ordinal, text, length: length + second.length)
    }
    // 0.5个 and 2022.6 are numbers, not markers.
    let after = text.dropFirst(length)
    // 2.2023年6月底前: an item that begins with a year.
    let isYear = after.prefix(4).allSatisfy(\.isASCIIDigit) && after.dropFirst(4).first == "年"
    guard ".．".contains(next), after.first?.isASCIIDigit != true || isYear else { return nil }
    return marker(.item, ordinal, text, length: length)
  }

  /// The same in its place among others: 2.6月底前 and 3.12345热线 begin with a number where it is the one that follows.
  ///
  /// - Parameters:
  ///   - last: the last numbers, any of which it may follow; 0 where there is none.
  ///   - subitem: the last second number of 1.1.
  ///   - next: the numbers that the next two items begin with: before another 2., 2.5G is no item, and before two of them
  ///     neither is 1.5G.
  static func read(
    _ text: String, after last: [Int], subitem: Int, next: () -> [Int]
  ) -> (marker: PlanMarker, rest: String)? {
    let plain = read(text)
    let isCertain = plain.map { $0.marker.level != .subitem || $0.marker.ordinal == subitem + 1 } ?? false
    guard !isCertain, let (ordinal, length) = glued(text), last.contains(ordinal - 1) else { return plain }
    let following = next()
    guard ordinal == 1 ? following.first == 2 : following.first != ordinal,
      following != [ordinal + 1, ordinal + 1]
    else { return plain }
    var found = marker(.item, ordinal, text, length: length)
    let behind = found.rest.prefix { $0.isASCIIDigit }
    // 6月底前 and 12345热线 are no decimals.
    found.marker.isUnsure = behind.count <= 3 && found.rest.dropFirst(behind.count).first != "月"
    return found
  }

  /// Reads the number without a stop of a title over its first part: 2 做优平台 over 2.1 ….
  static func title(_ text: String, over next: String) -> (marker: PlanMarker, rest: String)? {
    let digits = text.prefix { $0.isASCIIDigit }
    guard let ordinal = number(digits), text.dropFirst(digits.count).first?.isWhitespace ?? false,
      let below = read(next)?.marker, below.level == .subitem, below.ordinal == 1,
      glued(next)?.ordinal == ordinal
    else { return nil }
    return marker(.item, ordinal, text, length: digits.count)
  }

  /// The number of the item that `text` may begin with, whatever is behind its stop.
  static func itemNumber(_ text: String) -> Int? {
    if let (marker, _) = read(text), marker.level == .item { return marker.ordinal }
    return glued(text)?.ordinal
  }

  /// A number whose stop is straight before a digit, with the length of both.
  private static func glued(_ text: String) -> (ordinal: Int, length: Int)? {
    let digits = text.prefix { $0.isASCIIDigit }
    let rest = text.dropFirst(digits.count)
    guard let ordinal = number(digits), let stop = rest.first, ".．".contains(stop),
      rest.dropFirst().first?.isASCIIDigit ?? false
    else { return nil }
    return (ordinal, digits.count + 1)
  }

  /// The second number of 1.1 and what parts it from the text.
  private static func subitem(_ rest: Substring) -> (ordinal: Int, length: Int)? {
    let digits = rest.prefix { $0.isASCIIDigit }
    guard digits.count <= 2, let ordinal = number(digits), let sign = rest.dropFirst(digits.count).first,
      rest.dropFirst(digits.count + 1).first?.isASCIIDigit != true || sign.isIdeograph
    else { return nil }
    if sign.isWhitespace || "、.．".contains(sign) { return (ordinal, digits.count + 1) }
    // 1.1清理…, though not 1.5万元.
    let isMeasure = sign.isIdeograph && !"万亿元个倍公里米吨亩平千百次户人件小年月日号级度成分".contains(sign)
    return isMeasure ? (ordinal, digits.count) : nil
  }

  private static func bracketed(_ text: String) -> (marker: PlanMarker, rest: String)? {
    guard let close = text.prefix(8).firstIndex(where: { "）)".contains($0) }) else { return nil }
    let inner = text[text.index(after: text.startIndex)..<close].squeezed
    let length = text.distance(from: text.startIndex, to: close) + 1
    if let ordinal = ChineseNumeral.value(inner) { return marker(.section, ordinal, text, length: length) }
    if let ordinal = number(inner) { return marker(.part, ordinal, text, length: length) }
    return nil
  }

  private static func marker(
    _ level: Level, _ ordinal: Int, _ text: String, length: Int
  ) -> (marker: PlanMarker, rest: String) {
    (
      PlanMarker(level: level, ordinal: ordinal, printed: String(text.prefix(length))),
      text.dropFirst(length).trimmedWhitespace
    )
  }

  /// A number of one to three digits, from 1.
  private static func number(_ digits: some StringProtocol) -> Int? {
    guard (1...3).contains(digits.count) else { return nil }
    var value = 0
    for character in digits {
      guard let digit = character.digit else { return nil }
      value = value * 10 + digit
    }
    return value > 0 ? value : nil
  }

  private static func circledNumber(_ character: Character) -> Int? {
    guard let value = character.unicodeScalars.first?.value, (0x2460...0x2473).contains(value) else {
      return nil
    }
    return Int(value) - 0x2460 + 1
  }
}

/// Chinese numerals as chapters are numbered: 一 to 九十九.
enum ChineseNumeral {
  static let characters: Set<Character> = Set("一二三四五六七八九十")

  private static let digits = Array("一二三四五六七八九")

  /// The number's numeral; in digits from 100 on.
  static func text(_ value: Int) -> String {
    guard (1...99).contains(value) else { return "\(value)" }
    let (tens, ones) = (value / 10, value % 10)
    return (tens > 1 ? String(digits[tens - 1]) : "") + (tens > 0 ? "十" : "")
      + (ones > 0 ? String(digits[ones - 1]) : "")
  }

  /// The number that `text` writes; nil for anything else.
  static func value(_ text: some StringProtocol) -> Int? {
    guard (1...3).contains(text.count), text.allSatisfy(characters.contains) else { return nil }
    func digit(_ character: Character) -> Int? { digits.firstIndex(of: character).map { $0 + 1 } }
    guard let ten = text.firstIndex(of: "十") else {
      return text.count == 1 ? text.first.flatMap(digit) : nil
    }
    let (before, after) = (text[..<ten], text[text.index(after: ten)...])
    guard before.count <= 1, after.count <= 1 else { return nil }
    let tens = before.isEmpty ? 1 : before.first.flatMap(digit)
    let ones = after.isEmpty ? 0 : after.first.flatMap(digit)
    guard let tens, let ones else { return nil }
    return tens * 10 + ones
  }
}

/// The measures that are in one cell: 1. … 2. …, or 一是 … on lines of their own.
enum NumberedParts {
  /// A measure with its number, and without it in the text.
  struct Part {
    /// nil where the cell has no parts.
    var number: Int?
    var text: String
    /// The number and what is straight behind it, where the two may be one figure: 1.5米以上围挡.
    var figure: String?
  }

  /// The measures of a cell; one where there are no parts.
  static func parts(_ cell: String) -> [Part] {
    var parts: [Part] = []
    let lines = cell.split(separator: "\n").map(String.init)
    var first = 0
    for (index, line) in lines.enumerated() {
      let last = parts.last?.number
      if let (marker, rest) = begin(line, after: last, before: lines[(index + 1)...]),
        !marker.isFigure(unlessAfter: last ?? 0)
      {
        if last == nil { first = index }
        parts.append(
          Part(number: marker.ordinal, text: rest, figure: marker.isUnsure ? marker.printed + rest : nil))
      } else if parts.isEmpty {
        parts.append(Part(number: nil, text: line))
      } else {
        parts[parts.count - 1].text.unwrap(line)
      }
    }
    // An opening that isn't numbered is a label such as 主要措施：, or the measure whose steps the numbers are.
    if parts.count > 1, parts[0].number == nil {
      let opening = parts.removeFirst()
      if !opening.text.hasSuffix("："), !opening.text.hasSuffix(":") {
        return [Part(number: nil, text: opening.text.withoutEnd + "。" + lines[first...].unwrapped)]
      }
    }
    guard parts.count > 1 else { return parts }
    // 1. …；
    for part in parts.indices where parts[part].text.last.map({ "；;".contains($0) }) ?? false {
      parts[part].text = parts[part].text.withoutEnd
    }
    return parts
  }

  /// The parts that 1., 2. and so on begin in a cell of units, persons or deadlines, on lines or behind one another; none
  /// where the numbers don't count up from 1.
  static func counted(_ cell: String) -> [(number: Int?, text: String)] {
    var parts: [(number: Int?, text: String)] = []
    var isBorder = true
    var index = cell.startIndex
    while index < cell.endIndex {
      if isBorder, let (marker, _) = PlanMarker.read(String(cell[index...].prefix(12))),
        marker.ordinal == parts.count + 1
      {
        parts.append((marker.ordinal, ""))
        index = cell.index(index, offsetBy: marker.printed.count)
        continue
      }
      guard !parts.isEmpty else { return [] }
      isBorder = cell[index].isWhitespace || "；;，,、。".contains(cell[index])
      parts[parts.count - 1].text.append(cell[index])
      index = cell.index(after: index)
    }
    guard parts.count > 1 else { return [] }
    for part in parts.indices { parts[part].text = parts[part].text.withoutEnd }
    // 1、2.县财政局: both are for the same.
    for part in parts.indices.dropLast().reversed() where parts[part].text.isEmpty {
      parts[part].text = parts[part + 1].text
    }
    return parts
  }

  static func begins(_ line: String) -> Bool { begin(line, after: nil, before: []) != nil }

  private static func begin(
    _ line: String, after last: Int?, before rest: ArraySlice<String>
  ) -> (marker: PlanMarker, rest: String)? {
    let found = PlanMarker.read(line, after: [last ?? 0], subitem: last ?? 0) {
      Array(rest.lazy.compactMap(PlanMarker.itemNumber).prefix(2))
    }
    if let found { return found }
    guard line.dropFirst().first == "是", let ordinal = ChineseNumeral.value(line.prefix(1)) else {
      return nil
    }
    let marker = PlanMarker(level: .part, ordinal: ordinal, printed: String(line.prefix(2)))
    return (marker, String(line.dropFirst(2)))
  }
}
