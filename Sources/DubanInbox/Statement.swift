public import DubanCore

extension MailReading.Item {
  /// What words about one measure ask for, such as a unit's 申请事项 in a sheet; nil where a person has to read them.
  ///
  /// - Parameters:
  ///   - due: the measure's deadline.
  ///   - day: when the words were written.
  public init?(_ text: String, about id: String, title: String, due: CivilDate?, on day: CivilDate?) {
    let own = OwnWords(title: title, text: "")
    guard let reading = Statement.read(text, due: due, day: day, own: own) else { return nil }
    self.init(id: id, says: reading.says, until: reading.until?.description, to: reading.to)
  }
}

/// What a sentence says of the measures it speaks of. Pure; what isn't certain is nil.
enum Statement {
  struct Reading: Sendable, Hashable {
    var says: MailReading.Says
    var until: CivilDate?
    var to: String?
    var needsPerson = false
  }

  /// Reads the words about one measure.
  ///
  /// - Parameters:
  ///   - due: its deadline.
  ///   - day: when the mail was written.
  ///   - own: its own words, by which words about all of it are known from words about a step of it.
  static func read(
    _ text: String, due: CivilDate?, day: CivilDate?, own: OwnWords = OwnWords(title: "", text: "")
  ) -> Reading? {
    let key = bare(text, own)
    guard !key.isEmpty, key.utf8.count <= longest, !key.contains(AnswerPiece.relation) else { return nil }
    // 4.1是否完成：是
    if formAnswer.isIn(key) || Boilerplate.pointsBelow(key) { return nil }
    if receivedOnly.isIn(key) { return Reading(says: .received) }
    let clauses = clauses(key, own, day)
    let isDone = clauses.contains { $0.kind == .done }
    if question.isIn(key) {
      // Who asks for time, or whether it isn't done already, wants no answer from a program.
      let isPlain =
        asking.isIn(key) && !asksForTime(key) && !verdictAsked.isIn(key) && !retort.isIn(key)
        && (asked.isIn(key) || !untold.isIn(key))
      return isDone || !isPlain || key.holds(anyOf: handedOver) ? nil : Reading(says: .question)
    }
    if doubtful.isIn(key), notMine.isIn(key) { return nil }
    let owners = newOwners(key)
    if let name = owners.first {
      return owners.count > 1 || isDone ? nil : Reading(says: .handover, to: name)
    }
    if notMine.isIn(key) { return Reading(says: .notmine, needsPerson: true) }
    if doubtful.isIn(key) || handedAway.isIn(key) || clauses.contains(where: { $0.kind == .unclear }) {
      return nil
    }
    if clauses.contains(where: { $0.kind == .late || $0.kind == .plan }), unsettled.isIn(key) { return nil }
    if clauses.contains(where: { $0.kind == .late }) { return isDone ? nil : postponed(clauses, due, day) }
    if clauses.contains(where: { [.open, .plan, .partly, .refused].contains($0.kind) }) {
      return isDone ? nil : underWay(clauses, due, day)
    }
    return isDone && !narrowed.isIn(key) && !turns(key, own) ? Reading(says: .done) : nil
  }

  /// Whether words name a day behind the deadline.
  static func names(dayAfter due: CivilDate, _ text: String, _ day: CivilDate?) -> Bool {
    Dates.found(in: squeezed(text), from: day).contains { $0.day.map { $0 > due } ?? false }
  }

  /// Whether words say that something is left to be done.
  static func isUnfinished(_ text: String) -> Bool {
    let key = squeezed(text)
    return key.utf8.count <= longest && (notDone.isIn(key) || partly.isIn(key) || refused.isIn(key))
  }

  /// Whether words name a day or ask for time, and so may change what was said before them.
  static func speaksOfTime(_ text: String, _ day: CivilDate?) -> Bool {
    let key = squeezed(text)
    return key.utf8.count <= longest && (asksForTime(key) || !Dates.found(in: key, from: day).isEmpty)
  }

  /// 12月底前进驻 as 12月底前完成, of a measure whose title is about 进驻: that is its end, and no step.
  static func endNamed(_ text: String, _ title: String, _ day: CivilDate?) -> String {
    let key = squeezed(text)
    guard key.utf8.count <= longest, case let found = Dates.found(in: key, from: day), found.count == 1 else {
      return text
    }
    let (before, after) = (key[..<found[0].range.upperBound], key[found[0].range.upperBound...])
    // 1月10日前开展: to begin is no end.
    guard let word = after.wholeMatch(of: titled.regex)?.output.word, title.holds(String(word)),
      !word.begins(withAnyOf: goingOn)
    else { return text }
    return "\(before)前完成"
  }

