public import DubanCore
import DubanInbox
public import DubanOutbox

/// The service's status, worked out from its files: true also when it isn't running.
public struct Status: Sendable {
  /// When the plan is looked at next.
  public var nextPass: Timestamp
  /// When the plan was last looked at; nil where it never was.
  public var lastPass: Timestamp?
  /// The day of the contact's last scheduled digest; with several contacts, the oldest of theirs.
  public var lastDigest: CivilDate?
  /// What waits.
  public var backlog: Backlog
  /// The relay's closure, if it takes nothing for now.
  public var relay: Closure?
  /// What went wrong last with a mail that hasn't gone out since.
  public var lastError: LastError?
  /// Since when the oldest mail waits that found no relay to talk to; nil where there is none.
  public var unreachableSince: Timestamp?
  /// When the service read the files that it goes by; nil where it never ran.
  public var inForceSince: Timestamp?
  /// The ledgers, one line each.
  public var ledgers: [String]
  /// What needs a person; empty when all is well.
  public var problems: [String]
  /// When each mailbox of `inbox:` was last read to its end, the oldest; nil where one never was, or none is read.
  public var lastInboxLook: Timestamp?
  /// The same, and of a mailbox that never could be opened since when it fails; nil where a first look is still to come.
  public var inboxSilentSince: Timestamp?
  /// Who is away and which mails are delayed, as mail systems say.
  public var notes: [String] = []
  /// How many answers wait for a decision.
  public var openProposals = 0
  /// The hosts that share the state, by name; empty where there is one.
  public var hosts: [Presence] = []
  /// What is worth a look and stops nothing: the warnings of the files in force.
  public var warnings: [String]

  /// Whether nothing keeps mail from the relay, as far as is known.
  public var reachesRelay: Bool { relay == nil && unreachableSince == nil && !takesNone }
  /// Whether mail has waited for long and the relay has taken none since.
  private var takesNone = false

  /// One of the hosts that share the state.
  public struct Presence: Sendable, Equatable {
    /// The machine's name (gethostname(2)).
    public var name: String
    /// Whether its service runs, as far as its lease tells.
    public var runs: Bool
    /// Whether it holds the lease for planning.
    public var plans: Bool
    /// Seconds since it last gave a sign.
    public var age: Int64

    /// Whether nothing about it changed but its age.
    func isLike(_ other: Presence) -> Bool { (name, runs, plans) == (other.name, other.runs, other.plans) }
  }

  /// Why nothing goes to the relay.
  public struct Closure: Sendable, Equatable {
    /// Whether authentication was refused; otherwise the relay asked for patience.
    public var isStopped: Bool
    /// Nothing goes out before.
    public var until: Timestamp
    /// The relay's words.
    public var reason: String
  }

  /// What went wrong with a mail.
  public struct LastError: Sendable, Equatable {
    /// The mail's entry.
    public var entry: Int64
    /// When the attempt began.
    public var at: Timestamp
    /// The relay's answer, or ours where it said nothing.
    public var answer: String
  }

  /// Two weekly digests missed and a holiday week between: something is wrong for sure.
  static let digestOverdueDays = 16
  /// A start, or a long mail in flight, may hold a look up for that many seconds; so may a timer that calls
  /// `duban run --once` a little later.
  static let lookOverdueSeconds: Int64 = 3600
  /// A relay that is restarted or moved is back after that many seconds.
  static let unreachableSeconds: Int64 = 3600

  /// A host that is gone for so many seconds was taken out of service for good.
  static let missingHostSeconds: Int64 = 30 * 86_400

