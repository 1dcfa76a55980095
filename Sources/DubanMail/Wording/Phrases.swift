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

  /// `李晓光（规划建设部，电话65650001）`, for a person who is to be called.
  func called(_ recipient: Recipient) -> String {
    guard let phone = phones[recipient] else { return person(recipient) }
    return person(recipient).dropLast() + "，电话\(CleanText.line(phone, limit: 40))）"
  }

  /// `规划建设部 李晓光、王兰，财政金融部 郭兰同志`: each by name, with the unit of each.
  func greeting(_ recipients: [Recipient]) -> String {
    let names = recipients.prefix(ItemRecords.mostPeople).grouped(by: \.unit).map { unit, people in
      let persons = people.map { CleanText.line($0.person, limit: 40) }.joined(separator: "、")
      return "\(CleanText.line(unit, limit: 60)) \(persons)"
    }
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

/// What a mail server answered, in Chinese for the contact: servers answer in English, or in whatever they like.
///
/// By the reply's codes, which mean the same everywhere (RFC 5321, section 4.2; RFC 3463), and never by its words.
public enum RelayWords {
  /// `收件地址不存在（550 5.1.1）`; `没有回音` for no answer, `已存入邮件目录` for a mail that was written into a Maildir,
  /// `暂时无法送达` for an answer without a code.
  public static func chinese(_ answer: String?) -> String {
    guard let answer, !answer.isEmpty else { return "没有回音" }
    // Ours, of a mail that was written into a Maildir.
    if answer.hasPrefix("stored as ") { return "已存入邮件目录" }
    let words = answer.split { " -\t\r\n".contains($0) }.prefix(12)
    let codes = words.filter(isReply).prefix(1) + words.filter(isEnhanced).prefix(1)
    guard !codes.isEmpty else { return "暂时无法送达" }
    return "\(meaning(codes.map(String.init)))（\(codes.joined(separator: " "))）"
  }

  private static func isReply(_ word: Substring) -> Bool {
    word.utf8.count == 3 && (200..<600).contains(Int(word) ?? 0)
  }

  /// `5.1.1`.
  private static func isEnhanced(_ word: Substring) -> Bool {
    let parts = word.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 3 && ["2", "4", "5"].contains(parts[0])
      && parts.dropFirst().allSatisfy { (1...3).contains($0.utf8.count) && Int($0) != nil }
  }

  private static func meaning(_ codes: [String]) -> String {
    // Subject and detail of an enhanced code say more than the reply.
    let detail = codes.last.flatMap { $0.contains(".") ? String($0.dropFirst(2)) : nil }
    switch detail {
    case "1.1", "1.0", "1.10", "1.6": return "收件地址不存在"
    case "1.2", "4.4": return "收件地址的域名无法找到"
    case "1.3": return "收件地址格式不被接受"
    case "1.7", "1.8": return "发件地址不被接受"
    case "2.1": return "收件邮箱已停用"
    case "2.2": return "收件邮箱已满"
    case "2.3", "3.4": return "邮件过大"
    case let detail? where detail.hasPrefix("7."): return "因对方的安全策略或限制被拒收"
    case let detail? where detail.hasPrefix("4."): return "与对方服务器的连接不畅"
    default: break
    }
    switch codes.first?.first {
    case "2": return "已接收"
    case "4": return "对方服务器暂时不能接收"
    default: return codes.first == "552" ? "收件邮箱已满或邮件过大" : "被对方服务器拒收"
    }
  }
}
