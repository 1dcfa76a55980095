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

  private static func plan(_ offset: Int) -> DayPlan {
    let contact = SampleLedger.contact
    let day = first.adding(days: offset)
    return DayPlan(
      day: day,
      mails: [
        PlannedMail(
          on: day, kind: .reminders, recipient: contact.recipient, address: contact.email, reminders: [])
      ])
  }

  @Test func daysArePrintedInTheirOrder() throws {
    let printed = Printed()
    let printer = PlanPrinter { plan in printed.days.withLock { $0.append(plan.day) } }
    for offset in 0..<50 { try printer.take(Self.plan(offset)) }
    try printer.finish()
    #expect(printed.days.withLock { $0 } == (0..<50).map { Self.first.adding(days: $0) })
  }

  @Test func afterAFaultNothingIsPrintedAndItIsThrown() {
    let printed = Printed()
    let printer = PlanPrinter { plan in
      printed.days.withLock { $0.append(plan.day) }
      if plan.day == Self.first.adding(days: 3) { throw Fault(day: plan.day) }
    }
    #expect(throws: Fault(day: Self.first.adding(days: 3))) {
      for offset in 0..<50 { try printer.take(Self.plan(offset)) }
      try printer.finish()
    }
    #expect(throws: Fault.self) { try printer.finish() }
    #expect(printed.days.withLock { $0.count } == 4)
  }

  private final class Printed: Sendable {
    let days = Mutex<[CivilDate]>([])
  }
}
