import Dispatch
public import DubanCore
import DubanLedger
public import DubanOutbox
import Foundation
import Glibc

/// What is in force, and how it is replaced: files that changed are read again, and what doesn't read leaves everything
/// as it was.
///
/// Used from one queue at a time.
public final class Reloader {
  /// What is in force.
  public private(set) var active: ActiveConfiguration
  /// What is wrong with files that changed and don't read; empty while everything in force is current.
  public private(set) var refusal: [Diagnostic] = []
  /// The ledgers that lost so much that the contact is asked; what was in force is in force in their place.
  public private(set) var losses: [LedgerLoss]
  /// How often something else was put in force.
  private(set) var generation = 0

  /// The folders to look for changes in: of what is in force, and of what was refused.
  private(set) var folders: Set<String>

  private var stamps: FileStamps
  private let loader: Loader
  private let context: ServiceContext
  private var outbox: Outbox { context.outbox }
  private var clock: Clock { context.clock }
  private var journal: Journal { context.journal }

  /// What was loaded is in force.
  public init(
    _ active: ActiveConfiguration, losses: [LedgerLoss] = [], loader: Loader, _ context: ServiceContext
  ) {
    self.losses = losses
    self.active = active
    self.loader = loader
    self.context = context
    folders = active.folders
    stamps = FileStamps(folders: folders)
    noteWarnings()
    note(lossErrors)
  }

  /// Reads every file again if any has changed since it was last read, and says whether it did.
  public func reloadIfChanged() -> Bool {
    guard FileStamps(folders: folders) != stamps || isAnswered else { return false }
    reloadWhatChanged()
    return true
  }

  /// Whether a loss that the contact was asked about was accepted meanwhile, or has stayed for long enough.
  private var isAnswered: Bool {
    guard !losses.isEmpty, let fresh = loader.load(now: { _ in clock.now() }).active else { return false }
    do throws(OutboxError) {
      return try LedgerArchive(outbox).review(fresh, at: clock.now()).losses != losses
    } catch {
      journal.note(.outbox, .error, "\(error)")
      return false
    }
  }

  /// Reads every file again, however unchanged it looks: a person asked for it. What doesn't read leaves everything as
  /// it was, and the contact is notified.
  public func reload() {
    loader.forgetLedgers()
    reloadWhatChanged()
  }

  private func reloadWhatChanged() {
    let result = read()
    let isRehearsed = { (active: ActiveConfiguration) in active.configuration.delivery.redirectAllTo != nil }
    // A rehearsal and another state have outboxes of their own, and this process has one open.
    let beginsOver: String? = result.active.flatMap { fresh in
      let (old, new) = (active.configuration, fresh.configuration)
      if isRehearsed(fresh) != isRehearsed(active) {
        return "a rehearsal (delivery.redirectAllTo) begins and ends with a restart"
      }
      guard old.state == new.state, old.database?.place == new.database?.place else {
        return "another state: counts from a restart on; what was sent is known to the old one alone"
      }
      return nil
    }
    guard let fresh = result.active, beginsOver == nil else {
      refusal =
        beginsOver.map {
          [
            Diagnostic(
              .error, at: .init(file: active.configuration.file), $0, help: "run: systemctl restart duban")
          ]
        } ?? result.diagnostics
      note(refusal, and: result.asFarAsRead?.ledgers ?? [])
      journal.note(.refused, .error, "what was in force stays in force; correct the files and reload")
      recordReload()
      return
    }
    do throws(OutboxError) {
      let now = clock.now()
      let review = try LedgerArchive(outbox).review(fresh, at: now)
      let isNew = review.losses != losses
      if let planner = context.host.planner {
        try LedgerArchive(planner).record(review, at: now)
        active = try review.active.registered(in: planner, at: now)
      } else {
        active = try review.active.identified(by: outbox)
      }
      losses = review.losses
      if isNew { note(lossErrors, and: fresh.ledgers) }
    } catch {
      journal.note(.outbox, .error, "\(error)")
      return
    }
    refusal = []
    generation += 1
    noteWarnings()
    recordReload()
  }

  var lossErrors: [Diagnostic] {
    losses.map { $0.diagnostic(configuration: active.configuration.file) }
  }

  private func note(_ diagnostics: [Diagnostic], and read: [Ledger] = []) {
    let redactor = Redactor(active.ledgers + read)
    for diagnostic in diagnostics where diagnostic.severity == .error {
      journal.note(.refused, .error, redactor.ofFile(diagnostic.withoutSeverity))
    }
  }

  /// Reads everything, and once more where that led to further folders: what changes while we read is seen.
  private func read() -> Loader.Result {
    while true {
      stamps = FileStamps(folders: folders)
      let result = loader.load { _ in clock.now() }
      let kept = result.active == nil ? active.folders : []
      let found = kept.union(result.asFarAsRead?.folders ?? [])
      guard !found.isSubset(of: folders) else {
        if found != folders { (folders, stamps) = (found, FileStamps(folders: found)) }
        return result
      }
      folders.formUnion(found)
    }
  }

