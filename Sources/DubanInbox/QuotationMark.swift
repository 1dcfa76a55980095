/// What mailers put above the mail that they quote.
enum QuotationMark {
  /// Nobody's mark is longer; lines of strangers may be.
  private static let longest = 300

  private static let rules: Set<Character> = ["-", "_", "—", "="]
  private static let announced = [
    "原始邮件", "原邮件", "转发的邮件", "转发邮件", "原始信息", "邮件原文", "回复的邮件", "OriginalMessage", "Originalmessage",
    "Forwardedmessage",
  ]
  private static let verbs = ["写道", "寫道", "wrote", "编写", "撰写", "写到"]
  private static let senders = ["发件人", "发件者", "寄件人", "From"]
  private static let fields =
    senders + [
      "发送时间", "发送日期", "发送", "日期", "时间", "收件人", "抄送", "抄送至", "抄送人", "密送", "主题", "主旨", "标题", "附件", "Sent", "To",
      "Cc", "Subject", "Date", "Importance", "重要性",
    ]

  /// Whether what follows this line is quoted.
  static func opens(_ line: String) -> Bool {
    guard line.utf8.count <= longest else { return false }
    let key = squeezed(line)
    let isRuled = key.prefix(2).count == 2 && key.prefix(2).allSatisfy(rules.contains)
    if isRuled, key.holds(anyOf: announced) { return true }
    if key == "原始邮件" || key == "原邮件" || key.count >= 10 && key.allSatisfy(rules.contains) { return true }
    if names(senders, in: key.drop { $0 == "|" }, before: ["：", ":", "|"]) { return true }
    return isSentence(key[...])
  }

  /// 在 2022年12月20日，某人 写道：, and the same between rules.
  private static func isSentence(_ key: Substring) -> Bool {
    var rest = key
    while rest.last == "-" { rest.removeLast() }
    if rest.last == "：" || rest.last == ":" { rest.removeLast() }
    guard let verb = verbs.first(where: rest.hasSuffix) else { return false }
    let said = rest.dropLast(verb.count)
    if said.hasPrefix("---") { return said.count > 4 }
    guard (4...140).contains(said.count) else { return false }
    if said.begins(withAnyOf: ["在", "于", "On", ">在", "\""]) { return true }
    // 张三 于2022年12月20日 …
    var places = said.indices.dropFirst()
    while let place = places.popFirst() {
      guard said[place] == "于" || said[place] == "在" else { continue }
      let date = said[said.index(after: place)...].prefix(5)
      if date.prefix(4).count(where: \.isNumber) == 4, let mark = date.last, "年-/".contains(mark) {
        return true
      }
    }
    return false
  }

  /// Whether this line and the next are one such mark that a mailer has broken, or a line with a day in any language stands
  /// above what is marked as quoted: Am 28.12.2022 schrieb …:
  static func opens(_ line: String, with next: String) -> Bool {
    guard line.utf8.count <= longest, next.utf8.count <= longest else { return false }
    let start = line.drop { $0 == ">" || $0 == " " }
    if start.hasSuffix(":"), next.hasPrefix(">"), !line.hasPrefix(">"),
      start.count(where: ItemNumber.isDigit) >= 6
    {
      return true
    }
    return start.begins(withAnyOf: ["On ", "在", "于"]) && isSentence(squeezed(start + next)[...])
  }

  /// Whether this is the name of such a field alone, as in a table.
  static func isFieldName(_ line: String) -> Bool { fields.contains(squeezed(line)) }

  /// Whether this line is a field of the block above a quotation.
  static func isField(_ line: String) -> Bool {
    guard line.utf8.count <= 20 * longest else { return false }
    let key = squeezed(line)
    if names(fields, in: key.drop { $0 == "|" || $0 == "*" }, before: ["：", ":", "|", "*"]) { return true }
    if key.allSatisfy({ "|-—_=:".contains($0) }) { return true }
    // An address alone, which goes on with the line before.
    let address = key.filter { !"<>;；".contains($0) }
    return key.count - address.count <= 3 && !address.hasPrefix("@") && !address.hasSuffix("@")
      && address.count { $0 == "@" } == 1
  }

  private static func names(_ fields: [String], in key: Substring, before marks: Set<Character>) -> Bool {
    fields.contains { field in
      key.hasPrefix(field) && key.dropFirst(field.count).first.map(marks.contains) ?? false
    }
  }
}