  /// The words without what only points at the measure (4.1项：, its title) and without ornament.
  private static func bare(_ text: String, _ own: OwnWords) -> String {
    var key = squeezed(text)[...]
    while let last = key.unicodeScalars.last,
      last.properties.generalCategory == .otherSymbol || last == "\u{FE0F}"
    {
      key.unicodeScalars.removeLast()
    }
    while let last = key.last, "、，,。；;：:|".contains(last) { key.removeLast() }
    // Outlook puts the name of who writes into a quotation before the words.
    if let stamp = key.prefixMatch(of: stamp.regex), PersonName.isName(stamp.output.name) {
      key = key.dropFirst(stamp.output.0.count)
    }
    func unpack() {
      for (open, close) in [("【", "】"), ("（", "）"), ("(", ")")]
      where key.hasPrefix(open) && key.hasSuffix(close) {
        key = key.dropFirst().dropLast()
      }
    }
    unpack()
    key = key.drop { "】」》”)）]【→=>|".contains($0) }
    if own.title.count >= 4, key.hasPrefix(own.title) {
      key = key.dropFirst(own.title.count).drop { "：:，,—-|｜".contains($0) }
    }
    unpack()
    key = own.unlabelled(key)
    return String(key.trimmingPrefix(itemMark.regex))
  }

  /// Nobody says so much of one measure, and means but one thing.
  static let longest = 2_000

  // MARK: Clauses

  private enum Kind { case done, partly, open, refused, plan, late, other, unclear }

  private struct Clause {
    var kind: Kind
    /// The days that it names for the end; nil for words that could mean several.
    var days: [CivilDate?]
    /// Whether the words say until when, in whatever form: 延期至1.15, and not 延期两周.
    var namesDay = false
  }

  private static func clauses(_ key: String, _ own: OwnWords, _ day: CivilDate?) -> [Clause] {
    key.split { "，,。；;！!".contains($0) }.map { part in
      let clause = own.removed(from: String(part))
      let found = Dates.found(in: clause, from: day)
      if asksForTime(clause) {
        // 从12月31日延期到1月15日
        let moved = found.drop { !clause[..<$0.range.lowerBound].ends(withAnyOf: ["至", "到", "为"]) }
        if let first = moved.first ?? found.first, isOfStep(clause, first.range, own) {
          return Clause(kind: .other, days: [])
        }
        return Clause(
          kind: .late, days: (moved.isEmpty ? found[...] : moved).map(\.day), namesDay: !moved.isEmpty)
      }
      let ends = found.filter { isEnd(clause, $0.range) }
      // 上月28日完成, and on the 5th 3日完成: what has been is no promise.
      if ends.contains(where: { isBefore(clause, $0, day) }) { return Clause(kind: .unclear, days: []) }
      // Of two days in one clause nobody knows which is the end.
      if !ends.isEmpty {
        return Clause(kind: .plan, days: Set(found.map(\.day)).count == 1 ? [ends[0].day] : [nil])
      }
      // A day of what has been or of a step; of a step to come nobody knows what it means for the end.
      let isPast = planWords.isIn(clause) ? past.isIn(clause) : past.isIn(clause) || step.isIn(clause)
      let days: [CivilDate?] = found.isEmpty || isPast ? [] : [nil]
      if forecast.isIn(clause) { return Clause(kind: .unclear, days: []) }
      if refused.isIn(clause) { return Clause(kind: .refused, days: days) }
      if notDone.isIn(clause) || openWords.isIn(clause) {
        // 未完成的都已完成, 从推进中改为已完成
        let left = clause.replacing(notDone.regex, with: "").replacing(openWords.regex, with: "")
        return Clause(kind: doneWords.isIn(left) ? .unclear : .open, days: days)
      }
      if planWords.isIn(clause) { return Clause(kind: .plan, days: days) }
      if let count = found.isEmpty ? clause.firstMatch(of: counted.regex)?.output.count : nil {
        // 已完成一轮督导, where a round is all that is asked for
        return Clause(kind: own.holds(count) ? .unclear : .partly, days: [])
      }
      if partly.isIn(clause) { return Clause(kind: .partly, days: []) }
      if let done = clause.firstMatch(of: doneWords.regex) {
        let subject = clause[..<done.range.lowerBound]
        if general.isIn(subject) || own.isWhole(bareSubject(subject)) {
          // 12月31日已完成, written on the 28th, is a slip or a plan.
          let isAhead = found.contains { named in
            let isLast = clause[..<named.range.lowerBound].hasSuffix("上")
            return day.flatMap { today in named.day.map { (1...31).contains($0.days(since: today)) } }
              ?? false
              && !isLast
          }
          return Clause(
            kind: isAhead || !leavesDone(clause[done.range.upperBound...]) ? .unclear : .done, days: [])
        }
        // Of another subject nobody knows what it says of the measure: 请勿标记为已完成, 7.3已完成.
        return Clause(
          kind: papers.isIn(subject)
            ? .unclear : steps.isIn(subject) && !own.holds(bareSubject(subject)) ? .partly : .other,
          days: [])
      }
      // 第一批，已完成
      return Clause(kind: batch.isIn(clause) ? .partly : .other, days: days)
    }
  }

