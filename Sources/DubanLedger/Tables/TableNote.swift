/// Rows of a table that hold words rather than a measure.
enum TableNote {
  private static let openings = [
    "注", "备注", "说明", "填表说明", "填表人", "填表单位", "填表时间", "填报人", "填报单位", "填报时间", "填表日期", "填报日期", "制表",
    "制表人", "审核", "审核人", "审批人", "签发人", "附件", "联系人", "联系电话", "联系方式", "审签", "会签", "核稿", "校对", "统计", "合计", "总计",
    "小计", "共计",
  ]
  private static let totals = ["合计", "总计", "小计", "共计"]

  /// Whether the text says something about the table as a whole: `注：…`, `填表人：…`, `合计`.
  static func isNote(_ text: String) -> Bool {
    let plain = text.filter { !$0.isWhitespace }
    if totals.contains(plain) { return true }
    // Signatures: 主要领导签字, 单位负责人（签字）.
    let words = plain.prefix { $0 != "：" && $0 != ":" }
    if words.count <= 14, ["签字", "签名", "盖章", "签章", "公章"].contains(where: words.contains) { return true }
    guard let colon = plain.firstIndex(where: { $0 == "：" || $0 == ":" }) else { return false }
    let opening = plain[..<colon].filter { !$0.isNumber }
    let signers = ["负责人", "领导", "审核", "审批", "签发", "填表", "填报", "制表", "校对", "复核", "经办", "报送人", "日期"]
    return openings.contains(String(opening))
      || opening.count <= 8 && signers.contains(where: opening.contains)
  }

  /// Whether a cell holds the label of a signature that stands in the next: 审核人 | | 王二.
  static func isLabel(_ text: String) -> Bool { isNote(text.filter { !$0.isWhitespace } + "：") }

  /// Whether a cell holds the day of a signature, or the place for it: 2022年10月1日, 年  月  日.
  static func isDay(_ text: String) -> Bool {
    text.filter { !$0.isWhitespace } == "年月日" || DateCell.iso(text) != text
  }

  /// The area's name in a row such as `（一）商事登记` or `一、商事登记`; nil for other words.
  static func areaTitle(_ text: String) -> String? {
    let plain = text.onOneLine
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
  /// Whether a row of measures holds the title of an area or a note, although it has a text where measures stand.
  func isWords(_ row: Int, _ map: ColumnMap) -> Bool {
    let isOwned = [Heading.units, .persons, .deadline].contains { heading in
      map.columns(heading).contains { !text(row, $0.index).isEmpty }
    }
    let first = firstText(row)
    let isNumber = map.column(.id).map { text(row, $0.index) == first } ?? false
    if TableNote.isNote(first) || isNumber && TableNote.isLabel(first) { return true }
    if isOwned || map.column(.area) != nil || TableNote.areaTitle(first) == nil { return false }
    return (0..<width(row)).filter { !text(row, $0).isEmpty }.count == 1
  }
}
