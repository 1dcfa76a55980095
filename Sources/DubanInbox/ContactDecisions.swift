import DubanCore

/// The contact's decisions by the numbers that a digest gave what is open: 同意1、3；不同意2, 都同意.
///
/// Certain only where a clause is nothing but numbers and a verdict. A condition or a wish beside one makes all of its
/// sentence uncertain.
struct NumberedDecisions {
  var decisions: [MailReading.Decision] = []
  /// What says something else.
  var rest: [NewText.Line] = []
  var needsPerson = false

  init(_ lines: [NewText.Line], of requests: [SentMail.Request], day: CivilDate?) {
    guard !requests.isEmpty else {
      rest = lines
      return
    }
    var found: [Int: Set<MailReading.Decision>] = [:]
    for line in lines {
      var left = ""
      for sentence in line.text.split(whereSeparator: { "。；;！!\n".contains($0) }) {
        let read = Self.sentence(
          squeezed(sentence.hasSuffix(".") ? sentence.dropLast() : sentence), requests, day)
        if read.isEmpty { left += sentence + "。" }
        for decision in read { found[decision.number ?? 0, default: []].insert(decision) }
        if read.contains(where: { $0.number == nil }) { needsPerson = true }
      }
      if !left.isEmpty { rest.append(NewText.Line(text: left, item: line.item, label: line.label)) }
    }
    for (number, all) in found.sorted(by: { $0.key < $1.key }) {
      if all.count == 1, number > 0 { decisions += all } else { needsPerson = true }
    }
  }

  private static let allFirst = Pattern(
    /(?:您好|你好|好的|收到|[，,])*(?:以上|上述|所列)?(?:事项|申请|各项|(?<count>[一二两三四五六七八九十\d]+)项)?(?:除(?:第)?(?<but>[〔\[（(]?\d{1,6}[〕\]）)]?(?:[、和及与](?:第)?[〔\[（(]?\d{1,6}[〕\]）)]?)*)(?:项|号|条)?(?:以|之)?外[，,]?(?:其余|其他|余下)?(?:各?项)?)?(?:全部|全都|都|均|全|一律)(?<verdict>不同意|同意|已处理)/
  )
  private static let allLast = Pattern(
    /(?:您好|你好|好的|收到|[，,])*(?<verdict>不同意|同意|已处理)(?:以上|上述|所列|全部|所有)+(?:全部|所有|各项)?(?:事项|申请|各项)?/)
  private static let postponed = Pattern(/^(?:同意|可)?延期?(?:至|到)/)
  private static let polite = Pattern(/^(?:您好|你好|好的|收到|谢谢|辛苦了?|请知悉|特此回复)$/)

  /// The decisions of a sentence; one without a number where it speaks of numbers and isn't certain, none where it
  /// speaks of something else.
  private static func sentence(
    _ key: String, _ requests: [SentMail.Request], _ day: CivilDate?
  ) -> [MailReading.Decision] {
    let unsure = [MailReading.Decision(id: "", decision: .reject, what: .none)]
    let key = key.split { "，,".contains($0) }.filter { !polite.isIn($0) }.joined(separator: "，")
    if let (verdict, but, count) = ofAll(key) {
      let excepted = but.compactMap { number in requests.first { $0.number == number } }
      let meant = requests.filter {
        $0.isDecidable == (verdict != AnswerForm.seen) && !excepted.contains($0)
      }
      if meant.isEmpty || excepted.count != but.count || count.map({ $0 != meant.count }) ?? false
        || meant.contains(where: { $0.asksForDay && verdict == AnswerForm.approve })
      {
        return unsure
      }
      return meant.map { $0.decision(verdict, until: nil) }
    }
    var (result, previous): ([MailReading.Decision], [SentMail.Request]) = ([], [])
    var isStray = false
    for clause in key.split(whereSeparator: { "，,".contains($0) }) {
      if let (verdict, numbers, words) = self.clause(clause) {
        let meant = numbers.compactMap { number in requests.first { $0.number == number } }
        guard meant.count == numbers.count else { return unsure }
        let days = Dates.found(in: words, from: day)
        guard fits(words, meant), days.count <= 1,
          days.allSatisfy({ $0.day.map { UnlikelyDay($0, due: nil, today: day) == nil } ?? false }),
          verdict != AnswerForm.seen || !meant.contains(where: \.isDecidable)
        else { return unsure }
        result += meant.map { $0.decision(verdict, until: days.first?.day) }
        previous = meant
      } else if previous.count == 1, let last = result.last, previous[0].what == .postpone,
        postponed.isIn(clause), case let words = String(clause),
        case let days = Dates.found(in: words, from: day), days.count == 1,
        let until = days[0].day, UnlikelyDay(until, due: nil, today: day) == nil,
        days[0].range.upperBound == words.endIndex
      {
        result[result.count - 1] =
          previous[0].decision(
            last.decision == .approve ? AnswerForm.approve : AnswerForm.reject, until: until)
      } else {
        isStray = true
      }
    }
    if result.isEmpty { return [] }
    let lacksDay = result.contains { decision in
      decision.decision == .approve && decision.until == nil
        && requests.contains { $0.number == decision.number && $0.asksForDay }
    }
    return isStray || lacksDay ? unsure : result
  }

