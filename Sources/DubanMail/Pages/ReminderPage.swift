internal import DubanCore

/// Everything that an owner's mail says, as named values for its templates.
struct ReminderPage {
  let phrases: Phrases
  let items: ItemRecords
  let contacts: ContactRecords
  /// Most urgent first.
  let lines: [ItemLine]
  /// What changed about measures.
  let notes: [OwnerNote]
  /// The people the mail is for; more than one where they share a mailbox.
  let people: [Recipient]
  let heading: [Headline.Part]
  /// All open items because a person asked for them, not the day's reminders.
  let isByHand: Bool
  /// By which the items are answered; nil where nobody reads answers.
  let links: AnswerLinks?
  /// Whether it is a deputy's copy: the reader is asked to see to it, and to fill in nothing.
  let isCopy: Bool

  private let work: [ItemLine]
  private let escalations: [ItemLine]
  /// Each once, and none that is among the work as well: a head may share a mailbox with an owner or the supervisor.
  private let heard: [ItemLine]
  /// How a step ends that asks a head or supervisor.
  private let headsEnd: String
  private let reports: [ItemLine]
  /// A supervisor's week, plan by plan.
  private let supervised: [ItemLine]

  /// How many changes are listed one by one: more nobody reads, and the ledger has them.
  private static let mostNotes = 20

  private var noteTexts: [String] {
    let more = notes.count - Self.mostNotes
    return notes.prefix(Self.mostNotes).map(\.text) + (more > 0 ? ["另有\(more)项变动，详见台账。"] : [])
  }

  init(
    phrases: Phrases, items: ItemRecords, contacts: ContactRecords, lines: [ItemLine], notes: [OwnerNote],
    people: [Recipient], heading: [Headline.Part], isByHand: Bool, links: AnswerLinks?, isCopy: Bool
  ) {
    self.phrases = phrases
    self.items = items
    self.contacts = contacts
    self.lines = lines
    self.notes = notes
    self.people = people
    self.heading = heading
    self.isByHand = isByHand
    self.links = links
    self.isCopy = isCopy
    work = lines.filter { !$0.isReport && !$0.isEscalation && $0.supervised == nil }
    supervised = lines.filter { $0.supervised != nil }
    escalations = lines.filter(\.isEscalation)
    var seen = Set(escalations.isEmpty ? [] : work.compactMap(\.occurrence))
    let isOwn = escalations.contains { $0.occurrence.map(seen.contains) ?? false }
    headsEnd = isOwn ? "。" : "；措施本身无需您填报。"
    heard = escalations.filter { $0.occurrence.map { seen.insert($0).inserted } ?? true }
    reports = lines.filter(\.isReport)
  }

  func record() -> TemplateRecord {
    var record = TemplateRecord(capacity: 32)
    record[.planTitle] = contacts.title
    record[.heading] = Headline.text(heading)
    record.set(.headlines, heading.map(Self.record))
    record[.date] = phrases.dateWithWeekday(phrases.today)
    record[.person] = CleanText.line(people.map(\.person).joined(separator: "、"), limit: 120)
    record[.unit] = CleanText.line(people.map(\.unit).uniqued.joined(separator: "、"), limit: 200)
    record[.greeting] = isCopy ? "您好" : phrases.greeting(people)
    record[.summary] = summary
    items.light(lines.map(\.light).max() ?? .blue, into: &record)
    record.set(
      .handOvers, noteTexts.map { handOver((isCopy ? "告知\(whose)：" : "") + CleanText.line($0, limit: 300)) })
    let steps = steps.isEmpty && !notes.isEmpty ? ["以上变动供您知悉，无需另行办理。"] : steps
    record[.preheader] = supervised.count == lines.count && notes.isEmpty ? summary : steps.first ?? ""
    record.set(.steps, steps.enumerated().map { step($1, number: $0 + 1) })
    let mayChange = !isCopy && (!work.isEmpty || !reports.isEmpty)
    record.set(.mayChange, mayChange)
    record.set(.answersByLink, links != nil && !work.isEmpty)
    record.set(
      .contacts,
      contacts.contacts.map { ContactRecords.record($0, changeLink: mayChange ? changeLink(to: $0) : nil) })
    fillLists(&record)
    let reason = reason
    record[.reason] = reason
    record[.reasonWrapped] = TextWrap.lines(reason, width: ItemRecords.width)
    return record
  }

