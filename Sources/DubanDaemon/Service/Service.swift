import CLinux
import CSystemd
import Dispatch
import DubanCore
import DubanInbox
import DubanOutbox
import Glibc

/// The long-running service: sleeps until something is due, looks at the plan, delivers, and sleeps again.
///
/// Everything but the delivery itself and the looks into mailboxes (``MailboxReader``) happens on `queue`, which each
/// method checks; these run on queues of their own, so that a slow server holds up neither signals nor the watchdog.
/// Hence `@unchecked Sendable`.
public final class Service: @unchecked Sendable {
  private let queue = DispatchQueue(label: "duban.service")
  private let deliveryQueue = DispatchQueue(label: "duban.delivery")
  private let hostQueue = DispatchQueue(label: "duban.host")
  private let reloader: Reloader
  private let publisher: StatusPublisher
  private let context: ServiceContext
  private let namesRecipients: Bool
  private let manager: ServiceManager
  private let stop = StopFlag()
  private let ended = DispatchSemaphore(value: 0)
  private var timer: WallTimer?
  private var mailboxes: MailboxReader?
  private var watcher: FolderWatcher?
  private var clockWatcher: ClockWatcher?
  private var watched: Set<String> = []
  private var sources: [any DispatchSourceProtocol] = []
  /// When the plan was last looked at.
  private var lookedAt = Timestamp(seconds: 0)
  /// Whether everything that the plan asked for was queued when it was last looked at; nil where it couldn't be.
  private var isWell: Bool? = false
  private var isPlanning = false
  /// Whether this host's ledgers are known to differ from those in force.
  private var differs = false
  /// The hosts as they were last seen.
  private var hosts: [Status.Presence] = []
  private var isDelivering = false
  private var isDue = false
  private var hasEnded = false
  /// How many mails the relay took since the start.
  private var sent = 0

  /// The delivery by the configuration that the reloader had put in force for the time of that number.
  private var delivery: (loop: DeliveryLoop, generation: Int)?

  private var clock: Clock { context.clock }
  private var journal: Journal { context.journal }

  /// A service by what is in force; ``run()`` starts it.
  ///
  /// - Parameter namesRecipients: whether the journal names the recipients instead of hashing them.
  public init(
    _ reloader: sending Reloader, _ context: ServiceContext, namesRecipients: Bool = false,
    manager: ServiceManager
  ) {
    self.reloader = reloader
    self.context = context
    self.namesRecipients = namesRecipients
    self.manager = manager
    publisher = StatusPublisher(reloader, context)
  }

  /// Runs until SIGTERM or SIGINT, and ends after the mail in flight.
  public func run() {
    queue.async { self.start() }
    ended.wait()
  }

  /// Ends the service as a signal would; may be called from any thread.
  public func end() {
    stop.raise()
    journal.note(.lifecycle, .info, "asked to end: the mail in flight comes first")
    queue.async { self.endWhenIdle() }
  }

  private func start() {
    dispatchPrecondition(condition: .onQueue(queue))
    timer = WallTimer(queue: queue) { [weak self] in self?.wake() }
    mailboxes = MailboxReader(context, until: stop) { [weak self] result in
      guard let self else { return }
      queue.async { self.mailboxWasRead(result) }
    }
    handle(SIGTERM) { [weak self] in self?.end() }
    handle(SIGINT) { [weak self] in self?.end() }
    handle(SIGHUP) { [weak self] in self?.reload() }
    watchdog()
    watchClock()
    journal.note(.lifecycle, .info, "started")
    manager.ready(status: "looking at the plan")
    begin()
    do { try ServiceRecord(outbox: context.outbox).started(at: clock.now()) } catch { note(error) }
    watch()
    isPlanning = context.host.planner != nil
    beat()
    wake()
    readMailboxes()
  }

  private func handle(_ number: Int32, _ action: @escaping @Sendable () -> Void) {
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
    source.setEventHandler(handler: action)
    source.activate()
    sources.append(source)
  }

  /// Says that we live as long as this queue does its work.
  private func watchdog() {
    guard let interval = ServiceManager.watchdogInterval else { return }
    let source = DispatchSource.makeTimerSource(queue: queue)
    source.schedule(deadline: .now(), repeating: .nanoseconds(Int(interval)), leeway: .seconds(1))
    source.setEventHandler { [manager] in manager.aliveUntilNextTime() }
    source.activate()
    sources.append(source)
  }