  /// Whether a day is named for the end: 12月25日前完成, 预计完成时间为12月25日; and not 12月10日已完成.
  private static func isEnd(_ clause: String, _ range: Range<String.Index>) -> Bool {
    let (before, after) = (String(clause[..<range.lowerBound]), String(clause[range.upperBound...]))
    return !before.holds("已") && !demand.isIn(before)
      && (endsThen.isIn(after) || endIs.isIn(before) && nothingThen.isIn(after))
  }

  /// Whether a day named for the end may lie in the past.
  private static func isBefore(_ clause: String, _ found: Dates.Found, _ day: CivilDate?) -> Bool {
    let before = clause[..<found.range.lowerBound]
    let (words, after) = (clause[found.range], clause[found.range.upperBound...])
    // 年底 in January was last year's, or is far away.
    if pastYear.isIn(before) || words == "年底" && day?.month == 1 { return true }
    // A promise has such a word; 12月25日 without its year is the next one.
    guard day != nil, !after.hasPrefix("前"), !after.hasPrefix("之前"), !planWords.isIn(clause),
      !endIs.isIn(before)
    else { return false }
    let isBare = words.last.map { "日号".contains($0) } ?? false && !words.contains { "年月".contains($0) }
    return isBare || words == "年底" || words == "月底"
  }

  private static func asksForTime(_ words: String) -> Bool {
    (words.holds(anyOf: lateWords) || moved.isIn(words)) && !noDelay.isIn(words)
  }

  /// More time is asked for. Of a day that nobody can mean a person makes sense: it is left out.
  private static func postponed(_ clauses: [Clause], _ due: CivilDate?, _ day: CivilDate?) -> Reading? {
    let late = clauses.filter { $0.kind == .late }.flatMap(\.days)
    let days = late.isEmpty ? clauses.flatMap(\.days) : late
    guard days.count < 2 else { return nil }
    // 论证会延期至1月10日，1月20日前完成: of the later one nobody knows what it is.
    let planned = clauses.filter { $0.kind == .plan }.flatMap(\.days)
    if let first = late.first, let named = first, planned.contains(where: { $0.map { $0 > named } ?? false })
    {
      return nil
    }
    // 延期两周: from when, a person has to say. A day that isn't understood is asked about as a whole.
    guard let named = days.first, let until = named else {
      if clauses.contains(where: { $0.namesDay }) { return nil }
      return Reading(says: .postpone, needsPerson: true)
    }
    return postponed(to: until, due, day)
  }

  /// Whether more time is asked for a step: 论证会推迟到1月10日, 延期到1月5日到货.
  private static func isOfStep(_ clause: String, _ day: Range<String.Index>, _ own: OwnWords) -> Bool {
    guard let late = clause.firstMatch(of: putOff.regex)?.range.lowerBound, late < day.lowerBound else {
      return false
    }
    let (subject, behind) = (clause[..<late], clause[day.upperBound...])
    return !(putOffSubject.isIn(subject) || own.isWhole(bareSubject(subject)))
      || !(nothingThen.isIn(behind) || endsThen.isIn(behind) || wishThen.isIn(behind))
  }