  private static let forward = Pattern(
    /(不同意|同意|驳回|批准|已处理)(第?[〔\[（(]?\d{1,6}[〕\]）)]?(?:[、和及与](?:第)?[〔\[（(]?\d{1,6}[〕\]）)]?)*(?:项|号|条)?)((?:销号|完成|延期|移交|报送|变更|措施|申请|的)*(?:(?:至|到).{4,12})?)/
  )
  private static let backward = Pattern(
    /(第?[〔\[（(]?\d{1,6}[〕\]）)]?(?:[、和及与](?:第)?[〔\[（(]?\d{1,6}[〕\]）)]?)*(?:项|号|条)?)(?:都|均)?(不同意|同意|驳回|批准|已处理)((?:销号|完成|延期|移交|报送|变更)?(?:(?:至|到).{4,12})?)/
  )

  /// 都同意, 同意以上各项 and 除3外都同意: the verdict, the numbers that it isn't about, and how many it says it is about.
  private static func ofAll(_ key: String) -> (verdict: String, but: [Int], count: Int?)? {
    guard key.utf8.count <= 300 else { return nil }
    if let match = key.wholeMatch(of: allFirst.regex) {
      return (
        String(match.output.verdict), (match.output.but ?? "").split { !$0.isNumber }.compactMap { Int($0) },
        match.output.count.map { Dates.number($0) ?? 0 }
      )
    }
    return key.wholeMatch(of: allLast.regex).map { (String($0.output.verdict), [], nil) }
  }

  /// 同意1、3项销号 or 1、3同意: verdict, numbers, and what is behind them.
  private static func clause(_ clause: Substring) -> (verdict: String, numbers: [Int], words: String)? {
    guard clause.utf8.count <= 300 else { return nil }
    let parts: (String, Substring, Substring)
    if let match = clause.wholeMatch(of: forward.regex) {
      parts = (String(match.1), match.2, match.3)
    } else if let match = clause.wholeMatch(of: backward.regex) {
      parts = (String(match.2), match.1, match.3)
    } else {
      return nil
    }
    let numbers = parts.1.split { !$0.isNumber }.compactMap { Int($0) }
    // 同意2项: two of them, or the second?
    if numbers.count == 1, parts.1.first?.isNumber ?? false, parts.1.hasSuffix("项") || parts.1.hasSuffix("条")
    {
      return nil
    }
    let verdict = ["驳回": AnswerForm.reject, "批准": AnswerForm.approve][parts.0] ?? parts.0
    return (verdict, numbers, String(parts.2))
  }

