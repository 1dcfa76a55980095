/// Why a contact does or doesn't get a digest on a day.
public struct DigestExplanation: Sendable, Equatable {
  /// Why.
  public enum Ground: Sendable, Equatable {
    /// The week's digest, or the day's where the policy wants one every day; with so many reminders.
    case scheduled(isWeekly: Bool, reminders: Int)
    /// So many reminders go out today.
    case reminders(Int)
    /// Nothing asks for one; the week's goes out on that day.
    case nothingToSay(weekly: CivilDate)
    /// It was queued today already.
    case sentToday
    /// A day off or a quiet day.
    case dayOff(next: CivilDate)
  }

  /// The contact.
  public var contact: Recipient
  /// Why.
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
      "the \(isWeekly ? "week's" : "day's") digest goes out, with \(words(count))"
    case .reminders(let count): "a digest goes out: there \(count == 1 ? "is" : "are") \(words(count)) today"
    case .nothingToSay(let weekly): "no digest: nothing to say today; the week's goes out on \(weekly)"
    case .sentToday: "no digest: today's was queued already"
    case .dayOff(let next): "no digest: a day off or a quiet day; mail goes out again on \(next)"
    }
  }

  private func words(_ count: Int) -> String { "\(count) reminder\(count == 1 ? "" : "s")" }
}

extension Planner {
  /// Whether the contacts called `name`, or of the unit called so, get a digest on a day, notices apart.
  public func explainDigest(_ name: String, on day: CivilDate, after history: History) -> [DigestExplanation]
  {
    let contacts = routes.desks.sorted { $0.key < $1.key }.map(\.value.contact.recipient)
      .filter { $0.person == name || $0.unit == name }
    guard !contacts.isEmpty else { return [] }
    let mails = plan(on: day, after: history).mails
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
    let ahead = (policy.digest.weekday.rawValue - day.weekday.rawValue + 7) % 7
    return .nothingToSay(weekly: nextOpenDay(onOrAfter: day.adding(days: ahead == 0 ? 7 : ahead)))
  }
}
