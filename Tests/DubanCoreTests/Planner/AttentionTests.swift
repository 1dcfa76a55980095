import DubanCore
import TestSupport
import Testing

/// Of what wants attention a picture may hold the first lines alone, and says of all how many there are.
@Suite struct AttentionTests {
  @Test(arguments: [1, 2, 5]) func theFirstLinesAreThoseOfTheWholePictureAndAllAreCounted(_ most: Int) {
    var cut = 0
    for seed in 0..<60 as Range<UInt64> {
      let office = GeneratedOffice(seed: seed)
      let planner = office.planner
      for offset in stride(from: 0, to: 90, by: 11) {
        let day = office.first.adding(days: offset)
        let whole = planner.overview(on: day)
        let first = planner.overview(on: day, extent: .attention, most: most)
        let place: Comment = "seed \(seed), \(day)"
        let lists: [(Overview) -> [AgendaItem]] = [
          \.overdue, \.upcoming, \.undecided, \.submitted, \.snoozed,
        ]
        for list in lists {
          #expect(list(first).prefix(most) == list(whole).prefix(most), place)
          #expect(list(first).count <= list(whole).count, place)
          cut += list(whole).count - list(first).count
        }
        #expect(first.attention == whole.attention, place)
        #expect(first.outlook == whole.outlook, place)
        #expect(first.total == whole.total && first.areas == whole.areas && first.units == whole.units, place)
        #expect(first.reports == whole.reports, place)
        checkNumbers(of: whole, place)
      }
    }
    #expect(cut > 20, "hardly anything was cut")
  }

  private func checkNumbers(of whole: Overview, _ place: Comment) {
    let numbers = whole.attention
    #expect(whole.outlook.overdue == whole.overdue.count, place)
    #expect(numbers.undecided == whole.undecided.count, place)
    #expect(numbers.submitted == whole.submitted.count, place)
    #expect(numbers.snoozed == whole.snoozed.count, place)
    let days = Dictionary(grouping: whole.upcoming, by: \.due)
    #expect(numbers.upcoming.map(\.due) == days.keys.compactMap { $0 }.sorted(), place)
    for day in numbers.upcoming {
      #expect(day.count == days[day.due]?.count, place)
      #expect(day.light == days[day.due]?.map(\.light).max(), place)
    }
  }
}
