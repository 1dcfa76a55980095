internal import DubanCore

/// How dates, distances and people are said in a mail of one day.
struct Phrases {
  /// The day of the mail.
  let today: CivilDate

  /// `12月31日`, with the year where it isn't this one.
  func date(_ date: CivilDate) -> String { date.chinese(relativeTo: today.year) }

  /// `12月31日（周六）`.
  func dateWithWeekday(_ date: CivilDate) -> String { "\(self.date(date))（\(date.weekday.chinese)）" }

  /// `还剩9天`, `今日到期`, `已逾期5天`.
  func distance(_ days: Int) -> String {
    switch days {
    case 0: "今日到期"
    case 1...: "还剩\(days)天"
    default: "已逾期\(-days)天"
    }
  }

  /// `还剩4天`, `今日截止`, `已过5天`: for report dates, which aren't overdue but missing.
  func reportDistance(_ days: Int) -> String {
    switch days {
    case 0: "今日截止"
    case 1...: "还剩\(days)天"
    default: "已过\(-days)天"
    }
  }

  /// `李晓光（规划建设部）、郭兰（财政金融部）`.
  func people(_ recipients: [Recipient]) -> String {
    recipients.map { "\(CleanText.line($0.person, limit: 40))（\(CleanText.line($0.unit, limit: 60))）" }
      .joined(separator: "、")
  }

  /// Why a reminder goes out today, in plain words.
  func reason(_ reason: Reason, isReport: Bool) -> String {
    var text: String
    switch reason.rung.stage {
    case .advance(let span): text = "\(isReport ? "报送截止" : "到期")前\(span.chinese)提醒"
    case .due: text = "\(isReport ? "报送截止" : "到期")当日提醒"
    case .overdue(let span): text = "\(isReport ? "报送截止后" : "逾期满")\(span.chinese)提醒"
    case .escalation(1): text = "逾期较久，提请单位第一责任人关注"
    case .escalation: text = "逾期较久，提请联系人督促"
    }
    let (nominal, sendOn) = (reason.rung.nominal, reason.rung.sendOn)
    if sendOn < nominal {
      text += "，\(dateWithWeekday(nominal))不发邮件，提前到\(date(sendOn))"
    } else if sendOn > nominal {
      text += "，\(dateWithWeekday(nominal))不发邮件，顺延到\(date(sendOn))"
    }
    if reason.on > sendOn { text += "，原定\(date(sendOn))，今日补发" }
    return text
  }
}