  private static func postponed(to until: CivilDate, _ due: CivilDate?, _ day: CivilDate?) -> Reading? {
    switch UnlikelyDay(until, due: due, today: day) {
    case nil: return Reading(says: .postpone, until: until)
    // More time until before the deadline is none.
    case .early: return nil
    case .past, .far: return Reading(says: .postpone, needsPerson: true)
    }
  }

  private static func underWay(_ clauses: [Clause], _ due: CivilDate?, _ day: CivilDate?) -> Reading? {
    // 12月25日因疫情停工，预计1月20日完成
    let planned = clauses.filter { $0.kind == .plan }.flatMap(\.days)
    let days = planned.isEmpty ? clauses.flatMap(\.days) : planned
    guard let first = days.first else {
      return clauses.contains { $0.kind == .refused } ? nil : Reading(says: .progress)
    }
    // What was to end in the past has ended, or was written amiss.
    guard days.count == 1, let until = first, let due, day.map({ until >= $0 }) ?? true else { return nil }
    return until > due ? postponed(to: until, due, day) : Reading(says: .progress, until: until)
  }

  /// 信息公示 of 我局信息公示工作已.
  private static func bareSubject(_ subject: Substring) -> Substring {
    subject.trimmingPrefix(we.regex).replacing("工作", with: "").replacing("已", with: "")
  }

  // MARK: Words

  private static let pastYear = Pattern(/(?:上个?月?|去年)$/)
  private static let formAnswer = Pattern(/是否[^，,。]{1,12}[：:]?(?:是|否|√|×)$/)
  private static let stamp = Pattern(/^[【\[](?<name>\p{sc=Han}{2,4})[】\]]/)
  private static let itemMark = Pattern(
    /^(?:项|号|条|号?措施|的?(?:整改|落实|办理|完成|工作|最新)*(?:进展|情况|报告|汇报|说明|进度)+(?:如下)?(?:为|是)?)?[：:]/)

  /// Subjects of 已完成 that are a step of a measure: 设备采购已完成.
  private static let steps = Pattern(
    /^\p{sc=Han}{0,8}(?:招标|投标|采购|方案|设计|立项|可研|施工|工程|主体|安装|调试|验收|备案|公示|培训|调研|摸底|排查|前期(?:工作|准备)?|[一二三]期|阶段|升级|改造|选址|征地|评审|审批)(?:工作|任务|已|均|都)*$/
  )

  private static let batch = Pattern(
    /^(?:第[一二三四五六七八九十\d]+|首|前[一二三四五六七八九十\d]+|[一二三四]|新建|改造)(?:批|期|段|标段?|阶段|部分|个).{0,4}$/)
  /// A paper that is ready says nothing of what it is about, nor that it was sent.
  private static let papers = Pattern(/(?:报告|材料|总结|报表|资料|汇报|清单|台账)(?:编制|撰写|起草|整理|收集|填报|报送|已|均|都)*$/)

  private static let question = Pattern(/[？?]|请问|能否|可否|是否|能不能|可不可以|行不行|是不是|有没有|吗$|吗[，。]|如何|怎么|怎样|为何|为什么|何时/)
  private static let asking = Pattern(/请问|能否|可否|是否|能不能|可不可以|行不行|如何|怎么|怎样|什么|何时|哪|多少|几/)
  private static let verdictAsked = Pattern(
    /谁说|(?:完成|办结|办完|做完|销号|整改|落实)了(?:吗|没|么|[？?])|已经?\p{sc=Han}{0,6}(?:完成|办结|销号)|不是.*(?:吗|[？?])/)

  /// 怎么可能完成？ isn't asked.
  private static let retort = Pattern(
    /怎么(?:可能|会|能|老|还|又|总|就|来得及|完成|办完|做完)|哪(?:里|能|可能)?(?:来得及|能(?:完成|办|做|按|如期)|可能|完成|办得|做得)|岂|难道|凭什么/)
  /// 何时能完成，还不好说; 是否算完成.
  private static let untold = Pattern(
    /(?:是否|何时|什么时候)\p{sc=Han}{0,4}(?:完成|办结|落实|销号|到位)|不好说|难说|说不[准好清]|不知|不清楚|不确定|未定|待定|另行|另报/)
  private static let asked = Pattern(/[？?]|请问|能否|可否|能不能|可不可以|行不行|吗/)