  /// The items: the first in full, more by their titles, and the rest only counted.
  private func fillLists(_ record: inout TemplateRecord) {
    var budget = ByteBudget()
    var reportRecords: [TemplateRecord] = []
    for report in reports { reportRecords.append(reportRecord(report, &budget)) }
    record.set(.reports, reportRecords)
    record.set(.supervised, supervised.map { supervisedRecord($0, &budget) })
    let escalated = budget.records(heard, share: 40_000, frame: 2600, itemRecord)
    record.set(.escalations, escalated)
    let full = budget.records(work, share: 48_000, frame: 2600, itemRecord)
    record.set(.items, full)
    let rest = [heard.dropFirst(escalated.count), work.dropFirst(full.count)].joined()
    let brief = budget.records(rest, share: 24_000, frame: 1000) { items.record($0, isFull: false) }
    record.set(.brief, brief)
    record.set(.hasBrief, !brief.isEmpty)
    let missing = heard.count + work.count - escalated.count - full.count - brief.count
    record[.moreCount] = missing > 0 ? String(missing) : ""
  }

  static func record(_ part: Headline.Part) -> TemplateRecord {
    var record = TemplateRecord()
    record[.part] = part.text
    record[.partNote] = part.note
    return record
  }

  private func changeLink(to contact: Contact) -> String? {
    let whose = people.map(\.person).joined(separator: "、")
    guard let links else { return AnswerLinks.change(of: whose, to: contact) }
    let number = work.count == 1 && reports.isEmpty ? work.first?.number : nil
    return links.change(of: whose, number: number ?? "", to: contact)
  }

  private func handOver(_ text: String) -> TemplateRecord {
    var line = TemplateRecord()
    line[.handOver] = text
    line[.handOverWrapped] = TextWrap.lines(text, width: ItemRecords.width, indent: "  ")
    return line
  }

  private func step(_ text: String, number: Int) -> TemplateRecord {
    var step = TemplateRecord()
    step[.step] = String(number)
    step[.stepText] = text
    let wrapped = TextWrap.lines(text, width: ItemRecords.width, indent: "   ")
    step[.stepWrapped] = String(wrapped.dropFirst(3))
    return step
  }

  private func itemRecord(_ line: ItemLine) -> TemplateRecord {
    var record = items.record(line)
    if let roles = line.rolesOfReaders { record[.roles] = roles }
    record.set(.showsOwners, line.isEscalation || people.count > 1)
    // An answer names an item by its measure's number, which must mean one thing in this mail.
    if let links, !line.isEscalation, line.due != nil, work.count(where: { $0.number == line.number }) == 1 {
      links.fill(&record, of: line.number, to: contacts.contact(ofPlan: line.item.plan))
    }
    return record
  }

  private func reportRecord(_ line: ItemLine, _ budget: inout ByteBudget) -> TemplateRecord {
    var record = items.record(line)
    guard case .report(let measures, _) = line.subject else { return record }
    let rows = budget.records(
      measures.enumerated(), share: 36_000 / reports.count, frame: 1500,
      { row in
        var record = items.measure(row.element, number: row.offset + 1)
        record[.roles] = reportRole(row.element, line) ?? ""
        return record
      })
    record.set(.measures, rows)
    record[.moreCount] = measures.count > rows.count ? String(measures.count - rows.count) : ""
    record.set(.showsOwners, people.count > 1)
    let contact = contacts.contact(ofPlan: line.item.plan)
    record[.reportUnit] = CleanText.line(contact?.unit ?? "", limit: 60)
    record[.reportEmail] = CleanText.line(contact?.email ?? "", limit: 254)
    return record
  }

