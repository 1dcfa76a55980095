import DubanCore
import Testing

@Suite struct FestivalTests {
  /// Days that almanacs print, among them the years in which the lunar calendar's leap months mislead.
  @Test(arguments: [
    (Festival.newYear, 2023, "2023-01-01"), (.springFestivalEve, 2023, "2023-01-21"),
    (.springFestival, 2023, "2023-01-22"), (.springFestival, 2034, "2034-02-19"),
    (.lanternFestival, 2023, "2023-02-05"), (.qingming, 2023, "2023-04-05"), (.qingming, 2024, "2024-04-04"),
    (.labourDay, 2022, "2022-05-01"), (.dragonBoat, 2022, "2022-06-03"), (.dragonBoat, 2025, "2025-05-31"),
    (.midAutumn, 2022, "2022-09-10"), (.midAutumn, 2025, "2025-10-06"), (.midAutumn, 2033, "2033-09-08"),
    (.nationalDay, 2022, "2022-10-01"), (.springFestival, 2050, "2050-01-23"),
  ])
  func falls(festival: Festival, year: Int, day: String) {
    #expect(festival.day(in: year)?.description == day)
  }

  @Test func lunarFestivalsAreKnownTo2050() {
    for festival in Festival.allCases {
      for year in 2000...2050 { #expect(festival.day(in: year)?.year == year) }
      #expect((festival.day(in: 1999) == nil) == !festival.isFixed)
      #expect((festival.day(in: 2051) == nil) == !festival.isFixed)
    }
  }

  /// The New Year of the lunar calendar lies between 21 January and 20 February, the others follow it by so many months.
  @Test func tableIsPlausible() throws {
    for year in 2000...2050 {
      let spring = try #require(Festival.springFestival.day(in: year))
      let boats = try #require(Festival.dragonBoat.day(in: year))
      let moon = try #require(Festival.midAutumn.day(in: year))
      #expect((121...220).contains(spring.month * 100 + spring.day))
      #expect((120...153).contains(boats.days(since: spring)))
      #expect((98...129).contains(moon.days(since: boats)))
    }
  }
}