  private static let putOff = Pattern(/延期|延至|延到|延长|推迟|延后|顺延|展期|缓期|宽限/)
  /// What may be put off as a whole, and why.
  private static let putOffSubject = Pattern(
    /^(?:.*(?:申请|请求|恳请|因|由于|受|鉴于|考虑到|影响).*|(?:您好|你好|我们?|[我本][局部办委处科]|[本该此这其]|上述|以上|所有|全部|各|[两三四五六七八九十\d]|工作|措施|任务|事项|项目|工程|项|条|个|建设|整改|完成|办结|落实|竣工|完工|时限|期限|时间|日期|工期|期|均|都|也|特|请|望|希望|想|需要?|须|只?能|要|拟|不得不|将|把|对|于|在|至|到|从|由|自|原定?|预?计划?|现在?|目前|再|最终|整体|整个|可能?|以|[年月日号底前、的（()）]|不|未|无法|尚|仍|还|按期?|如期|按时|收到|好的?)*+)$/
  )
  private static let wishThen = Pattern(
    /^(?:之?前|以前|止|为止)?(?:办理|完工|竣工|交付|请|望|恳|妥|可以|行|是否|为宜|左右|[以之]?后|的|了|吧|[？?、：:])/)

  private static let lateWords = [
    "延期", "延至", "延到", "延长", "推迟", "延后", "宽限", "顺延", "无法按", "不能按", "难以按", "未能按", "不可能按", "无法如期", "不能如期",
    "难以如期", "未能如期", "不可能如期", "给点时间", "些时间", "段时间", "展期", "缓期", "延到", "延后到",
  ]
  private static let noDelay = Pattern(/(?:无|没有|不存在)(?:任何)?(?:延期|推迟)(?:风险|情况|可能|$)/)
  /// 完成时限由12月31日调整为1月20日.
  private static let moved = Pattern(/(?:时限|期限|工期|完成时间|完成日期).{0,20}(?:调整|变更|修改|改)(?:为|到|至)/)

  /// Words by which the rest may mean anything.
  static let doubtful = Pattern(
    /除.{1,20}外|必须|务必|应(?:于|在|当)|如果|(?:^|，)如(?![期下上实何])|的话|假如|[如若]无|若(?:能|可|不|无)|除非|可能|也许|大概|应该|估计|据说|听说|似乎|好像|争取不|(?:不|无需|不需要?|不用|不必|未|没有?|再|别)(?:再|想|会|打算)?(?:申请|同意|批准)?(?:延期|推迟|延长|顺延)|撤回|撤销|收回|(?:没有?|无|不存在|不是|并非)(?:任何)?(?:未|没|尚未)|不会|做不到|完不成|完成不了|左右|才能|才算|谎|误|以为|并非|不是|不等于|无法(?:确认|确定)|不确定|不清楚|(?:不由|不归|非|不是)(?:我|本)[^，。；]{0,4}(?:一人|一家|独自|单独|全部|主要|直接)|基本|初步|原则上|差不多|不含|不包括|就[不没]|没有的事|负责的(?:部分|内容)|(?:完成|办结|推进|落实)或|或者?(?:已|正|未|即将)|不早于|最早|最快|至少|分别|(?:^|[^未没有])合并(?!了?(?:\d|[一两二三四五六七八九十几多]))|并入|纳入|若(?!干)|批示|指示|[□☐☑☒]|完成[\/、]未|算(?:是)?完成|延期(?:的)?申请(?:书|表)?(?:已|获)|(?:已|经|获|上次|之前|此前)\p{sc=Han}{0,4}(?:同意|批准|获批)|(?:原|之前|此前|上次|曾)申请|完成了?(?:\d|[一两二三四五六七八九十])+(?:项|条|个(?:事项|措施|任务))|^[\-—–~～至到]\d|^请.{0,6}(?:确认|核实|核对)(?!$)/
  )

  private static let planWords = Pattern(
    /预计|争取|力争|有望|预期|打算|拟(?:于|在|\d|本|下)|将(?:于|在|按|尽|抓)|计划(?:于|在|\d|[一二三四五六七八九十元本下月明年]|按)|(?:确保|保证|可以?|能够?|会)(?:于|按期|按时|如期)|(?:按期|按时|如期)完成没有?问题|^(?!.*[请望])(?:.*)(?:尽快|尽早|抓紧)(?:组织)?(?:办理|完成|落实|推进|整改|办结|实施|处理)/
  )

