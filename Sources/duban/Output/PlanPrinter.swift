import Dispatch
import DubanCore
import Synchronization

/// Prints each day of a plan while the next one is planned: in order, on a queue of its own, and never far behind.
final class PlanPrinter: Sendable {
  /// How many days may wait: a day of a large ledger takes some memory.
  private static let daysAhead = 2

  private let queue = DispatchQueue(label: "duban.print")
  private let room = DispatchSemaphore(value: daysAhead)
  private let fault = Mutex<(any Error)?>(nil)
  private let print: @Sendable (DayPlan) throws -> Void

  /// Prints by calling that function, always on one thread at a time.
  init(_ print: @escaping @Sendable (DayPlan) throws -> Void) { self.print = print }

  /// Has a day printed, as soon as there is room for it. Throws what went wrong with an earlier one.
  func take(_ plan: DayPlan) throws {
    guard !plan.mails.isEmpty else { return }
    room.wait()
    queue.async { [self] in
      defer { room.signal() }
      guard fault.withLock({ $0 == nil }) else { return }
      do { try print(plan) } catch { fault.withLock { $0 = error } }
    }
    try throwFault()
  }

  /// Waits until everything is printed.
  func finish() throws {
    queue.sync {}
    try throwFault()
  }

  private func throwFault() throws {
    if let fault = fault.withLock({ $0 }) { throw fault }
  }
}
