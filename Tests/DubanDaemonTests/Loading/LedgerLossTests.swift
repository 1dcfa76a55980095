import DubanCore
import TestSupport
import Testing

@testable import DubanDaemon

/// When a ledger that lost measures is asked about.
@Suite struct LedgerLossTests {
  /// A ledger of areas, each with measures `id title`; a `-` before one: it is closed.
  private static func ledger(_ areas: [String]) -> Ledger {
    let contact = Contact(unit: "整改办公室", person: "张三", phone: "", email: "office@example.org")
    return Ledger(
      plan: Plan(title: "整改方案", number: "", issued: nil, contact: contact), reports: [], owners: [],
      areas: areas.enumerated().map { index, area in
        let measures = area.split(separator: ",").map { text in
          let isClosed = text.hasPrefix("-")
          let words = text.drop { $0 == "-" }.split(separator: " ").map(String.init)
          return Measure(
            id: words[0], number: 1, title: words[1], text: "", units: [], persons: [],
            deadline: Deadline(reading: DeadlineReading(text: "", status: .none, readings: [])), duties: [],
            status: isClosed ? .closed : .open)
        }
        return Area(index: index + 1, name: "领域\(index + 1)", problems: [], goal: "", measures: measures)
      })
  }

  private struct Case: CustomTestStringConvertible {
    var testDescription: String
    var old: [String]
    var now: [String]?
    /// The ids that are missed; nil: nobody is asked.
    var missing: [String]?
    var areas: [String] = []
  }

  private static let cases = [
    Case(testDescription: "nothing is gone", old: ["1 甲,2 乙"], now: ["1 甲,2 乙"], missing: nil),
    Case(
      testDescription: "one of six", old: ["1 甲,2 乙,3 丙,4 丁,5 戊,6 己"], now: ["1 甲,2 乙,3 丙,4 丁,5 戊"],
      missing: nil),
    Case(
      testDescription: "one of five", old: ["1 甲,2 乙,3 丙,4 丁,5 戊"], now: ["1 甲,2 乙,3 丙,4 丁"],
      missing: ["5"]),
    Case(
      testDescription: "an area", old: ["1 甲,2 乙,3 丙,4 丁,5 戊,6 己,7 庚", "8 辛"],
      now: ["1 甲,2 乙,3 丙,4 丁,5 戊,6 己,7 庚"], missing: ["8"], areas: ["领域2"]),
    Case(
      testDescription: "an area without anything open", old: ["1 甲,2 乙", "-3 丙,-4 丁"], now: ["1 甲,2 乙"],
      missing: nil),
    Case(
      testDescription: "the first half is gone and the rest is numbered anew", old: ["1 甲,2 乙,3 丙,4 丁"],
      now: ["1 丙,2 丁"], missing: ["1", "2"]),
    Case(testDescription: "areas are merged", old: ["1 甲,2 乙", "3 丙"], now: ["1 甲,2 乙,3 丙"], missing: nil),
    Case(testDescription: "titles are corrected", old: ["1 甲,2 乙"], now: ["1 甲一,2 乙二"], missing: nil),
    Case(
      testDescription: "a first ledger takes the place of a model", old: ["1.1 核对台账"], now: ["1 甲,2 乙"],
      missing: nil),
    Case(testDescription: "closed ones are taken out", old: ["1 甲,-2 乙,-3 丙"], now: ["1 甲"], missing: nil),
    Case(testDescription: "twice the same title", old: ["1 甲,2 甲"], now: ["1 甲"], missing: ["2"]),
    Case(
      testDescription: "the plan is in no file", old: ["1 甲,2 乙"], now: nil, missing: ["1", "2"],
      areas: ["领域1"]),
    Case(
      testDescription: "cut off to the heading", old: ["1 甲,2 乙"], now: [], missing: ["1", "2"],
      areas: ["领域1"]),
  ]

  @Test(arguments: cases) private func whatIsMissed(_ one: Case) {
    let found = LedgerLoss.missing(
      Self.ledger(one.old), in: one.now.map(Self.ledger), otherwise: [Self.ledger(["1 别的"])])
    #expect(found?.missing == one.missing)
    #expect((found?.areas ?? []) == one.areas)
  }

  @Test(
    "those that were marked as done may be taken out",
    arguments: [(["3", "4"], nil), (["3"], ["4"])] as [([String], [String]?)])
  private func markedAsDone(_ done: [String], _ missing: [String]?) {
    let old = Self.ledger(["1 甲,2 乙,3 丙,4 丁"])
    let found = LedgerLoss.missing(old, in: Self.ledger(["1 甲,2 乙"]), otherwise: [], done: Set(done))
    #expect(found?.missing == missing)
  }

  @Test func aPlanThatMovedIntoAnotherLedgerIsNotLost() {
    let old = Self.ledger(["1 甲,2 乙"])
    #expect(LedgerLoss.missing(old, in: nil, otherwise: [Self.ledger(["5 甲,6 乙,7 丙"])]) == nil)
  }
}
