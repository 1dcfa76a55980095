import DubanCore
import DubanMail
import DubanOutbox

/// Measures of which nothing has moved for long: neither status nor progress, as the record of the ledger has it. The
/// contact alone is told, once for each standstill.
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
    let versions = try LedgerHistory(outbox).versions(
      ofPlan: ledger.plan.key, through: today, active.calendar)
    var past = active
    past.ledgers = versions.map(\.ledger)
    var known: [String: (status: Measure.Status, progress: String, since: CivilDate)] = [:]
    for (version, ledger) in zip(versions, try past.identified(by: outbox).ledgers) {
      for measure in ledger.measures {
        if let old = known[measure.identity], old.status == measure.status, old.progress == measure.progress {
          continue
        }
        known[measure.identity] = (measure.status, measure.progress, version.from)
      }
    }
    return known.mapValues(\.since)
  }
}
