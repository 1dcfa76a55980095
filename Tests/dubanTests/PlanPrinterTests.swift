import DubanCore
import Synchronization
import TestSupport
import Testing

@testable import duban

@Suite struct PlanPrinterTests {
  private struct Fault: Error, Equatable {
    let day: CivilDate
  }

  private static let first = SampleLedger.day("2022-12-01")

  /// A day with so many mails, each to another address.
  private static func plan(_ offset: Int, mails: Int = 1) -> DayPlan {
    let contact = SampleLedger.contact
    let day = first.adding(days: offset)
    return DayPlan(
      day: day,
      mails: (0..<mails).map { number in
        PlannedMail(
          on: day, kind: .reminders, recipient: contact.recipient, address: "\(day) \(number)", reminders: [])
      })
  }

  private static func text(_ mails: ArraySlice<PlannedMail>) -> [UInt8] {
    Array(mails.map { $0.address + "\n" }.joined().utf8)
  }

  @Test(arguments: [1, 2, 255, 256, 257, 512, 513, 2000])
  func mailsArePrintedInTheirOrder(count: Int) throws {
    let printed = Printed()
    let printer = PlanPrinter(Self.text, to: printed.take)
    for offset in 0..<10 { try printer.take(Self.plan(offset, mails: count)) }
    try printer.finish()
    let expected = (0..<10).flatMap { Self.text(Self.plan($0, mails: count).mails[...]) }
    #expect(printed.bytes.withLock { $0 } == expected)
  }

  /// Whichever of the two threads meets it.
  @Test(arguments: [0, 300, 700, 1999])
  func afterAFaultNothingIsPrintedAndItIsThrown(number: Int) {
    let printed = Printed()
    let day = Self.first.adding(days: 3)
    let printer = PlanPrinter(
      { mails in
        if mails.contains(where: { $0.address == "\(day) \(number)" }) { throw Fault(day: day) }
        return Self.text(mails)
      }, to: printed.take)
    #expect(throws: Fault(day: day)) {
      for offset in 0..<50 { try printer.take(Self.plan(offset, mails: 2000)) }
      try printer.finish()
    }
    #expect(throws: Fault.self) { try printer.finish() }
    let whole = (0..<3).flatMap { Self.text(Self.plan($0, mails: 2000).mails[...]) }
    let broken = Self.text(Self.plan(3, mails: number / 256 * 256).mails[...])
    #expect(printed.bytes.withLock { $0 } == whole + broken)
  }

  private final class Printed: Sendable {
    let bytes = Mutex<[UInt8]>([])

    func take(_ more: [UInt8]) { bytes.withLock { $0 += more } }
  }
}
