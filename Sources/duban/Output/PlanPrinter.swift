import Dispatch
import DubanCore
import Synchronization

/// Prints each day of a plan while the next one is planned: in order, on queues of its own, and never far behind. A day
/// of many mails is made into text by two of them, block by block.
final class PlanPrinter: Sendable {
  /// What prints some mails, as bytes; called on two threads at a time.
  typealias Render = @Sendable (ArraySlice<PlannedMail>) throws -> [UInt8]

  /// How many days may wait: a day of a large ledger takes some memory.
  private static let daysAhead = 2
  /// Mails of a block: enough to be worth waking another thread, few beside those of a large day.
  private static let block = 256

  /// A block that the second queue makes into text.
  private final class Block: Sendable {
    let text = Mutex<Result<[UInt8], any Error>?>(nil)
    let isMade = DispatchSemaphore(value: 0)
  }

  private let queue = DispatchQueue(label: "duban.print")
  private let second = DispatchQueue(label: "duban.print.second")
  private let room = DispatchSemaphore(value: daysAhead)
  private let fault = Mutex<(any Error)?>(nil)
  private let render: Render
  private let print: @Sendable ([UInt8]) -> Void

  /// A printer.
  ///
  /// - Parameters:
  ///   - render: makes mails into text.
  ///   - print: takes the text, in order; always called on one thread at a time.
  init(_ render: @escaping Render, to print: @escaping @Sendable ([UInt8]) -> Void) {
    self.render = render
    self.print = print
  }

  /// Has a day printed, as soon as there is room for it. Throws what went wrong with an earlier one.
  func take(_ plan: DayPlan) throws {
    guard !plan.mails.isEmpty else { return }
    room.wait()
    queue.async { [self] in
      defer { room.signal() }
      guard fault.withLock({ $0 == nil }) else { return }
      do { try print(plan.mails) } catch { fault.withLock { $0 = error } }
    }
    try throwFault()
  }

  /// Waits until everything is printed.
  func finish() throws {
    // Not for the queue: it is printed when there is room again, and to free a large day takes some time more.
    for _ in 0..<Self.daysAhead { room.wait() }
    for _ in 0..<Self.daysAhead { room.signal() }
    try throwFault()
  }

  /// Prints mails, two blocks at a time.
  private func print(_ mails: [PlannedMail]) throws {
    var start = 0
    while start < mails.count {
      let middle = min(start + Self.block, mails.count)
      let end = min(middle + Self.block, mails.count)
      let next = middle < end ? begin(mails[middle..<end]) : nil
      print(try render(mails[start..<middle]))
      if let next {
        next.isMade.wait()
        if let text = try next.text.withLock({ try $0?.get() }) { print(text) }
      }
      start = end
    }
  }

  private func begin(_ mails: ArraySlice<PlannedMail>) -> Block {
    let block = Block()
    second.async { [self] in
      let text = Result { try render(mails) }
      block.text.withLock { $0 = text }
      block.isMade.signal()
    }
    return block
  }

  private func throwFault() throws {
    if let fault = fault.withLock({ $0 }) { throw fault }
  }
}
