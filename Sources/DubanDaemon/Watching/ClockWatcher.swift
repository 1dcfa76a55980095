import CLinux
import Dispatch
import Glibc

/// Tells when the machine's clock was set, or shows another time after the machine slept (timerfd_create(2)).
///
/// A timer alone doesn't notice a clock that is set back: a machine that started with a clock years ahead, and then
/// got it right from the network, would sleep those years. Used on the queue it was made for.
final class ClockWatcher {
  private let source: any DispatchSourceRead

  /// A watcher, or nil where the system gives none.
  init?(queue: DispatchQueue, changed: @escaping @Sendable () -> Void) {
    let descriptor = duban_clock_alarm()
    guard descriptor >= 0 else { return nil }
    source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
    source.setEventHandler {
      // Each change ends one read with ECANCELED, and the next is waited for; the alarm itself never goes off.
      var expirations: UInt64 = 0
      if read(descriptor, &expirations, MemoryLayout.size(ofValue: expirations)) < 0, errno == ECANCELED {
        changed()
      }
    }
    source.setCancelHandler { close(descriptor) }
    source.activate()
  }

  /// Ends the watch; nothing is told any more.
  func cancel() { source.cancel() }
}
