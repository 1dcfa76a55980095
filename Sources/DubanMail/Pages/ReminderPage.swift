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
  let heading: String
  /// Opens a mail that reports another responsible person.
  let changeLink: String?
  /// All open items because somebody asked for them, not the day's reminders.
  let isByHand: Bool

  private let work: [ItemLine]
  private let escalations: [ItemLine]
  private let reports: [ItemLine]

  init(
    phrases: Phrases, items: ItemRecords, contacts: ContactRecords, lines: [ItemLine], notes: [OwnerNote],
    people: [Recipient], heading: String, changeLink: String?, isByHand: Bool
  ) {
    self.phrases = phrases
    self.items = items
    self.contacts = contacts
    self.lines = lines
    self.notes = notes
    self.people = people
    self.heading = heading
    self.changeLink = changeLink
    self.isByHand = isByHand
    work = lines.filter { !$0.isReport && !$0.isEscalation }
    escalations = lines.filter(\.isEscalation)
    reports = lines.filter(\.isReport)
  }

  func record() -> TemplateRecord {
    var record = TemplateRecord(capacity: 24)
    record[.planTitle] = contacts.title
    record[.heading] = heading
    record[.date] = phrases.dateWithWeekday(phrases.today)
    greet(&record)
    record[.summary] = summary
    items.light(lines.map(\.light).max() ?? .blue, into: &record)
    record.set(.items, work.map(itemRecord))
    record.set(.escalations, escalations.map(itemRecord))
    record.set(.reports, reports.map(reportRecord))
    record.set(
      .handOvers,
      noteTexts.map { text in
        var line = TemplateRecord()
        let text = CleanText.line(text, limit: 400)
        line[.handOver] = text
        line.set(.handOverWrapped, utf8: TextWrap.utf8(text, width: ItemRecords.width, indent: "  "))
        return line
      })
    record.set(
      .steps,
      steps.enumerated().map { index, text in
        var step = TemplateRecord()
        step[.step] = String(index + 1)
        step[.stepText] = text
        let wrapped = TextWrap.utf8(text, width: ItemRecords.width, indent: "   ")
        step.set(.stepWrapped, utf8: Array(wrapped.dropFirst(3)))
        return step
      })
    record.set(.contacts, contacts.records)
    let reason = reason
    record[.reason] = reason
    record.set(.reasonWrapped, utf8: TextWrap.utf8(reason, width: ItemRecords.width))
    record[.changeLink] = changeLink ?? ""
    return record
  }

  /// How many changes are told one by one: more nobody reads, and the ledger has them.
  private static let mostNotes = 20

  private var noteTexts: [String] {
    let more = notes.count - Self.mostNotes
    return notes.prefix(Self.mostNotes).map(\.text) + (more > 0 ? ["另有\(more)项变动，详见台账。"] : [])
  }

  private func greet(_ record: inout TemplateRecord) {
    var seen: Set<String> = []
    let units = people.map(\.unit).filter { seen.insert($0).inserted }
    record[.person] = CleanText.line(people.map(\.person).joined(separator: "、"), limit: 120)
    record[.unit] = CleanText.line(units.joined(separator: "、"), limit: 200)
  }

  private func itemRecord(_ line: ItemLine) -> TemplateRecord {
    var record = items.record(line)
    record.set(.showsOwners, line.isEscalation || people.count > 1)
    return record
  }

  private func reportRecord(_ line: ItemLine) -> TemplateRecord {
    var record = items.record(line)
    guard case .report(let measures) = line.subject else { return record }
    record.set(.measures, items.measures(measures))
    record.set(.showsOwners, people.count > 1)
    let contact = contacts.planByKey[line.item.plan]?.contact
    record[.reportUnit] = CleanText.line(contact?.unit ?? "", limit: 60)
    record[.reportEmail] = CleanText.line(contact?.email ?? "", limit: 254)
    return record
  }

  /// One or two sentences: what is due when, and what is asked.
  private var summary: String {
    let whose = people.count > 1 ? "你们" : "您"
    var sentences: [String] = []
    if !notes.isEmpty, lines.isEmpty { sentences.append("以下整改措施有变动，请知悉。") }
    if !work.isEmpty { sentences.append("\(whose)负责的事项中，\(workSummary)。") }
    if !escalations.isEmpty {
      sentences.append("贵单位有\(escalations.count)项整改措施逾期较久仍未完成，按规定提请您关注并督促落实。")
    }
    if let report = reports.first, let due = report.due {
      let left = due.days(since: phrases.today)
      let when = phrases.dateWithWeekday(due)
      sentences.append(
        left >= 0
          ? "整改情况请于\(when)前报送（\(phrases.reportDistance(left))），共\(reportCount)项措施，报送表附后。"
          : "应于\(when)前报送的整改情况尚未收到，请尽快补报。")
    }
    return sentences.joined()
  }

  private var reportCount: Int {
    reports.reduce(0) { if case .report(let measures) = $1.subject { $0 + measures.count } else { $0 } }
  }

  private var workSummary: String {
    let groups = Dictionary(grouping: work) { $0.due }
    let dated = groups.keys.compactMap { $0 }.sorted().map { due in
      let count = groups[due]?.count ?? 0
      let days = due.days(since: phrases.today)
      switch days {
      case 0: return "有\(count)项今日到期"
      case 1...: return "有\(count)项将于\(phrases.dateWithWeekday(due))到期，还剩\(days)天"
      default: return "有\(count)项已于\(phrases.date(due))到期，逾期\(-days)天"
      }
    }
    let standing = groups[nil].map { ["有\($0.count)项需长期坚持"] } ?? []
    return (dated + standing).joined(separator: "；")
  }

  /// What to do next, in the order of urgency: for each office that is to hear of it, with its plans where there are
  /// several offices.
  private var steps: [String] {
    contacts.offices.flatMap { office in
      let steps = steps(
        work.filter(office.isFor), reports.filter(office.isFor), escalations.filter(office.isFor),
        notes.filter { office.plans.contains($0.plan) }, at: office.place)
      return contacts.offices.count == 1 ? steps : steps.map { "\(office.titles)：\($0)" }
    }
  }

  private func steps(
    _ work: [ItemLine], _ reports: [ItemLine], _ escalations: [ItemLine], _ notes: [OwnerNote],
    at place: String
  ) -> [String] {
    var steps: [String] = []
    if work.contains(where: { $0.light == .red }) {
      steps.append("已逾期的事项，请今天就将目前进展、未完成原因和预计完成日期报送\(place)，直接回复本邮件即可。")
    }
    for due in Set(reports.compactMap(\.due)).sorted() {
      let when = due >= phrases.today ? "请于\(phrases.dateWithWeekday(due))前" : "请尽快"
      steps.append("\(when)填写下面的报送表，报送\(place)。直接回复本邮件、在表中填写即可，长期坚持的措施也要填报。")
    }
    if work.contains(where: { $0.item.kind == .measure && $0.due != nil && $0.light != .red }) {
      steps.append("请抓紧落实，在到期日前完成；完成后将完成情况和佐证材料报送\(place)，经确认后销号，不再提醒。")
      steps.append("预计不能按期完成的，请在到期前告知联系人，说明原因和预计完成日期。")
    }
    if work.contains(where: { $0.due == nil }) {
      steps.append("长期坚持的措施请持续推进，有重要进展时报送\(place)。")
    }
    if work.contains(where: { $0.item.kind == .duty }) {
      steps.append("定期工作开展后，请将开展日期和简要情况报送\(place)。")
    }
    if notes.contains(where: { $0.kind == .handedOver }) {
      steps.append("责任人有调整的措施，请做好交接；调整有误的，请告知联系人。")
    }
    if !escalations.isEmpty {
      steps.append("请督促责任人尽快完成，并将预计完成日期报送\(place)。")
    }
    return steps
  }

  /// Why this mail came: one reason for all, or each with its items.
  private var reason: String {
    if isByHand { return "联系人发送的在办事项清单，不是定期提醒" }
    var groups: [(reason: String, ids: [String])] = []
    var last: (reason: Reason, isReport: Bool, text: String)?
    for line in lines {
      guard let own = line.reason else { continue }
      // Neighbours mostly have the same reason.
      if last?.reason != own || last?.isReport != line.isReport {
        last = (own, line.isReport, phrases.reason(own, isReport: line.isReport))
      }
      guard let reason = last?.text else { continue }
      let id = contacts.name(of: line)
      if let place = groups.firstIndex(where: { $0.reason == reason }) {
        if !groups[place].ids.contains(id) { groups[place].ids.append(id) }
      } else {
        groups.append((reason, [id]))
      }
    }
    guard groups.count > 1 else { return groups.first?.reason ?? "" }
    return groups.map { "\($0.ids.joined(separator: "、"))：\($0.reason)" }.joined(separator: "；")
  }
}
