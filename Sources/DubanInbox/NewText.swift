/// What is new in an answer: never a word of the mail it answers.
struct NewText: Sendable, Hashable {
  /// A line that the sender wrote.
  struct Line: Sendable, Hashable {
    var text: String
    /// The measure of ours below whose lines it stands, or whose line it goes on.
    var item: String?
    /// The label of the form that it fills in, such as 进展情况.
    var label: String?
  }

  var lines: [Line] = []
  /// Whether our own lines stand in this mail.
  var quotesUs = false

  var text: String { lines.map(\.text).joined(separator: "\n") }

  /// Strips the quotation from these lines: our own lines are the anchors, then the blocks that mailers put above.
  init(_ answer: [String], sent: [SentMail]) {
    let ours = sent.reduce(into: Set<String>()) { $0.formUnion($1.lines) }
    let wholes = sent.flatMap(\.wholes)
    let labels = ours.filter { $0.hasSuffix("：") && $0.count >= 3 && $0.count <= 10 }
    let titles = ours.filter { $0.count >= 6 }.sorted { $0.count > $1.count }
    var (inQuote, item): (Bool, String?) = (false, nil)
    var header = false
    var candidates: [(line: Line, isQuoted: Bool)] = []
    var (matched, foreign) = (0, 0)
    var previous = ""
    let answer = answer.prefix(20_000)
    for (place, line) in answer.enumerated() {
      var rest = Substring(trimmed(line))
      let isMarked = rest.hasPrefix(">") || rest.hasPrefix("＞")
      while let first = rest.first, first == ">" || first == "＞" || first == " " { rest.removeFirst() }
      let shown = trimmed(rest)
      let key = squeezed(shown)
      if key.isEmpty { continue }
      if Self.opensQuotation(shown) {
        (inQuote, header) = (true, true)
        continue
      }
      if header, Self.isHeaderField(shown) { continue }
      let joined = previous + key
      let isOurs =
        ours.contains(key) && (key.count >= 4 || inQuote)
        || key.count >= 8 && wholes.contains { $0.contains(key) }
          && (inQuote || isMarked || Self.goesOn(key, answer[(place + 1)...], wholes))
        || inQuote && !previous.isEmpty && joined.count >= 8 && wholes.contains { $0.contains(joined) }
      if isOurs {
        matched += 1
        (inQuote, header, previous) = (true, false, key)
        if let id = ItemNumber.title(shown) { item = id } else if Self.isEndOfItems(key) { item = nil }
        continue
      }
      if inQuote, let label = labels.first(where: { key.hasPrefix($0) }),
        let colon = shown.firstIndex(of: "：")
      {
        let value = trimmed(shown[shown.index(after: colon)...])
        candidates.append((Line(text: value, item: item, label: String(label.dropLast())), true))
        previous = ""
        continue
      }
      if inQuote, let title = titles.first(where: { key.hasPrefix($0) }) {
        if let id = ItemNumber.title(shown) { item = id }
        let value = Self.dropping(title.unicodeScalars.count, of: shown)
        candidates.append((Line(text: value, item: item), true))
        previous = ""
        continue
      }
      if header, inQuote, isMarked { continue }
      if isMarked {
        foreign += 1
        continue
      }
      previous = ""
      candidates.append((Line(text: shown, item: inQuote ? item : nil), inQuote))
    }
    quotesUs = matched >= 3
    // Below a quotation that isn't ours nothing is known: it may be anybody's.
    lines = candidates.filter { !$0.isQuoted || quotesUs }.map(\.line)
  }

  /// Whether the next line goes on with our text where this one ends. Above a quotation part of one of our sentences may be
  /// the sender's own: 预计不能按期完成, or the answer that we asked for.
  private static func goesOn(_ key: String, _ rest: ArraySlice<String>, _ wholes: [String]) -> Bool {
    let next = rest.lazy.map { squeezed($0.drop { ">＞ ".contains($0) }) }.first { !$0.isEmpty }
    return next.map { next in wholes.contains { $0.contains(key + next) } } ?? false
  }

  /// What is left of a text without so many characters that aren't white space.
  private static func dropping(_ count: Int, of text: String) -> String {
    var (left, rest) = (count, text.unicodeScalars[...])
    while left > 0, let first = rest.popFirst() {
      if !first.properties.isWhitespace { left -= 1 }
    }
    return trimmed(String(rest))
  }

  private static func isEndOfItems(_ key: String) -> Bool {
    key.hasPrefix("有疑问请联系") || key.hasPrefix("发送原因")
  }

  /// The line that a mailer puts above what it quotes.
  static func opensQuotation(_ line: String) -> Bool {
    let key = squeezed(line)
    if key.contains(
      /^[-_—=]{2,}.*(原始邮件|原邮件|转发的邮件|转发邮件|OriginalMessage|Forwardedmessage|Originalmessage|原始信息)/)
    {
      return true
    }
    if key.contains(/^-{3,}.{2,100}(写道|wrote)[：:]?-*$/) { return true }
    if key.contains(/^[-_—=]{10,}$/) || key == "原始邮件" || key == "原邮件" { return true }
    if key.contains(/^(在|于|On|>在|""?).{4,120}(写道|寫道|wrote|编写|撰写|写到)[：:]?$/) { return true }
    if key.contains(/^.{1,80}(于|在)\d{4}[年\-\/].{4,60}写道[：:]?$/) { return true }
    return key.contains(/^\|?(发件人|发件者|寄件人|From)[：:|]/)
  }

  /// A field of the block above a quotation.
  private static func isHeaderField(_ line: String) -> Bool {
    let key = squeezed(line)
    return key.contains(
      /^[|*]?(发件人|发件者|发送时间|发送日期|发送|日期|时间|收件人|抄送|抄送至|抄送人|密送|主题|主旨|标题|附件|From|Sent|To|Cc|Subject|Date|Importance|重要性)[：:|*]/
    )
      || key.allSatisfy { "|-—_=:".contains($0) } || key.contains(/^<?[^<>@]+@[^<>@]+>?[;；]?$/)
      || ["发件人：", "发送时间：", "收件人：", "主题："].contains(key)
  }
}
