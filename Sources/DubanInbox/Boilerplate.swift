import DubanCore

/// What is beside an answer and says nothing of a measure: politeness, signatures, disclaimers, devices.
enum Boilerplate {
  /// Whether a sentence without a number says nothing of a measure: it is no question, points at no attachment, and has
  /// no word of state, time, exception or wish; formulas of politeness and lines of a signature have such words as well,
  /// and the day on which it was written.
  static func isHarmless(_ text: String, on day: CivilDate?) -> Bool {
    let key = squeezed(text)
    if let day, monthAndDay.isIn(key) { return Dates.found(in: key, from: day).map(\.day) == [day] }
    if key.isEmpty || key.allSatisfy({ !$0.isLetter }) || formal.isIn(key) || pointsBelow(key) {
      return true
    }
    let opening = politeness.first { key.hasPrefix($0) }
    if pointed.isIn(key) || speaksOfState(String(key.dropFirst(opening?.count ?? 0))) { return false }
    return opening != nil || signature.isIn(key) || key.count <= 40 && !open.isIn(key)
  }

  /// Whether words beside a decision are nothing but politeness, a date or a signature. Stricter than ``isHarmless(_:on:)``,
  /// since what the contact decides is carried out at once: any wish beside it may narrow it.
  static func saysNothing(_ text: String) -> Bool {
    text.split { $0.isWhitespace || "，,；;。、|/！!：:（）()".contains($0) }.allSatisfy { word in
      !word.contains { $0.isLetter || $0.isNumber } || word.count <= 100 && polite.isIn(word)
        || contactDetail.isIn(word)
        || word.contains("@") && word.allSatisfy(\.isASCII) || isSigned(word)
    }
  }

  /// 杜潘, 杜潘主任, 区营商服务中心.
  private static func isSigned(_ word: Substring) -> Bool {
    guard word.count <= 20 else { return false }
    return office.isIn(word) && !toOffice.isIn(word)
      || PersonName.isName(word.replacing(title.regex, with: "")) && !word.contains { saying.contains($0) }
      || title.isIn(word) && PersonName.isSurname(word.replacing(title.regex, with: ""))
  }

  private static let polite = Pattern(
    /^(?:各位|同事|领导|同志们?|好的?|收到|已阅|经(?:核[实查]?|审核|研究|审查)|已核实|谢谢|多谢|感谢|辛苦|请知悉|特此(?:回复|批复|答复|告知|函复)|以上|此致|敬礼|敬上|顺?祝|商祺|工作|生活|身体|顺利|愉快|健康|了|您|你|大家|(?i:hi|hello|dear|thanks?|you|best|regards|ok))+$/
  )
  private static let contactDetail = Pattern(
    /^(?:联系)?(?:电话|手机|传真|邮编|邮箱|联系人|经办人?|地址|日期|[Tt]el|[Ff]ax|[Ee]-?mail)?(?:\d{4}年\d{1,2}月\d{1,2}日|\d{4}-\d{1,2}-\d{1,2}|[+\d][\d\-]{6,}|.{0,12}[省市区县路街道镇乡]\d{1,5}号?)?$/
  )
  private static let office = Pattern(/^\p{sc=Han}{2,}(?:局|中心|办|办公室|委|委员会|科|室|处|部|公司|街道|政府|大队|支队|所|站|集团|院)$/)
  /// What is said to or of an office, rather than its name.
  private static let toOffice = Pattern(/请|转|给|报|送|找|那|这|个|缓|暂|再|先|待|别|速|快|催|抓|重|继续|同意|不|没|由|归|另|^问|^和|^与/)
  private static let title = Pattern(/(?:科长|主任|局长|处长|部长|同志)$/)
  /// What is in no name: words of state, time, number and wish.
  private static let saying: Set<Character> = Set(
    "不没未无非别勿再先后待等议缓误了的是否可请要应须需改补缺差查看问太多少行停止退驳回慢急快全都也还仍又另外其余他它转交给由报送找同意除但若如暂务重做办完成结销号延移期项一二三四五六七八九十第个")

  /// 答复见下文红色部分
  static func pointsBelow(_ key: String) -> Bool { pointer.isIn(key) }

  private static let pointer = Pattern(
    /^(?:(?:具体|详细)?(?:答复|回复|进展|情况|内容)?请?详?见(?:下文|下方|下面|文中|原文|邮件|下)?中?的?(?:标?[红蓝绿]色?|彩色)(?:部分|文字|字体|字|内容|标注)?)[。！!]?$/
  )

  /// Words of the state of a measure, its owner or its deadline.
  static func speaksOfState(_ text: String) -> Bool {
    squeezed(text).holds(anyOf: [
      "完成", "办结", "延期", "推迟", "不", "未", "没", "无法", "负责", "移交", "销号", "其余", "其他", "项", "整改", "落实", "宽限", "调离",
      "退休",
    ])
  }

  /// Whether a telephone or a program wrote this line.
  static func isDevice(_ key: String) -> Bool {
    key.begins(withAnyOf: [
      "发自", "来自", "从我的", "从Windows", "Sentfrom", "SentFrom", "获取Outlook", "GetOutlook", "签名由",
    ])
  }

  /// Whether a disclaimer begins here, behind which nothing is the sender's.
  static func disclaims(_ key: String) -> Bool {
    key.begins(withAnyOf: ["免责声明", "声明：", "声明:", "本邮件及", "此邮件", "保密"])
  }

  private static let politeness = [
    "请予销号", "请销号", "请查收", "请审阅", "请知悉", "请批示", "您好", "你好", "各位", "尊敬", "领导", "谢谢", "感谢", "多谢", "此致", "敬礼",
    "辛苦", "好的", "祝", "顺祝", "特此", "以上", "Dear", "Hi", "Hello",
  ]
  /// How a letter begins and what is below it.
  private static let formal = Pattern(
    /^(?:现[将就]?.{0,20}(?:如下|报告|汇报|回复|答复)[：:。]?|[^未不没无非否]{0,20}如下[：:]?|(?:附|(?:整改情况)?报送?)表已填[写报好]?(?:[，,]请查收)?|(?:以后|今后)?请(?:不要|别|勿)再(?:发|提醒).{0,12}|截[至止](?:目前|今日|\d{1,2}月\d{1,2}日|\d{4}年\d{1,2}月\d{1,2}日)[，,：:]?|\d{4}(?:年\d{1,2}月\d{1,2}日|[.\-\/]\d{1,2}[.\-\/]\d{1,2}))$/
  )
  private static let monthAndDay = Pattern(/^\d{1,2}月\d{1,2}日$/)
  private static let pointed = Pattern(/附件|[？?]|请问|吗$/)
  private static let signature = Pattern(/\d{7,}|电话|手机|地址[：:]|邮编|抄报|抄送|经办|[科处局部院所校队]长|主任/)
  private static let open = Pattern(
    /已|还|仍|尚|正在|等|待|将|拟|计划|预计|可能|但|除|差|缺|希望|建议|申请|困难|问题|\d[日月号年%％]|作废|撤[回销]|收回|更正|有误|错|为准|忽略|取消|误发|改[为成]|(?:^|[，,])(?:若(?!干)|如(?![期下上实何今此])|据(?!此))|反映|假如|倘|只要|一旦/
  )
}
