import DubanCore
import DubanCourier
import Testing

@Suite struct PaceTests {
  private static let now = Situation.now

  /// Moments so many seconds before now.
  private func before(_ seconds: [Int64]) -> [Timestamp] { seconds.map { Self.now.adding(seconds: -$0) } }

  @Test(
    "the next mail waits for the minute and for the day",
    arguments: [
      ("nothing sent yet", [], 0),
      ("below the minute's limit", [1, 2], 0),
      ("at the minute's limit: when the first of three is a minute old", [50, 20, 1], 10),
      ("in any order", [1, 50, 20], 10),
      ("more than the limit: the third last counts", [55, 50, 20, 1], 10),
      ("a minute ago no longer counts", [60, 20, 1], 0),
      ("all at once", [0, 0, 0], 60),
      ("a send that lies ahead doesn't block", [-3_000, -2_000, -1_000], 0),
      ("at the day's limit: at midnight, 15 h 30 min ahead", [3_600, 3_500, 3_400, 3_300, 3_200], 55_800),
      ("yesterday's mails don't count", [36_000, 36_000, 36_000, 36_000, 36_000], 0),
    ] as [(String, [Int64], Int64)])
  func earliest(_ name: String, _ sent: [Int64], _ seconds: Int64) throws {
    let pace = try #require(Pace(perMinute: 3, perDay: 5, perConnection: 2))
    let next = pace.earliest(after: before(sent), now: Self.now, utcOffset: Situation.utcOffset)
    #expect(next.seconds - Self.now.seconds == seconds)
  }

  @Test("sending at the earliest moment keeps within both limits")
  func simulation() throws {
    let pace = try #require(Pace(perMinute: 4, perDay: 30, perConnection: nil))
    var (sends, now) = ([Timestamp](), Self.now)
    for _ in 0..<200 {
      now = pace.earliest(after: sends, now: now, utcOffset: Situation.utcOffset)
      sends.append(now)
    }
    for send in sends {
      #expect(sends.count(where: { $0 <= send && send.seconds - $0.seconds < 60 }) <= 4)
      let day = send.day(utcOffset: Situation.utcOffset)
      #expect(sends.count(where: { $0.day(utcOffset: Situation.utcOffset) == day }) <= 30)
    }
  }

  @Test("a connection is left after its share")
  func connection() throws {
    let pace = try #require(Pace(perMinute: nil, perDay: nil, perConnection: 2))
    #expect([0, 1, 2, 3].map(pace.needsNewConnection) == [false, false, true, true])
    #expect(Pace.gentle.needsNewConnection(after: 20))
  }

  @Test("limits below one are refused")
  func limits() {
    #expect(Pace(perMinute: 0, perDay: nil, perConnection: nil) == nil)
    #expect(Pace(perMinute: nil, perDay: -1, perConnection: nil) == nil)
    #expect(Pace(perMinute: nil, perDay: nil, perConnection: 0) == nil)
    #expect(Pace(perMinute: nil, perDay: nil, perConnection: nil) != nil)
  }
}