  /// Whose the items are.
  private var whose: String {
    guard isCopy else { return people.count > 1 ? "各位" : "您" }
    let names = people.prefix(3).map { CleanText.line($0.person, limit: 40) }.joined(separator: "、")
    return names + (people.count > 3 ? "等\(people.count)位" : "") + "同志"
  }

  /// Whom a sentence asks: the owner, or the owner through the reader of the copy.
  var ask: String { isCopy ? "请督促\(whose)" : "请" }

  /// One or two sentences: what is due when, and what is asked.
  private var summary: String {
    var sentences: [String] = []
    if !notes.isEmpty, lines.isEmpty { sentences.append("以下整改措施有变动，请知悉。") }
    if !work.isEmpty { sentences.append("\(whose)负责的事项中，\(workSummary)。" + roleSummary(work)) }
    for level in EscalationLevel.allCases {
      let own = escalations.filter { $0.stage == .escalation(level) }
      let who: String? =
        switch level {
        case .head: "贵单位有"
        case .supervisor: "\(whose)分管的事项中，有"
        case .contact: nil
        }
      guard let who, !own.isEmpty else { continue }
      sentences.append(
        "\(who)\(own.count)项整改措施\(phrases.longOverdue(for: level))仍未完成，\(isCopy ? "已" : "现")提请\(whose)关注并督促落实。"
          + roleSummary(own))
    }
    for line in supervised { sentences.append("\(whose)分管的事项\(supervisedText(line))。") }
    return sentences.joined() + reportSentences.joined()
  }

  /// One sentence for each report; the plan's of several people or offices are one.
  private var reportSentences: [String] {
    var names: [String] = []
    for report in reports where !names.contains(report.reportName) { names.append(report.reportName) }
    return names.prefix(4).compactMap { name in
      let own = reports.filter { $0.reportName == name }
      guard let due = own.first?.due else { return nil }
      let count = own.reduce(0) { if case .report(let list, _) = $1.subject { $0 + list.count } else { $0 } }
      let (left, form) = (due.days(since: phrases.today), "共\(count)项措施\(isCopy ? "" : "，报送表附后")。")
      switch left {
      case 0: return "\(ask)于今日（\(phrases.date(due))）下班前报送\(name)，\(form)"
      case 1...: return "\(ask)于\(phrases.date(due))前报送\(name)，还剩\(left)天，\(form)"
      default: return "应于\(phrases.date(due))前报送的\(name)尚未收到，\(ask)尽快补报。"
      }
    }
  }

  private var workSummary: String {
    let groups = Dictionary(grouping: work) { $0.due }
    let dates = groups.keys.compactMap { $0 }.sorted()
    let dated = dates.prefix(6).map { due in
      let count = groups[due]?.count ?? 0
      let (days, which) = (due.days(since: phrases.today), named(groups[due] ?? []))
      switch days {
      case 0: return "\(count)项\(which)今日到期"
      case 1...: return "\(count)项\(which)将于\(phrases.date(due))到期，还剩\(days)天"
      default: return "\(count)项\(which)已于\(phrases.date(due))到期，逾期\(-days)天"
      }
    }
    let later = dates.dropFirst(dated.count).reduce(0) { $0 + (groups[$1]?.count ?? 0) }
    let standing = groups[nil].map { ["\($0.count)项需长期坚持"] } ?? []
    return (dated + (later > 0 ? ["另有\(later)项"] : []) + standing).joined(separator: "；")
  }

  /// `（3.1“加强‘好差评’的宣传推广”）`, `（4.1、4.2）`: what the mail is about, on the first screen of a telephone.
  private func named(_ lines: [ItemLine]) -> String {
    guard lines.count <= 6, items.plans.count == 1 else { return "" }
    return "（\(lines.count == 1 ? lines[0].shortName : which(lines))）"
  }