  /// Whether the words behind the numbers speak of what is asked for.
  private static func fits(_ words: String, _ requests: [SentMail.Request]) -> Bool {
    for (pattern, what) in [
      ("销号", MailReading.Says.done), ("完成", .done), ("延期", .postpone), ("移交", .handover), ("报送", .received),
    ]
    where words.contains(pattern) && requests.contains(where: { $0.what != what }) { return false }
    return !(words.contains("至") || words.contains("到"))
      || requests.count == 1 && requests[0].what == .postpone
  }
}

/// What the contact decides in words beside the number of a measure.
///
/// Certain only where one clause is nothing but a verdict and what it is about, and no other takes it back: 同意 is in
/// 无法同意, 尚未同意 and 同意取消 too.
struct WordedDecision: Sendable, Hashable {
  var isGiven: Bool
  var what: MailReading.Says
  var until: CivilDate?
  var to: String?
  /// Whether it is also a question: a person has to answer that.
  var isQuestion: Bool

  /// Nil where the words aren't certain. `today`: when they were written.
  init?(_ text: String, on today: CivilDate?) {
    let key = Self.unsigned(squeezed(text).drop { "、：:.".contains($0) })
    guard key.utf8.count <= 2_000 else { return nil }
    isQuestion = Self.question.isIn(key)
    var verdict: DecidingClause?
    var days: Set<CivilDate> = []
    // Whether another clause may narrow a yes; a no stays one.
    var isClouded = false
    for clause in Self.clauses(key) {
      if let found = DecidingClause(clause, today) {
        guard verdict == nil else { return nil }
        verdict = found
        if let day = found.until { days.insert(day) }
      } else if let day = Self.lastDay(clause, today) {
        days.insert(day)
      } else if Self.undoes.isIn(clause) {
        return nil
      } else if Self.clouds.isIn(clause) {
        isClouded = true
      }
    }
    guard let verdict, !verdict.isGiven || !isClouded && !isQuestion else { return nil }
    (isGiven, what, to) = (verdict.isGiven, verdict.what, verdict.to)
    guard isGiven else {
      until = verdict.until
      return
    }
    // A day beside a yes is the one that it is given for, or nobody knows what it is.
    guard days.count <= 1, days.isEmpty || what == .postpone else { return nil }
    until = days.first
    if what == .postpone, until == nil, !Dates.found(in: key, from: today).isEmpty { return nil }
  }

  /// The clauses; a yes or no alone goes with what is before it: 改由张三负责，同意.
  private static func clauses(_ key: String) -> [String] {
    var result: [String] = []
    for clause in key.split(whereSeparator: { "，,？?：:".contains($0) }).map(String.init) {
      if let last = result.last, ["同意", "不同意", "批准", "不批准", "准予"].contains(clause) {
        result[result.count - 1] = last + clause
      } else {
        result.append(clause)
      }
    }
    return result
  }

  /// Without the name in brackets at its end.
  private static func unsigned(_ key: Substring) -> String {
    guard let last = key.last, "）)".contains(last), let open = key.lastIndex(where: { "（(".contains($0) }),
      Boilerplate.saysNothing(String(key[open...]))
    else { return String(key) }
    return String(key[..<open])
  }

  /// The day until which is postponed, where a clause says nothing else: 但最迟不超过1月10日.
  private static func lastDay(_ clause: String, _ today: CivilDate?) -> CivilDate? {
    guard clause.utf8.count <= 100 else { return nil }
    let found = Dates.found(in: clause, from: today)
    guard found.count == 1, let day = found[0].day, UnlikelyDay(day, due: nil, today: today) == nil
    else { return nil }
    var words = clause
    words.replaceSubrange(found[0].range, with: "※")
    return words.wholeMatch(of: untilThen.regex).map { _ in day }
  }

  private static let untilThen = Pattern(
    /(?:但|且|请|时限|期限|时间|最[迟晚]|最多|不(?:得|能|要)?(?:超过|晚于|迟于)|务必|须|应|必须|在|于|为|延期?|调整|截[至止]|至|到)*※(?:之?前|止|为止|截止)*(?:完成|办结)?/
  )

