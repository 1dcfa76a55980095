import DubanCore

/// Takes an answer's sentences apart by the measures they speak of.
struct Answer: Sendable {
  var items: [MailReading.Item] = []
  var decisions: [MailReading.Decision] = []
  var needsPerson = false
  var fillsForm = false

  /// Whoever writes more than this means more than a reader of sentences can be certain of.
  private static let longest = 20_000

  /// What an owner says in these lines of the measures of the mail.
  init(owner lines: [NewText.Line], of mail: SentMail, day: CivilDate?) {
    var spoken = Self.spoken(lines)
    guard spoken.reduce(0, { $0 + $1.text.utf8.count }) <= Self.longest else {
      needsPerson = true
      return
    }
    let names = QuotedNames(of: mail.items)
    var known = mail.items
    for place in known.indices { known[place].title = names.hidden(known[place].title) }
    for place in spoken.indices { spoken[place].text = names.hidden(spoken[place].text) }
    spoken = OverdueAnswer.joined(spoken, on: day)
    let isReport = mail.subject.contains("报送")
    var collector = StatementCollector(known: known, day: day)
    let form = FilledForm(spoken, of: known, on: day)
    let loose = form.loose
    fillsForm = form.isFilled
    collector.doubt(form.unclear)
    for item in Self.rewritten(spoken) { collector.doubt([item]) }
    for cell in form.cells where !cell.progress.isEmpty {
      collector.take([cell.item], cell.progress)
      if !cell.others.isEmpty { _ = collector.amend([cell.item], cell.others) }
    }
    // 已完成, above the first title and nowhere else: of which?
    if known.count > 1, loose.contains(where: { $0.item != nil }), let first = loose.first, first.item == nil,
      AnswerPiece.numbers(first.text).isEmpty,
      Statement.read(first.text, due: nil, day: day).map({ $0.says != .received }) ?? false
    {
      collector.doubt(known.map(\.id))
    }
    for line in loose {
      guard let item = line.item else { continue }
      if collector.speaks(of: item), isReport { continue }
      if line.isBelowTitles || Self.heading.isIn(squeezed(line.text))
        || AnswerPiece.isRest(squeezed(line.text))
      {
        collector.doubt(known.map(\.id))
        continue
      }
      collector.take([item], line.text)
    }
    // What ends with a comma goes on in the next line.
    let own = loose.filter { $0.item == nil }.map(\.text).joined(separator: "\n")
      .replacing("，\n", with: "，")
    let text = OrdinalAnswer.numbered(own, by: known)
    let ids = known.map(\.id)
    let strangers = AnswerPiece.strangers(text, ids)
    // Nobody names so many; a stranger may, and each costs more than the one before.
    guard AnswerPiece.numbers(text).count <= max(200, known.count * 10) else {
      needsPerson = true
      return
    }
    let pieces = AnswerPiece.pieces(text, ids + strangers)
    for (place, var piece) in pieces.enumerated() {
      guard !piece.ids.isEmpty else {
        if place + 1 < pieces.count, collector.leaves(pieces[place + 1], asIsBehind: piece.text) { continue }
        if !collector.amend(piece.after, piece.text) { collector.takeUnnumbered(piece.text) }
        continue
      }
      piece.ids.removeAll(where: strangers.contains)
      if !piece.ids.isEmpty { collector.take(piece) }
      // 4.1已完成4.2项目招标
      if piece.runsOn, place + 1 < pieces.count, !collector.isClear(pieces[place + 1]) {
        collector.doubt(piece.ids)
      }
    }
    collector.takeRest()
    needsPerson = collector.needsPerson || !strangers.isEmpty || collector.isLeftBehind
    for item in known {
      guard let reading = collector.reading(of: item.id) else { continue }
      needsPerson = needsPerson || reading.needsPerson
      // 改由林晓岚负责, by 林晓岚 herself
      if let name = reading.to, mail.wholes.contains(where: { $0.holds(name + "同志") }) {
        needsPerson = true
        continue
      }
      items.append(
        MailReading.Item(id: item.id, says: reading.says, until: reading.until?.description, to: reading.to))
    }
    needsPerson = needsPerson || collector.isDoubtful || collector.disagrees || items.isEmpty
  }

