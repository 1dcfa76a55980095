public import Dispatch
import DubanCore
public import DubanInbox
public import DubanOutbox
import Synchronization

/// One look into a mailbox: fetch → classify → record. May be repeated at any time: what was recorded isn't looked at
/// again, and a message and what follows from it are recorded together.
public struct InboxLook: Sendable {
  /// What a look did.
  public struct Summary: Sendable, Hashable {
    /// Its name in the state: account, server and folder.
    public var mailbox: String
    /// How many messages were looked at.
    public var messages = 0
    /// How many of them led to something.
    public var effects = 0
    /// Whether there are more messages than are looked at at a time.
    public var hasMore = false
    /// Why it ended early; nil where it didn't.
    public var failure: String?
    /// Why the state didn't take messages, which are left to a person.
    public var refusals: [String] = []
    /// Why a ledger that came by mail isn't in its file; nil where it is.
    public var ledgerFailure: String?
    /// Whether the login was refused: each further try makes it worse.
    public var isLoginRefused = false
    /// Whether the server tells of new messages.
    public var offersIdle = false
    /// The number that the next message will have, where the server tells.
    public var nextUID: UInt32?
  }

  /// Which account on which server is read.
  public let mailbox: Mailbox
  let active: ActiveConfiguration
  let outbox: Outbox
  let clock: Clock
  private let host: Host?

  /// A look by what is in force; on one of several hosts it happens while no other host looks.
  public init(
    _ mailbox: Mailbox, _ active: ActiveConfiguration, _ outbox: Outbox, clock: Clock, host: Host? = nil
  ) {
    (self.mailbox, self.active, self.outbox, self.clock) = (mailbox, active, outbox, clock)
    self.host = host
  }

  /// Looks at what is new, so much at a time; ends early when the flag is raised.
  public func run(until stop: StopFlag) throws(OutboxError) -> Summary {
    guard let host else { return try run(outbox, until: stop) }
    let look = { (outbox: Outbox) throws(OutboxError) -> Summary in try run(outbox, until: stop) }
    if let summary = try host.reading(mailbox.key, look) { return summary }
    var summary = Summary(mailbox: mailbox.key)
    // What the other host has read.
    try writeLedger(&summary)
    return summary
  }

  private func run(_ outbox: Outbox, until stop: StopFlag) throws(OutboxError) -> Summary {
    var summary = Summary(mailbox: mailbox.key)
    let record = MailboxRecord(outbox: outbox, mailbox: mailbox.key)
    do throws(OutboxError) { try read(outbox, record, &summary, until: stop) } catch {
      // Where the state takes nothing at all, neither does it take this.
      try failed("\(error)", record, &summary)
    }
    return summary
  }

  private func read(
    _ outbox: Outbox, _ record: MailboxRecord, _ summary: inout Summary, until stop: StopFlag
  ) throws(OutboxError) {
    // What a look recorded before a crash.
    try writeLedger(&summary)
    let (connection, folder): (MailboxConnection, MailboxConnection.Folder)
    do throws(MailboxError) {
      connection = try MailboxConnection(mailbox)
      folder = try connection.open()
    } catch {
      summary.isLoginRefused = error.step == .login
      return try failed(error.description, record, &summary)
    }
    defer { connection.close() }
    (summary.offersIdle, summary.nextUID) = (connection.offersIdle, folder.nextUID)
    let now = clock.now()
    let place = try outbox.openMailbox(
      mailbox.key, uidValidity: Int64(folder.uidValidity), since: mailbox.since ?? active.zone.day(of: now),
      isChosen: mailbox.since != nil, at: now)
    let uids: [UInt32]
    do throws(MailboxError) {
      uids = try connection.uids(after: place.lastUID == 0 ? nil : UInt32(place.lastUID), since: place.since)
    } catch { return try failed(error.description, record, &summary) }
    let intake = Intake(active: active, outbox: outbox, mailbox: mailbox)
    // What leads to nothing is recorded together with what comes behind it: read twice after a crash, it does no harm.
    var passed: IncomingMail?
    // Why messages stay where they are; they are read all the same.
    var refusal: MailboxError?
    summary.hasMore = uids.count > mailbox.limits.messages
    for uid in uids.prefix(mailbox.limits.messages) where !stop.isRaised {
      let fetched: MailboxConnection.Fetched?
      var incoming = IncomingMail(mailbox: mailbox.key, uid: Int64(uid), digest: "", at: clock.now())
      do throws(MailboxError) { fetched = try connection.message(uid) } catch {
        if let passed { _ = try outbox.record(passed) }
        if try record.isStuck(at: uid, clock.now()) {
          // The connection may be over; the next look goes on behind this one.
          _ = try outbox.record(intake.unreadable(uid, at: clock.now()))
        }
        return try failed(error.description, record, &summary)
      }
      summary.messages += 1
      do throws(OutboxError) {
        if let fetched { incoming = try intake.incoming(fetched, at: clock.now()) }
        passed = incoming.kind.isEmpty ? incoming : nil
        guard passed == nil else { continue }
        if try outbox.record(incoming) { summary.effects += 1 }
      } catch .notAllowed(let why) {
        // It would be refused at each look.
        _ = try outbox.record(intake.unreadable(uid, fetched?.bytes, at: clock.now()))
        summary.refusals.append(why)
        continue
      }
      // Recorded first: what a crash leaves in the folder was seen to all the same.
      if let target = mailbox.moveTo, refusal == nil {
        do throws(MailboxError) { try connection.move(uid, to: target) } catch { refusal = error }
      }
    }
    if let passed { _ = try outbox.record(passed) }
    if let refusal { return try failed(refusal.description, record, &summary) }
    try record.succeeded(at: clock.now())
    try writeLedger(&summary)
  }