  /// What `duban status` can't ask us.
  private func recordReload() {
    guard let planner = context.host.planner else { return }
    let record = ServiceRecord(outbox: planner)
    do throws(OutboxError) {
      if refusal.isEmpty, losses.isEmpty {
        try record.accepted(at: clock.now())
      } else {
        try record.refused(at: clock.now())
      }
    } catch {
      journal.note(.outbox, .error, "\(error)")
    }
  }

  /// A start or a reload by hand: the relay's login may have been put right.
  public func begin() throws(OutboxError) {
    recordReload()
    // An answer that is read before the first look at the plan is about measures by their identities too.
    if let planner = context.host.planner {
      try register(in: planner)
    } else {
      active = try active.identified(by: outbox)
    }
    try outbox.clearStop()
  }

  /// Each measure gets its identity from the state, which another process may have changed; what is new gets one.
  func register(in outbox: Outbox) throws(OutboxError) {
    active = try active.registered(in: outbox, at: clock.now())
  }

  private func noteWarnings() {
    for ledger in active.ledgers {
      journal.note(.loaded, .info, "in force: \(ledger.plan.title): \(ledger.counts)")
    }
    let redactor = Redactor(active.ledgers)
    for warning in active.warnings {
      journal.note(.diagnostic, .warning, redactor.ofFile(warning.withoutSeverity))
    }
  }
}

/// How the files that the service goes by look from outside: when two of these are equal, nothing was changed, neither
/// what a file says nor who may read it.
struct FileStamps: Equatable {
  /// What a ledger, a calendar, a table, a template or a configuration is called.
  private static let endings: Set<String> = ["yaml", "yml", "json", "csv", "tsv", "xlsx", "mustache"]

  private var stamps: [String: FileStamp] = [:]

  /// The stamps of every such file in these folders.
  init(folders: Set<String>) {
    for folder in folders {
      for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
        guard let ending = name.split(separator: ".").last, Self.endings.contains(ending.lowercased()) else {
          continue
        }
        // Spreadsheet programs and editors put files of their own beside the one they have open.
        if name.hasPrefix("~$") || name.hasPrefix(".") { continue }
        let stamp = FileStamp(folder + "/" + name)
        if stamp.exists { stamps[folder + "/" + name] = stamp }
      }
    }
  }
}

/// Tells when files in some folders have changed and have been quiet for a while (inotify(7)).
///
/// Folders are watched rather than files: editors and spreadsheets replace a file instead of writing into it, and a
/// watch on the file would follow the one that was thrown away. Used on the queue it was made for.
final class FolderWatcher {
  /// Seconds without another change until the files count as finished: saving a workbook over a share takes several
  /// writes with pauses between them.
  static let quietSeconds = 2

  private static let events = UInt32(
    IN_CLOSE_WRITE | IN_MODIFY | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_DELETE_SELF
      | IN_MOVE_SELF | IN_ATTRIB)
  /// What tells that a folder is made again in the one above it.
  private static let arrivals = UInt32(IN_CREATE | IN_MOVED_TO)

  private let folders: Set<String>
  private let source: any DispatchSourceRead
  private let quiet: any DispatchSourceTimer
  private let descriptor: Int32
  /// Something has changed, and the files haven't been quiet for long enough.
  private(set) var isWaitingForQuiet = false

  /// A watcher of these folders, or nil where the system gives none. One that doesn't exist, or that is deleted, is
  /// watched once it is made.
  init?(_ folders: Set<String>, queue: DispatchQueue, changed: @escaping @Sendable () -> Void) {
    let descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    guard descriptor >= 0 else { return nil }
    self.descriptor = descriptor
    self.folders = folders
    quiet = DispatchSource.makeTimerSource(queue: queue)
    source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
    quiet.setEventHandler { [weak self] in
      self?.isWaitingForQuiet = false
      self?.watchFolders()
      changed()
    }
    source.setEventHandler { [weak self] in self?.noticed() }
    source.setCancelHandler { Glibc.close(descriptor) }
    watchFolders()
    quiet.activate()
    source.activate()
  }

  /// Ends the watch.
  func cancel() {
    quiet.cancel()
    source.cancel()
  }

  private func noticed() {
    drain()
    isWaitingForQuiet = true
    quiet.schedule(deadline: .now() + .seconds(Self.quietSeconds))
  }

  /// Watches every folder; watching one again changes nothing. In place of a missing one, the nearest above it.
  private func watchFolders() {
    for folder in folders where inotify_add_watch(descriptor, folder, Self.events) < 0 {
      var above = folder
      repeat {
        above = Self.parent(of: above)
      } while inotify_add_watch(descriptor, above, Self.arrivals | UInt32(IN_MASK_ADD)) < 0
        && above != "/" && above != "."
    }
  }

  private static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// What happened to which name doesn't matter: the files are looked at once all is quiet. What is more than a few
  /// reads wakes the queue again, so that a busy writer doesn't keep it from everything else.
  private func drain() {
    // On the stack, aligned as inotify(7) wants it; nothing of it is kept.
    withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 8) { buffer in
      for _ in 0..<4 {
        guard let base = buffer.baseAddress, read(descriptor, base, buffer.count) > 0 else { return }
      }
    }
  }
}
