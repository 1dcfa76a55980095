/// Why one person is or isn't reminded of one date of one item on a day.
public struct Explanation: Sendable, Equatable {
  /// What the reminder would be of.
  public var item: ItemID
  /// The date; nil for an item without one.
  public var due: CivilDate?
  /// What it is about.
  public var subject: Reminder.Subject
  /// Who is reminded, or isn't.
  public var recipient: Recipient
  /// Of a person who hears past the owners, as what; nil for an owner of the item.
  public var escalation: EscalationLevel?
  /// Where this person's reminders go.
  public var route: MailRoute
  /// What the rule says of them on that day.
  public var result: RuleResult
  /// The day on which it is asked: what is sent after it is yet to be sent. Nil where that doesn't matter.
  public var today: CivilDate?

  /// What the contact agreed to besides the ledger, in English.
  public var agreedChanges: String? {
    if case .measure(let measure, _) = subject { measure.agreedChanges } else { nil }
  }
}

extension Explanation: CustomStringConvertible {
  /// The answer in one English sentence without a full stop.
  public var description: String {
    switch result {
    case .remind(let reminder):
      if case .digest = route { return "a reminder goes out \(route): \(reminder.reason)" }
      return "a mail goes out: \(reminder.reason)"
    case .silent(let reason):
      let words = words(reason)
      guard case .digest = route, mayStillRemind(reason) else { return "no mail: \(words)" }
      return "no mail: \(words); then \(route)"
    }
  }

  private func words(_ reason: NoReminderReason) -> String {
    switch reason {
    case .notYet(let first):
      guard let escalation else { return reason.description }
      return "overdue, but not for so long yet that \(escalation.words) is told: that comes on \(first)"
    case .alreadySent(_, on: let sentOn, next: _) where today.map { sentOn > $0 } ?? false:
      return reason.description.replacing("already sent", with: "sent before then", maxReplacements: 1)
    default: return reason.description
    }
  }

  private func mayStillRemind(_ reason: NoReminderReason) -> Bool {
    switch reason {
    case .notYet, .dayOff, .mailedToday, .snoozed, .reported, .alreadySent(_, on: _, next: _?): true
    default: false
    }
  }
}

extension Planner {
  /// The answers for everything that `name` means: an item's id, a person's or a unit's name, or `report`.
  ///
  /// Empty when nothing has that name.
  public func explain(_ name: String, on day: CivilDate, after history: History) -> [Explanation] {
    builders.flatMap { builder in
      let found = builder.ledger.areas.flatMap { area in
        area.measures.flatMap { measure in
          builder.obligations(of: measure, in: area).flatMap { explain(name, $0, on: day, after: history) }
        }
      }
      return found
        + (builder.reports() + builder.summaries()).flatMap { explain(name, $0, on: day, after: history) }
    }
  }

  private func explain(
    _ name: String, _ obligation: Obligation, on day: CivilDate, after history: History
  ) -> [Explanation] {
    let answering = obligation.owners.filter { matches(name, obligation, $0.recipient) }
    let hears = obligation.escalation.contains { matches(name, obligation, $0.recipient) }
    guard hears || !answering.isEmpty else { return [] }
    let dates = dates(of: obligation, toExplainOn: day)
    let owners = answering.flatMap { owner in
      dates.map { due in
        Explanation(
          item: obligation.item, due: due, subject: obligation.subject, recipient: owner.recipient,
          route: route(to: owner, history),
          result: due.map { rule.result(of: obligation, $0, for: owner.recipient, on: day, after: history) }
            ?? .silent(rule.reasonGiven(obligation, nil, on: day) ?? .past))
      }
    }
    let others = dates.compactMap(\.self).flatMap { due in
      rule.escalations(of: obligation, due, on: day, after: history)
        .filter { matches(name, obligation, $0.target.recipient) }
        .map { target, result in
          Explanation(
            item: obligation.item, due: due, subject: obligation.subject, recipient: target.recipient,
            escalation: target.level,
            route: target.person.map { route(to: $0, history) } ?? .digest(.isContact), result: result)
        }
    }
    return owners + others
  }

  private func route(to owner: Owner, _ history: History) -> MailRoute {
    rule.routing.route(to: owner, unreachable: history.unreachable).route
  }