  /// Puts a ledger that came by mail in its file, from where it is read like one that was edited by hand.
  private func writeLedger(_ summary: inout Summary) throws(OutboxError) {
    guard active.configuration.answers.takesLedger else { return }
    summary.ledgerFailure = try LedgerByMail(active, outbox).writePending()
  }

  private func failed(
    _ why: String, _ record: MailboxRecord, _ summary: inout Summary
  ) throws(OutboxError) {
    summary.failure = why
    try record.failed(why, at: clock.now())
  }
}

/// What the state remembers of looks that failed, for `duban status`.
struct MailboxRecord {
  /// A message that can't be fetched so many times in a row is left to a person; the ones behind it are read.
  private static let mostTries = 3

  let outbox: Outbox
  let mailbox: String

  private var failureKey: String { "inbox/failure/\(mailbox)" }
  private var stuckKey: String { "inbox/stuck/\(mailbox)" }

  func succeeded(at now: Timestamp) throws(OutboxError) {
    try outbox.forget([failureKey, stuckKey])
    try outbox.closeMailbox(mailbox, at: now)
  }

  /// Since when it fails stays as it was.
  func failed(_ why: String, at now: Timestamp) throws(OutboxError) {
    let since = try failure()?.at ?? now
    try outbox.remember(failureKey, why, at: since)
  }

  /// Why the mailbox can't be read, and since when; nil where it could be the last time.
  func failure() throws(OutboxError) -> Fact? { try outbox.fact(failureKey) }

  /// Notes that a message couldn't be fetched; whether that was the last try.
  func isStuck(at uid: UInt32, _ now: Timestamp) throws(OutboxError) -> Bool {
    let parts = (try outbox.fact(stuckKey)?.value ?? "").split(separator: " ").compactMap { Int($0) }
    let tries = (parts.first == Int(uid) ? parts.last ?? 0 : 0) + 1
    try outbox.remember(stuckKey, "\(uid) \(tries)", at: now)
    return tries >= Self.mostTries
  }
}

/// Waits for mail in a mailbox whose server tells of it (IDLE, RFC 2177), over a connection of its own.
///
/// It only ever brings the next look forward: where it ends, the looks go on by the clock, and say what is wrong.
struct MailboxWatch: Sendable {
  enum End: Sendable { case mail, nothing, failure }

  /// Servers may end a conversation that is silent for half an hour (RFC 2177).
  private static let longest = 25 * 60 * 1_000

  private var mailbox: Mailbox
  /// The number that the next message will have, as the last look heard: what came since needs no waiting.
  private let nextUID: UInt32?

  init(_ mailbox: Mailbox, nextUID: UInt32?) {
    (self.mailbox, self.nextUID) = (mailbox, nextUID)
    self.mailbox.moveTo = nil
  }

  func wait() -> End {
    do throws(MailboxError) {
      let connection = try MailboxConnection(mailbox)
      defer { connection.close() }
      let folder = try connection.open()
      if let next = folder.nextUID, let nextUID, next > nextUID { return .mail }
      return try connection.waitForNews(in: folder, Self.longest) ? .mail : .nothing
    } catch { return .failure }
  }
}

/// Looks into the service's mailboxes when their time has come, and at once where a server tells of mail.
///
/// All of it happens on a queue of its own, where a look that is slow holds up the other mailboxes alone. Hence
/// `@unchecked Sendable`. A look that is under way when the service ends is left alone: what it recorded is whole, and
/// the rest is there the next time.
final class MailboxReader: @unchecked Sendable {
  /// Seconds: mails seldom come alone, and a server may tell of none for ever.
  private static let waitAfterNews: Int64 = 2
  /// Seconds: each try with a wrong password prolongs the lock.
  private static let waitAfterRefusedLogin: Int64 = 3600