  /// The status at a moment.
  ///
  /// - Parameter errors: what is wrong with the files as they are now, where the service goes by what it read before.
  public init(
    _ active: ActiveConfiguration, _ outbox: Outbox, errors: [Diagnostic], now: Timestamp
  ) throws(OutboxError) {
    let record = ServiceRecord(outbox: outbox)
    let zone = active.zone
    let today = zone.day(of: now)
    nextPass = NextRun.after(now, active)
    backlog = try outbox.backlog()
    ledgers = active.ledgers.map { "\($0.plan.title): \($0.counts)" }
    problems = []
    warnings = []
    let lastMails = try outbox.lastMailDays(kinds: [MailKind.scheduled])
    let contacts = active.ledgers.map(\.plan.contact)
    let digests = contacts.map { contact in
      lastMails.first { $0.person == contact.person && $0.unit == contact.unit }?.day
    }
    lastDigest = digests.contains(nil) ? nil : digests.compactMap { $0 }.min()
    if let lastDigest, today.days(since: lastDigest) > Self.digestOverdueDays {
      problems.append("the contact's last digest was on \(lastDigest): is the service running?")
    }
    inForceSince = try record.inForceSince()
    problems += try Self.refused(errors, record, zone)
    let look = try record.lastLook()
    lastPass = look?.at
    problems += try Self.missed(look, record, now: now, zone)
    if let state = try outbox.relayState(), let until = state.closedUntil(now) {
      let isStopped = state.stoppedUntil.map { $0 > now } ?? false
      relay = Closure(isStopped: isStopped, until: until, reason: state.reason)
      backlog.nextAttempt = backlog.nextAttempt.map { max($0, until) }
      problems.append(
        "the relay is \(isStopped ? "stopped until a reload, or" : "paused until") \(zone.iso8601(until)): "
          + state.reason)
    }
    try readErrors(outbox)
    if let since = unreachableSince, now.seconds - since.seconds > Self.unreachableSeconds, relay == nil {
      problems.append(
        "mail has waited since \(zone.iso8601(since)) because the relay can't be reached: "
          + "\(lastError?.answer ?? "no answer"); see `duban doctor`")
    } else if let since = backlog.waitingSince, now.seconds - since.seconds > Self.unreachableSeconds,
      relay == nil,
      try !outbox.hasSent(since: since)
    {
      takesNone = true
      problems.append(
        "mail has waited since \(zone.iso8601(since)), and the relay has taken none since: "
          + "\(lastError?.answer ?? "it wasn't tried"); see `duban doctor`")
    }
    let mailboxes = active.configuration.inboxes.map(\.mailbox.key)
    let looks = try outbox.mailboxes().filter { mailboxes.contains($0.key) }
    lastInboxLook = looks.count == mailboxes.count ? looks.map(\.lookedAt).min() : nil
    inboxSilentSince = try Self.silentSince(of: mailboxes, looks, outbox)
    notes = try NotedMails.current(active, outbox, now: now).map { NotedMails.line($0, zone) }
    hosts = try Host.all(outbox)
    if hosts.contains(where: \.runs), !hosts.contains(where: \.plans) {
      problems.append(
        "no host plans: this ends by itself within a minute, or the services can't reach the database")
    }
    for host in hosts where !host.runs && host.age < Self.missingHostSeconds {
      problems.append("the service of \(host.name) hasn't given a sign for \(host.age) seconds")
    }
    openProposals = try outbox.proposals().count
    problems += try Self.unread(mailboxes, outbox, now: now, zone)
    problems += try outbox.unreadMessages().map { mailbox, uid, proposal in
      "message \(uid) of the mailbox \(mailbox) can't be read: somebody has to look for it there, and then "
        + "`duban inbox accept \(proposal)`"
    }
    problems += try Self.undelivered(outbox, contacts, besides: relay?.reason)
    problems += try Self.unreachable(outbox, contacts, zone)
    if let oldest = backlog.oldest, now.seconds - oldest.seconds > 86_400 {
      problems.append("the oldest mail has waited since \(zone.iso8601(oldest))")
    }
    warnings += active.warnings.map(\.description)
  }

  /// Whether a service is seen to run, on any host.
  public static func serviceIsRunning(_ outbox: Outbox) throws(OutboxError) -> Bool {
    if try ServiceRecord(outbox: outbox).isRunning() { return true }
    return try Host.all(outbox).contains(where: \.runs)
  }

  /// The files as they are don't read: says what is in force instead.
  private static func refused(
    _ errors: [Diagnostic], _ record: ServiceRecord, _ zone: Zone
  ) throws(OutboxError) -> [String] {
    guard !errors.isEmpty else { return [] }
    var lines = errors.map(\.description)
    if let since = try record.inForceSince() {
      let seen = try record.refusedSince().map { "the service refused the files at \(zone.iso8601($0))" }
      lines.append(
        "\(seen ?? "no service has read the files yet"); what it read at \(zone.iso8601(since)) stays in force"
      )
    }
    return lines
  }

  /// The service isn't there, or hasn't done what it should.
  private static func missed(
    _ look: ServiceRecord.Look?, _ record: ServiceRecord, now: Timestamp, _ zone: Zone
  ) throws(OutboxError) -> [String] {
    var problems: [String] = []
    switch try record.absence() {
    case .ended(let at): problems.append("the service was ended at \(zone.iso8601(at)) and doesn't run")
    case .vanished(let started):
      problems.append("the service that was started at \(zone.iso8601(started)) doesn't run any more")
    case nil: break
    }
    guard let look else {
      // A service looks as soon as it has its files.
      if let since = try record.inForceSince(), now.seconds - since.seconds > lookOverdueSeconds {
        problems.append(
          "the plan was never looked at since \(zone.iso8601(since)); the journal has the reason")
      }
      return problems
    }
    if now.seconds - look.next.seconds > lookOverdueSeconds {
      problems.append(
        "the plan was last looked at at \(zone.iso8601(look.at)), and should have been at "
          + "\(zone.iso8601(look.next)): is the service running?")
    }
    if look.failures > 0 {
      problems.append("\(look.failures) mails can't be composed; the journal has the reasons")
    }
    return problems
  }

  private mutating func readErrors(_ outbox: Outbox) throws(OutboxError) {
    var filter = EntryFilter()
    filter.states = [.deferred, .failed]
    var (last, unreachable): (LastError?, Timestamp?) = (nil, nil)
    try outbox.forEachEntry(filter) { entry in
      guard !entry.dropped, let at = entry.lastAttempt, let answer = entry.answer else { return }
      if last.map({ $0.at <= at }) ?? true { last = LastError(entry: entry.id, at: at, answer: answer) }
      if entry.state == .deferred, entry.code == nil, !entry.possiblyDelivered {
        unreachable = min(unreachable ?? entry.queuedAt, entry.queuedAt)
      }
    }
    (lastError, unreachableSince) = (last, unreachable)
  }

  private static func silentSince(
    of mailboxes: [String], _ looks: [MailboxPlace], _ outbox: Outbox
  ) throws(OutboxError) -> Timestamp? {
    var oldest: Timestamp?
    for mailbox in mailboxes {
      let failed = try MailboxRecord(outbox: outbox, mailbox: mailbox).failure()?.at
      guard let last = looks.first(where: { $0.key == mailbox })?.lookedAt ?? failed else { return nil }
      oldest = min(oldest ?? last, last)
    }
    return oldest
  }

  /// Mailboxes that can't be read: at once where the login is refused, else after the time that a server may be away.
  private static func unread(
    _ mailboxes: [String], _ outbox: Outbox, now: Timestamp, _ zone: Zone
  ) throws(OutboxError) -> [String] {
    var problems: [String] = []
    for mailbox in mailboxes {
      guard let failure = try MailboxRecord(outbox: outbox, mailbox: mailbox).failure() else { continue }
      let isLogin = failure.value.hasPrefix("\(MailboxError.Step.login):")
      guard isLogin || now.seconds - failure.at.seconds > unreachableSeconds else { continue }
      problems.append(
        "the mailbox \(mailbox) can't be read since \(zone.iso8601(failure.at)): \(failure.value); see `duban doctor`"
      )
    }
    return problems
  }

  /// Addresses that were refused for good. The contact's own is the worst: nobody would hear of the others.
  private static func unreachable(
    _ outbox: Outbox, _ contacts: [Contact], _ zone: Zone
  ) throws(OutboxError) -> [String] {
    let own = Set(contacts.map { $0.email.lowercased() })
    return try outbox.badRecipients().map { bad in
      let who = own.contains(bad.address.lowercased()) ? "the contact's own address " : "the address "
      return "\(who)\(bad.address) was refused for good at \(zone.iso8601(bad.since)): \(bad.answer); "
        + "correct it in the ledger, or `duban queue forgive \(bad.address)`"
    }
  }

  /// A failed mail to the contact is the worst: nobody else would hear of it.
  private static func undelivered(
    _ outbox: Outbox, _ contacts: [Contact], besides reason: String?
  ) throws(OutboxError) -> [String] {
    try outbox.undelivered().filter { $0.state == .failed || $0.answer != reason }.map { entry in
      let isContact = contacts.contains { $0.email == entry.recipient }
      let what = entry.state == .failed ? "was given up" : "is refused and tried again"
      return "entry \(entry.id) of \(entry.day) \(what)\(isContact ? ", to the contact itself" : ""): "
        + (entry.answer ?? "no answer")
    }
  }
}

extension Status {
  /// One line for `systemctl status`: the next look, what waits, what needs a person.
  func line(sent: Int, _ zone: Zone) -> String {
    var parts = [
      "next look at the plan \(zone.iso8601(nextPass))", "\(sent) sent since the start",
      "\(backlog.open) waiting",
    ]
    if let problem = problems.first {
      let more = problems.count > 1 ? " (and \(problems.count - 1) more: see `duban status`)" : ""
      parts.append("problem: \(problem)\(more)")
    } else if let lastError {
      parts.append("last error: \(lastError.answer)")
    }
    return parts.joined(separator: "; ")
  }
}

/// What the service leaves in the state for `duban status`, which can't ask it: since when it goes by the files as they
/// were, since when it refuses them as they are, whether it runs, and when it looked at the plan.
struct ServiceRecord {
  private static let acceptedKey = "service/in-force"
  private static let refusedKey = "service/refused"
  private static let lookKey = "service/look"

