import Dispatch
import DubanCore
import DubanLedger
import Foundation
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

/// Mails of one day as `duban plan` prints them, as bytes: a day may have fifty thousand lines.
struct PlanLines {
  /// What was printed.
  private(set) var bytes: [UInt8] = []

  /// What a line says about the reminder's reason, in two pieces.
  private struct Words {
    let due, why: [UInt8]
  }

  private let sendAt: CivilTime
  /// A day has few reasons, and each stands on many lines.
  private var words: [Reason: Words] = [:]

  init(sendAt: CivilTime) { self.sendAt = sendAt }

  /// Prints a mail: whom it is for and its subject, then a line for each reminder.
  mutating func print(_ mail: PlannedMail, subject: String) {
    let head = "\(mail.on) \(sendAt)  \(mail.recipient.person)（\(mail.recipient.unit)）  \(subject)\n"
    bytes.append(contentsOf: head.utf8)
    // By place: a loop over the reminders would copy each.
    for place in mail.reminders.indices {
      let words = words(mail.reminders[place].reason)
      bytes.append(contentsOf: "    ".utf8)
      bytes.append(contentsOf: mail.reminders[place].occurrence.item.id.utf8)
      bytes.append(contentsOf: words.due)
      if mail.reminders[place].recipient != mail.recipient {
        bytes.append(contentsOf: "  ".utf8)
        bytes.append(contentsOf: mail.reminders[place].recipient.person.utf8)
      }
      bytes.append(contentsOf: words.why)
    }
  }

  /// Prints a line as it is.
  mutating func print(_ line: String) { bytes.append(contentsOf: (line + "\n").utf8) }

  private mutating func words(_ reason: Reason) -> Words {
    if let known = words[reason] { return known }
    let made = Words(due: Array("  due \(reason.due)".utf8), why: Array(": \(reason)\n".utf8))
    words[reason] = made
    return made
  }
}

/// Collects what is printed: the plan of a year has a million lines, and one call of the system for each would take
/// longer than making them. Written out when it is full, at the process's end, and line by line to a terminal.
final class PrintBuffer: Sendable {
  /// In bytes: what one call of the system writes.
  private static let capacity = 64 << 10

  /// Standard output. What is left in it is written when the process ends.
  static let standardOutput: PrintBuffer = {
    atexit { PrintBuffer.standardOutput.flush() }
    return PrintBuffer(STDOUT_FILENO)
  }()

  private let descriptor: Int32
  private let isTerminal: Bool
  private let bytes = Mutex<[UInt8]>([])

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
    isTerminal = isatty(descriptor) == 1
  }

  /// Prints a text.
  func append(_ text: String) { append { $0.append(contentsOf: text.utf8) } }

  /// Prints what `more` appends.
  func append(_ more: (inout [UInt8]) -> Void) {
    bytes.withLock { bytes in
      more(&bytes)
      if isTerminal || bytes.count >= Self.capacity { write(&bytes) }
    }
  }

  /// Prints bytes as they are.
  func append(_ more: [UInt8]) {
    bytes.withLock { bytes in
      bytes += more
      write(&bytes)
    }
  }

  /// Writes out what is left.
  func flush() { bytes.withLock { write(&$0) } }

  /// A reader that went away ends the process, since nobody is there to print for; any other fault is told. Neither
  /// flushes again.
  private func write(_ bytes: inout [UInt8]) {
    if !AtomicFile.store(bytes, in: descriptor) {
      let problem = errno
      if problem == EPIPE { _exit(0) }
      let line = "duban: standard output can't be written: \(String(cString: strerror(problem)))\n"
      try? FileHandle.standardError.write(contentsOf: Data(line.utf8))
      _exit(Failure.Code.somethingWrong.rawValue)
    }
    bytes.removeAll(keepingCapacity: true)
  }
}
