import DubanCore

/// What the contact decides in words that stand with the number of a measure.
struct ContactRuling: Sendable, Hashable {
  var isGiven: Bool
  var what: MailReading.Says
  var until: CivilDate?
  var to: String?
  /// Whether it is also a question: a person has to answer that.
  var isQuestion: Bool

  /// Nil where the words aren't certain. `day`: when they were written.
  init?(_ text: String, day: CivilDate?) {
    let key = squeezed(text)
    guard key.utf8.count <= 2_000 else { return nil }
    let isRefused = Self.refused.isIn(key)
    isQuestion = Self.question.isIn(key)
    isGiven = Self.given.isIn(key) && !isRefused && !isQuestion && !Self.conditional.isIn(key)
    let days = Dates.found(in: key, from: day)
    guard isGiven || isRefused, days.count <= 1 else { return nil }
    if key.holds(anyOf: ["延期", "延至", "延到", "推迟", "延长"]) {
      guard let day = days.first else {
        what = .postpone
        return
      }
      guard let until = day.day else { return nil }
      (what, self.until) = (.postpone, until)
    } else if key.holds(anyOf: ["移交", "转交", "改由", "变更", "交由", "调整为"]) {
      (what, to) = (.handover, key.firstMatch(of: Self.named.regex).map { String($0.output.name) })
    } else if key.holds(anyOf: ["销号", "完成", "办结"]) {
      what = .done
    } else {
      return nil
    }
  }

  /// The same as a decision on a measure.
  func decision(on id: String) -> MailReading.Decision {
    .init(
      id: id, decision: isGiven ? .approve : .reject, what: what, until: until?.description, to: to)
  }

  private static let refused = Pattern(/不同意|不予|不批准|不准|驳回|退回|(?:先|暂)(?:时)?不|暂缓|不能|不可以|不通过|未通过/)
  private static let question = Pattern(/[？?]|请问|是否|能否|吗/)
  private static let given = Pattern(/同意|批准|准予|可以|通过/)
  private static let conditional = Pattern(/如果|^如(?![期下上实何])|若|的话|待|等|后再|前提|补充|除|但|原则|拟同意|未同意|没同意|需|先/)
  private static let named = Pattern(
    /(?:移交给?|转交给?|改由|变更为|交由|调整为)(?<name>\p{Han}{2,4}?)(?:同志|负责|办理|[，,。；;（(]|$)/)
}