  let outbox: Outbox

  /// Each host's own, where there are several.
  private var processKey: String { "service/process" + (outbox.isShared ? "/\(Host.machine)" : "") }

  /// The files were read and are in force.
  func accepted(at now: Timestamp) throws(OutboxError) {
    try outbox.change([Self.acceptedKey: "", Self.refusedKey: nil], at: now)
  }

  /// The files don't read; what was in force stays in force.
  func refused(at now: Timestamp) throws(OutboxError) {
    _ = try outbox.rememberOnce(Self.refusedKey, "", at: now)
  }

  /// When the files that are in force were read; nil where no service ever ran.
  func inForceSince() throws(OutboxError) -> Timestamp? { try outbox.fact(Self.acceptedKey)?.at }

  /// When the service first refused the files as they are; nil where it goes by the latest.
  func refusedSince() throws(OutboxError) -> Timestamp? { try outbox.fact(Self.refusedKey)?.at }

  /// This process is the service from now on.
  func started(at now: Timestamp) throws(OutboxError) {
    try outbox.remember(processKey, try ProcessIdentity.current().description, at: now)
  }

  /// The service has ended because it was asked to.
  func ended(at now: Timestamp) throws(OutboxError) { try outbox.remember(processKey, "", at: now) }

  /// Why no service runs where one did.
  enum Absence: Equatable {
    /// It was asked to end.
    case ended(Timestamp)
    /// It started then, and is gone without a word.
    case vanished(started: Timestamp)
  }

