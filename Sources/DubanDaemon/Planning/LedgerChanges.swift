import DubanCore
import DubanMail
import DubanOutbox
import Foundation

/// What a change of one ledger means for people: sentences for the contact, and for owners who hand over.
struct LedgerChanges {
  var plan: String
  var notices: [PendingNotice]
  var notes: [OwnerNote]

  /// What differs from what the contact last heard, ledger by ledger; of the planner's ledgers, with what the
  /// contact agreed to besides, which owners and their calendars are to follow as well.
  static func pending(_ planner: Planner, _ outbox: Outbox) throws(OutboxError) -> [LedgerChanges] {
    let snapshots = SnapshotStore(outbox: outbox)
    var news: [LedgerChanges] = []
    for ledger in planner.ledgers {
      // The moment of that state keeps a change that was taken back and made again from passing for the first one.
      guard let since = try snapshots.moment(of: ledger) else { continue }
      let changes = try snapshots.changes(of: ledger)
      guard !changes.isEmpty else { continue }
      let said = sentences(changes, done: planner.decisions.finished(in: ledger))
      let notices = said.map { sentence, kind, news in
        PendingNotice(
          plan: ledger.plan.key,
          key: Notices.key("change", [ledger.plan.key, String(since.seconds), sentence]),
          notice: Notice(kind, sentence, news: news))
      }
      news.append(
        LedgerChanges(
          plan: ledger.plan.key, notices: notices, notes: changes.flatMap { $0.notes(in: ledger) }))
    }
    return news
  }

  /// How many measures that were renumbered are named: a row put in at the top renumbers all below.
  private static let mostRenumbered = 5

  /// One sentence for each change, and one for all new numbers together.
  ///
  /// - Parameter done: the identities of what was marked as done: it counted as closed then.
  private static func sentences(
    _ changes: [LedgerChange], done: Set<String>
  ) -> [(text: String, kind: Notice.Kind, news: Notice.News?)] {
    let renumbered = changes.compactMap { change -> String? in
      guard case .renumbered(let old) = change.kind else { return nil }
      return "\(old)改为\(change.item)\(CleanText.quoted(change.title))"
    }
    let others = changes.filter { if case .renumbered = $0.kind { false } else { true } }
      .map { change in
        let isCounted = change.kind == .closed && done.contains(change.identity)
        let kind = change.kind == .removed ? Notice.Kind.question : .change
        let text = change.description + whyNobodyHears(of: change, done: done)
        return (text, kind, isCounted ? nil : news(change))
      }
    guard !renumbered.isEmpty else { return others }
    let named = renumbered.prefix(mostRenumbered).joined(separator: "、")
    let more = renumbered.count > mostRenumbered ? "等" : ""
    return others + [("\(renumbered.count)项措施改了编号（\(named)\(more)），提醒记录和登记随之转到新编号，不重复提醒。", .change, nil)]
  }

  /// Why the new owners of a measure hear nothing of it; empty where they do.
  private static func whyNobodyHears(of change: LedgerChange, done: Set<String>) -> String {
    guard case .reassigned = change.kind, let line = change.after else { return "" }
    if line.status == Measure.Status.closed.rawValue { return "该项已销号，不会提醒新责任人。" }
    guard done.contains(change.identity) else { return "" }
    return "该项已登记为完成，不会提醒新责任人，如仍需办理请撤销登记。"
  }

  private static func news(_ change: LedgerChange) -> Notice.News? {
    switch change.kind {
    case .closed: .closed
    case .moved: .moved
    default: nil
    }
  }

  /// Only the changes of which everyone concerned can hear today: the rest waits, whole, for the next day's mails.
  static func reportable(
    _ changes: [LedgerChanges], on day: CivilDate, _ planner: Planner, _ history: History
  )
    -> [LedgerChanges]
  {
    changes.filter { one in
      one.notes.allSatisfy { !planner.wasMailed($0.owner.recipient, on: day, after: history) }
        && planner.contact(ofPlan: one.plan).map { !planner.wasMailed($0.recipient, on: day, after: history) }
          ?? false
    }
  }
}

/// Keeps the snapshots that ledgers are compared with: the state of each ledger when the contact's last digest
/// was queued.
struct SnapshotStore {
  private static let prefix = "snapshot/"
  /// The key of ``LedgerDigest``, by which an unchanged ledger is known at once.
  private static let digestPrefix = "snapshot-print/"

  let outbox: Outbox

  /// What has changed since the contact last heard; nothing for a ledger that is new here.
  func changes(of ledger: Ledger) throws(OutboxError) -> [LedgerChange] {
    guard try outbox.fact(Self.digestPrefix + ledger.plan.key)?.value != Self.digest(of: ledger),
      let old = try snapshot(of: ledger)
    else { return [] }
    let names = try UnitRenames(outbox)
    return LedgerChange.between(old, LedgerSnapshot(ledger)) {
      names.current($0, ofPlan: ledger.plan.key)
    }
  }

