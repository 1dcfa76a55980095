internal import DubanCore

/// How dates, distances and people are said in a mail of one day.
struct Phrases {
  let today: CivilDate
  /// After how long who else hears of what is overdue.
  var escalation = Escalation()
  /// The telephone numbers of those who have one in the ledger.
  var phones: [Recipient: String] = [:]

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

  /// `还剩4天`, `今日截止`, `已超期5天`: for report dates, which aren't overdue but missing.
  func reportDistance(_ days: Int) -> String {
    switch days {
    case 0: "今日截止"
    case 1...: "还剩\(days)天"
    default: "已超期\(-days)天"
    }
  }

  /// `李晓光（规划建设部）、郭兰（财政金融部）`, and how many there are where they are more than `most`.
  func people(_ recipients: [Recipient], most: Int = .max) -> String {
    recipients.prefix(most).map(person).joined(separator: "、")
      + (recipients.count > most ? "等\(recipients.count)人" : "")
  }

  /// `李晓光（规划建设部）`.
  func person(_ recipient: Recipient) -> String {
    "\(CleanText.line(recipient.person, limit: 40))（\(CleanText.line(recipient.unit, limit: 60))）"
  }

  /// `李晓光（规划建设部，电话65650001）`, for somebody who is to be called.
  func called(_ recipient: Recipient) -> String {
    guard let phone = phones[recipient] else { return person(recipient) }
    return person(recipient).dropLast() + "，电话\(CleanText.line(phone, limit: 40))）"
  }

  /// `规划建设部 李晓光、王兰，财政金融部 郭兰同志`: each by name, with the unit of each.
  func greeting(_ recipients: [Recipient]) -> String {
    var units: [(unit: String, persons: [String])] = []
    for recipient in recipients.prefix(ItemRecords.mostPeople) {
      let person = CleanText.line(recipient.person, limit: 40)
      if let place = units.firstIndex(where: { $0.unit == recipient.unit }) {
        units[place].persons.append(person)
      } else {
        units.append((recipient.unit, [person]))
      }
    }
    let names = units.map { "\(CleanText.line($0.unit, limit: 60)) \($0.persons.joined(separator: "、"))" }
    let more = recipients.count > ItemRecords.mostPeople ? "等\(recipients.count)位" : ""
    return names.joined(separator: "，") + more + "同志"
  }

  /// Why a reminder goes out today, in plain words.
  func reason(_ reason: Reason, of kind: ItemID.Kind) -> String {
    let isReport = kind == .report
    var text: String
    let stage = reason.step.stage
    switch stage {
    case .advance(let span) where isReport: text = "报送截止前\(span.chinese)提醒"
    case .due where kind == .summary: text = "每周发送的分管事项周报"
    case .due where isReport: text = "报送截止当日提醒"
    case .overdue(let span): text = "\(isReport ? "报送截止后" : "逾期满")\(span.chinese)提醒"
    case .escalation(let level): text = "\(longOverdue(for: level))，\(stage.chinese)"
    case .advance, .due: text = stage.chinese
    }
    let (nominal, sendOn) = (reason.step.nominal, reason.step.sendOn)
    let moved = "\(date(nominal))不发提醒"
    if reason.on > sendOn {
      text += "，原定\(date(sendOn))" + (sendOn == nominal ? "" : "（\(moved)）") + "，今日补发"
    } else if sendOn != nominal {
      text += "，\(moved)，\(sendOn < nominal ? "提前到" : "顺延到")\(date(sendOn))"
    }
    return text
  }

  /// `已逾期满5个工作日`: since then that level hears of what is overdue.
  func longOverdue(for level: EscalationLevel) -> String {
    escalation.span(of: level).map { $0.count == 0 ? "已逾期" : "已逾期满\($0.chinese)" } ?? "已逾期"
  }
}
