import DubanCore
import DubanDaemon
import TestSupport
import Testing

/// The clocks of a zone whose hour is skipped in spring and comes twice in autumn.
@Suite struct ZoneTests {
  @Test(
    arguments: [
      ("Asia/Shanghai", "2022-12-23", "08:30", "2022-12-23T08:30:00+08:00"),
      ("Europe/Berlin", "2022-03-26", "02:30", "2022-03-26T02:30:00+01:00"),
      // 02:00 to 03:00 doesn't exist: the moment that the clock jumps over.
      ("Europe/Berlin", "2022-03-27", "01:59", "2022-03-27T01:59:00+01:00"),
      ("Europe/Berlin", "2022-03-27", "02:00", "2022-03-27T03:00:00+02:00"),
      ("Europe/Berlin", "2022-03-27", "02:30", "2022-03-27T03:30:00+02:00"),
      ("Europe/Berlin", "2022-03-27", "03:00", "2022-03-27T03:00:00+02:00"),
      ("Europe/Berlin", "2022-03-27", "08:30", "2022-03-27T08:30:00+02:00"),
      // 02:00 to 03:00 comes twice: the first.
      ("Europe/Berlin", "2022-10-30", "01:59", "2022-10-30T01:59:00+02:00"),
      ("Europe/Berlin", "2022-10-30", "02:30", "2022-10-30T02:30:00+02:00"),
      ("Europe/Berlin", "2022-10-30", "03:00", "2022-10-30T03:00:00+01:00"),
      ("Europe/Berlin", "2022-10-30", "08:30", "2022-10-30T08:30:00+01:00"),
      ("America/New_York", "2022-03-13", "02:30", "2022-03-13T03:30:00-04:00"),
      ("America/New_York", "2022-11-06", "01:30", "2022-11-06T01:30:00-04:00"),
    ])
  func momentOfADayAndTime(_ name: String, _ day: String, _ time: String, _ expected: String) throws {
    let zone = try #require(Zone(name))
    let moment = zone.moment(SampleLedger.day(day), try #require(CivilTime(time)))
    #expect(zone.iso8601(moment) == expected)
  }

  @Test(arguments: ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"])
  func everySendTimeOfAYearComesOnceAndOnItsDay(_ name: String) throws {
    let zone = try #require(Zone(name))
    let time = try #require(CivilTime("02:30"))
    var last: Timestamp?
    for number in 0..<365 {
      let day = SampleLedger.day("2022-01-01").adding(days: number)
      let moment = zone.moment(day, time)
      #expect(zone.day(of: moment) == day)
      #expect(last.map { $0 < moment } ?? true)
      last = moment
    }
  }

  @Test func aZoneThatDoesNotExistIsNone() { #expect(Zone("Europe/Nowhere") == nil) }
}