  /// Why no service runs; nil where one does, none ever did, or it can't be seen from here.
  func absence() throws(OutboxError) -> Absence? {
    guard let fact = try outbox.fact(processKey) else { return nil }
    guard let process = ProcessIdentity(fact.value) else { return .ended(fact.at) }
    return process.liveness(seenBy: try ProcessIdentity.current()) == .dead
      ? .vanished(started: fact.at) : nil
  }

  /// Whether the service is seen to run.
  func isRunning() throws(OutboxError) -> Bool {
    guard let fact = try outbox.fact(processKey), let process = ProcessIdentity(fact.value) else {
      return false
    }
    return process.liveness(seenBy: try ProcessIdentity.current()) == .alive
  }

  struct Look: Equatable {
    var at: Timestamp
    var next: Timestamp
    /// How many mails couldn't be composed.
    var failures: Int
  }

  /// The plan was looked at, and what was due is queued.
  func looked(_ look: Look) throws(OutboxError) {
    try outbox.remember(Self.lookKey, "\(look.next.seconds) \(look.failures)", at: look.at)
  }

  /// The last look at the plan; nil where there was none.
  func lastLook() throws(OutboxError) -> Look? {
    guard let fact = try outbox.fact(Self.lookKey) else { return nil }
    let numbers = fact.value.split(separator: " ").compactMap { Int64($0) }
    guard numbers.count == 2 else { return nil }
    return Look(at: fact.at, next: Timestamp(seconds: numbers[0]), failures: Int(numbers[1]))
  }
}