  /// Since when the store has the ledger's present entry; nil for a ledger that is new here.
  func moment(of ledger: Ledger) throws(OutboxError) -> Timestamp? {
    try outbox.fact(Self.prefix + ledger.plan.key)?.at
  }

  /// The present state as the facts of the digest that tells of it: kept when that is queued, or not at all.
  static func facts(of ledger: Ledger) -> [String: String] {
    guard let text = text(LedgerSnapshot(ledger)) else { return [:] }
    return [prefix + ledger.plan.key: text, digestPrefix + ledger.plan.key: digest(of: ledger)]
  }

  /// Keeps the present state where there is none: changes count from now on.
  func putFirst(_ ledger: Ledger, at now: Timestamp) throws(OutboxError) {
    guard try outbox.fact(Self.prefix + ledger.plan.key) == nil else { return }
    try outbox.change(Self.facts(of: ledger).mapValues(\.self), at: now)
  }

  private static func digest(of ledger: Ledger) -> String { String(LedgerDigest(ledger).value, radix: 16) }

  /// A snapshot that another version wrote in another form tells nothing; the next one replaces it. A large
  /// ledger was once kept in parts, of which the entry has the number.
  private func snapshot(of ledger: Ledger) throws(OutboxError) -> LedgerSnapshot? {
    let plan = ledger.plan.key
    guard let text = try outbox.fact(Self.prefix + plan)?.value else { return nil }
    guard text.hasPrefix("parts:"), let count = Int(text.dropFirst(6)) else { return Self.read(text) }
    var whole: LedgerSnapshot?
    for part in 0..<count {
      guard let text = try outbox.fact("snapshot-part/\(count)/\(part)/\(plan)")?.value,
        let one = Self.read(text)
      else { return nil }
      whole?.measures.merge(one.measures) { first, _ in first }
      if whole == nil { whole = one }
    }
    return whole
  }

  private static func read(_ text: String) -> LedgerSnapshot? {
    try? JSONDecoder().decode(LedgerSnapshot.self, from: Data(text.utf8))
  }

  /// The same snapshot is the same text.
  private static func text(_ snapshot: LedgerSnapshot) -> String? {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(snapshot)).map { String(decoding: $0, as: UTF8.self) }
  }
}

/// Measures of which nothing has moved for long: neither status nor progress, as the record of the ledger has it. The
/// contact alone hears of it, once for each standstill.
enum StalledMeasures {
  static func notices(
    _ active: ActiveConfiguration, _ outbox: Outbox, today: CivilDate
  ) throws(OutboxError) -> [PendingNotice] {
    guard let span = active.configuration.policy.escalation.stalled else { return [] }
    var notices: [PendingNotice] = []
    let decisions = active.planner(try DecisionReader.read(outbox)).decisions
    for ledger in active.ledgers {
      let since = try lastMoves(of: ledger, active, outbox, today: today)
      for measure in ledger.measures
      where [.open, .inProgress].contains(measure.status) && !measure.deadline.isStanding {
        guard let day = since[measure.identity], span.after(day, in: active.calendar) <= today,
          !decisions.isDone(measure, ofPlan: ledger.plan.key),
          decisions.snooze(of: ItemID(measure, ofPlan: ledger.plan.key), on: today) == nil
        else { continue }
        let units = measure.units.map { CleanText.line($0, limit: 60) }.joined(separator: "、")
        notices.append(
          PendingNotice(
            plan: ledger.plan.key,
            key: Notices.key("stalled", [ledger.plan.key, measure.identity, day.description]),
            notice: Notice(
              .stalled,
              "措施\(measure.id)\(CleanText.quoted(measure.title))（\(units)）自\(day.chinese())以来状态和进展未变动，已\(today.days(since: day))天。"
            )))
      }
    }
    return notices
  }

  /// By identity, the day since which a measure says what it says now.
  static func lastMoves(
    of ledger: Ledger, _ active: ActiveConfiguration, _ outbox: Outbox, today: CivilDate
  ) throws(OutboxError) -> [String: CivilDate] {
    let versions = try LedgerHistory(outbox).identifiedVersions(
      ofPlan: ledger.plan.key, through: today, active)
    var known: [String: (status: Measure.Status, progress: String, since: CivilDate)] = [:]
    for version in versions {
      for measure in version.ledger.measures {
        if let old = known[measure.identity], old.status == measure.status, old.progress == measure.progress {
          continue
        }
        known[measure.identity] = (measure.status, measure.progress, version.from)
      }
    }
    return known.mapValues(\.since)
  }
}