  /// What to do next, in the order of urgency: for each contact what is to be sent there, with the plan's name where the
  /// mail is about the plans of several.
  private var steps: [String] {
    contacts.contacts.flatMap { contact in
      let own = steps(to: contact)
      return contacts.contacts.count > 1 ? own.map { "\(contacts.titles(of: contact))：\($0)" } : own
    }
  }

  private func steps(to contact: Contact) -> [String] {
    func isOwn(_ plan: String) -> Bool { contacts.contact(ofPlan: plan) == contact }
    let all = work.filter { isOwn($0.item.plan) }
    // What is for another unit to report isn't asked for here.
    let work = all.filter { !$0.onlyHelps }
    let (place, isAlone) = (ContactRecords.place(contact), contacts.contacts.count == 1)
    let byAnswering = isAlone && !isCopy ? "，直接回复本邮件即可" : ""
    var steps: [String] = []
    // Beside what is another's to report, the own is named.
    func ofThese(_ lines: [ItemLine]) -> String { work.count < all.count ? "（\(which(lines))）" : "" }
    let late = work.filter { $0.light == .red }
    if !late.isEmpty {
      steps.append("已逾期的事项\(ofThese(late))，\(ask)于今日将目前进展、未完成原因和预计完成日期报送\(place)\(byAnswering)。")
    }
    for due in Set(reports.filter { isOwn($0.item.plan) }.compactMap(\.due)).sorted() {
      let when =
        due > phrases.today
        ? "\(ask)于\(phrases.dateWithWeekday(due))前" : ask + (due == phrases.today ? "于今日下班前" : "尽快")
      steps.append(
        "\(when)填写\(isCopy ? "" : "下面的")报送表，报送\(place)。\(isAlone && !isCopy ? "直接回复本邮件、在表中填写即可，" : "")长期坚持的措施也要填报。"
      )
    }
    steps += roleSteps(all, place: place)
    let ahead = work.filter { $0.item.kind == .measure && $0.due != nil && $0.light != .red }
    if !ahead.isEmpty {
      steps.append("\(ask)抓紧落实\(ofThese(ahead))，在到期日前完成；完成后将完成情况和佐证材料报送\(place)，经确认后销号，不再提醒。")
      steps.append("预计不能按期完成的，\(ask)在到期前告知联系人，说明原因和预计完成日期。")
    }
    if work.contains(where: { $0.due == nil }) {
      steps.append("长期坚持的措施\(ask)持续推进，有重要进展时报送\(place)。")
    }
    if work.contains(where: { $0.item.kind == .duty }) {
      steps.append("定期工作开展后，\(ask)将开展日期和简要情况报送\(place)。")
    }
    if notes.contains(where: { isOwn($0.plan) && $0.kind == .handedOver }) {
      steps.append("责任人有调整的措施，\(ask)做好交接；调整有误的，请告知联系人。")
    }
    let escalated = escalations.filter { isOwn($0.item.plan) }
    for level in EscalationLevel.allCases {
      let own = escalated.filter { $0.stage == .escalation(level) }
      if own.isEmpty { continue }
      switch level {
      case .head: steps += headSteps(own, place: place, end: headsEnd)
      case .supervisor: steps.append("请督促责任单位尽快完成，并由责任人将预计完成日期报送\(place)\(headsEnd)")
      // The digest has the contact's steps.
      case .contact: break
      }
    }
    if supervised.contains(where: { isOwn($0.item.plan) }) {
      steps.append("周报供您掌握分管事项的进展，措施本身无需您填报；有逾期事项的，请督促责任单位抓紧落实。")
    }
    return steps
  }

