import DubanCore
import TestSupport
import Testing

/// Counting working days, against a look at each day.
@Suite struct WorkdayCountTests {
  private static func calendar(_ generator: inout SeededGenerator) -> WorkdayCalendar {
    let first = CivilDate(dayNumber: Int32(generator.next() % 40_000) - 10_000)
    var (off, makeUp) = ([CivilDate](), [CivilDate]())
    for offset in 0..<200 {
      let day = first.adding(days: offset)
      switch generator.next() % 6 {
      case 0: off.append(day)
      case 1: makeUp.append(day)
      default: break
      }
    }
    return WorkdayCalendar(offDays: off, makeUpDays: makeUp)
  }

  @Test(arguments: [UInt64(1), 2, 3]) func countsAsALookAtEachDayDoes(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<60 {
      let calendar = Self.calendar(&generator)
      let start = CivilDate(dayNumber: Int32(generator.next() % 42_000) - 11_000)
      let end = start.adding(days: Int(generator.next() % 500))
      var count = 0
      var day = start
      while day < end {
        day = day.adding(days: 1)
        if calendar.isWorkday(day) { count += 1 }
      }
      #expect(calendar.workdays(after: start, through: end) == count)
      for wanted in [-130, -7, -1, 0, 1, 5, 90] {
        var (candidate, left) = (start, abs(wanted))
        while left > 0 {
          candidate = candidate.adding(days: wanted > 0 ? 1 : -1)
          if calendar.isWorkday(candidate) { left -= 1 }
        }
        #expect(calendar.adding(workdays: wanted, to: start) == candidate)
      }
    }
  }
}