  private func watchClock() {
    clockWatcher = ClockWatcher(queue: queue) { [weak self] in
      guard let self else { return }
      journal.note(.lifecycle, .info, "the machine's clock was set, or it slept")
      wake()
      readMailboxes()
    }
  }

  private func reload() {
    dispatchPrecondition(condition: .onQueue(queue))
    guard !stop.isRaised else { return }
    manager.reloading()
    reloader.reload()
    begin()
    manager.ready(status: status().map { publisher.line($0, sent: sent) } ?? "the outbox can't be read")
    watch()
    wake()
    readMailboxes()
  }

  /// Has every mailbox looked into now.
  private func readMailboxes() { mailboxes?.readAll(by: reloader.active) }

  private func mailboxWasRead(_ result: Result<InboxLook.Summary, OutboxError>) {
    dispatchPrecondition(condition: .onQueue(queue))
    guard !stop.isRaised else { return }
    switch result {
    case .success(let outcome):
      context.note(outcome, reloader.active)
      // Something may have been queued in answer.
      if outcome.effects > 0 { deliver() }
    case .failure(let error): note(error)
    }
  }

  /// A file was changed, and is quiet again.
  private func filesChanged() {
    dispatchPrecondition(condition: .onQueue(queue))
    guard !stop.isRaised, reloader.reloadIfChanged() else { return }
    watch()
    wake()
  }

  /// Watches the folders of everything that was read.
  private func watch() {
    let folders = reloader.folders
    guard folders != watched || watcher == nil else { return }
    watcher?.cancel()
    watched = folders
    watcher = FolderWatcher(folders, queue: queue) { [weak self] in self?.filesChanged() }
    if watcher == nil {
      journal.note(.refused, .warning, "changed files aren't noticed by themselves: no inotify")
    }
  }

  private func begin() {
    do { try reloader.begin() } catch { note(error) }
  }

  private func wake() {
    dispatchPrecondition(condition: .onQueue(queue))
    guard !stop.isRaised else { return endWhenIdle() }
    // Where changes can't be seen as they happen, as on a network share, they are seen now; but a file that is
    // being written is left until it is quiet.
    if watcher?.isWaitingForQuiet != true, reloader.reloadIfChanged() { watch() }
    lookedAt = clock.now()
    isWell = nil
    do {
      isWell = try context.lookAtPlan(reloader).failures.isEmpty
    } catch { note(error) }
    mailboxes?.go(by: reloader.active)
    deliver()
  }

  private func deliver() {
    guard !isDelivering else {
      isDue = true
      return
    }
    do {
      // Made here and used there alone, until `delivered` is back on this queue.
      nonisolated(unsafe) let delivery = try currentDelivery()
      isDelivering = true
      // What was queued just now waits until the delivery is over.
      showStatus()
      deliveryQueue.async { [stop] in
        let report = delivery.run(until: stop)
        self.queue.async { self.delivered(report) }
      }
    } catch {
      note(error)
      sleep(until: clock.now().adding(seconds: Self.waitAfterError))
    }
  }

  /// The same until a reload changes the configuration, so that a verdict which couldn't be recorded isn't forgotten.
  private func currentDelivery() throws(OutboxError) -> DeliveryLoop {
    if let delivery, delivery.generation == reloader.generation { return delivery.loop }
    let factory = DeliveryFactory(active: reloader.active, context, namesRecipients: namesRecipients)
    let loop = try factory.make(after: delivery?.loop)
    delivery = (loop, reloader.generation)
    return loop
  }

  /// Seconds until the next try when the outbox can't be used at all.
  private static let waitAfterError: Int64 = 60

  /// Tells systemd the service's status; nil where the outbox can't be read.
  @discardableResult private func showStatus() -> Status? {
    guard let status = status() else { return nil }
    manager.status(publisher.line(status, sent: sent))
    return status
  }

  private func delivered(_ report: DeliveryReport) {
    dispatchPrecondition(condition: .onQueue(queue))
    isDelivering = false
    sent += report.sent
    publisher.publish()
    if case .outbox(let error) = report.end {
      note(error)
    } else if let status = showStatus(), isWell == true, status.reachesRelay, let ping = publisher.ping() {
      deliveryQueue.async(execute: ping)
    }
    guard !stop.isRaised else { return endWhenIdle() }
    if isDue {
      isDue = false
      return wake()
    }
    sleep(until: min(nextRun, report.next ?? nextRun))
  }

