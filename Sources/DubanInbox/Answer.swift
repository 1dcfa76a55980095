import DubanCore

/// Takes an answer's sentences apart by the measures they speak of.
struct Answer: Sendable {
  var items: [MailReading.Item] = []
  var decisions: [MailReading.Decision] = []
  var needsPerson = false
  var fillsForm = false

  /// Who writes more than this means more than a reader of sentences can be certain of.
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
      guard let worded = WordedDecision(piece.text, on: day) else {
        undecided.formUnion(piece.ids)
        continue
      }
      needsPerson = needsPerson || worded.isQuestion
      for id in piece.ids { byID[id, default: []].insert(worded.decision(on: id)) }
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

/// The three things that our mail about an overdue measure asks for, under labels: 目前进展, 未完成原因, 预计完成日期.
enum OverdueAnswer {
  private enum Label { case progress, reason, day }

  /// A label, and what is behind it to the end of its sentence.
  private struct Field {
    var label: Label
    var range: Range<String.Index>
    var value: Substring
  }

  /// The lines with each such answer as one sentence: 清单已建立，预计1月31日完成.
  static func joined(_ lines: [NewText.Line], on day: CivilDate?) -> [NewText.Line] {
    guard lines.allSatisfy({ $0.item == nil }) else { return lines }
    let text = lines.map(\.text).joined(separator: "\n")
    let changed = joined(text, on: day)
    return changed == text ? lines : changed.split(separator: "\n").map { NewText.Line(text: String($0)) }
  }

  private static func joined(_ text: String, on day: CivilDate?) -> String {
    let fields = fields(text)
    var (result, rest, place) = ("", text.startIndex, 0)
    while place < fields.count {
      var group = [fields[place]]
      while place + group.count < fields.count, case let next = fields[place + group.count],
        !group.contains(where: { $0.label == next.label }),
        !text[(group.last?.range.upperBound ?? rest)..<next.range.lowerBound].contains(where: { $0.isLetter })
      {
        group.append(next)
      }
      place += group.count
      guard let sentence = sentence(group, day), let first = group.first, let last = group.last else {
        continue
      }
      result += text[rest..<first.range.lowerBound] + sentence
      rest = last.range.upperBound
    }
    return result + text[rest...]
  }

  private static func fields(_ text: String) -> [Field] {
    let labels = text.matches(of: label.regex)
    return labels.enumerated().map { place, match in
      let next = place + 1 < labels.count ? labels[place + 1].range.lowerBound : text.endIndex
      let value = text[match.range.upperBound..<next].prefix { !"。；;\n".contains($0) }
      let label: Label =
        match.output.progress != nil ? .progress : match.output.reason != nil ? .reason : .day
      return Field(label: label, range: match.range.lowerBound..<value.endIndex, value: value)
    }
  }

  /// What a group of labels says, as words that nobody can be certain of where the reason says more; nil where it lacks
  /// the progress or one certain day. The reason stays, since 项目已被叫停 takes the day back.
  private static func sentence(_ group: [Field], _ day: CivilDate?) -> String? {
    func value(_ label: Label) -> String? { group.first { $0.label == label }.map { squeezed($0.value) } }
    guard let progress = value(.progress), var end = value(.day), case let written = value(.reason) ?? "",
      written.utf8.count <= Statement.longest
    else { return nil }
    // 尚未批复 explains, where 未获批 behind a day takes it back; so do 停止施工1个月 and 施工推迟.
    let reason = written.replacing(explains.regex, with: "")
    let isReason = reason.split { "，,".contains($0) }.allSatisfy { words in
      Statement.read(String(words), due: nil, day: day).map { $0.says == .progress }
        ?? true
    }
    guard AnswerPiece.numbers(reason).isEmpty, end.utf8.count < 100,
      case let found = Dates.found(in: end, from: day), found.count == 1, found[0].day != nil
    else { return nil }
    let named = String(end[found[0].range])
    end.removeSubrange(found[0].range)
    guard ["", "前", "之前", "以前"].contains(end) else { return nil }
    let says = "\(progress)，\(reason)，预计\(named)前完成"
    let isMore =
      !isReason || ends.isIn(reason) || namesDayAhead(reason, day) || Statement.doubtful.isIn(reason)
      || Statement.refused.isIn(reason)
    return isMore ? AnswerPiece.relation + says : says
  }

  private static let explains = Pattern(
    /(?:尚|还|仍)?[未没](?:有|获|能|经|得到){0,2}批(?:复|准|下来?)?(?=$|[，、])|延误|(?:施工|供货|到货|开工)推迟|(?:一度|暂时)?停止施工(?:\d{1,2}[天周]|[一二两三四]个?[天周]|[1一]个?月)?/
  )
  /// A reason that is more than one: that nothing will come of it, that it is another's, that the day isn't known.
  private static let ends = Pattern(
    /[停缓不]建|下马|不[做干办搞]了|[未待]定|放一放|延期|申请|接手|接任|接替|移交|交[给由]|划[转出]|牵头|承担|调离|出让|解除|不再|不搞|黄了|停下|重[做新]|不定|破产|倒闭|关停|注销|预计|拟[于在]|将[于在]/
  )

  /// Whether a reason names a day to come: 3月评审, 春节后复工; and not 12月疫情, 年底任务重, 春节临近.
  private static func namesDayAhead(_ reason: String, _ today: CivilDate?) -> Bool {
    Dates.found(in: reason, from: today).contains { found in
      let (word, behind) = (reason[found.range], reason[found.range.upperBound...])
      if occasion.isIn(word) { return behind.first.map { "前后之内以".contains($0) } ?? false }
      // The month before this one is the last.
      if let month = word.prefixMatch(of: month.regex).flatMap({ Dates.number($0.output.1) }), let today {
        return month != (today.month + 10) % 12 + 1 || behind.hasPrefix("前") || behind.hasPrefix("后")
      }
      return true
    }
  }

  private static let occasion = Pattern(/^(?:元旦|春节|国庆|五一|端午|中秋|年底|年末)$/)
  private static let month = Pattern(/^(\d{1,2}|[一二三四五六七八九十]{1,2})月/)

  private static let label = Pattern(
    /(?:[（(]?[1-3一二三][、.．)）])?(?:(?<progress>(?:目前|当前|现在|工作)?(?:工作)?进[展度](?:情况)?)|(?<reason>(?:未能?(?:按[期时]|如期)?完成)?的?(?:主要)?原因)|(?:预计|计划|拟)?完成(?:日期|时间|时限))[：:]/
  )
}
