import DubanCore

/// Digits as Chinese keyboards give them.
enum DigitForms {
  /// ７．２ as 7.2.
  static func ascii(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map {
          0xFF10...0xFF19 ~= $0.value || $0 == "．" ? Unicode.Scalar(UInt8($0.value - 0xFEE0)) : $0
        })
    ).replacing(dotted.regex) { "\($0.output.1)." }
  }

  private static let dotted = Pattern(/(\d)·(?=\d)/)
}

/// Words, and the measures whose numbers stand with them.
struct AnswerPiece: Sendable, Hashable {
  var ids: [String]
  var text: String
  /// The words that stand before the numbers and have a sense of their own, with which `text` begins: 已完成4.1.
  var lead = ""

  /// The measures of the sentence before in the same line, of one without numbers.
  var after: [String] = []
  /// Whether the next number follows without a mark.
  var runsOn = false

  /// Whether the words may be said of other measures than of these: (4.1除外) behind words about all, 4.3至4.1, 4.1、2、3.
  var isMixed = false

  /// Whether there are such words.
  var verdictFirst: Bool { !lead.isEmpty }

  /// What stands behind the numbers alone.
  var rest: Substring { text.dropFirst(lead.count) }

  /// The numbers of measures in a text, in order; `orDays`: and the days that look like them, such as 4.1前.
  static func numbers(_ text: String, orDays: Bool = false) -> [String] {
    var result: [String] = []
    var (rest, previous): (Substring, Character) = (text[...], " ")
    while let first = rest.first {
      if begins(rest, after: previous, orDay: orDays), let id = ItemNumber.first(of: rest) {
        result.append(id)
        rest = rest.dropFirst(id.count)
        previous = "0"
      } else {
        previous = first
        rest.removeFirst()
      }
    }
    return result
  }

  /// Numbers that begin a clause as those of measures do, and are none of these: what is said there is said of another.
  static func strangers(_ text: String, _ known: [String]) -> [String] {
    text.split { "，,、。；;！!\n".contains($0) }.compactMap { clause in
      let rest = clause.drop { $0.isWhitespace || $0 == "第" || $0 == "和" || $0 == "及" }
      // 2022.12.28 is a day.
      guard let id = ItemNumber.first(of: rest), !known.contains(id), id.prefix(4).contains(".") else {
        return nil
      }
      return rest.dropFirst(id.count).first.map { "万亿元千百余多倍%％公米吨".contains($0) } ?? false ? nil : id
    }
      + text.matches(of: together.regex).map { String($0.output.id) }.filter { !known.contains($0) }
  }

  /// 请将7.4一并销号
  private static let together = Pattern(
    /(?:将|把|连同|包括|以及|[和与及跟])第?(?<id>\d{1,2}\.\d{1,2})(?![\d.万亿元千百余多倍%％公米吨个日号]|前)/)

  /// Whether a number begins here, and not in the middle of one.
  private static func begins(_ rest: Substring, after previous: Character, orDay: Bool = false) -> Bool {
    rest.first.map(ItemNumber.isDigit) ?? false && (orDay || !day.isIn(rest))
      && !(ItemNumber.isDigit(previous) || previous == "." || previous.isASCII && previous.isLetter)
  }

  /// A day, whatever measure has the number: 3.1前 is 1 March.
  private static let day = Pattern(
    /^\d{1,2}\.\d{1,2}(?:[之以节]?前(?![期述后端置])|底(?![层数线册])|日(?![常前均])|号(?!措施|事项|任务|项|文))/)

  /// Sentences by the measures named in them. Numbers that begin a clause govern until the next ones.
  static func pieces(_ text: String, _ known: [String]) -> [AnswerPiece] {
    text.split(separator: "\n").flatMap { line in
      var latest: [String] = []
      return line.split { "。；;！!".contains($0) }.flatMap { pieces(sentence: $0, known) }.map { piece in
        var piece = piece
        if piece.ids.isEmpty { piece.after = latest } else { latest = piece.ids }
        return piece
      }
    }
  }

