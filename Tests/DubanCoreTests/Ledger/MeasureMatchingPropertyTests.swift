import DubanCore
import TestSupport
import Testing

/// What holds whatever people do to a table: put in, take out, move, exchange, number anew, write another title, give to
/// another unit, part it into sheets.
@Suite struct MeasureMatchingPropertyTests {
  /// A row of the table. The name is the title, and says which row it was in the beginning.
  private struct Row: Equatable {
    var title: String
    var unit: String
    var due: CivilDate
  }

  private struct Table {
    var sheets: [[Row]]
    var numbersBySheet = false
    private var random: SeededGenerator
    private var made = 0

    init(seed: UInt64) {
      random = SeededGenerator(seed: seed)
      sheets = []
      sheets = [(0..<4 + below(8)).map { _ in row() }]
    }

    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }

    /// Titles that have nothing in common but, now and then, all of it with one of another unit.
    private mutating func row() -> Row {
      made += 1
      let words = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
      let title = String((0..<6).map { _ in words.randomElement(using: &random) ?? "甲" })
      if let twin = sheets.joined().randomElement(using: &random), below(6) == 0 {
        return Row(title: twin.title, unit: "独局\(made)", due: due())
      }
      return Row(title: "\(title)之\(made)", unit: "局\(below(3))", due: due())
    }

    private mutating func due() -> CivilDate { SampleLedger.day("2022-11-01").adding(days: below(60)) }

    private mutating func place() -> (Int, Int)? {
      let filled = sheets.indices.filter { !sheets[$0].isEmpty }
      guard let sheet = filled.randomElement(using: &random) else { return nil }
      return (sheet, below(sheets[sheet].count))
    }

    mutating func edit() {
      guard let (sheet, row) = place() else { return sheets = [[self.row()]] }
      switch below(8) {
      case 0: sheets[sheet].insert(self.row(), at: row)
      case 1: sheets[sheet].remove(at: row)
      case 2:
        let moved = sheets[sheet].remove(at: row)
        let target = below(sheets.count)
        sheets[target].insert(moved, at: below(sheets[target].count + 1))
      case 3: sheets[sheet].swapAt(row, below(sheets[sheet].count))
      case 4: sheets[sheet][row].title = self.row().title
      case 5:
        let tail = sheets[sheet][row...]
        sheets[sheet].removeSubrange(row...)
        sheets.append(Array(tail))
      case 6:
        made += 1
        sheets[sheet][row].unit = "新局\(made)"
      default: numbersBySheet.toggle()
      }
    }

    /// Numbered anew each time, as Excel's filling down does.
    func ledger(owners: [Owner]) -> Ledger {
      var measures: [Measure] = []
      for (sheet, rows) in sheets.enumerated() {
        for (place, row) in rows.enumerated() {
          let number = numbersBySheet ? "\(sheet + 1).\(place + 1)" : "\(measures.count + 1)"
          var measure = SampleLedger.measure(number, due: "\(row.due)", owners: [])
          (measure.title, measure.units) = (row.title, [row.unit])
          measures.append(measure)
        }
      }
      return SampleLedger.ledger(owners: owners, measures: measures)
    }

    var units: Set<String> { Set(sheets.joined().map(\.unit)) }
  }

  private func key(_ measure: Measure) -> String { "\(measure.title)@\(measure.units)" }

  @Test func noDecisionSilencesWhatItWasNotMadeFor() {
    var silenced = 0
    for seed in 0..<300 as Range<UInt64> {
      var table = Table(seed: seed)
      var known: [KnownMeasure] = []
      var decisions = Decisions()
      var madeFor: [String: String] = [:]
      for _ in 0..<6 {
        let raw = table.ledger(owners: [])
        known = MeasureMatching(raw, known: known).known
        let ledger = raw.identified(by: known)
        let planner = Planner(
          ledgers: [ledger], policy: Policy(), calendar: SampleLedger.calendar, decisions: decisions)
        for measure in ledger.measures {
          if planner.decisions.isDone(ItemID(measure, ofPlan: ledger.plan.key), on: []) {
            silenced += 1
            #expect(madeFor[measure.identity] == key(measure), "seed \(seed)")
          }
          guard table.below(4) == 0 else { continue }
          madeFor[measure.identity] = key(measure)
          let mark = Decisions.Done(plan: ledger.plan.key, item: measure.identity, due: nil)
          decisions.done.insert(mark)
          decisions.madeFor[mark] = DecidedMeasure(measure)
        }
        for _ in 0...table.below(4) { table.edit() }
      }
    }
    #expect(silenced > 1_000)
  }

  @Test func noOpenMeasureThatStaysLosesOrRepeatsAStep() {
    var compared = 0
    for seed in 0..<60 as Range<UInt64> {
      var table = Table(seed: seed)
      let before = table
      for _ in 0...table.below(5) { table.edit() }
      let stays = Set(before.sheets.joined().map(key)).intersection(table.sheets.joined().map(key))
      let changed = life(before, then: table), unchanged = life(before, then: before)
      for row in stays {
        compared += 1
        #expect(changed[row] == unchanged[row], "seed \(seed): \(row)")
      }
    }
    #expect(compared > 200)
  }

  private func key(_ row: Row) -> String { "\(row.title)@\([row.unit])@\(row.due)" }

  /// The steps that each measure's owner was reminded in, in order: half the days with one table, half with the other.
  private func life(_ first: Table, then second: Table) -> [String: [String]] {
    let owners = first.units.union(second.units).sorted().map { SampleLedger.owner("人", $0, "m\($0.count)") }
    var (history, known, steps) = (History(), [KnownMeasure](), [String: [String]]())
    for offset in 0..<60 {
      let raw = (offset < 30 ? first : second).ledger(owners: owners)
      known = MeasureMatching(raw, known: known).known
      let planner = Planner(
        ledgers: [raw.identified(by: known)], policy: Policy(), calendar: SampleLedger.calendar)
      for mail in planner.plan(on: SampleLedger.day("2022-10-10").adding(days: offset), after: history).mails
      {
        history.note(mail)
        for reminder in mail.delivered {
          guard case .measure(let measure, _) = reminder.subject else { continue }
          steps["\(key(measure))@\(reminder.occurrence.due)", default: []].append("\(reminder.stage)")
        }
      }
    }
    return steps
  }
}
