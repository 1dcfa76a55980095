internal import DubanCore

/// The one line that says what and by when: the subject, and the mail's heading.
///
/// The date comes before the number of items, which would otherwise run into one (“12项12月”), and what is due today
/// before everything else, since a phone shows twenty characters.
struct Headline {
  /// A piece that is best kept on one line, with what its brackets hold.
  struct Part {
    var text: String
    /// `（剩9天）`, or empty.
    var note = ""
    var isReport = false
    /// What comes first: today, overdue, a report that is missing, what is ahead.
    var rank: Int
    var due: CivilDate
  }

  let phrases: Phrases
  /// Without reports.
  let items: [ItemLine]
  let reports: [ItemLine]
  /// A supervisor's week, plan by plan.
  let supervised: [SupervisorSummary]
  /// What changed about measures.
  let notes: [OwnerNote]

  init(_ lines: [ItemLine], notes: [OwnerNote] = [], on today: CivilDate) {
    self.notes = notes
    phrases = Phrases(today: today)
    items = lines.filter { !$0.isReport && $0.supervised == nil }
    supervised = lines.compactMap(\.supervised)
    reports = lines.filter(\.isReport)
  }

  /// `【整改提醒】12月31日到期2项（剩9天）`.
  var subject: String { "【\(label)】\(text)" }

  var label: String {
    if isOnlyNotes { return noteWords.label }
    if !items.isEmpty, items.allSatisfy(\.isEscalation) { return "逾期提请关注" }
    if !supervised.isEmpty, items.isEmpty, reports.isEmpty { return "分管事项周报" }
    return parts.first?.isReport ?? false ? "报送提醒" : "整改提醒"
  }

  /// The subject without its label.
  var text: String { Self.text(parts) }

  static func text(_ parts: [Part]) -> String { parts.map { $0.text + $0.note }.joined(separator: "，") }

  /// The pieces of ``text``, the most urgent first.
  var parts: [Part] {
    if isOnlyNotes {
      return [Part(text: "\(notes.count)项整改措施\(noteWords.text)", rank: 0, due: phrases.today)]
    }
    let found = itemParts + (reports.isEmpty ? [] : [reportPart]) + supervisedParts
    return found.sorted { ($0.rank, $0.due) < ($1.rank, $1.due) }
  }

  /// For a list of everything that is open: `共9项，12月31日到期4项（剩9天）`.
  var openItems: [Part] {
    (items.isEmpty ? [] : [Part(text: "共\(items.count)项", rank: 0, due: phrases.today)]) + parts
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

  private var isOnlyNotes: Bool {
    !notes.isEmpty && items.isEmpty && reports.isEmpty && supervised.isEmpty
  }

  /// `分管事项逾期2项，12月31日到期3项（剩9天）`; nothing beside what is overdue for so long that the supervisor hears of
  /// it by itself, and the date only where nothing else in the mail has one.
  private var supervisedParts: [Part] {
    guard !supervised.isEmpty, items.isEmpty || !items.allSatisfy(\.isEscalation) else { return [] }
    let overdue = supervised.reduce(0) { $0 + $1.overdue.count }
    let late = Part(
      text: overdue == 0 ? "分管事项无逾期" : "分管事项逾期\(overdue)项", rank: 2, due: phrases.today)
    let dates = supervised.flatMap(\.due).compactMap(\.due)
    guard items.isEmpty, reports.isEmpty, let next = dates.min() else { return [late] }
    let left = next.days(since: phrases.today)
    return [
      late,
      Part(
        text: "\(left == 0 ? "今日" : phrases.date(next))到期\(dates.count { $0 == next })项",
        note: left == 0 ? "" : "（剩\(left)天）", rank: 3, due: next),
    ]
  }

  private var reportPart: Part {
    let dates = Set(reports.compactMap(\.due)).sorted()
    guard let due = dates.first(where: { $0 >= phrases.today }) ?? dates.last else {
      return Part(text: "报送整改情况", isReport: true, rank: 3, due: phrases.today)
    }
    return Self.report(Set(reports.filter { $0.due == due }.map(\.reportName)), due: due, phrases)
  }

  /// `整改情况12月27日前报送（剩7天）`; several are counted.
  static func report(_ names: Set<String>, due: CivilDate, _ phrases: Phrases) -> Part {
    let name = names.count == 1 ? names.first ?? "" : "\(names.count)项报告"
    let left = due.days(since: phrases.today)
    switch left {
    case 0:
      return Part(text: "\(name)\(names.count == 1 ? "报送" : "")今日截止", isReport: true, rank: 0, due: due)
    case 1...:
      return Part(
        text: "\(name)\(phrases.date(due))前报送", note: "（剩\(left)天）", isReport: true, rank: 3, due: due)
    default: return Part(text: "请补报\(phrases.date(due))的\(name)", isReport: true, rank: 2, due: due)
    }
  }

  private var itemParts: [Part] {
    var counts: [CivilDate: Int] = [:]
    // An owner who shares a mailbox with the head has an item in two lines.
    for one in Set(items.compactMap(\.occurrence)) { counts[one.due, default: 0] += 1 }
    let (dates, today) = (counts.keys.sorted(), phrases.today)
    let overdue = dates.filter { $0 < today }
    var ahead = dates.filter { $0 > today }[...]
    var parts: [Part] = []
    if let count = counts[today] { parts.append(Part(text: "今日到期\(count)项", rank: 0, due: today)) }
    if let first = overdue.first {
      let days = today.days(since: first)
      parts.append(
        Part(
          text: "逾期\(overdue.reduce(0) { $0 + (counts[$1] ?? 0) })项",
          note: overdue.count == 1 ? "（\(days)天）" : "（最长\(days)天）", rank: 1, due: first))
    }
    // Two dates are named; of more, the nearest.
    for due in ahead.prefix(ahead.count > 2 ? 1 : 2) {
      ahead.removeFirst()
      let note = parts.contains { $0.rank == 3 } ? "" : "（剩\(due.days(since: today))天）"
      parts.append(Part(text: "\(phrases.date(due))到期\(counts[due] ?? 0)项", note: note, rank: 3, due: due))
    }
    if let next = ahead.first {
      let count = ahead.reduce(0) { $0 + (counts[$1] ?? 0) }
      parts.append(Part(text: "其后到期\(count)项", rank: 3, due: next))
    }
    return parts
  }
}