  private static func pieces(sentence: Substring, _ known: [String]) -> [AnswerPiece] {
    var result: [AnswerPiece] = []
    var current = AnswerPiece(ids: [], text: "")
    // The last of the sentence that isn't a number or what joins numbers.
    let last = sentence.lastIndex { !$0.isWhitespace && !"0123456789.、，,至到-）)".contains($0) }
    var rest = sentence
    var previous: Character = " "
    func end() {
      if !current.ids.isEmpty || !squeezed(current.text).isEmpty { result.append(current) }
      current = AnswerPiece(ids: [], text: "")
    }
    while let first = rest.first {
      if begins(rest, after: previous), let id = ItemNumber.first(of: rest), known.contains(id) {
        if !current.take(id, known) {
          let lead = current.dropLead()
          current.runsOn =
            lead.isEmpty && squeezed(current.text).last.map { $0.isLetter || $0.isNumber } ?? false
          end()
          current = AnswerPiece(ids: [id], text: lead, lead: lead)
        }
        // 均已完成（4.1除外）; and not 已完成（4.1、4.2）.
        if !current.isMixed, let last, rest.startIndex <= last, Self.opensBracket(current.lead) {
          current.isMixed = true
        }
        rest = rest.dropFirst(id.count)
        // 4.1、2、3已完成
        if rest.dropFirst().first.map(ItemNumber.isDigit) ?? false, rest.first.map("、，,/".contains) ?? false,
          ItemNumber.first(of: rest.dropFirst()) == nil
        {
          current.isMixed = true
        }
        previous = "0"
        continue
      }
      if !current.ids.isEmpty, isRest(rest) { end() }
      current.text.append(first)
      previous = first
      rest.removeFirst()
    }
    end()
    return result
  }

  private static func opensBracket(_ lead: String) -> Bool {
    guard let open = lead.lastIndex(where: { $0 == "（" || $0 == "(" }) else { return false }
    return !lead[open...].contains { $0 == "）" || $0 == ")" }
      && Boilerplate.speaksOfState(String(lead[..<open]))
  }

  /// Whether these words speak of the measures that weren't named: 其余两项.
  static func isRest(_ text: some StringProtocol) -> Bool {
    text.begins(withAnyOf: ["其余", "其他", "其它", "另外", "剩余", "剩下", "余下"])
  }

  /// Words before the next number that belong to it: 4.1已完成，请问4.2…, 同意4.1销号，不同意4.2销号.
  private mutating func dropLead() -> String {
    guard let comma = text.lastIndex(where: { $0 == "，" || $0 == "," }) else { return "" }
    let lead = trimmed(text[text.index(after: comma)...])
    guard !lead.isEmpty, verdictFirst || Self.leads.contains(lead) else { return "" }
    text = String(text[...comma])
    return lead
  }

  /// What numbers a list, or stands before its lines: 1. 4.1已完成.
  private static let listMarks = Set("0123456789.、,，()（）[]【】「」“”《》①②③④⑤⑥⑦⑧⑨⑩一二三四五六七八九十-–—•·*●○■◆")

  /// Stands in the words where a number stood that they relate to another; no person writes it.
  static let relation = "\u{E000}"

  private static let leads: Set<String> = [
    "请问", "想问", "同意", "不同意", "批准", "不批准", "驳回", "可以", "已完成", "未完成", "预计", "计划",
  ]

  /// Takes one more number in, where it belongs to the words so far: 4.1、4.2, 4.1至4.3, 已完成4.1.
  private mutating func take(_ id: String, _ known: [String]) -> Bool {
    let key = squeezed(rest)
    guard let last = ids.last else {
      if key.allSatisfy(Self.listMarks.contains)
        || ["措施", "事项", "第", "关于", "对于", "其中", "编号", "序号", "从", "自"].contains(key)
      {
        text = ""
      } else if text.hasSuffix("，") || text.hasSuffix(",") {
        return false
      } else {
        lead = text
      }
      ids = [id]
      return true
    }
    // 已完成4.1、4.2，4.3正在推进: behind a comma something else begins.
    let isApart = verdictFirst && key.contains { "，,".contains($0) }
    let joins = !isApart && key.allSatisfy { "、，,/／和及与以项措施事：:—-－至到~～第".contains($0) }
    // 4.1或4.2, 4.1并入4.2: nobody knows of which the rest is said.
    let relates =
      !key.contains { "，,：:".contains($0) || $0.isNumber } && !Boilerplate.speaksOfState(key)
      && Statement.read(key, due: nil, day: nil) == nil
    guard joins || relates || verdictFirst && ["、", "和", "及", "与"].contains(where: text.hasSuffix) else {
      return false
    }
    if joins, key.contains(where: { "至到-—－~～".contains($0) }), let from = known.firstIndex(of: last),
      let to = known.firstIndex(of: id), from < to
    {
      ids += known[(from + 1)...to]
    } else {
      isMixed = isMixed || joins && key.contains { "至到-—－~～".contains($0) }
      ids.append(id)
    }
    text = joins ? lead : text + Self.relation
    return true
  }
}

