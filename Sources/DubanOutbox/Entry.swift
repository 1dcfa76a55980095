public import DubanCore

/// One mail of the outbox and its record, without its bytes.
public struct Entry: Sendable, Hashable {
  /// Its number, which people use.
  public var id: Int64
  /// What makes it unique.
  public var key: String
  /// What kind of mail it is, as the one who queued it writes it.
  public var kind: String
  /// `MAIL FROM`, without angle brackets.
  public var reversePath: String
  /// `RCPT TO`, without angle brackets.
  public var recipient: String
  /// The recipient's name.
  public var person: String
  /// The recipient's unit.
  public var unit: String
  /// The Message-ID with its angle brackets.
  public var messageID: String
  /// The subject as people read it.
  public var subject: String
  /// The day it was planned for.
  public var day: CivilDate
  /// When it was queued.
  public var queuedAt: Timestamp
  /// Its state.
  public var state: EntryState
  /// How often it was tried; counted before each attempt.
  public var attempts: Int
  /// When it is next due; nil where it is held or final.
  public var nextAttempt: Timestamp?
  /// When the last attempt began.
  public var lastAttempt: Timestamp?
  /// When it was sent or given up.
  public var endedAt: Timestamp?
  /// The relay's last answer, or ours where it said nothing.
  public var answer: String?
  /// The reply code of the last answer.
  public var code: Int?
  /// Some attempt may have arrived although nobody confirmed it: a duplicate is possible.
  public var possiblyDelivered: Bool
  /// A person dropped it: nobody needs to be notified that it failed.
  public var dropped: Bool
}

/// Everything that is known of one entry.
public struct EntryDetails: Sendable, Hashable {
  /// Its own row.
  public var entry: Entry
  /// Its attempts, oldest first.
  public var attempts: [Attempt]
  /// Its reminders, by key.
  public var reminders: [ReminderRecord]
  /// Its bytes; nil after they were purged.
  public var body: [UInt8]?
}

/// The states of an entry of the outbox.
///
/// `queued → sending → sent | deferred | failed`, and `held` by hand; ``EntryTransition`` has every step.
public enum EntryState: String, Sendable, Hashable, CaseIterable, Codable {
  /// Waits for its first attempt.
  case queued
  /// Claimed by a process that is handing it over now.
  case sending
  /// Tried without a final answer; waits for the next attempt.
  case deferred
  /// Kept back by hand until it is released.
  case held
  /// The relay took it: final.
  case sent
  /// Given up, or dropped by hand: final unless a person retries it.
  case failed
}

/// Which entries are meant; what isn't set doesn't limit.
public struct EntryFilter: Sendable, Hashable {
  /// Only these states.
  public var states: Set<EntryState>?
  /// Only mails to this person or address.
  public var to: String?
  /// Only mails that carry a reminder of an item with one of these identities.
  public var items: Set<String>?
  /// Only mails planned for this day or later.
  public var from: CivilDate?
  /// Only mails planned for this day or earlier.
  public var through: CivilDate?
  /// At most so many.
  public var limit: Int?
  /// The newest come first; otherwise in the order they were queued.
  public var newestFirst = false

  /// A filter that every entry passes.
  public init() {}

  /// The queue: everything that isn't final.
  public static var open: EntryFilter {
    var filter = EntryFilter()
    filter.states = [.queued, .sending, .deferred, .held]
    return filter
  }
}

/// One attempt to hand an entry over.
public struct Attempt: Sendable, Hashable {
  /// How an attempt ended.
  public enum Outcome: String, Sendable, Hashable, CaseIterable {
    case sent
    /// Not final; another attempt follows.
    case deferred
    /// Final refusal, or its lifetime was over.
    case failed
    /// The process was gone before it could say.
    case lost
  }

  /// Counts from 1 within its entry.
  public var number: Int
  /// When it began: before the relay was dialled.
  public var startedAt: Timestamp
  /// When it ended; nil while it is under way.
  public var endedAt: Timestamp?
  /// How it ended; nil while it is under way.
  public var outcome: Outcome?
  /// The relay's answer, or ours where it said nothing.
  public var answer: String?
  /// The reply code of the answer.
  public var code: Int?
  /// It may have arrived although nobody confirmed it.
  public var possiblyDelivered: Bool
}

extension Entry {
  init(_ row: ResultRow) throws {
    self.init(
      id: row["id"], key: row["key"], kind: row["kind"], reversePath: row["reversePath"],
      recipient: row["recipient"],
      person: row["person"], unit: row["unit"], messageID: row["messageID"], subject: row["subject"],
      day: try row.day("day"), queuedAt: Timestamp(seconds: row["queuedAt"]),
      state: try row.value("state"), attempts: row["attempts"], nextAttempt: row.moment("nextAttempt"),
      lastAttempt: row.moment("lastAttempt"), endedAt: row.moment("endedAt"), answer: row["answer"],
      code: row["code"], possiblyDelivered: row["possiblyDelivered"], dropped: row["dropped"])
  }
}