  private func matches(_ name: String, _ obligation: Obligation, _ recipient: Recipient) -> Bool {
    let id = obligation.item.id
    return id == name || id.hasPrefix(name + "#") || recipient.person == name || recipient.unit == name
  }

  /// Every fixed date; of rules the next one, and those that are asked for still or else the last.
  private func dates(of obligation: Obligation, toExplainOn day: CivilDate) -> [CivilDate?] {
    switch obligation.dueDates {
    case .fixed(let dates): return dates.isEmpty ? [nil] : dates
    case .rules, .reports:
      let open = rule.openPassedDates(of: obligation, on: day)
      let passed = open.isEmpty ? obligation.passedDates(before: day).suffix(1) : open[...]
      let known = passed + [obligation.nextDate(onOrAfter: day)].compactMap { $0 }
      return known.isEmpty ? [nil] : known.map { $0 }
    }
  }
}

/// Why a contact does or doesn't get a digest on a day.
public struct DigestExplanation: Sendable, Equatable {
  /// What asks for a digest, or speaks against one.
  public enum Ground: Sendable, Equatable {
    /// The week's digest, or the day's where the policy wants one every day; with so many reminders.
    case scheduled(isWeekly: Bool, reminders: Int)
    /// So many reminders go out today.
    case reminders(Int)
    /// Nothing asks for one; the week's goes out on that day.
    case nothingToSay(weekly: CivilDate)
    /// It was queued today already.
    case sentToday
    case dayOff(next: CivilDate)
  }

  /// Whose digest it is about.
  public var contact: Recipient
  /// The first that applies.
  public var ground: Ground

  /// Whether a digest goes out.
  public var sends: Bool {
    switch ground {
    case .scheduled, .reminders: true
    case .nothingToSay, .sentToday, .dayOff: false
    }
  }
}

extension DigestExplanation: CustomStringConvertible {
  /// One English sentence without a full stop.
  public var description: String {
    switch ground {
    case .scheduled(let isWeekly, let count):
      "the \(isWeekly ? "week's" : "day's") digest goes out, with \(count.counted("reminder"))"
    case .reminders(0): "a digest goes out, with what was decided, answered or changed"
    case .reminders(let count):
      "a digest goes out: there \(count == 1 ? "is" : "are") \(count.counted("reminder")) today"
    case .nothingToSay(let weekly): "no digest: nothing to say today; the week's goes out on \(weekly)"
    case .sentToday: "no digest: today's was queued already"
    case .dayOff(let next): "no digest: a day off or a quiet day; mail goes out again on \(next)"
    }
  }
}

extension Planner {
  /// Whether the contacts called `name`, or of the unit called so, get a digest on a day.
  ///
  /// - Parameter news: what else is said on one day; without it notices are left out.
  public func explainDigest(
    _ name: String, on day: CivilDate, after history: History, telling news: DayNews? = nil
  ) -> [DigestExplanation] {
    let contacts = rule.routing.contacts.sorted { $0.key < $1.key }.map(\.value.contact.recipient)
      .filter { $0.person == name || $0.unit == name }
    guard !contacts.isEmpty else { return [] }
    let plans = news?.day == day ? news?.noticesFor ?? [] : []
    let mails = plan(on: day, after: history, noticesFor: plans).mails
    return contacts.map { contact in
      let mail = mails.first { $0.recipient == contact && $0.kind != .reminders }
      return DigestExplanation(contact: contact, ground: ground(mail, contact, on: day, history))
    }
  }

  private func ground(
    _ mail: PlannedMail?, _ contact: Recipient, on day: CivilDate, _ history: History
  ) -> DigestExplanation.Ground {
    guard officeIsOpen(on: day) else { return .dayOff(next: nextOpenDay(onOrAfter: day)) }
    if let mail, case .digest(_, let isWeekly) = mail.kind {
      return isWeekly || policy.digest.isDaily
        ? .scheduled(isWeekly: isWeekly, reminders: mail.reminders.count) : .reminders(mail.reminders.count)
    }
    if let last = history.lastMail[contact], last >= day { return .sentToday }
    return .nothingToSay(weekly: nextWeeklyDigest(after: day))
  }
}
