import DubanCore

/// What is new in an answer: never a word of the mail it answers.
struct NewText: Sendable, Hashable {
  /// A line that the sender wrote.
  struct Line: Sendable, Hashable {
    var text: String
    /// The measure of ours below whose lines it is, or whose line it goes on.
    var item: String?
    /// The label of the form that it fills in, such as 进展情况.
    var label: String?
    /// Whether the titles of several measures are directly above: nobody knows of which it speaks.
    var isBelowTitles = false
  }

  var lines: [Line] = []
  /// What is new in the other part of the same mail, where that differs.
  var other: [Line]?
  /// Whether words were left out of which nobody knows whose they are.
  var isDoubtful = false
  /// Whether our own lines are in this mail.
  var quotesUs = false

  /// Whether its first line is in the other part as well, if there are words in that.
  func isSaid(in other: [Line]) -> Bool {
    other.isEmpty || squeezed(other.map(\.text).joined()).holds(squeezed(lines.first?.text ?? ""))
  }

  var text: String { lines.map(\.text).joined(separator: "\n") }

  /// Whose words a line may be.
  private enum Zone {
    /// Above every quotation: the sender's.
    case own
    /// Below a mailer's mark: another's, who may have answered or forwarded before.
    case foreign
    /// Among our lines: what isn't ours there the sender wrote into them.
    case ours
  }

  /// Strips the quotation from these lines: our own lines are the anchors, then the blocks that mailers put above.
  init(_ answer: [String], sent: [SentMail]) {
    let ours = sent.reduce(into: Set<String>()) { $0.formUnion($1.lines) }
    let whole = sent.flatMap(\.wholes).joined(separator: "\n")
    let labels = ours.filter { $0.hasSuffix("：") && $0.count >= 3 && $0.count <= 10 }
    let titles = Dictionary(grouping: ours.filter { $0.count >= 6 }) { $0.prefix(6) }
      .mapValues { $0.sorted { $0.count > $1.count } }
    let formLabels = labels.contains("进展情况：") ? Set(labels.map { String($0.dropLast()) }) : []
    var (zone, item, label): (Zone, String?, String?) = (.own, nil, nil)
    var awaitsValue = false
    // What is below the last mark and isn't ours, and whether a mark is below such: then what was written into our
    // lines was written in an answer before.
    var (others, isOld): ([String], Bool) = ([], false)
    let mark = QuotationMark(from: sent.map(\.from)) { key in
      ours.contains(key) || key.count >= 8 && whole.holds(key)
    }
    var candidates: [(line: Line, isQuoted: Bool)] = []
    // Lines of ours, whether any of them bears no mark, and marked lines that aren't ours.
    var (matched, isPlain, strange) = (0, false, 0)
    // Whether a mailer's mark is above, and whether a line of ours is a state that anybody may write: 推进中.
    var (hasMark, isState) = (false, false)
    var previous = ""
    var titlesAbove = 0
    let answer = answer.prefix(20_000)
    for (place, line) in answer.enumerated() {
      var rest = Substring(trimmed(line))
      let isMarked = Self.isMarked(rest)
      while let first = rest.first, first == ">" || first == "＞" || first == " " { rest.removeFirst() }
      let shown = trimmed(rest)
      let key = squeezed(shown)
      if key.isEmpty { continue }
      if mark.opens(line, before: answer[(place + 1)...]) {
        hasMark = true
        // What bears marks ends where the marks do.
        let next = answer[(place + 1)...].first { !squeezed($0).isEmpty }
        if !(next.map(Self.isMarked) ?? false) { zone = .foreign }
        (others, isOld) = ([], isOld || !others.isEmpty)
        continue
      }
      if QuotationMark.isRule(key) { continue }
      let inQuote = zone != .own
      if zone == .foreign, awaitsValue || QuotationMark.isField(shown) || QuotationMark.isFieldName(shown) {
        awaitsValue = QuotationMark.isFieldName(shown)
        continue
      }
      let joined = previous + key
      let isOurs =
        (inQuote || isMarked || key.contains("mailto:")) && Self.isLinks(key)
        || ours.contains(key) && (key.count >= 4 || inQuote)
        || key.count >= 8 && whole.holds(key)
          && (inQuote || isMarked || Self.goesOn(key, answer[(place + 1)...], whole))
        || inQuote && !previous.isEmpty && joined.count >= 8 && whole.holds(joined)
      if isOurs {
        matched += 1
        isState = isState || key.count < 4 && Self.isAnswer(key)
        // 推进中 below a title may be the owner's word, as it is our light's.
        isDoubtful = isDoubtful || !isMarked && titlesAbove > 0 && key.count < 4 && Self.isAnswer(key)
        isDoubtful = isDoubtful || others.contains(where: Self.isAnswer)
        others = []
        isPlain = isPlain || !isMarked
        (zone, previous) = (.ours, key)
        if let id = ItemNumber.title(shown) {
          (item, titlesAbove) = (id, titlesAbove + 1)
        } else {
          titlesAbove = 0
          if Self.isEndOfItems(key) { item = nil }
        }
        // What is written below 进展情况：, or into the cell beside it.
        let name = key.hasSuffix("：") ? String(key.dropLast()) : key
        label = formLabels.contains(name) ? name : nil
        continue
      }
      if zone == .foreign || isOld && zone == .ours, !isMarked, others.count < Self.mostOthers {
        others.append(shown)
      }
      if isOld, zone == .ours, !isMarked { continue }
      if inQuote, let found = labels.first(where: { key.hasPrefix($0) }),
        let colon = shown.firstIndex(of: "：")
      {
        let value = trimmed(shown[shown.index(after: colon)...])
        let name = String(found.dropLast())
        candidates.append((Line(text: value, item: item, label: name), true))
        label = formLabels.contains(name) ? name : nil
        previous = ""
        continue
      }
      if inQuote, let title = titles[key.prefix(6)]?.first(where: { key.hasPrefix($0) }) {
        if let id = ItemNumber.title(shown) { item = id }
        let value = Self.dropping(title.unicodeScalars.count, of: shown)
        candidates.append((Line(text: value, item: item), true))
        previous = ""
        continue
      }
      if isMarked { strange += 1 }
      if isMarked || zone == .foreign { continue }
      previous = ""
      var line = Line(text: shown, item: inQuote ? item : nil, label: inQuote ? label : nil)
      line.isBelowTitles = titlesAbove > 1
      titlesAbove = 0
      candidates.append((line, inQuote))
    }
    isDoubtful = isDoubtful || isOld && zone == .ours && others.contains(where: Self.isAnswer)
    quotesUs = matched >= 3
    // Below a quotation that isn't ours nothing is known: it may be anybody's. One line of ours will do where all that is
    // quoted is marked, and is ours.
    let isCertain = quotesUs || matched > 0 && !isPlain && strange == 0
    lines = candidates.filter { !$0.isQuoted || isCertain }.map(\.line)
    // Below a title that nobody quoted, the words may be the sender's.
    isDoubtful =
      isDoubtful
      || !hasMark && isPlain
        && !isCertain && (isState || candidates.contains { $0.isQuoted && Self.saysMore($0.line.text) })
  }

