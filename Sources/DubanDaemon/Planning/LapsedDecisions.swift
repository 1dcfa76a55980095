import DubanCore
import DubanLedger
import DubanMail
import DubanOutbox

/// Decisions about measures that the ledger doesn't have any more, or that have become others: they hold for nothing
/// else, and the contact hears of each by name.
enum LapsedDecisions {
  /// One notice for each decision that would still silence something.
  static func notices(
    _ decisions: [Decision], _ active: ActiveConfiguration, _ outbox: Outbox, today: CivilDate
  ) throws(OutboxError) -> [PendingNotice] {
    var found: [PendingNotice] = []
    let names = try UnitRenames(outbox)
    for ledger in active.ledgers {
      let plan = ledger.plan.key
      let live = decisions.filter { $0.plan == plan && silences($0, on: today) }
      guard !live.isEmpty else { continue }
      let known = try outbox.measures(ofPlan: plan, identities: Set(live.map(measure)))
      for (place, decision) in live.enumerated() {
        // One that was made anew since.
        if live[(place + 1)...].contains(where: {
          $0.kind == decision.kind && $0.identity == decision.identity && $0.occurrence == decision.occurrence
        }) {
          continue
        }
        guard let known = known[measure(decision)] else { continue }
        let text: String
        let measure = ledger.measures.first { $0.identity == known.identity }
        if known.isPresent, let measure, let decided = decision.madeFor(names), !decided.isStill(measure) {
          text = self.text(decision, decided, now: measure)
        } else if known.isPresent, let measure, decision.statusWhenDone.map(measure.isOpenAgain) ?? false {
          text =
            "措施\(known.number)\(CleanText.quoted(known.title))在台账中改为“\(measure.statusWord)”，\(registered(decision))不再有效，照常提醒，确已完成的请重新登记。"
        } else if known.isPresent, let last = decision.doneThrough {
          guard let due = measure?.deadline.dueDates.max(), due > last else { continue }
          text =
            "措施\(known.number)\(CleanText.quoted(known.title))的到期日现为\(due.chinese())，\(registered(decision))只对\(last.chinese())有效，照常提醒，确已完成的请重新登记。"
        } else if known.isPresent {
          guard let duty = duty(decision), let measure, !measure.dutyIdentities.contains(duty)
          else { continue }
          text =
            "措施\(known.number)\(CleanText.quoted(known.title))的定期工作已有变动，\(registered(decision))未沿用，照常提醒，确是同一项的请重新登记。"
        } else {
          text = self.text(decision, known, successor: ledger.measures.first { isInPlace($0, of: known) })
        }
        found.append(
          PendingNotice(
            plan: plan,
            key: Notices.key("lapsed", [plan, decision.identity, String(decision.at.seconds), text]),
            notice: Notice(.question, text)))
      }
    }
    return found
  }

  private static func silences(_ decision: Decision, on today: CivilDate) -> Bool {
    switch decision.kind {
    case .done: true
    case .snooze: decision.until.map { $0 > today } ?? false
    case .due, .handover, .reportReceived, .doneUndone, .snoozeUndone, .reportUndone, .dueUndone,
      .handoverUndone:
      false
    }
  }

  /// The identity of the measure that a decision is about, or that has the duty inside it.
  private static func measure(_ decision: Decision) -> String {
    String(decision.identity.prefix { $0 != "#" })
  }

  /// What tells the duty that a decision is about from others of its measure; nil for one about the measure itself.
  private static func duty(_ decision: Decision) -> String? {
    decision.identity.firstIndex(of: "#").map {
      String(decision.identity[decision.identity.index(after: $0)...])
    }
  }

  /// `陆英登记的“已完成”`.
  private static func registered(_ decision: Decision) -> String {
    let what =
      decision.kind == .done ? "已完成" : "暂缓提醒至\(decision.until?.chinese() ?? "")"
    return "\(decision.by)登记的“\(what)”"
  }

