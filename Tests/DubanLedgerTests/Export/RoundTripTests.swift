import DubanCore
import Foundation
import TestSupport
import Testing

@testable import DubanLedger

/// Whatever a ledger holds, writing it and reading it back gives the same ledger.
@Suite struct RoundTripTests {
  private let calendar = WorkdayCalendar()
  /// More rounds come from the environment, for a long run.
  private let rounds =
    100 * (ProcessInfo.processInfo.environment["DUBAN_FUZZ_FACTOR"].flatMap { UInt64($0) } ?? 1)

  @Test func workbook() throws {
    let day = SampleLedger.day("2022-12-20")
    for seed in 0..<rounds {
      var generated = GeneratedLedger(seed: seed)
      let ledger = generated.ledger()
      let bytes = try LedgerXLSX.bytes(ledger, on: day, calendar: calendar)
      let (draft, noticed) = TableLedger.read(bytes, file: "t.xlsx", for: .whole)
      expectSame(draft, noticed, ledger, seed)
    }
  }

  @Test func csv() throws {
    for seed in 0..<rounds {
      var generated = GeneratedLedger(seed: seed)
      let ledger = generated.ledger()
      let bytes = try LedgerCSV.bytes(ledger)
      var (draft, noticed) = TableLedger.read(bytes, file: "t.csv", for: .measures)
      (draft.plan, draft.reports) = header(of: ledger)
      expectSame(draft, noticed, ledger, seed)
    }
  }

  /// The plan's header and the reports as a YAML ledger gives them.
  private func header(of ledger: Ledger) -> (LedgerDraft.Plan, [LocatedText]) {
    let place = Diagnostic.Location(file: "ledger.yaml")
    var plan = LedgerDraft.Plan(location: place)
    plan.title = LocatedText(ledger.plan.title, at: place)
    plan.number = LocatedText(ledger.plan.number, at: place)
    plan.issued = ledger.plan.issued.map { LocatedText($0.description, at: place) }
    var contact = LedgerDraft.Contact(location: place)
    contact.unit = LocatedText(ledger.plan.contact.unit, at: place)
    contact.person = LocatedText(ledger.plan.contact.person, at: place)
    contact.phone = LocatedText(ledger.plan.contact.phone, at: place)
    contact.email = LocatedText(ledger.plan.contact.email, at: place)
    plan.contact = contact
    return (plan, ledger.reports.map { LocatedText($0.description, at: place) })
  }

  private func expectSame(_ draft: LedgerDraft, _ noticed: [Diagnostic], _ ledger: Ledger, _ seed: UInt64) {
    let reading = LedgerChecker.check(draft, file: "t", calendar: calendar, today: nil, noticed: noticed)
    let errors = reading.diagnostics.filter { $0.severity == .error }.map(\.description)
    #expect(errors == [], "seed \(seed)")
    guard let read = reading.ledger else { return }
    #expect(read.plan == ledger.plan, "seed \(seed)")
    #expect(read.reports == ledger.reports, "seed \(seed)")
    #expect(read.owners == ledger.owners, "seed \(seed)")
    #expect(read.areas.count == ledger.areas.count, "seed \(seed)")
    for (one, other) in zip(read.areas, ledger.areas) {
      #expect(one.name == other.name, "seed \(seed)")
      #expect(one.problems == other.problems, "seed \(seed)")
      #expect(one.goal == other.goal, "seed \(seed)")
      #expect(Array(one.measures) == Array(other.measures), "seed \(seed)")
    }
    #expect(read == ledger, "seed \(seed)")
  }

  @Test func everyRoundIsTheSame() throws {
    var generated = GeneratedLedger(seed: 1)
    let ledger = generated.ledger()
    let day = SampleLedger.day("2022-12-20")
    #expect(
      try LedgerXLSX.bytes(ledger, on: day, calendar: calendar)
        == (try LedgerXLSX.bytes(ledger, on: day, calendar: calendar)))
  }

  @Test func whatATableCantHoldIsRefused() {
    let owner = SampleLedger.owner("张三", "甲单位", "zhangsan")
    var ledger = SampleLedger.ledger(
      owners: [owner], measures: [SampleLedger.measure("1.1", due: nil, owners: [owner])])
    ledger.areas.append(ledger.areas[0])
    #expect(throws: ExportFailure.areaTwice("领域一")) { try LedgerCSV.bytes(ledger) }
    ledger.areas.removeLast()
    ledger.areas[0].measures[0].text = String(repeating: "长", count: 32_768)
    #expect(throws: ExportFailure.textTooLong(id: "1.1", column: "具体内容")) { try workbook(ledger) }
    ledger.areas[0].measures[0].text = "\u{FFFE}"
    #expect(throws: ExportFailure.unwritable(id: "1.1", column: "具体内容")) { try workbook(ledger) }
  }

  private func workbook(_ ledger: Ledger) throws -> [UInt8] {
    try LedgerXLSX.bytes(ledger, on: SampleLedger.day("2022-12-20"), calendar: calendar)
  }
}