  /// Words below a measure's title that speak of others: 未完成： above the next titles, 两项均已完成.
  private static let heading = Pattern(
    /[：:]$|^【.*】$|^[（(]?[一二三四五六七八九][）)]?、|^以[下上]|^[前后]者|^(?:[两三四五六七八九]项?)?(?:均|都)|[^\d]项(?:均|都|全)/)

  /// The measures of which a line of ours was written anew: 完成时限：2023年3月底前.
  private static func rewritten(_ lines: [NewText.Line]) -> [String] {
    lines.compactMap { line in fields.contains { line.text.hasPrefix($0) } ? line.item : nil }
  }

  private static let fields = ["完成时限：", "责任单位：", "责任人：", "领域："]

  /// What the contact decides in these lines.
  init(contact lines: [NewText.Line], of mail: SentMail, day: CivilDate?) {
    let spoken = Self.spoken(lines)
    guard spoken.reduce(0, { $0 + $1.text.utf8.count }) <= Self.longest else {
      needsPerson = true
      return
    }
    let numbered = NumberedDecisions(spoken, of: mail.requests, day: day)
    (decisions, needsPerson) = (numbered.decisions, numbered.needsPerson)
    let text = numbered.rest.map(\.text).joined(separator: "\n")
    // What the digest doesn't name nobody asked about.
    let strangers = AnswerPiece.numbers(text).filter { !mail.numbers.contains($0) }
    needsPerson = needsPerson || !strangers.isEmpty
    var byID: [String: Set<MailReading.Decision>] = [:]
    var undecided: Set<String> = []
    for piece in AnswerPiece.pieces(text, mail.numbers + strangers) {
      guard piece.ids.allSatisfy({ !strangers.contains($0) }) else { continue }
      guard !piece.ids.isEmpty else {
        needsPerson = needsPerson || !Boilerplate.saysNothing(piece.text)
        // 刘书记意见：暂不销号
        if Self.takesBack.isIn(squeezed(piece.text)) { undecided.formUnion(mail.numbers) }
        continue
      }
      // 除4.2外，4.1至4.3均同意: of which ones?
      guard !piece.isMixed, !Self.excepts.isIn(squeezed(piece.text)) else {
        undecided.formUnion(mail.numbers)
        continue
      }
      guard let ruling = ContactRuling(piece.text, on: day) else {
        undecided.formUnion(piece.ids)
        continue
      }
      needsPerson = needsPerson || ruling.isQuestion
      for id in piece.ids { byID[id, default: []].insert(ruling.decision(on: id)) }
    }
    needsPerson = needsPerson || !undecided.isEmpty
    for id in mail.numbers where byID[id]?.count == 1 && !undecided.contains(id) {
      if let decision = byID.removeValue(forKey: id)?.first { decisions.append(decision) }
    }
    if !byID.isEmpty || decisions.isEmpty { needsPerson = true }
  }

  private static let excepts = Pattern(/^除|^(?:之外|以外|除外|外[，,]|不含|不包括)|[（(]?除外/)
  private static let takesBack = Pattern(/(?:不|暂|缓|待).{0,4}(?:销号|同意|延期|批准)|作废|撤[回销]|如[无有果]|意见/)

  /// The lines that say something: no signature, telephone's line or disclaimer.
  static func spoken(_ lines: [NewText.Line]) -> [NewText.Line] {
    var result: [NewText.Line] = []
    for var line in lines {
      line.text = DigitForms.ascii(line.text)
      let key = squeezed(line.text)
      if line.item == nil {
        if key == "--" || Boilerplate.disclaims(key) { break }
        if Boilerplate.isDevice(key) { continue }
      }
      result.append(line)
    }
    return result
  }
}

/// Digits as Chinese keyboards give them.
private enum DigitForms {
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
