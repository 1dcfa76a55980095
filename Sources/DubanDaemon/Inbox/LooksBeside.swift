public import Dispatch
public import DubanOutbox
import Synchronization

/// The looks into the mailboxes of `duban run --once`, beside the planning and the delivery: a mailbox that is huge, silent
/// or slow keeps no mail.
public final class LooksBeside: Sendable {
  private let results = Mutex<[Result<InboxLook.Report, OutboxError>]>([])
  private let stop = StopFlag()
  private let group = DispatchGroup()

  /// Begins these looks, one after another.
  public init(_ looks: [InboxLook]) {
    let queue = DispatchQueue(label: "duban.inbox.beside")
    for look in looks {
      queue.async(group: group) { [self] in
        let result = Result { () throws(OutboxError) in try look.run(until: stop) }
        results.withLock { $0.append(result) }
      }
    }
  }

  /// What came of the looks that have ended since it was asked last; waits for the rest until a moment.
  public func ended(by deadline: DispatchTime) throws(OutboxError) -> [InboxLook.Report] {
    _ = group.wait(timeout: deadline)
    let ended = results.withLock { all in
      defer { all = [] }
      return all
    }
    return try ended.map { result throws(OutboxError) in try result.get() }
  }

  /// Has what is still under way end after the message in hand, and waits no longer for it than until a moment. What it
  /// recorded is whole, and the rest is there the next time.
  public func end(by deadline: DispatchTime) throws(OutboxError) -> [InboxLook.Report] {
    stop.raise()
    return try ended(by: deadline)
  }
}
