public import DubanCore
import DubanCourier
import DubanLedger
import DubanMail
public import DubanOutbox
import Foundation

/// Shows the service's status, and writes what `observe:` asks for.
///
/// Used from the queue that the reloader is used from.
public struct StatusPublisher {
  private let reloader: Reloader
  private let context: ServiceContext

  /// A publisher about what is in force.
  public init(_ reloader: Reloader, _ context: ServiceContext) {
    self.reloader = reloader
    self.context = context
  }

  /// The service's status.
  public func status() throws(OutboxError) -> Status {
    try Status(
      reloader.active, context.outbox,
      errors: reloader.refusal.filter { $0.severity == .error } + reloader.lossErrors,
      now: context.clock.now())
  }

  /// The same in one line, which more people read than the ledger.
  func line(_ status: Status, sent: Int) -> String {
    Redactor(reloader.active.ledgers).ofFile(status.line(sent: sent, reloader.active.zone))
  }

  /// Writes metrics and the report page, and forgets the bytes of mails that are old enough.
  public func publish() {
    let (active, outbox) = (reloader.active, context.outbox)
    let settings = active.configuration.observing
    do {
      let now = context.clock.now()
      let keep = Int64(active.configuration.delivery.keepBodies) * 86_400
      while try outbox.purgeBodies(endedBefore: now.adding(seconds: -keep)) > 0 {}
      if !active.configuration.inboxes.isEmpty {
        try outbox.purgeAnswers(readBefore: now.adding(seconds: -keep))
      }
      if let path = settings.metrics {
        let overview = active.planner(try DecisionReader.read(outbox)).overview(
          on: active.zone.day(of: now), extent: .numbers)
        try Metrics(
          status(), overview, now: now, zone: active.zone, sendAt: active.configuration.policy.sendAt
        ).write(to: path)
      }
    } catch {
      context.journal.note(.outbox, .error, "can't show how things stand: \(error)")
    }
    do {
      guard let directory = settings.report else { return }
      try ReportFile(active, outbox).write(to: directory, at: context.clock.now())
    } catch {
      context.journal.note(.outbox, .error, "can't write the report page: \(error)")
    }
  }

  /// What tells the dead-man's switch that all went well, where there is one. It may take seconds, and may run
  /// beside everything else.
  public func ping() -> (@Sendable () -> Void)? {
    guard let url = reloader.active.configuration.observing.ping else { return nil }
    return { [journal = context.journal] in
      guard let problem = Ping.send(to: url) else { return }
      journal.note(.lifecycle, .warning, "the dead-man's switch didn't take our ping: \(problem)")
    }
  }
}

/// The service's status as a Prometheus text file (exposition format 0.0.4) for node_exporter's textfile
/// collector.
struct Metrics {
  private var lines: [String] = []

  init(_ status: Status, _ overview: Overview, now: Timestamp, zone: Zone, sendAt: CivilTime) {
    if let lastPass = status.lastPass {
      gauge("duban_last_pass_timestamp_seconds", "When the plan was last looked at.", lastPass.seconds)
    }
    gauge("duban_next_pass_timestamp_seconds", "When the plan is looked at next.", status.nextPass.seconds)
    if let day = status.lastDigest {
      gauge(
        "duban_last_digest_timestamp_seconds", "Send time of the contact's last scheduled digest.",
        zone.moment(day, sendAt).seconds)
    }
    family("duban_outbox_entries", "Mails in the outbox by state, those that were sent left out.")
    for state in EntryState.allCases where state != .sent {
      sample("duban_outbox_entries", ["state": state.rawValue], Int64(status.backlog.counts[state] ?? 0))
    }
    gauge(
      "duban_outbox_oldest_seconds", "Age of the oldest mail that waits; 0 when none does.",
      status.backlog.oldest.map { max(0, now.seconds - $0.seconds) } ?? 0)
    if let look = status.inboxSilentSince {
      gauge(
        "duban_inbox_last_look_timestamp_seconds",
        "When the mailboxes were last read to their end; of one that never was, when that first failed.",
        look.seconds)
    }
    gauge("duban_inbox_open_proposals", "Answers that wait for a decision.", Int64(status.openProposals))
    gauge(
      "duban_problems", "Things that need a person, as duban status lists them.", Int64(status.problems.count)
    )
    if !status.hosts.isEmpty {
      family("duban_host_up", "Whether the service runs on each of the hosts that share the state.")
      for host in status.hosts { sample("duban_host_up", ["host": host.name], host.runs ? 1 : 0) }
      family("duban_host_plans", "Which of them plans.")
      for host in status.hosts { sample("duban_host_plans", ["host": host.name], host.plans ? 1 : 0) }
      family("duban_host_lease_age_seconds", "Seconds since each of them last renewed its lease.")
      for host in status.hosts { sample("duban_host_lease_age_seconds", ["host": host.name], host.age) }
    }
    family("duban_measures", "Measures of the ledgers in force by light.")
    for light in Light.allCases {
      sample("duban_measures", ["light": light.rawValue], Int64(overview.total.lights[light] ?? 0))
    }
  }

  var text: String { lines.map { $0 + "\n" }.joined() }

