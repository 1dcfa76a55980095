/// Rows of a table that hold words rather than a measure.
enum TableNote {
  /// What a row that adds up the others is called.
  static let totals = ["合计", "总计", "小计", "共计", "汇总"]
  private static let openings =
    [
      "注", "备注", "说明", "填表说明", "填表人", "填表单位", "填表时间", "填报人", "填报单位", "填报时间", "填表日期", "填报日期", "制表",
      "制表人", "审核", "审核人", "审批人", "签发人", "附件", "联系人", "联系电话", "联系方式", "审签", "会签", "核稿", "校对", "统计",
    ] + totals
  /// How rows begin that count measures.
  static let counts =
    [
      "其中", "完成率", "办结率", "整改率", "销号率", "占比", "累计", "本月", "本周", "本季", "本年", "新增", "已完成", "未完成", "已办结", "未办结",
      "已销号", "未销号", "逾期", "总数",
    ] + totals
  /// What offices write below the last row of a form, so that nothing is added: （以下空白）.
  private static let ends = ["以下空白", "以下无正文", "以下空白）", "以下无正文）"]
  fileprivate static let examples = ["例", "示例", "样例", "范例", "例如", "举例", "例子", "填写示例", "填表示例", "填报示例"]

  /// Whether the text says something about the table as a whole: `注：…`, `填表人：…`, `合计`.
  static func isNote(_ text: String) -> Bool {
    if isNumber(text) { return false }
    let plain = text.filter { !$0.isWhitespace }
    if totals.contains(plain) || ends.contains(where: plain.hasSuffix) && plain.count <= 8 { return true }
    // Signatures: 主要领导签字, 单位负责人（签字）.
    let words = plain.prefix { $0 != "：" && $0 != ":" }
    if words.count <= 14, ["签字", "签名", "盖章", "签章", "公章"].contains(where: words.contains) { return true }
    guard let colon = plain.firstIndex(where: { $0 == "：" || $0 == ":" }) else { return false }
    let opening = plain[..<colon].filter { !$0.isNumber }
    let signers = ["负责人", "领导", "审核", "审批", "签发", "填表", "填报", "制表", "校对", "复核", "经办", "报送人", "日期"]
    return openings.contains(String(opening))
      || opening.count <= 8 && signers.contains(where: opening.contains)
  }

  /// Whether a cell holds the label of a signature that is in the next: 审核人 | | 王二.
  static func isLabel(_ text: String) -> Bool {
    !isNumber(text) && isNote(text.filter { !$0.isWhitespace } + "：")
  }

  /// Whether the text is a number such as 3.1, as most of what is asked about is.
  fileprivate static func isNumber(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 == UInt8(ascii: ".") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  /// The number that a cell holds and nothing else, in brackets or a circle too; nil for any other text.
  fileprivate static func wholeNumber(_ text: String) -> Int? {
    let plain = text.halfWidth.filter { !"()".contains($0) }
    return Int(plain) ?? (plain.count == 1 ? plain.first?.wholeNumberValue : nil)
  }

  /// Whether a cell holds the day of a signature, or the place for it: 2022年10月1日, 年  月  日.
  static func isDay(_ text: String) -> Bool {
    text.filter { !$0.isWhitespace } == "年月日" || DateCell.iso(text) != text
  }

  /// The area's name in a row such as `（一）商事登记` or `一、商事登记`; nil for other words.
  static func areaTitle(_ text: String) -> String? {
    let plain = text.onOneLine
    guard let first = plain.unicodeScalars.first, "（(一二三四五六七八九十".unicodeScalars.contains(first) else {
      return nil
    }
    let isBracketed = plain.hasPrefix("（") || plain.hasPrefix("(")
    let body = isBracketed ? plain.dropFirst() : plain[...]
    let number = body.prefix { "一二三四五六七八九十".contains($0) }
    let rest = body.dropFirst(number.count)
    guard !number.isEmpty, let sign = rest.first else { return nil }
    guard isBracketed ? "）)".contains(sign) : "、．.".contains(sign) else { return nil }
    let name = String(rest.dropFirst().drop { "、：: ".contains($0) }).trimmedWhitespace
    return name.isEmpty ? nil : name
  }
}

extension Table {
  /// Whether the row numbers the columns, as forms do below their headings: 1 | 2 | 3, （1） | （2） | （3）.
  func isColumnNumbers(_ row: Int) -> Bool {
    var count = 0
    for column in 0..<width(row) {
      let text = text(row, column)
      if text.isEmpty { continue }
      count += 1
      guard text.utf8.count <= 9, TableNote.wholeNumber(text) == count else { return false }
    }
    return count > 2
  }