  private let queue = DispatchQueue(label: "duban.inbox")
  private let context: ServiceContext
  private let stop: StopFlag
  private let ended: @Sendable (Result<InboxLook.Summary, OutboxError>) -> Void
  private var looks: [InboxLook] = []
  /// By mailbox, when it is looked into next; the others at once.
  private var nextLooks: [String: Timestamp] = [:]
  /// The mailboxes whose servers tell of mail, and are listened to.
  private var waiting: Set<String> = []
  private var timer: WallTimer?

  /// A reader that tells `ended` what came of each look; it looks at nothing once `stop` is raised.
  init(
    _ context: ServiceContext, until stop: StopFlag,
    _ ended: @escaping @Sendable (Result<InboxLook.Summary, OutboxError>) -> Void
  ) {
    (self.context, self.stop, self.ended) = (context, stop, ended)
    timer = WallTimer(queue: queue) { [weak self] in self?.read() }
  }

  deinit { timer?.cancel() }

  /// Goes by what is in force now, for the looks to come.
  func go(by active: ActiveConfiguration) { queue.async { self.looks = self.context.looks(active) } }

  /// Looks into every mailbox now.
  func readAll(by active: ActiveConfiguration) {
    queue.async {
      self.looks = self.context.looks(active)
      self.nextLooks = [:]
      self.read()
    }
  }

  private func read() {
    dispatchPrecondition(condition: .onQueue(queue))
    guard !stop.isRaised else { return }
    for look in looks where !stop.isRaised {
      let mailbox = look.mailbox
      guard nextLooks[mailbox.key].map({ $0 <= context.clock.now() }) ?? true else { continue }
      let result = Result { () throws(OutboxError) in try look.run(until: stop) }
      var wait = Int64(mailbox.every)
      if case .success(let summary) = result {
        if summary.hasMore { wait = Self.waitAfterNews }
        if summary.isLoginRefused { wait = max(wait, Self.waitAfterRefusedLogin) }
        if summary.offersIdle, summary.failure == nil { waitForMail(mailbox, nextUID: summary.nextUID) }
      }
      nextLooks[mailbox.key] = context.clock.now().adding(seconds: wait)
      ended(result)
    }
    sleep()
  }

  /// Waits beside the looks where the server tells of mail: a thread for each such mailbox, which ends with the process.
  private func waitForMail(_ mailbox: Mailbox, nextUID: UInt32?) {
    guard waiting.insert(mailbox.key).inserted else { return }
    let watch = MailboxWatch(mailbox, nextUID: nextUID)
    DispatchQueue(label: "duban.inbox.wait").async { [weak self] in
      let end = watch.wait()
      guard let self else { return }
      queue.async { self.waited(for: mailbox, end, nextUID: nextUID) }
    }
  }

  private func waited(for mailbox: Mailbox, _ end: MailboxWatch.End, nextUID: UInt32?) {
    dispatchPrecondition(condition: .onQueue(queue))
    waiting.remove(mailbox.key)
    guard !stop.isRaised, looks.contains(where: { $0.mailbox.key == mailbox.key }) else { return }
    switch end {
    case .mail:
      nextLooks[mailbox.key] = context.clock.now().adding(seconds: Self.waitAfterNews)
      sleep()
    case .nothing: waitForMail(mailbox, nextUID: nextUID)
    case .failure: break
    }
  }

  private func sleep() {
    let now = context.clock.now()
    let next = looks.map { nextLooks[$0.mailbox.key] ?? now }.min()
    if let next { timer?.set(to: next, now: now) }
  }
}

/// The looks into the mailboxes of `duban run --once`, beside the planning and the delivery: a mailbox that is huge, silent
/// or slow keeps no mail.
public final class LooksBeside: Sendable {
  private let results = Mutex<[InboxLook.Summary]>([])
  private let stop = StopFlag()
  private let group = DispatchGroup()

  /// Begins these looks, one after another.
  public init(_ looks: [InboxLook]) {
    let queue = DispatchQueue(label: "duban.inbox.beside")
    for look in looks {
      queue.async(group: group) { [self] in
        var summary = InboxLook.Summary(mailbox: look.mailbox.key)
        do throws(OutboxError) { summary = try look.run(until: stop) } catch { summary.failure = "\(error)" }
        results.withLock { [summary] in $0.append(summary) }
      }
    }
  }

  /// What came of the looks that have ended since it was asked last; waits for the rest until a moment.
  public func ended(by deadline: DispatchTime) -> [InboxLook.Summary] {
    _ = group.wait(timeout: deadline)
    return results.withLock { all in
      defer { all = [] }
      return all
    }
  }

  /// Has what is still under way end after the message in hand, and waits no longer for it than until a moment. What it
  /// recorded is whole, and the rest is there the next time.
  public func end(by deadline: DispatchTime) -> [InboxLook.Summary] {
    stop.raise()
    return ended(by: deadline)
  }
}