extension Attempt {
  init(_ row: ResultRow) throws {
    self.init(
      number: row["number"], startedAt: Timestamp(seconds: row["startedAt"]), endedAt: row.moment("endedAt"),
      outcome: try row.optionalValue("outcome"), answer: row["answer"], code: row["code"],
      possiblyDelivered: row["possiblyDelivered"])
  }
}

/// What an event does to an entry: the one place that decides it.
public enum EntryTransition: Sendable, Hashable {
  /// The entry is in this state afterwards, which may be the one it was in.
  case to(EntryState)
  /// The event can't happen in this state; the words say why and what to do, for a person.
  case refused(String)

  /// What `event` does to an entry in `state`. Pure: the same arguments always give the same answer.
  public static func of(_ state: EntryState, _ event: EntryEvent) -> EntryTransition {
    switch event {
    case .claimed: claim(state)
    case .givenBack(let before): state == .sending ? .to(before) : .refused("no attempt is under way")
    case .verdict(let verdict):
      state == .sending ? .to(after(verdict)) : .refused("no attempt is under way")
    case .lateVerdict(let verdict): late(state, verdict)
    case .leaseLost: state == .sending ? .to(.deferred) : .refused("no attempt is under way")
    case .hold: hold(state)
    case .release: state == .held ? .to(.queued) : .refused("it isn't held")
    case .retryByHand: retry(state)
    case .takenBack: .to(state == .failed ? .queued : state)
    case .drop: drop(state)
    }
  }

  private static func claim(_ state: EntryState) -> EntryTransition {
    switch state {
    case .queued, .deferred: .to(.sending)
    case .sending: .refused("another attempt is under way")
    case .held: .refused("it is held; release it first")
    case .sent: .refused("it has been sent")
    case .failed: .refused("it has been given up; retry it by hand")
    }
  }

  private static func after(_ verdict: DeliveryVerdict.EntryAction) -> EntryState {
    switch verdict {
    case .sent: .sent
    case .retry: .deferred
    case .giveUp: .failed
    }
  }

  /// Only an acceptance counts once the lease is lost: sending again what the relay has taken helps nobody.
  private static func late(_ state: EntryState, _ verdict: DeliveryVerdict.EntryAction) -> EntryTransition {
    switch (verdict, state) {
    case (.sent, .sending): .to(.sending)
    case (.sent, _): .to(.sent)
    case (.retry, _), (.giveUp, _): .to(state)
    }
  }

  private static func hold(_ state: EntryState) -> EntryTransition {
    switch state {
    case .queued, .deferred: .to(.held)
    case .sending: .refused("an attempt is under way; hold it afterwards if it was deferred")
    case .held: .refused("it is held already")
    case .sent: .refused("it has been sent")
    case .failed: .refused("it has been given up")
    }
  }

  private static func retry(_ state: EntryState) -> EntryTransition {
    switch state {
    case .queued: .to(.queued)
    case .deferred: .to(.deferred)
    case .failed: .to(.queued)
    case .sending: .refused("an attempt is under way")
    case .held: .refused("it is held; release it first")
    case .sent: .refused("it has been sent, and is never sent twice on purpose")
    }
  }

  private static func drop(_ state: EntryState) -> EntryTransition {
    switch state {
    case .queued, .deferred, .held: .to(.failed)
    case .sending: .refused("an attempt is under way; drop it afterwards if it was deferred")
    case .sent: .refused("it has been sent")
    case .failed: .refused("it has been given up already")
    }
  }
}

/// What can happen to an entry.
public enum EntryEvent: Sendable, Hashable {
  /// A process takes it to hand it over.
  case claimed
  /// The process that took it gives it back without having tried: it has the state it had before.
  case givenBack(to: EntryState)
  /// The attempt of the process that holds the lease has ended.
  case verdict(DeliveryVerdict.EntryAction)
  /// An attempt has ended after its lease was lost and the entry went on without it.
  case lateVerdict(DeliveryVerdict.EntryAction)
  /// The process that was handing it over is gone, and nobody knows how far it got.
  case leaseLost
  /// A person keeps it back.
  case hold
  /// A person lets a held entry go on.
  case release
  /// It was given up for a refusal that turned out to be about us.
  case takenBack
  /// A person wants it tried at once.
  case retryByHand
  /// A person doesn't want it sent.
  case drop
}
