import DubanCore
import DubanCourier
public import DubanOutbox
import Foundation

/// Shows how the service stands: its status, and what `observe:` asks for.
///
/// Used from the queue that the reloader is used from.
public struct StatusPublisher {
  private let reloader: Reloader
  private let context: ServiceContext

  /// A publisher about what is in force.
  public init(_ reloader: Reloader, _ context: ServiceContext) {
    self.reloader = reloader
    self.context = context
  }

  /// How the service stands.
  public func status() throws(OutboxError) -> Status {
    try Status(
      reloader.active, context.outbox,
      errors: reloader.refusal.filter { $0.severity == .error } + reloader.lossErrors,
      now: context.clock.now())
  }

  /// The same in one line, which more people read than the ledger.
  func line(_ status: Status, sent: Int) -> String {
    Redactor(reloader.active.ledgers).ofFile(status.line(sent: sent, reloader.active.zone))
  }

  /// Writes metrics and the report page, and forgets the bytes of mails that are old enough.
  public func publish() {
    let (active, outbox) = (reloader.active, context.outbox)
    let settings = active.configuration.observing
    do {
      let now = context.clock.now()
      let keep = Int64(active.configuration.delivery.keepBodies) * 86_400
      while try outbox.purgeBodies(endedBefore: now.adding(seconds: -keep)) > 0 {}
      if let path = settings.metrics {
        let overview = active.planner(try DecisionReader.read(outbox)).overview(
          on: active.zone.day(of: now), extent: .numbers)
        try Metrics(
          status(), overview, now: now, zone: active.zone, sendAt: active.configuration.policy.sendAt
        ).write(to: path)
      }
    } catch {
      context.journal.note(JournalEvent(.outbox, .error, "can't show how things stand: \(error)"))
    }
    do {
      guard let directory = settings.report else { return }
      try ReportFile(active, outbox).write(to: directory, at: context.clock.now())
    } catch {
      context.journal.note(JournalEvent(.outbox, .error, "can't write the report page: \(error)"))
    }
  }

  /// What tells the dead-man's switch that all went well, where there is one. It may take seconds, and may run
  /// beside everything else.
  public func ping() -> (@Sendable () -> Void)? {
    guard let url = reloader.active.configuration.observing.ping else { return nil }
    return { [journal = context.journal] in
      guard let problem = Ping.send(to: url) else { return }
      journal.note(
        JournalEvent(.lifecycle, .warning, "the dead-man's switch didn't take our ping: \(problem)"))
    }
  }
}