/// Measures that an answer names by their place in our mail, or by their titles: 第一项, 前两项, 1、…2、….
enum OrdinalAnswer {
  /// The same text with numbers of measures in their place; as it is where one stands already, or where it isn't certain
  /// that the order of the mail is meant.
  static func numbered(_ text: String, by known: [SentMail.Item]) -> String {
    let ids = known.map(\.id)
    guard known.count > 1, text.utf8.count <= 4_000, !AnswerPiece.numbers(text).contains(where: ids.contains)
    else {
      return text
    }
    var lines: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      let named = known.filter { $0.title.count >= 6 && squeezed(line).holds($0.title) }
      lines.append(
        named.isEmpty
          ? line : named.reduce(squeezed(line)) { $0.replacing($1.title, with: "\($1.id)\($1.title)") })
    }
    let named = lines.joined(separator: "\n")
    if named != text { return named }
    let spoken = text.replacing(span.regex) { match in
      // 目前两项, 此前两项, 今后两项
      let isWord = text[..<match.range.lowerBound].last.map("目此以之日先从今会最然往事随好".contains) ?? false
      guard !isWord, let count = Dates.number(match.output.count), (1...ids.count).contains(count) else {
        return String(match.output.0)
      }
      return (match.output.end == "前" ? ids.prefix(count) : ids.suffix(count)).joined(separator: "、")
    }.replacing(place.regex) { match in
      let numbers = match.output.numbers.split { "、和及与".contains($0) }.map { Dates.number($0) ?? 0 }
      guard numbers.allSatisfy({ (1...ids.count).contains($0) }) else { return String(match.output.0) }
      return numbers.map { ids[$0 - 1] }.joined(separator: "、")
    }
    return spoken == text ? listed(text, ids) : spoken
  }

  /// 1、已完成；2、未完成；3、已完成: as many lines as the mail has measures, and each says something by itself.
  private static func listed(_ text: String, _ ids: [String]) -> String {
    let marks = text.matches(of: listMark.regex)
    guard marks.count == ids.count,
      marks.enumerated().allSatisfy({ Dates.number($1.output.count) == $0 + 1 })
    else { return text }
    var result = String(text[..<marks[0].range.lowerBound])
    for (place, mark) in marks.enumerated() {
      let end = place + 1 < marks.count ? marks[place + 1].range.lowerBound : text.endIndex
      let words = text[mark.range.upperBound..<end]
      let first = String(words.prefix { !"。；;\n".contains($0) })
      guard Statement.read(first, due: CivilDate("2000-12-31"), day: CivilDate("2000-01-01")) != nil,
        !first.contains("：")
      else {
        return text
      }
      result += "\n\(ids[place])\(words)"
    }
    return result
  }

  private static let span = Pattern(/(?<end>[前后])(?<count>[一两二三四五六七八九十]|\d{1,2})[项条个](?:工作|任务|措施|事项)?/)
  private static let place = Pattern(
    /第(?<numbers>[一二三四五六七八九十\d]{1,2}(?:[、和及与]第?[一二三四五六七八九十\d]{1,2})*)(?:项|条|个(?:事项|措施|任务))(?:工作|任务|措施|事项)?/
  )
  private static let listMark = Pattern(
    /(?:^|[\n；;。，,])\s*[（(]?(?<count>\d{1,2}|[一二三四五六七八九十])(?:[、)）]|\.(?!\d))/)
}
