/// What mailers put above the mail that they quote.
struct QuotationMark {
  /// The addresses that our mails come from.
  let from: [String]
  /// Whether a squeezed line is one of ours.
  let isOurs: (String) -> Bool

  /// Nobody's mark is longer; lines of strangers may be.
  private static let longest = 300

  private static let rules: Set<Character> = ["-", "_", "—", "=", "*", "~", "―", "━", "─", "＝", "－"]
  /// In small letters.
  private static let announced = [
    "原始邮件", "原邮件", "转发的邮件", "转发邮件", "原始信息", "原始消息", "邮件原文", "邮件原件", "回复的邮件", "转发的消息", "原始郵件", "原始訊息", "轉寄郵件",
    "元のメール", "元のメッセージ",
    "원본메시지", "originalmessage", "originalmail", "originalemail", "forwardedmessage", "repliedmessage",
    "forwardedmail", "ursprünglichenachricht", "messaged'origine", "mensajeoriginal",
  ]
  private static let verbs = ["写道", "寫道", "wrote", "编写", "撰写", "写到"]
  private static let senders = ["发件人", "发件者", "寄件人", "寄件者", "From", "差出人", "送信者", "보낸사람", "Von", "De"]
  private static let fields =
    senders + [
      "发送时间", "发件时间", "发送日期", "发送", "已发送", "日期", "时间", "收件人", "抄送", "抄送至", "抄送人", "密送", "主题", "主旨", "标题",
      "附件",
      "Sent", "To", "Cc", "Subject", "Date", "Importance", "重要性", "寄件日期", "收件者", "副本", "送信日時", "日時", "日付",
      "宛先",
      "件名", "보낸날짜", "날짜", "받는사람", "참조", "제목", "Gesendet", "Datum", "An", "Betreff", "Envoyé", "À", "Objet",
    ]

  /// Whether what follows this line is quoted; the lines behind it may go on with the mark.
  func opens(_ line: String, before next: ArraySlice<String>) -> Bool {
    guard line.utf8.count <= Self.longest else { return false }
    let start = line.drop { ">＞ ".contains($0) }
    if Self.opens(String(start)) { return true }
    let following = next.prefix(8).filter { !squeezed($0).isEmpty && $0.utf8.count <= Self.longest }.prefix(2)
    guard let first = following.first else { return false }
    // A mailer breaks its mark into two or three lines.
    if start.begins(withAnyOf: ["On ", "At ", "在", "于"]),
      (1...following.count).contains(where: {
        Self.isSentence(squeezed(start + following.prefix($0).joined())[...])
      })
    {
      return true
    }
    // Whatever the language: a line with a day or our address right above our words.
    let key = squeezed(start)
    let namesUs = from.contains { !$0.isEmpty && key.lowercased().holds($0) }
    let isDated = key.count(where: ItemNumber.isDigit) >= 6
    let isAbove =
      first.hasPrefix(">") || isOurs(squeezed(first))
      || Self.verbs.contains(squeezed(first).filter { !"：:".contains($0) })
    let ends = key.hasSuffix(":") || key.hasSuffix("：")
    // 申请延期至2023年1月15日，来信原文： is the sender's own.
    let isMailers = ends && (key.contains("@") || Self.timeOfDay.isIn(key))
    if isAbove, !line.hasPrefix(">"),
      isDated && (namesUs || isMailers) || ends && key.dropLast().ends(withAnyOf: Self.verbs)
    {
      return true
    }
    return namesUs && Self.isLabelled(key) && Self.isLabelled(squeezed(first))
  }

  private static let timeOfDay = Pattern(/\d[:：]\d\d/)

  /// Whether a line has the form 发件人：…, in whatever language.
  private static func isLabelled(_ key: String) -> Bool {
    let label = key.prefix { $0 != ":" && $0 != "：" }
    return label.count < key.count && (1...20).contains(label.count)
      && label.allSatisfy { $0.isLetter || $0 == "*" }
  }

  /// Whether what follows this line is quoted, whatever that is.
  static func opens(_ line: String) -> Bool {
    guard line.utf8.count <= longest else { return false }
    // QQ forgets to decode its own spaces.
    let key = squeezed(line.replacing("&nbsp;", with: ""))
    let word = key.drop(while: rules.contains)
    let isRuled = key.count - word.count >= 2
    let bare = trimmingRules(word[...]).lowercased()
    if isRuled, bare == "original" || bare.holds(anyOf: announced) { return true }
    let alone = bare.hasSuffix("：") || bare.hasSuffix(":") ? String(bare.dropLast()) : bare
    if ["原始邮件", "原邮件", "开始转发的邮件", "beginforwardedmessage"].contains(alone) { return true }
    if names(senders, in: key.drop { $0 == "|" || $0 == "*" }, before: ["：", ":", "|", "*"]) { return true }
    // 整改办公室 ---2022/12/28 08:30:00---…
    let parts = key.split(separator: "---", omittingEmptySubsequences: false)
    if parts.count >= 3, parts[1].count(where: ItemNumber.isDigit) >= 10 { return true }
    return isSentence(key[...])
  }

  /// Whether a line only divides; of what it divides nothing is known.
  static func isRule(_ key: String) -> Bool { key.count >= 5 && key.allSatisfy(rules.contains) }

  private static func trimmingRules(_ key: Substring) -> Substring {
    var rest = key
    while let last = rest.last, rules.contains(last) { rest.removeLast() }
    return rest
  }

  /// 在 2022年12月20日，某人 写道：, and the same between rules.
  private static func isSentence(_ key: Substring) -> Bool {
    var rest = trimmingRules(key)
    let isRuled = key.count - rest.count >= 3 || key.prefix(3).allSatisfy(rules.contains)
    if rest.last == "：" || rest.last == ":" { rest.removeLast() }
    guard let verb = (isRuled ? verbs + ["写"] : verbs).first(where: rest.hasSuffix) else { return false }
    let said = rest.dropLast(verb.count)
    if isRuled { return said.count > 4 }
    guard (4...140).contains(said.count) else { return false }
    if said.begins(withAnyOf: ["在", "于", "On", "At", ">在", "\""]) { return true }
    // 张三 于2022年12月20日 …
    var places = said.indices.dropFirst()
    while let place = places.popFirst() {
      guard "于於在".contains(said[place]) else { continue }
      let date = said[said.index(after: place)...].prefix(5)
      if date.prefix(4).count(where: \.isNumber) == 4, let mark = date.last, "年-/".contains(mark) {
        return true
      }
    }
    return false
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