  private static let notDone = Pattern(
    /(?:未|没|没有|尚未|还没|还未|未能)(?:全部|完全|能|按期|最终|正式)?(?:完成|办结|落实|到位|整改|启动|开始|开展|实施|动工|销号|做完|办完)|还有.{0,12}未(?:完成|办结|落实|到位|整改|销号)?|^(?:均|都|目前|暂时)*还没有?$/
  )

  /// 预计完成: when?
  private static let forecast = Pattern(/^(?:预计|预期|计划|拟)(?:能|可|会)?(?:全部)?(?:完成|办结)$/)
  /// A refusal, or a call for help, unless a day follows.
  static let refused = Pattern(/(?:不能|无法|难以|没法|没办法)(?:全部|完全|最终|正式|继续)?(?:完成|办结|落实|到位|整改|推进|开展|实施)/)

  private static let openWords = Pattern(
    /正在|正(?:按|抓|加|积|有|组织|开展|推进)|已(?:经)?(?:启动|开工|动工|开始|着手)|进入.{1,6}阶段|接近(?:完成|尾声)|即将(?:全部|全面)?(?:完成|办结|完工|竣工)|进展(?:顺利|正常|良好)|(?:按计划|按进度|按序时|按(?:时间)?节点|正常|顺利|扎实|稳妥)推进|(?:持续|有序|加快|积极|稳步|继续|逐步|全力)推进|(?:还|仍|尚)(?:在|需|要|差|有|剩(?!.{0,3}天))|(?:^|[均都也])在(?:推进|办理|整改|实施|落实|建设|施工|进行|开展)|(?:推进|进行|办理|整改|实施|落实|升级|评审|审批|审核|施工|建设|采购|招标|调试|整理|研究|协调|对接|编制|制定|修订|公示|报批|测试|筹备|处理|开展|完善|流程)中|在办|在建/
  )

