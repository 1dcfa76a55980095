internal import DubanCore

/// The one line that says what and by when: the subject, and the mail's heading.
struct Headline {
  let phrases: Phrases
  /// Without reports.
  let items: [ItemLine]
  let reports: [ItemLine]
  /// What changed about measures.
  let notes: [OwnerNote]

  init(_ lines: [ItemLine], notes: [OwnerNote] = [], on today: CivilDate) {
    self.notes = notes
    phrases = Phrases(today: today)
    items = lines.filter { !$0.isReport }
    reports = lines.filter(\.isReport)
  }

  /// `【整改提醒】2项12月31日到期（还剩9天）`.
  var subject: String { "【\(label)】\(text)" }

  /// What kind of mail it is.
  var label: String {
    if isOnlyNotes { return noteWords.label }
    if !items.isEmpty, items.allSatisfy(\.isEscalation) { return "逾期提请关注" }
    if isReportFirst { return "报送提醒" }
    return "整改提醒"
  }

  /// The subject without its label.
  var text: String {
    if isOnlyNotes { return "\(notes.count)项整改措施\(noteWords.text)" }
    let parts = isReportFirst ? [reportText] + itemParts : itemParts + (reports.isEmpty ? [] : [reportText])
    return parts.joined(separator: "，")
  }

  /// For a list of everything that is open: `共9项，4项12月31日到期（还剩9天）`.
  var openItems: String {
    let parts = (items.isEmpty ? [] : ["共\(items.count)项"]) + (text.isEmpty ? [] : [text])
    return parts.joined(separator: "，")
  }

  /// What the notes have in common.
  private var noteWords: (label: String, text: String) {
    let kinds = Set(notes.map(\.kind))
    guard kinds.count == 1 else { return ("台账变动", "有变动") }
    switch kinds.first {
    case .handedOver: return ("责任调整", "调整责任人")
    case .closed: return ("销号通知", "已销号")
    case .moved: return ("期限调整", "调整期限")
    case .other, nil: return ("台账变动", "有变动")
    }
  }

  private var isOnlyNotes: Bool { !notes.isEmpty && items.isEmpty && reports.isEmpty }

  /// Whichever date comes first leads, unless something is overdue.
  private var isReportFirst: Bool {
    guard let report = reports.compactMap(\.due).min() else { return false }
    guard let item = items.compactMap(\.due).min() else { return true }
    return item >= phrases.today && report <= item
  }

  private var reportText: String {
    let dates = Set(reports.compactMap(\.due)).sorted()
    guard let due = dates.first(where: { $0 >= phrases.today }) ?? dates.last else { return "报送整改情况" }
    let left = due.days(since: phrases.today)
    switch left {
    case 0: return "整改情况今日报送"
    case 1...: return "整改情况\(phrases.date(due))前报送（还剩\(left)天）"
    default: return "整改情况应于\(phrases.date(due))前报送，请补报"
    }
  }

  private var itemParts: [String] {
    let days = items.compactMap { $0.due?.days(since: phrases.today) }
    let overdue = days.filter { $0 < 0 }
    let ahead = days.filter { $0 >= 0 }
    var parts: [String] = []
    if let worst = overdue.min() {
      parts.append(
        Set(overdue).count == 1
          ? "\(overdue.count)项已逾期\(-worst)天" : "\(overdue.count)项已逾期（最长\(-worst)天）")
    }
    if let nearest = ahead.min() {
      let date = phrases.date(phrases.today.adding(days: nearest))
      if Set(ahead).count == 1 {
        parts.append(
          nearest == 0 ? "\(ahead.count)项今日到期" : "\(ahead.count)项\(date)到期（还剩\(nearest)天）")
      } else {
        parts.append(
          nearest == 0
            ? "\(ahead.count)项将到期（最近今日）" : "\(ahead.count)项将到期（最近\(date)，还剩\(nearest)天）")
      }
    }
    return parts
  }
}