  /// Whether a measure has the number and a unit of one that is gone: it may be the same with another title.
  private static func isInPlace(_ measure: Measure, of gone: KnownMeasure) -> Bool {
    measure.id == gone.number && !Set(gone.units).isDisjoint(with: measure.answering)
  }

  private static func text(_ decision: Decision, _ decided: DecidedMeasure, now measure: Measure) -> String {
    let change =
      decided.isGiven(measure)
      ? "由\(CleanText.quoted(decided.title))改为\(CleanText.quoted(measure.title))"
      : "\(CleanText.quoted(measure.title))由\(decided.units.joined(separator: "、"))改为"
        + "\(DecidedMeasure(measure).units.joined(separator: "、"))负责"
    return "措施\(measure.id)\(change)，\(registered(decision))未沿用，照常提醒，仍然有效的请重新登记。"
  }

  private static func text(_ decision: Decision, _ gone: KnownMeasure, successor: Measure?) -> String {
    let registered = registered(decision)
    guard let successor else {
      return "措施\(gone.number)\(CleanText.quoted(gone.title))已不在台账中，\(registered)随之失效，不会用于其他措施，"
        + "同一项措施以原标题和责任单位重新列入时恢复。"
    }
    return
      "措施\(gone.number)由\(CleanText.quoted(gone.title))改为\(CleanText.quoted(successor.title))，无法确定是否同一项措施，"
      + "\(registered)未沿用，照常提醒，确是同一项的请重新登记。"
  }
}

/// What owners hear of measures that were marked as done, by a command or in answer to a digest: once, together
/// with the digest that tells the contact.
enum DoneNotes {
  /// Those that nobody has heard of, each with the key of the contact's notice.
  ///
  /// - Parameter ledgers: the ledgers with what was decided of owners and dates.
  static func pending(
    _ ledgers: [Ledger], _ outbox: Outbox
  ) throws(OutboxError) -> [(key: String, notes: [OwnerNote])] {
    let decisions = try outbox.decisions()
    let inForce = Set(decisions.inForce)
    let names = try UnitRenames(outbox)
    var found: [(key: String, notes: [OwnerNote])] = []
    for (decision, notice) in zip(decisions, try Notices.decided(decisions, outbox))
    where decision.kind == .done && inForce.contains(decision) {
      guard try outbox.fact(notice.keys[0]) == nil,
        let ledger = ledgers.first(where: { $0.plan.key == decision.plan }),
        // What the ledger has closed itself is said as a change of the ledger.
        let measure = ledger.measures.first(where: { $0.identity == decision.identity }),
        measure.status != .closed,
        // One that is another's since isn't done, and the contact hears so.
        decision.madeFor(names)?.isStill(measure) ?? true
      else { continue }
      let owners = OwnerDirectory(ledger.owners).owners(of: measure)
      found.append((notice.keys[0], owners.map { note(decision, measure, to: $0) }))
    }
    return found
  }

  private static func note(_ decision: Decision, _ measure: Measure, to owner: Owner) -> OwnerNote {
    let date = decision.occurrence.map { "\($0.chinese())到期的部分" } ?? ""
    let isOneOfSeveral = measure.deadline.dueDates.count > 1
    // By the number alone: a mail that names the measure would remind of it. The number is the one that the owner knows.
    let now = measure.id == decision.item ? "" : "（现编号\(measure.id)）"
    return OwnerNote(
      plan: decision.plan, owner: owner,
      kind: isOneOfSeveral && decision.occurrence != nil ? .other : .closed,
      text: "措施\(decision.item)\(now)\(date)已确认完成，不再提醒。",
      calendar: .init(
        item: ItemID(measure, ofPlan: decision.plan), title: measure.title, area: "", text: "",
        old: decision.occurrence.map { [$0] } ?? measure.deadline.dueDates, new: [],
        isOneOfSeveral: isOneOfSeveral))
  }
}