  /// Why this mail came: one reason for all, or each with its items.
  private var reason: String {
    if isByHand { return "联系人发送的在办事项清单，不是定期提醒" }
    var groups: [(reason: String, ids: [String])] = []
    var last: (reason: Reason, kind: ItemID.Kind, text: String)?
    for line in lines {
      guard let own = line.reason else { continue }
      // Neighbours mostly have the same reason.
      if last?.reason != own || last?.kind != line.item.kind {
        last = (own, line.item.kind, phrases.reason(own, of: line.item.kind))
      }
      guard let reason = last?.text else { continue }
      let plan =
        items.plans.count > 1
        ? items.plans[line.item.plan].map { "《\(CleanText.line($0.title, limit: 60))》" } : nil
      let id =
        (plan ?? "")
        + (line.isReport
          ? (line.reportName == "整改情况" ? "报送" : line.reportName)
          : line.supervised != nil ? "周报" : line.number)
      if let place = groups.firstIndex(where: { $0.reason == reason }) {
        if groups[place].ids.count < 50, !groups[place].ids.contains(id) { groups[place].ids.append(id) }
      } else {
        groups.append((reason, [id]))
      }
    }
    groups = Array(groups.prefix(12))
    guard groups.count > 1 else { return groups.first?.reason ?? "" }
    return groups.map { "\($0.ids.joined(separator: "、"))：\($0.reason)" }.joined(separator: "；")
  }
}

/// A supervisor's week in a mail: what is overdue, due and done, and nothing else.
extension ReminderPage {
  /// `共12项：已办结4项（待销号1项），逾期2项，30天内到期3项`.
  func supervisedText(_ line: ItemLine) -> String {
    guard let summary = line.supervised else { return "" }
    let waiting = summary.done.count { $0.light != .green }
    let plan = items.plans.count > 1 ? items.plans[line.item.plan]?.title : nil
    return (plan.map { "（《\(CleanText.line($0, limit: 60))》）" } ?? "")
      + "共\(summary.total)项：已办结\(summary.done.count)项" + (waiting > 0 ? "（待销号\(waiting)项）" : "")
      + "，逾期\(summary.overdue.count)项，\(Overview.horizon)天内到期\(summary.due.count)项"
  }

  /// The lists of a plan's measures.
  func supervisedRecord(_ line: ItemLine, _ budget: inout ByteBudget) -> TemplateRecord {
    var record = TemplateRecord(capacity: 4)
    guard let summary = line.supervised else { return record }
    if items.plans.count > 1 { record[.plan] = CleanText.line(items.plans[line.item.plan]?.title ?? "") }
    record[.scope] = Self.scope(summary)
    let lists = [
      ("已逾期", summary.overdue, 24_000), ("\(Overview.horizon)天内到期", summary.due, 16_000),
      ("已办结", summary.done, 10_000),
    ]
    var groups: [TemplateRecord] = []
    for (name, list, share) in lists where !list.isEmpty {
      let shown = budget.records(list, share: share, frame: 1000, supervisedLine)
      var group = TemplateRecord(capacity: 3)
      group[.groupHeading] = "\(name)\(list.count)项"
      group.set(.brief, shown)
      group[.moreCount] = list.count > shown.count ? String(list.count - shown.count) : ""
      groups.append(group)
    }
    record.set(.groups, groups)
    return record
  }

  private func supervisedLine(_ line: AgendaItem) -> TemplateRecord {
    var record = items.record(ItemLine(line), isFull: false)
    if line.light == .green {
      record[.left] = record[.light]
    } else if line.noReminder == .submitted {
      record[.left] = Measure.Status.submitted.chinese
    }
    return record
  }

  /// `区市场监管局、规划建设部；领域：商事登记`.
  private static func scope(_ summary: SupervisorSummary) -> String {
    func names(_ names: [String]) -> String {
      names.prefix(ItemRecords.mostPeople).map { CleanText.line($0, limit: 60) }.joined(separator: "、")
        + (names.count > ItemRecords.mostPeople ? "等\(names.count)个" : "")
    }
    return [names(summary.units), summary.areas.isEmpty ? "" : "领域：\(names(summary.areas))"]
      .filter { !$0.isEmpty }.joined(separator: "；")
  }
}
