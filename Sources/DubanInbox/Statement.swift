import DubanCore

/// What a sentence says of the measures it speaks of. Pure; what isn't certain is nil.
enum Statement {
  struct Reading: Sendable, Hashable {
    var says: MailReading.Says
    var until: CivilDate?
    var to: String?
    var needsPerson = false
  }

  /// Reads the words about one measure. `due`: its deadline; `day`: when the mail was written.
  static func read(_ text: String, due: CivilDate?, day: CivilDate?) -> Reading? {
    let key = squeezed(text)
    if key.isEmpty { return nil }
    let isQuestion = key.contains(/[？?]|请问|能否|可否|是否|吗[。，]?/)
    if key.contains(/(不由|不归|非|不是|不属于?)我|(我|本)[^，。]{0,6}不(承担|负责|再?承办)|不属于?(我|本)|与(我|本).{0,4}无关|不予办理/),
      !isQuestion
    {
      return Reading(says: .notmine, needsPerson: true)
    }
    if isQuestion { return key.contains(doneWords) ? nil : Reading(says: .question) }
    if key.contains(/如果|假如|若(能|可|不|无)|除非|可能|也许|大概|争取不/) { return nil }
    if let name = newOwner(key) { return Reading(says: .handover, to: name) }
    let day = day
    let dates = Dates.found(in: key, from: day).map(\.day)
    let isLate = key.contains(/延期|延至|延到|延长|推迟|延后|宽限|(无法|不能|难以|未能|不可能)(按期|按时|如期)|顺延/)
    if isLate {
      if key.contains(/(不|无需|不需|不用|不必)(再)?(申请)?(延期|推迟|延长|顺延)/) { return nil }
      guard dates.count <= 1 else { return nil }
      return Reading(says: .postpone, until: dates.first, needsPerson: dates.isEmpty)
    }
    if key.contains(/不可能|不会|做不到|完不成|完成不了/) { return nil }
    let isOpen = key.contains(
      /(未|没|没有|尚未|还没|还未|不能|无法|未能|难以)(全部|完全|能|按期)?(完成|办结|落实|到位|整改)|正在|推进中|进行中|(还|仍|尚)在|持续推进|抓紧|预计|计划|争取|力争|拟于|将于|有望|预期|办理中|整改中|实施中|还有.{0,12}未|筹备/
    )
    if isOpen {
      if key.contains(doneWords), !key.contains(/(未|没|没有|尚未|还没|还未)(全部|完全|能|按期)?(完成|办结|落实)/) { return nil }
      guard dates.count <= 1 else { return nil }
      guard let until = dates.first else {
        return key.contains(/预计|计划|争取|力争|拟于|将于/) && key.contains(/\d/) ? nil : Reading(says: .progress)
      }
      guard key.contains(/完成|办结|到位|销号|前/) else { return nil }
      guard let due else { return nil }
      return Reading(says: until > due ? .postpone : .progress, until: until)
    }
    if key.contains(doneWords) || key.contains(/^(完成|办结)[。，！]?$/) {
      if key.contains(/不|未|没|非|尚|除|仅|只|部分|大部|一半|基本|初步|阶段|但|但是|不过|其中|还有|还需|还差|还剩|\d+[%％]|以为|误|才能|后再|之后|等|待/) {
        return nil
      }
      return Reading(says: .done)
    }
    if key.contains(receivedOnly) { return Reading(says: .received) }
    return nil
  }

  /// Finished, with nothing behind the word that would narrow it: 已完成招标 says nothing of the measure.
  private static var doneWords: Regex<Substring> {
    /(?:(?:已|已经|均|都|全部|业已)(?:已|已经)?(?:于[^，。]{1,14}日?)?(?:全部|全面|按期|按时|按要求|如期|提前|整改)?(?:完成|办结|落实到位|整改到位|整改完毕|办理完毕|完毕|销号|结项)(?:了|整改)?|完成了|(?:整改|办理)(?:完成|完毕|到位)了?)(?=$|[，,。；;！!、（(]|并|请)/
  }

  private static var receivedOnly: Regex<Substring> {
    /^(?:您好|你好|好的?|[，,。！!])*(?:邮件|通知)?(?:已?收到|已阅|知悉|知晓|已知悉|明白|了解)(?:了|邮件|通知)?(?:[，,。！!、]*(?:谢谢|感谢|多谢|辛苦了?|我们?会|将)?(?:抓紧|尽快|认真|按要求)?(?:落实|办理|推进)?)[。！!，]*$/
  }

  /// The person to whom a measure was handed: a name of two to four characters that isn't an office.
  private static func newOwner(_ key: String) -> String? {
    guard key.contains(/移交|转交|交由|交给|改由|变更为|调整为|调离|调任|不再负责|不再担任|退休|接手|接任|负责人|责任人/) else { return nil }
    guard !key.contains(/拟|建议|计划|准备|可以|希望|能否/) else { return nil }
    let patterns = [
      /(?:移交给?|转交给?|交由|交给|改由|由|变更为|调整为|请联系|请与|联系)[：:]?([\p{Han}]{2,4}?)(?:同志|科长|主任|局长|处长|部长)?(?:负责|接手|接任|承担|办理|联系|对接|[，,。；;（(]|$)/,
      /(?:新?责任人|负责人)(?:为|是|：)([\p{Han}]{2,4}?)(?:同志)?(?:[，,。；;（(]|$)/,
    ]
    for pattern in patterns {
      for match in key.matches(of: pattern) {
        let name = String(match.1)
        if !name.contains(/[其他它我你您部局科室处办委会厅中心公司集团单位工作此该项]/) { return name }
      }
    }
    return nil
  }
}