  /// So many lines of another are looked at.
  private static let mostOthers = 50

  private static func saysMore(_ line: String) -> Bool {
    isAnswer(line) || !AnswerPiece.numbers(line).isEmpty || !Boilerplate.isHarmless(line, on: nil)
  }

  private static func isAnswer(_ line: String) -> Bool { Statement.read(line, due: nil, day: nil) != nil }

  private static func isMarked(_ line: some StringProtocol) -> Bool {
    line.first { !$0.isWhitespace }.map { $0 == ">" || $0 == "＞" } ?? false
  }

  /// Whether the next line goes on with our text where this one ends. Above a quotation part of one of our sentences may be
  /// the sender's own: 预计不能按期完成, or the answer that we asked for.
  private static func goesOn(_ key: String, _ rest: ArraySlice<String>, _ whole: String) -> Bool {
    let next = rest.lazy.map { squeezed($0.drop { ">＞ ".contains($0) }) }.first { !$0.isEmpty }
    return next.map { whole.holds(key + $0) } ?? false
  }

  /// What is left of a text without so many characters that aren't white space.
  private static func dropping(_ count: Int, of text: String) -> String {
    var (left, rest) = (count, text.unicodeScalars[...])
    while left > 0, let first = rest.popFirst() {
      if !first.properties.isWhitespace { left -= 1 }
    }
    return trimmed(String(rest))
  }

  private static let link = Pattern(/[<\[(（]?mailto:[^\s<>［］]*[>\])）]?/)

  /// Whether a line holds nothing but our links, whatever a mailer made of them: ［已完成］<mailto:…>.
  private static func isLinks(_ key: String) -> Bool {
    guard key.utf8.count <= 10_000, key.holds("［") else { return false }
    var rest = key.replacing(link.regex, with: "")
    for label in AnswerForm.allShown { rest.replace(label, with: "") }
    return rest.replacing("办理情况：", with: "").allSatisfy { "*_|[]()<>".contains($0) }
  }

  private static func isEndOfItems(_ key: String) -> Bool {
    key.hasPrefix("有疑问请联系") || key.hasPrefix("发送原因")
  }
}

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
    "元のメール", "元のメッセージ", "원본메시지", "originalmessage", "originalmail", "originalemail", "forwardedmessage",
    "repliedmessage", "forwardedmail", "ursprünglichenachricht", "messaged'origine", "mensajeoriginal",
  ]
  private static let verbs = ["写道", "寫道", "wrote", "编写", "撰写", "写到"]
  private static let senders = ["发件人", "发件者", "寄件人", "寄件者", "From", "差出人", "送信者", "보낸사람", "Von", "De"]
  private static let fields =
    senders + [
      "发送时间", "发件时间", "发送日期", "发送", "已发送", "日期", "时间", "收件人", "抄送", "抄送至", "抄送人", "密送", "主题", "主旨", "标题",
      "附件", "Sent", "To", "Cc", "Subject", "Date", "Importance", "重要性", "寄件日期", "收件者", "副本", "送信日時", "日時",
      "日付", "宛先", "件名", "보낸날짜", "날짜", "받는사람", "참조", "제목", "Gesendet", "Datum", "An", "Betreff", "Envoyé", "À",
      "Objet",
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
