public import DubanCore

extension MailReading.Item {
  /// What words about one measure ask for, such as a unit's 申请事项 in a sheet; nil where a person has to read them.
  ///
  /// - Parameters:
  ///   - due: the measure's deadline.
  ///   - day: when the words were written.
  public init?(_ text: String, about id: String, title: String, due: CivilDate?, on day: CivilDate?) {
    guard let reading = Statement.read(text, due: due, day: day, title: title) else { return nil }
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
  ///   - title: its title, by which words about all of it are told from words about a step of it.
  static func read(_ text: String, due: CivilDate?, day: CivilDate?, title: String = "") -> Reading? {
    // 4.1项：完成
    let key = String(squeezed(text).trimmingPrefix(itemMark.regex))
    guard !key.isEmpty, key.utf8.count <= longest else { return nil }
    if receivedOnly.isIn(key) { return Reading(says: .received) }
    let isQuestion = question.isIn(key)
    if !isQuestion {
      let owners = newOwners(key)
      if owners.count > 1 { return nil }
      if let name = owners.first { return Reading(says: .handover, to: name) }
      if notMine.isIn(key) { return Reading(says: .notmine, needsPerson: true) }
    }
    let clauses = clauses(key, title, day)
    let isDone = clauses.contains { $0.kind == .done }
    if isQuestion {
      return isDone || key.holds(anyOf: lateWords) && !clauses.allSatisfy(\.days.isEmpty)
        ? nil : Reading(says: .question)
    }
    if doubtful.isIn(key) { return nil }
    if clauses.contains(where: { $0.kind == .late }) { return isDone ? nil : postponed(clauses, due, day) }
    if clauses.contains(where: { [.open, .plan, .partly].contains($0.kind) }) {
      return isDone ? nil : underWay(clauses, due, day)
    }
    return isDone && !narrowed.isIn(key) ? Reading(says: .done) : nil
  }

  /// Nobody says so much of one measure, and means but one thing.
  private static let longest = 2_000

  // MARK: Clauses

  private enum Kind { case done, partly, open, plan, late, other }

  private struct Clause {
    var kind: Kind
    /// The days that it names for the end; nil for words that could mean several.
    var days: [CivilDate?]
  }

  private static func clauses(_ key: String, _ title: String, _ day: CivilDate?) -> [Clause] {
    key.split { "，,。；;！!".contains($0) }.map { part in
      let clause = String(part)
      let found = Dates.found(in: clause, from: day)
      if clause.holds(anyOf: lateWords) {
        // 从12月31日延期到1月15日
        let moved = found.drop { !clause[..<$0.range.lowerBound].ends(withAnyOf: ["至", "到", "为"]) }
        return Clause(kind: .late, days: (moved.isEmpty ? found[...] : moved).map(\.day))
      }
      let ends = found.filter { isEnd(clause, $0.range) }
      if !ends.isEmpty { return Clause(kind: .plan, days: ends.map(\.day)) }
      // A day of a step, or of what has been; else nobody knows of what.
      let days: [CivilDate?] = found.isEmpty || step.isIn(clause) ? [] : [nil]
      if notDone.isIn(clause) || openWords.isIn(clause) { return Clause(kind: .open, days: days) }
      if planWords.isIn(clause) { return Clause(kind: .plan, days: days) }
      if partly.isIn(clause) { return Clause(kind: .partly, days: []) }
      if let done = clause.firstMatch(of: doneWords.regex) {
        let subject = clause[..<done.range.lowerBound]
        if isWhole(subject, title) { return Clause(kind: .done, days: []) }
        // Of another subject nobody knows what it says of the measure: 请勿标记为已完成, 7.3已完成.
        return Clause(kind: steps.isIn(subject) ? .partly : .other, days: [])
      }
      return Clause(kind: .other, days: days)
    }
  }

  /// Whether a day is named for the end: 12月25日前完成, 预计完成时间为12月25日; and not 12月10日已完成.
  private static func isEnd(_ clause: String, _ range: Range<String.Index>) -> Bool {
    let (before, after) = (String(clause[..<range.lowerBound]), String(clause[range.upperBound...]))
    return !before.holds("已") && (endsThen.isIn(after) || endIs.isIn(before) && after.count <= 4)
  }

  /// More time is asked for. Of a day that nobody can mean a person makes sense: it is left out.
  private static func postponed(_ clauses: [Clause], _ due: CivilDate?, _ day: CivilDate?) -> Reading? {
    let late = clauses.filter { $0.kind == .late }.flatMap(\.days)
    let days = late.isEmpty ? clauses.flatMap(\.days) : late
    guard let first = days.first else { return Reading(says: .postpone, needsPerson: true) }
    return days.count == 1 ? first.map { postponed(to: $0, due, day) } : nil
  }

  private static func postponed(to until: CivilDate, _ due: CivilDate?, _ day: CivilDate?) -> Reading {
    UnlikelyDay(until, due: due, today: day) == nil
      ? Reading(says: .postpone, until: until) : Reading(says: .postpone, needsPerson: true)
  }

  private static func underWay(_ clauses: [Clause], _ due: CivilDate?, _ day: CivilDate?) -> Reading? {
    let days = clauses.flatMap(\.days)
    guard let first = days.first else { return Reading(says: .progress) }
    // What was to end in the past has ended, or was written amiss.
    guard days.count == 1, let until = first, let due, day.map({ until >= $0 }) ?? true else { return nil }
    return until > due ? postponed(to: until, due, day) : Reading(says: .progress, until: until)
  }

  /// Whether what stands before “已完成” is the measure as a whole: 招标已完成 says little of it.
  private static func isWhole(_ subject: Substring, _ title: String) -> Bool {
    if general.isIn(subject) { return true }
    let words = subject.replacing("工作", with: "").replacing("已", with: "")
    return words.count >= 4 && title.holds(words)
  }

  // MARK: Words

  private static let itemMark = Pattern(
    /^(?:项|号|条|的?(?:整改|落实|办理|完成|工作|最新)*(?:进展|情况|报告|汇报|说明|进度)+(?:如下)?(?:为|是)?)?[：:]/)

  /// Subjects of 已完成 that are a step of a measure: 设备采购已完成.
  private static let steps = Pattern(
    /^\p{Han}{0,8}(?:招标|投标|采购|方案|设计|立项|可研|施工|工程|主体|安装|调试|验收|备案|公示|培训|调研|摸底|排查|前期(?:工作|准备)?|[一二三]期|阶段|升级|改造|选址|征地|评审|审批)(?:工作|任务|已|均|都)*$/
  )

  private static let question = Pattern(/[？?]|请问|能否|可否|是否|吗$|吗[，。]|如何|怎么|怎样|为何|为什么|何时/)

  private static let lateWords = [
    "延期", "延至", "延到", "延长", "推迟", "延后", "宽限", "顺延", "无法按", "不能按", "难以按", "未能按", "不可能按", "无法如期", "不能如期",
    "难以如期", "未能如期", "不可能如期", "给点时间", "些时间", "段时间",
  ]

  /// Words by which the rest may mean anything.
  private static let doubtful = Pattern(
    /除.{1,20}外|必须|务必|应(?:于|在|当)|如果|(?:^|，)如(?![期下上实何])|的话|假如|[如若]无|若(?:能|可|不|无)|除非|可能|也许|大概|应该|估计|据说|听说|似乎|好像|争取不|(?:不|无需|不需要?|不用|不必|未|没有?|再|别)(?:再|想|会|打算)?(?:申请|同意|批准)?(?:延期|推迟|延长|顺延)|撤回|撤销|收回|(?:没有?|无|不存在|不是|并非)(?:任何)?(?:未|没|尚未)|不会|做不到|完不成|完成不了|左右|才能|才算|谎|误|以为|并非|不是|不等于|无法(?:确认|确定)|不确定|不清楚|基本|初步|^请.{0,6}(?:确认|核实|核对)(?!$)/
  )

  private static let planWords = Pattern(
    /预计|争取|力争|有望|预期|打算|拟(?:于|在|\d|本|下)|将(?:于|在|按|尽|抓)|计划(?:于|在|\d|[一二三四五六七八九十元本下月明年]|按)|(?:确保|保证|可以?|能够?|会)(?:于|按期|按时|如期)|^(?!.*[请望])(?:.*)(?:尽快|尽早|抓紧)(?:组织)?(?:办理|完成|落实|推进|整改|办结|实施|处理)/
  )

  private static let notDone = Pattern(
    /(?:未|没|没有|尚未|还没|还未|不能|无法|未能|难以)(?:全部|完全|能|按期|最终|正式)?(?:完成|办结|落实|到位|整改|启动|开始|开展|实施|动工|销号|做完|办完)|还有.{0,12}未/
  )

  private static let openWords = Pattern(
    /正在|正(?:按|抓|加|积|有)|(?:持续|有序|加快|积极|稳步|继续|逐步|全力)推进|(?:还|仍|尚)(?:在|需|要|差|有)|(?:推进|进行|办理|整改|实施|落实|升级|评审|审批|审核|施工|建设|采购|招标|调试|整理|研究|协调|对接|编制|制定|修订|公示|报批|测试|筹备|处理|开展|完善|流程)中|在办|在建/
  )

  /// The end of a day's clause: 12月25日前全部完成.
  private static let endsThen = Pattern(
    /^(?:之?前|以前|底)?(?:可以?|能够?|能|会|将)?(?:全部|全面|基本)?(?:整改|办理|落实)?(?:完成|办结|落实|到位|整改|销号|完毕|结束|办完|做完)/
  )
  private static let endIs = Pattern(
    /(?:完成|办结|整改)(?:的?(?:时间|日期|时限))?(?:预计)?(?:为|是|在|到|：|:)?$|(?:预计|争取|力争|计划|拟)(?:在|于|到|至)?$/)

  /// What else may happen on a day.
  private static let step = Pattern(/已|了|起$|以来|召开|开展|组织|启动|印发|提交|上报|报送|进场|验收|评审|开工|动工|下发|签订|招标|采购/)

  private static let partly = Pattern(
    /\d[%％]|百分之|一半|过半|大半|大部分|部分|[一二三四五六七八九]成|分之|阶段|(?:已|已经)完成(?:了)?(?:\d|[一二两三四五六七八九])/
  )

  /// Finished, with nothing behind the word that would narrow it: 已完成招标 says nothing of the measure.
  private static let doneWords = Pattern(
    /(?:(?:已|已经|均|都|全部|业已)(?:已|已经)?(?:于[^，。]{1,14}日?)?(?:全部|全面|按期|按时|按要求|如期|提前|整改|顺利)*(?:完成|办结|落实到位|整改到位|整改完毕|办理完毕|落实完毕|完毕|办完|做完|销号|结项|落实|整改|解决)(?:了)?(?:整改|全部|本项|该项|此项|各项)*(?:工作|任务|措施|事项|内容)?|完成了|(?:整改|办理|落实)(?:完成|完毕|到位)了?|^(?:完成|办结|做完了|办完了))(?=$|[、（(]|并|请)/
  )

  /// What may stand before 已完成 without narrowing it: who, when, 此项工作, 均.
  private static let general = Pattern(
    /^(?:[、和及与：:（）()—–~·•*√\-]|[\d年月日号]|您好|你好|报告|领导|我们?|本|该|此|这|上述|以上|所有|全部|各|[两三四五六七八九十几]|项|条|个|局|部|办|委|处|科|室|中心|单位|街道|公司|集团|大厅|工作|措施|任务|事项|整改|内容|问题|(?:按照?|整改)(?:相关|有关|文件|方案|通知)?要求|均|都|也|全|已经?|目前|现在?|截[至止]|至今|今[日天]|日前|近日|昨[日天]|前天|上周[一二三四五六日]?|经核[实查]|按照?|严格|情况|于|在|第)*$/
  )

  /// Words beside 已完成 that take something back.
  private static let narrowed = Pattern(
    /不|未|没|非|尚|除|仅|只|部分|大部|一半|阶段|但|其中|还|差|剩|\d[%％]|误|后再|之后|等|待|无法|难以|仍|需|问题(?!.{0,2}(?:均|都|全|已))|遗留/
  )

  private static let notMine = Pattern(
    /不归(?:我|本)\p{Han}{0,3}(?:$|[，,。；;])|(?:不由|不归|非|不是|并非|不属于?)(?:我|本)[^，。；]{0,8}(?:负责|职责|承办|主管|分管|牵头|范围|工作|任务|事项|职能|管$)|(?:我|本)[^，。]{0,8}(?:不|不再)(?:承担|负责|承办|分管|牵头|担任)|(?:已|现)?不再(?:承担|负责|承办|分管|牵头|担任)|与(?:我|本).{0,4}无关|不予办理/
  )

  private static let receivedOnly = Pattern(
    /^(?:您好|你好|好的?|[，,。！!])*(?:(?:邮件|通知|提醒)?(?:已?收[到悉]|已阅|知悉|知晓|已知悉|明白|了解)(?:了|邮件|通知|提醒)?(?:[，,。！!、]*(?:谢谢|感谢|多谢|辛苦了?|我们?会|我[局部办委处科]会?|将|一定)?(?:抓紧|尽快|认真|按要求|按时|及时)*(?:落实|办理|推进|处理|整改)?)|(?:好的?|OK|ok))[。！!，]*$/
  )

  // MARK: New owners

  private static let handedOver = [
    "移交", "转交", "交由", "交给", "改由", "变更为", "调整为", "调离", "调任", "不再负责", "不再担任", "退休", "接手", "接任", "接替", "负责人",
    "责任人", "调走", "离职", "调岗", "交接", "不归", "不由", "不再由",
  ]

  private static let newOwner = Pattern(
    /(?:移交给?|转交给?|交由|交给|交接给|改由|变更为|调整为|请联系|请与|联系|新?(?:责任人|负责人)(?:为|是|：|:|改为))[：:]?(?<name>\p{Han}{2,4}?)(?:同志|科长|主任|局长|处长|部长)?(?:负责|接手|接任|接替|承担|承接|办理|联系|对接|跟进|电话|邮箱|手机|$|[A-Za-z\d，,。；;（(）])|由(?<successor>\p{Han}{2,4}?)(?:同志|科长|主任|局长|处长|部长)?(?:负责|接手|接任|接替|承担|承接|办理|对接|跟进)/
  )

  private static let notHandedOver = Pattern(
    /拟|建议|计划|准备|可以|希望|应由|应该|应当|(?:未|没|没有)(?:完成|正式|办理)?(?:移交|转交|交接)|待|等|如果|可能/
  )

  /// The persons to whom a measure was handed: names of two to four characters that aren't offices.
  private static func newOwners(_ key: String) -> Set<String> {
    guard key.holds(anyOf: handedOver), !notHandedOver.isIn(key) else { return [] }
    let names = key.matches(of: newOwner.regex).compactMap { $0.output.name ?? $0.output.successor }
    return Set(
      names.map(String.init).filter { name in
        !name.contains { "其他它我你您部局科室处办委会厅中心公司集团单位工作此该项谁".contains($0) }
          && !["同事", "领导", "专人", "他人", "有关"].contains(name)
      })
  }
}
