public import Dispatch
public import DubanCore
public import DubanOutbox
import Glibc
import Synchronization

/// This process as one of the hosts that share a PostgreSQL: which of them plans, and what each has to say of itself.
///
/// Where the state is an SQLite file there is one host, which plans.
public final class Host: Sendable {
  /// The lease of the one that plans.
  static let planning = "planning"
  /// What the leases begin with by which hosts show that they run.
  static let presence = "service/"
  /// What the facts begin with that hold each host's digest of its ledgers.
  static let digests = "host/ledgers/"
  /// Seconds between two times that the leases are prolonged, and that others' are looked at: what has run out is
  /// taken over within so many seconds more.
  static let heartbeat = 8

  /// The machine's name.
  public let name: String
  private let holder: String
  private let outbox: Outbox
  private let planningLease = Mutex<Lease?>(nil)
  /// The leases of the mailboxes that are being read.
  private let readings = Mutex<Set<String>>([])

  /// This process on that state.
  public init(_ outbox: Outbox, name: String = Host.machine) throws(OutboxError) {
    (self.outbox, self.name) = (outbox, name)
    // A process that was started anew is another holder: what the one before it still does is refused.
    holder = "\(name) \(try ProcessIdentity.current())"
  }

  /// The machine's name (gethostname(2)).
  public static var machine: String {
    var buffer = [CChar](repeating: 0, count: 256)
    gethostname(&buffer, buffer.count - 1)
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// The name in what ``Lease/holder`` says.
  static func name(_ holder: String) -> String { String(holder.prefix { $0 != " " }) }

  /// Shows that this host runs, takes or prolongs the right to plan, and prolongs that to read mailboxes. Returns whether
  /// it plans.
  @discardableResult public func renew() throws(OutboxError) -> Bool {
    if outbox.isShared { try outbox.takeAnyway(Self.presence + name, as: holder) }
    for name in readings.withLock({ $0 }) { _ = try outbox.take(name, as: holder) }
    let taken = try outbox.take(Self.planning, as: holder)
    planningLease.withLock { $0 = taken }
    return taken != nil
  }

  /// The outbox for what only the host that plans may write; nil on the others.
  public var planner: Outbox? { planningLease.withLock { $0 }.map(outbox.holding) }

  /// Looks into a mailbox, which one host at a time may; nil while another does. `look` gets the outbox for it, and may take
  /// its time: a server that is slow, or a large mail, mustn't cost the lease.
  func reading<Value>(
    _ mailbox: String, _ look: (Outbox) throws(OutboxError) -> Value
  ) throws(OutboxError) -> Value? {
    let name = "inbox/\(mailbox)"
    guard let lease = try outbox.take(name, as: holder) else { return nil }
    _ = readings.withLock { $0.insert(name) }
    defer { _ = readings.withLock { $0.remove(name) } }
    let value = try look(outbox.holding(lease))
    try outbox.release(lease)
    return value
  }

  /// Lets go of the right to plan, so that another host goes on at once.
  public func resign() throws(OutboxError) {
    if let taken = planningLease.withLock({ $0 }) { try outbox.release(taken) }
    try outbox.withdraw(Self.presence + name, of: holder)
    planningLease.withLock { $0 = nil }
  }

  /// Notes what this host's copy of the ledgers is. Returns whether it isn't the one that is in force on the host that
  /// plans.
  func compare(_ active: ActiveConfiguration, at now: Timestamp) throws(OutboxError) -> Bool {
    guard outbox.isShared else { return false }
    let own = Self.digest(active)
    let key = Self.digests + name
    if try outbox.fact(key)?.value != own { try outbox.remember(key, own, at: now) }
    guard let planner = try outbox.leases().first(where: { $0.lease.name == Self.planning }),
      let other = try outbox.fact(Self.digests + Self.name(planner.lease.holder))
    else { return false }
    return other.value != own
  }

  /// The hosts that run, and whose ledgers aren't those in force here.
  static func differing(from active: ActiveConfiguration, _ outbox: Outbox) throws(OutboxError) -> [Fact] {
    let running = Set(
      try outbox.leases().filter { $0.secondsLeft > 0 && $0.lease.name.hasPrefix(presence) }
        .map { name($0.lease.holder) })
    guard running.count > 1 else { return [] }
    let own = digest(active)
    return try outbox.facts(withPrefix: digests).filter {
      $0.value != own && running.contains(String($0.key.dropFirst(digests.count)))
    }
  }

  /// Every host that ever ran a service on that state, by name; none where there can be one alone.
  static func all(_ outbox: Outbox) throws(OutboxError) -> [Status.Presence] {
    let leases = try outbox.leases()
    let planner = leases.first { $0.lease.name == planning && $0.secondsLeft > 0 }?.lease.holder
    return leases.filter { $0.lease.name.hasPrefix(presence) }.map { state in
      Status.Presence(
        name: name(state.lease.holder), runs: state.secondsLeft > 0, plans: state.lease.holder == planner,
        age: Lease.seconds - state.secondsLeft)
    }
  }

  private static func digest(_ active: ActiveConfiguration) -> String {
    active.ledgers.map { "\($0.plan.key) \($0.measuresPrint)" }.sorted().joined(separator: "\n")
  }
}

extension ServiceContext {
  /// What a heartbeat came to: whether this host plans, when the next mail is due, and which hosts there are.
  public typealias Heartbeat = Result<(plans: Bool, next: Timestamp?, hosts: [Status.Presence]), OutboxError>