  /// The end of a day's clause: 12月25日前全部完成.
  private static let endsThen = Pattern(
    /^(?:之?前|以前|底)?(?:[上下]午|晚上)?(?:可以?|能够?|能|会|将)?(?:全部|全面|基本)?(?:整改|办理|落实)?(?:完成|办结|落实|到位|整改|销号|完毕|结束|办完|做完)(?:了|整改|全部|此项|该项|各项|所有|建设)*(?:工作|任务|措施|目标|到位)?(?:$|[、（(的；并])/
  )
  private static let goingOn = [
    "开展", "联合", "推进", "推行", "推广", "组织", "启动", "加快", "加强", "强化", "优化", "建设", "实施", "落实", "培育", "健全", "丰富",
    "完善",
  ]
  private static let titled = Pattern(/(?:之前|以前|前)(?:全部|全面)?(?<word>\p{sc=Han}{2,8})/)
  /// Whose wish a day is: the deadline's, not the owner's.
  private static let demand = Pattern(/要求|规定|请(?!示)|批示|通知|文件|应|须|必须|若|如果/)
  private static let nothingThen = Pattern(/^(?:之?前|以前|底前?)?(?:可|能)?(?:[（(].*[）)]?)?$/)
  private static let endIs = Pattern(
    /(?:完成|办结|整改)(?:的?(?:时间|日期|时限))?(?:预计)?(?:为|是|在|到|：|:)?$|(?:预计|争取|力争|计划|拟)(?:在|于|到|至)?$/)

  private static let past = Pattern(/已|了|起$|以来/)
  /// What else may happen on a day.
  private static let step = Pattern(/召开|开展|组织|启动|印发|提交|上报|报送|进场|验收|评审|开工|动工|下发|签订|招标|采购/)

  private static let partly = Pattern(
    /(?:^|[^\d.])\d{1,2}(?:\.\d+)?[%％]|百分之(?!百)|一半|过半|大半|大部分|部分|[一二三四五六七八九]成|分之(?!百)/
  )
  /// 已完成3所学校.
  private static let counted = Pattern(/(?:已|已经)完成(?:了)?(?<count>(?:\d+|[一二两三四五六七八九])(?:$|.))/)

  /// Finished, with nothing behind the word that would narrow it: 已完成招标 says nothing of the measure.
  private static let doneWords = Pattern(
    /(?:(?:已|已经|均|都|全部|全面|业已)(?:已|已经)?(?:于[^，。]{1,14}日?)?(?:全部|全面|全覆盖|按期|按时|按要求|如期|提前|整改|顺利|圆满|彻底|100[%％]|百分之百){0,4}(?:完成|办结|落实到位|整改到位|整改完毕|办理完毕|落实完毕|完毕|完结|办完|办好|做完|做好|销号|结项|结案|闭环|落实|整改|解决)(?:了|100[%％])?(?:整改|全部|本项|该项|此项|各项){0,4}(?:工作|任务|措施|事项|内容)?|(?:早就|早)?(?:完成|办完|办好|做完)了|(?:整改|办理|落实)(?:完成|完毕|到位)了?|(?:本项|该项|此项|任务|刚刚?)(?:工作|任务|措施)?(?:全部)?完成(?:了)?|^(?:完成(?:100[%％]|整改)?|办结|做完了|办完了)|^(?:现|可以?|申请|请予?以?)销号(?:了)?)(?=$|[、（(]|并|请)/
  )

  /// What may be before 已完成 without narrowing it: who, when, 此项工作, 均. Taken without trying again in other pieces,
  /// of which there may be millions.
  private static let general = Pattern(
    /^(?:(?:按照?|整改)(?:相关|有关|文件|方案|通知)?要求|[、和及与：:（）()—–~·•*√\-]|[\d年月日号]|的|您好|你好|我们?|本|该|此|这|上述|以上|所有|全部|各|[两三四五六七八九十几]|项|条|个|局|部|办|委|处|科|室|中心|单位|街道|公司|集团|大厅|工作|措施|任务|事项|整改|内容|问题|均|都|也|全|已经?|实际|目前|现在?|截[至止]|至今|今[日天]|日前|近日|昨[日天]|前天|[上本]周[一二三四五六日天]?|[上本]个?月|去年|今年|[上下]午|[上中下]旬|底|初|前|早|就|这|事|经核[实查]|按照?|严格|情况|于|在|第)*+$/
  )

  /// Words beside 已完成 that take something back.
  private static let narrowed = Pattern(
    /不|未|没|非|尚|除|仅|只|部分|大部|一半|阶段|但|其中|还|差|剩|(?:^|[^\d.])\d{1,2}(?:\.\d+)?[%％]|误|后再|之后|等|待|漏|反弹|退回|重做|返工|修改意见|试运行|准备|转交?(?:给|由|\p{sc=Han}{2,3}$)|请勿|瑕疵|欠|补(?!充|助|贴|偿|办|录|短)|重新|再次|异议|争议|滞后|复发|反复|回潮|暂|个别|少数|局部|无法|难以|仍|需|问题(?!.{0,2}(?:均|都|全|已))|遗留/
  )

  private static let notMine = Pattern(
    /不归(?:我|本)\p{sc=Han}{0,3}(?:$|[，,。；;])|(?:不由|不归|非|不是|并非|不属于?)(?:我|本)[^，。；]{0,8}(?:负责(?!的)|职责|承办|主管|分管|牵头|范围|职能|管$|(?:工作|任务|事项)(?:范围|职责)?(?:$|[，,。；;]))|(?:我|本)[^，。]{0,8}(?:不|不再)(?:承担|负责(?!的)|承办|分管|牵头|担任)|(?:已|现)?不再(?:承担|负责|承办|分管|牵头|担任)|与(?:我|本).{0,4}无关|应由\p{sc=Han}{2,12}(?:负责|承担|牵头)|不予办理/
  )

  /// 收到, with thanks or a promise: that it is to be done is no news.
  private static let receivedOnly = Pattern(
    /^(?:您好|你好|好的?|[，,。！!])*(?:(?:邮件|通知|提醒)?(?:已?收[到悉]|已阅|知悉|知晓|已知悉|知道|明白|了解)(?:了|邮件|通知|提醒)?(?:[，,。！!、]*(?:(?:谢谢|感谢|多谢)(?:您的?|你的?)?(?:提醒|通知|告知)?|辛苦了?|(?:我们?|[我本][局部办委处科])?(?:会|将|一定|马上|立即|立刻|抓紧|尽快|认真|按要求|按时|按期|及时|已?安排)+(?:组织)?(?:落实|办理?|推进|处理|整改|完成|报送|上报|准备)|(?:将|拟|会)?于?(?:(?:\d{1,2}月)?\d{1,2}[日号](?:之?前)?|本周内?|明天|今天|近日)(?:报送|上报|提交)(?:材料|报表|报送表|整改情况)?|已安排))*|(?:好的?|OK|ok)(?:[，,。！!]*(?:谢谢|感谢|多谢|收到))?)[。！!，]*$/
  )
}