  /// The same as a decision on a measure.
  func decision(on id: String) -> MailReading.Decision {
    .init(
      id: id, decision: isGiven ? .approve : .reject, what: what, until: until?.description, to: to)
  }

  /// A clause that decides.
  private struct DecidingClause {
    var isGiven: Bool
    var what: MailReading.Says
    var until: CivilDate?
    var to: String?

    /// Nil where it has one word more.
    init?(_ clause: String, _ today: CivilDate?) {
      let days = Dates.found(in: clause, from: today)
      guard days.count <= 1 else { return nil }
      var words = clause
      if let range = days.first?.range { words.replaceSubrange(range, with: "※") }
      guard
        let match = words.wholeMatch(of: verdictFirst.regex).map({ ($0.no, $0.done, $0.later, $0.name) })
          ?? words.wholeMatch(of: verdictLast.regex).map({ ($0.no, $0.done, $0.later, $0.name) })
      else { return nil }
      isGiven = match.0 == nil
      what = match.1 != nil ? .done : match.2 != nil ? .postpone : .handover
      to = match.3.map(String.init)
      // 由我负责 names nobody.
      guard to?.allSatisfy({ !"我你您他它谁该此负责".contains($0) }) ?? true,
        to != nil || !words.contains("由")
      else { return nil }
      if let found = days.first {
        guard what == .postpone, let named = found.day, UnlikelyDay(named, due: nil, today: today) == nil
        else { return nil }
        until = named
      }
    }
  }

  private static let question = Pattern(/[？?]|请问|是否|能否|吗/)
  private static let undoes = Pattern(
    /同意|批准|准予|驳回|如果|^如(?![期下上实何])|若|的话|除|但|原则|前提|撤|取消|有误|错|作废|报.{1,8}(?:审批|批准|审定|同意)/)
  private static let clouds = Pattern(/[不未没无等待后先再需须补应暂否另缺差仍还]|可能|考虑|建议|务必|要(?!求)/)

  /// Who decides, of what, after what: nothing of it changes the verdict.
  private static let verdictFirst = Pattern(
    /(?:我[局办处科室部中心们]*|本[局办处科室]|[该此其本对对于关于将把就现已也均都项号条]|措施|事项|工作|申请|经(?:过)?(?:研究|核实|审核|审查|审定|核查|会议研究))*(?:(?<no>(?:先|暂|暂时|现|目前|尚)?不同意|(?:先|暂|暂时)?不要|不得|不予(?:以|批准|准许)?|不批准|不准许?|驳回|退回|(?:先|暂|暂时|现)不予?|不(?=销号|延期|移交)|暂缓|不可以?|不能|不通过|未通过)|同意|批准|准予|准许|予以|可以?|通过|请(?=[将把]|予以))(?:[将把对其该此项的由、和及与]|予以|给予|办理|进行|措施|事项|申请)*(?:(?<done>销号|完成|办结)|(?<later>延期|延至|延到|推迟|延长|顺延)(?:办理|完成|时限|期限|时间)*[至到为]?※?前?(?:完成|办结|办理)?|(?:责任人)?(?:移交给?|转交给?|转给|改由|变更为|交由|由|调整为)(?<name>\p{sc=Han}{2,4}?)?(?:同志)?(?:负责|办理|承担|接手)?)(?:的?(?:申请|请求|事宜|手续))?[了吧]?/
  )
  /// 销号申请已审核通过
  private static let verdictLast = Pattern(
    /(?:[该此其本的项号条]|措施|事项|申请)*(?:(?<done>销号|完成|办结)|(?<later>延期|延至|延到)[至到]?※?|(?:责任人)?(?:移交给?|转交给?|转给|改由|变更为|交由|由|调整为)(?<name>\p{sc=Han}{2,4}?)?(?:同志)?(?:负责|办理|承担|接手)?)(?:的?(?:申请|请求|事宜))?(?:已|经|审核|审查|研究)*(?:(?<no>不(?:予)?同意|不(?:予)?批准|不准|驳回|退回|不通过|未通过|不予通过)|同意|批准|准予|通过)了?/
  )
}
