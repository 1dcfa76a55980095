/// What stands beside an answer and says nothing of a measure.
enum Courtesy {
  /// Whether a sentence without a number says nothing of a measure: it is no question, points at no attachment, and has
  /// no word of state, time, exception or wish; formulas of politeness and lines of a signature have such words as well.
  static func isHarmless(_ text: String) -> Bool {
    let key = squeezed(text)
    if key.isEmpty || key.allSatisfy({ !$0.isLetter }) || formal.isIn(key) { return true }
    let opening = politeness.first { key.hasPrefix($0) }
    if pointed.isIn(key) || speaksOfState(String(key.dropFirst(opening?.count ?? 0))) { return false }
    return opening != nil || signature.isIn(key) || key.count <= 40 && !open.isIn(key)
  }

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
    "辛苦",
    "好的", "祝", "顺祝", "特此", "以上", "Dear", "Hi", "Hello",
  ]
  /// How a letter begins and what stands below it.
  private static let formal = Pattern(
    /^(?:现[将就]?.{0,20}(?:如下|报告|汇报|回复|答复)[：:。]?|\d{4}(?:年\d{1,2}月\d{1,2}日|[.\-\/]\d{1,2}[.\-\/]\d{1,2}))$/)
  private static let pointed = Pattern(/附件|[？?]|请问|吗$/)
  private static let signature = Pattern(/\d{7,}|电话|手机|地址[：:]|邮编|抄报|抄送|经办|[科处局部院所校队]长|主任/)
  private static let open = Pattern(
    /已|还|仍|尚|正在|等|待|将|拟|计划|预计|可能|但|除|差|缺|希望|建议|申请|困难|问题|\d[日月号年%％]/)
}
