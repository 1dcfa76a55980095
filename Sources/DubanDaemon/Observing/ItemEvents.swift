import DubanCore
import DubanMail
import DubanOutbox

/// What happened to each measure, as the state knows it: mails, answers, decisions, and changes of the ledger.
struct ItemEvents {
  private let active: ActiveConfiguration
  private let outbox: Outbox
  /// Only what concerns this unit; nil for all.
  private let unit: String?
  /// Names that its page doesn't show.
  private let others: Set<String>
  private var events: [ItemEvent.Subject: [ItemEvent]] = [:]

  /// By measure, the newest first.
  ///
  /// - Parameters:
  ///   - unit: makes them those of one unit's page; nil for all.
  ///   - others: the names that this page doesn't show.
  static func read(
    _ active: ActiveConfiguration, _ outbox: Outbox, unit: String?, besides others: Set<String>,
    on today: CivilDate
  ) throws(OutboxError) -> [ItemEvent.Subject: [ItemEvent]] {
    var reader = ItemEvents(active: active, outbox: outbox, unit: unit, others: others)
    try reader.readMails(since: today.adding(days: -HistoryReader.reach))
    try reader.readDecisions()
    try reader.readAnswers()
    try reader.readChanges(through: today)
    return reader.events.mapValues { events in
      events.enumerated().sorted { ($0.element.day, $0.offset) > ($1.element.day, $1.offset) }.map(\.element)
    }
  }

  private mutating func add(_ plan: String, _ item: String, _ day: CivilDate, _ text: String) {
    // A duty's events are its measure's.
    events[.init(plan: plan, measure: String(item.prefix { $0 != "#" })), default: []].append(
      ItemEvent(day: day, text: text))
  }

  /// One line for each day and step, with everyone who was reminded.
  private mutating func readMails(since day: CivilDate) throws(OutboxError) {
    var mails: [[String]: (plan: String, item: String, day: CivilDate, people: [String])] = [:]
    var order: [[String]] = []
    let unit = unit
    try outbox.forEachReminder(plannedSince: day) { reminder in
      guard reminder.kind != ItemID.Kind.report.rawValue, unit == nil || reminder.unit == unit else { return }
      let key = [
        reminder.identity, reminder.plannedOn.description, reminder.stage, reminder.due.description,
        reminder.plan,
      ]
      if mails[key] == nil {
        mails[key] = (reminder.plan, reminder.identity, reminder.plannedOn, [])
        order.append(key)
      }
      mails[key]?.people.append(reminder.person)
    }
    for key in order {
      guard let mail = mails[key] else { continue }
      let stage = Stage(key[2])?.chinese ?? "提醒"
      add(mail.plan, mail.item, mail.day, "\(stage)：\(mail.people.joined(separator: "、"))")
    }
  }

  private mutating func readDecisions() throws(OutboxError) {
    for decision in try outbox.decisions() {
      let what: String? =
        switch decision.kind {
        case .done: "标记为已完成"
        case .snooze: "暂缓提醒至\(decision.until?.chinese() ?? "")"
        case .doneUndone: "撤销完成标记"
        case .snoozeUndone: "撤销暂缓提醒"
        case .reportReceived, .reportUndone: nil
        default: nil
        }
      guard let what else { continue }
      let by = decision.by.isEmpty || unit != nil ? "" : "（\(decision.by)）"
      add(decision.plan, decision.identity, active.zone.day(of: decision.at), what + by)
    }
  }

  private mutating func readAnswers() throws(OutboxError) {
    for proposal in try outbox.proposals() where unit == nil || proposal.unit == unit {
      guard !proposal.identity.isEmpty else { continue }
      let state = Self.word(proposal.state)
      add(
        proposal.plan, proposal.identity, active.zone.day(of: proposal.at),
        "\(proposal.person)答复\(state)："
          + Ledger.text(String(proposal.text.split(separator: "\n").first ?? ""), withoutNaming: others))
    }
  }

  private static func word(_ state: Proposal.State) -> String {
    switch state {
    case .open: "（待定）"
    case .accepted: "（已同意）"
    case .rejected: "（未同意）"
    }
  }

  /// Each version of the ledger against the one before.
  private mutating func readChanges(through today: CivilDate) throws(OutboxError) {
    for ledger in active.ledgers {
      let versions = try LedgerHistory(outbox).versions(
        ofPlan: ledger.plan.key, through: today, active.calendar)
      var identified = active
      identified.ledgers = versions.map(\.ledger)
      let ledgers = try identified.identified(by: outbox).ledgers
      var before: [String: Measure] = [:]
      for (version, ledger) in zip(versions, ledgers) {
        let others = unit.map { ledger.names(besides: $0).union(self.others) } ?? []
        for var measure in ledger.measures {
          measure.progress = Ledger.text(measure.progress, withoutNaming: others)
          if let old = before[measure.identity] {
            for text in Self.differences(old, measure) {
              add(ledger.plan.key, measure.identity, version.from, text)
            }
          }
          before[measure.identity] = measure
        }
      }
    }
  }

  private static func differences(_ old: Measure, _ new: Measure) -> [String] {
    var texts: [String] = []
    if old.statusWord != new.statusWord {
      texts.append("状态由“\(old.statusWord)”改为“\(new.statusWord)”")
    }
    if old.deadline.dueDates != new.deadline.dueDates {
      let dates = new.deadline.dueDates.map { $0.chinese() }.joined(separator: "、")
      texts.append("到期日改为\(dates.isEmpty ? "无日期" : dates)")
    }
    if old.progress != new.progress, !new.progress.isEmpty { texts.append("进展：\(new.progress)") }
    return texts
  }
}