  /// Writes the file in one step, readable for everyone: the collector never sees half of it.
  func write(to path: String) throws(ReportFile.Failure) {
    do throws(AtomicFile.Failure) {
      try AtomicFile.refuseSpecial(path)
      try AtomicFile.write(Array(text.utf8), to: path, replacing: true, mode: 0o644)
    } catch {
      throw ReportFile.Failure(description: "\(path): \(error.reason)")
    }
  }

  private mutating func gauge(_ name: String, _ help: String, _ value: Int64) {
    family(name, help)
    lines.append("\(name) \(value)")
  }

  private mutating func family(_ name: String, _ help: String) {
    lines += ["# HELP \(name) \(help)", "# TYPE \(name) gauge"]
  }

  private mutating func sample(_ name: String, _ labels: [String: String], _ value: Int64) {
    let list = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\"\($0.value)\"" }.joined(separator: ",")
    lines.append("\(name){\(list)} \(value)")
  }
}

/// The report page of what is in force, as a file for a browser or a web server.
public struct ReportFile {
  /// Why the page wasn't written.
  public struct Failure: Error, CustomStringConvertible {
    /// One English sentence without a full stop.
    public var description: String
  }

  /// The file's name in its directory.
  public static let name = "index.html"

  private let active: ActiveConfiguration
  private let outbox: Outbox?
  private let unit: String?
  /// Names that a unit's page doesn't show.
  private let others: Set<String>

  /// A page over what is in force; without an outbox it knows no decisions and no history.
  ///
  /// - Parameter unit: makes it the page of one unit, which names nobody of others; nil for everybody's.
  public init(_ active: ActiveConfiguration, _ outbox: Outbox?, unit: String? = nil) {
    var active = active
    others = unit.map { unit in Set(active.ledgers.flatMap { $0.names(besides: unit) }) } ?? []
    if let unit { active.ledgers = active.ledgers.map { $0.only(unit) } }
    self.active = active
    self.outbox = outbox
    self.unit = unit
  }

  /// Writes the page in one step, readable for everyone, and makes the directory where there is none.
  ///
  /// - Returns: the file's path.
  /// - Throws: ``Failure`` or `OutboxError`.
  @discardableResult
  public func write(to directory: String, at now: Timestamp) throws -> String {
    let page = try html(at: now)
    let path = directory.hasSuffix("/") ? directory + Self.name : "\(directory)/\(Self.name)"
    do throws(AtomicFile.Failure) { try AtomicFile.makeFolder(directory, mode: 0o755) } catch {
      throw Failure(description: "\(directory): \(error.reason)")
    }
    do throws(AtomicFile.Failure) {
      try AtomicFile.refuseSpecial(path)
      try AtomicFile.write(Array(page.utf8), to: path, replacing: true, mode: 0o644)
    } catch {
      throw Failure(description: "\(path): \(error.reason)")
    }
    return path
  }

  private func html(at now: Timestamp) throws(OutboxError) -> String {
    let decisions = try outbox.map { outbox throws(OutboxError) in try DecisionReader.read(outbox) }
    let today = active.zone.day(of: now)
    let overview = active.planner(decisions ?? Decisions()).overview(on: today)
    let history = try outbox.map { outbox throws(OutboxError) in
      var filter = EntryFilter()
      filter.newestFirst = true
      if unit == nil { filter.limit = ReportPage.historyLimit + 1 }
      return try outbox.entries(filter).filter { unit == nil || $0.unit == unit }
        .prefix(ReportPage.historyLimit + 1).map(Self.mail)
    }
    let events = try outbox.map { outbox throws(OutboxError) in
      try ItemEvents.read(active, outbox, unit: unit, besides: others, on: today)
    }
    let answers =
      try outbox.map { outbox throws(OutboxError) in try InboxNotices.notes(active, outbox) } ?? [:]
    return ReportPage(
      overview, history: history, answers: answers, lights: active.configuration.policy.lights,
      templates: active.templates, events: events ?? [:], unit: unit
    ).html(at: now, utcOffset: active.zone.utcOffset(at: now))
  }

  private static func mail(_ entry: Entry) -> HistoryMail {
    let state: HistoryMail.State =
      switch entry.state {
      case .queued, .sending: .waiting
      case .deferred: .deferred
      case .held: .held
      case .sent: .sent
      case .failed: entry.dropped ? .dropped : .failed
      }
    return HistoryMail(
      day: entry.day, recipient: Recipient(person: entry.person, unit: entry.unit),
      isCopy: entry.kind == MailKind.copy, subject: entry.subject, state: state, triedAt: entry.lastAttempt,
      answer: entry.answer)
  }
}

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
        case .reportReceived, .reportUndone, .due, .dueUndone, .handover, .handoverUndone: nil
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
      let versions = try LedgerHistory(outbox).identifiedVersions(
        ofPlan: ledger.plan.key, through: today, active)
      // Those on the page, whatever units they had.
      let shown = Set(ledger.measures.map(\.identity))
      var before: [String: Measure] = [:]
      for version in versions {
        let others = unit.map { version.ledger.names(besides: $0).union(self.others) } ?? []
        for var measure in version.ledger.measures where shown.contains(measure.identity) {
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