  /// Where several hosts share the state: shows every few seconds that this one runs, takes over what another doesn't
  /// do any more, and sees what another has queued.
  private func beat() {
    do {
      let source = try context.heartbeat(on: hostQueue) { [weak self] result in
        guard let self else { return }
        queue.async { self.beaten(result) }
      }
      if let source { sources.append(source) }
    } catch { note(error) }
  }

  private func beaten(_ result: ServiceContext.Heartbeat) {
    dispatchPrecondition(condition: .onQueue(queue))
    guard !stop.isRaised else { return }
    switch result {
    case .failure(let error): note(error)
    case .success(let (plans, next, hosts)):
      // An alarm about a host can't wait for the next look at the plan.
      if !hosts.elementsEqual(self.hosts, by: { $0.isLike($1) }) { publisher.publish() }
      self.hosts = hosts
      let takesOver = plans && !isPlanning
      isPlanning = plans
      if takesOver {
        journal.note(.lifecycle, .notice, "this host plans from now on")
        wake()
      } else if let next, next <= clock.now(), !isDelivering {
        deliver()
      }
      do { differs = try context.compareLedgers(reloader.active, knownToDiffer: differs) } catch {
        note(error)
      }
    }
  }

  private func status() -> Status? {
    do { return try publisher.status() } catch {
      note(error)
      return nil
    }
  }

  /// Counted from the last look, not from now: a send time that came while mails were under way, or while the machine
  /// slept, has passed and wakes at once. A look that failed is made again soon: the database may be back.
  private var nextRun: Timestamp {
    let next = NextRun.after(min(lookedAt, clock.now()), reloader.active)
    return isWell == nil ? min(next, lookedAt.adding(seconds: Self.waitAfterError)) : next
  }

  private func sleep(until moment: Timestamp) {
    let now = clock.now()
    // What is due and can't be claimed is another host's at the moment.
    timer?.set(to: context.outbox.isShared ? max(moment, now.adding(seconds: 1)) : moment, now: now)
  }

  private func note(_ error: OutboxError) {
    manager.status("problem: \(error)")
    journal.note(.outbox, .error, "\(error)")
  }

  private func endWhenIdle() {
    dispatchPrecondition(condition: .onQueue(queue))
    guard !hasEnded else { return }
    manager.stopping()
    guard !isDelivering else { return }
    hasEnded = true
    timer?.cancel()
    timer = nil
    mailboxes = nil
    watcher?.cancel()
    watcher = nil
    clockWatcher?.cancel()
    clockWatcher = nil
    for source in sources { source.cancel() }
    sources = []
    do {
      try ServiceRecord(outbox: context.outbox).ended(at: clock.now())
      try context.resign(behind: hostQueue)
    } catch { note(error) }
    journal.note(.lifecycle, .info, "ended")
    ended.signal()
  }
}

/// The service manager, and what the service tells it about itself (sd_notify(3)); without systemd nothing happens.
public struct ServiceManager: Sendable {
  private let send: @Sendable (String) -> Void

  /// A manager that gets each state to `send`; tests collect them.
  public init(_ send: @escaping @Sendable (String) -> Void) { self.send = send }

  /// systemd, by `$NOTIFY_SOCKET`.
  public static let systemd = ServiceManager { sd_notify(0, $0) }

  /// The service is up, or has finished a reload.
  public func ready(status: String) { send("READY=1\nSTATUS=\(status)") }

  /// The service reads its files again. systemd 253's `Type=notify-reload` wants the moment on the monotonic
  /// clock; 252 ignores it.
  public func reloading() {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    send("RELOADING=1\nMONOTONIC_USEC=\(now.tv_sec * 1_000_000 + now.tv_nsec / 1000)")
  }

  /// One line for `systemctl status`.
  public func status(_ text: String) { send("STATUS=\(text)") }

  /// The service is on its way out.
  public func stopping() { send("STOPPING=1") }

  /// The scheduler is alive.
  public func aliveUntilNextTime() { send("WATCHDOG=1") }

  /// Half of the time within which systemd wants to hear from us, in nanoseconds; nil without a watchdog.
  public static var watchdogInterval: UInt64? {
    var microseconds: UInt64 = 0
    return sd_watchdog_enabled(0, &microseconds) > 0 ? microseconds * 1000 / 2 : nil
  }
}