  /// Begins to show every few seconds that this host runs; nil where there is no other.
  public func heartbeat(
    on queue: DispatchQueue, _ heard: @escaping @Sendable (Heartbeat) -> Void
  ) throws(OutboxError) -> (any DispatchSourceTimer)? {
    guard outbox.isShared else { return nil }
    let terms = LeasePolicy.shared(try ProcessIdentity.current())
    let source = DispatchSource.makeTimerSource(queue: queue)
    source.schedule(deadline: .now() + .seconds(Host.heartbeat), repeating: .seconds(Host.heartbeat))
    source.setEventHandler { [self] in
      heard(
        Result { () throws(OutboxError) in
          try databaseClock?.synchronize()
          let plans = try host.renew()
          try outbox.reclaim(on: terms, now: clock.now())
          if outbox.leaveReplacedServer() {
            let words =
              "the database in use was replaced by another of the list; what only the former one knows may be sent again"
            journal.note(.outbox, .warning, words)
          }
          return (plans: plans, next: try outbox.nextAttempt(), hosts: try Host.all(outbox))
        })
    }
    source.activate()
    return source
  }

  /// Lets go of everything once what is on the queue has ended: a heartbeat would take it anew.
  public func resign(behind queue: DispatchQueue) throws(OutboxError) {
    try queue.sync { Result { () throws(OutboxError) in try host.resign() } }.get()
  }

  /// Whether this host's ledgers differ from those in force; says so in the journal, once. The contact hears from the host
  /// that plans.
  func compareLedgers(_ active: ActiveConfiguration, knownToDiffer: Bool) throws(OutboxError) -> Bool {
    let differs = try host.compare(active, at: clock.now())
    if differs, !knownToDiffer {
      let words = "the ledgers here differ from those of the host that plans, which are in force"
      journal.note(.refused, .warning, words)
    }
    return differs
  }
}

/// The database's clock, by which every host goes: between two looks at it the time is counted by a clock that nobody sets
/// and that doesn't stop while the machine sleeps.
public final class DatabaseClock: Sendable {
  private let outbox: Outbox
  private let last: Mutex<(moment: Timestamp, at: ContinuousClock.Instant)>

  /// The clock of that state; nil where it has none of its own.
  public init?(_ outbox: Outbox) throws(OutboxError) {
    guard let moment = try outbox.databaseTime() else { return nil }
    self.outbox = outbox
    last = Mutex((moment, ContinuousClock.now))
  }

  func synchronize() throws(OutboxError) {
    guard let moment = try outbox.databaseTime() else { return }
    last.withLock { $0 = (moment, ContinuousClock.now) }
  }

  /// The clock for everything that wants one.
  public var clock: Clock {
    Clock { [self] in
      last.withLock {
        $0.moment.adding(seconds: ($0.at.duration(to: ContinuousClock.now)).components.seconds)
      }
    }
  }
}