  /// Whether the row only shows how the form is to be filled in: 例 | 更换破损路灯10盏 | ××局.
  func isExample(_ row: Int) -> Bool {
    let first = firstText(row)
    return !TableNote.isNumber(first) && first.utf8.count <= 24
      && TableNote.examples.contains(Heading.plain(first.filter { !"（）()".contains($0) }))
  }

  /// Whether a row of measures holds the title of an area or a note, although it has a text where measures are.
  func isWords(_ row: Int, _ map: ColumnMap) -> Bool {
    let first = firstText(row)
    let isNumber = map.column(.id).map { text(row, $0.index) == first } ?? false
    if isNumber && (TableNote.isNote(first) || TableNote.isLabel(first)) { return true }
    if TableNote.isNote(first), !isWhole(row, map) { return true }
    let isOwned = [Heading.units, .persons, .deadline].contains { heading in
      map.columns(heading).contains { !isEmpty(row, $0.index) }
    }
    if isCount(row) { return true }
    if isOwned { return false }
    return filled(row).count == 1 && StatusTitle.word(first) != nil || areaTitle(row, map) != nil
  }

  /// The title of an area that a row holds alone, its number in the same cell or under 序号; nil for any other row.
  func areaTitle(_ row: Int, _ map: ColumnMap) -> String? {
    guard map.column(.area) == nil else { return nil }
    let texts = filled(row).map { text(row, $0) }
    if texts.count == 1 { return TableNote.areaTitle(texts[0]) }
    guard texts.count == 2, let id = map.column(.id), let measure = map.column(.measure),
      text(row, id.index) == texts[0], text(row, measure.index) == texts[1]
    else { return nil }
    let isBracketed = texts[0].hasPrefix("（") || texts[0].hasPrefix("(")
    let number = isBracketed || "、．.".contains(texts[0].last ?? " ") ? texts[0] : texts[0] + "、"
    return TableNote.areaTitle(number + texts[1])
  }

  /// Whether the row says who does it and by when: words such as 公章管理 or 签字背书制度 are a measure then.
  private func isWhole(_ row: Int, _ map: ColumnMap) -> Bool {
    [[Heading.units], [.persons, .deadline]].allSatisfy { headings in
      headings.flatMap(map.columns).contains { column in
        let words = text(row, column.index)
        return words.contains(where: \.isLetter) && !TableNote.isNote(words) && !TableNote.isLabel(words)
          || column.heading == .deadline && cell(row, column.index).kind == .date
      }
    }
  }

  /// Whether the row counts the measures, below them or between: 完成率 | 80%, 其中：已完成 | 3.
  func isCount(_ row: Int) -> Bool {
    let first = firstText(row)
    guard !TableNote.isNumber(first), TableNote.counts.contains(where: first.hasPrefix) else { return false }
    let texts = filled(row).map { text(row, $0) }
    return texts.count > 1
      && texts.dropFirst().allSatisfy { text in
        text.contains(where: \.isNumber) && text.count <= 10
          && text.allSatisfy { $0.isNumber || "%％.项个件条".contains($0) }
      }
  }
}
