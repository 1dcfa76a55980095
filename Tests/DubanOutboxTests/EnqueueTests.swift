import DubanOutbox
import TestSupport
import Testing

/// Entries that are queued in one call are queued as each would be by itself, however many the outbox inserts at a time.
@Suite struct EnqueueTests {
  /// What two outboxes make of the same entries, all at once and one by one.
  private func compare(_ entries: [NewEntry], _ comment: Comment) throws {
    let (all, each) = (try ScratchDirectory(), try ScratchDirectory())
    let (whole, single) = (try Outbox(directory: all.path), try Outbox(directory: each.path))
    var expected = EnqueueResult()
    for entry in entries {
      let one = try single.enqueue([entry])
      expected.queued += one.queued
      expected.known += one.known
    }
    #expect(try whole.enqueue(entries) == expected, comment)
    #expect(try whole.entries(EntryFilter()) == single.entries(EntryFilter()), comment)
    for id in expected.queued { #expect(try whole.show(id) == single.show(id), comment) }
    try whole.checkIntegrity()
  }

  private func entries(_ numbers: Range<Int>) -> [NewEntry] {
    numbers.map { number in
      Sample.entry("e\(number)", reminders: (0..<number % 3).map { "e\(number)-\($0)" })
    }
  }

  @Test(arguments: [0, 1, 31, 32, 33, 100]) func newOnes(_ count: Int) throws {
    try compare(entries(0..<count), "\(count)")
  }

  @Test func aKeyTwiceInOneCall() throws {
    for place in [1, 31, 32, 60] {
      var some = entries(0..<70)
      some[place].key = some[0].key
      try compare(some, "at \(place)")
    }
  }

  @Test func aReminderTwiceInOneCall() throws {
    for place in [2, 31, 40] {
      var some = entries(0..<70)
      some[place].reminders = [Sample.reminder("own\(place)")] + some[1].reminders
      try compare(some, "at \(place)")
    }
  }

  @Test func manyRemindersInOneEntry() throws {
    var some = entries(0..<40)
    some[3].reminders = (0..<2000).map { Sample.reminder("many\($0)") }
    try compare(some, "2000 reminders")
  }

  @Test func oneThatIsNotAllowedLeavesNone() throws {
    let folder = try ScratchDirectory()
    let outbox = try Outbox(directory: folder.path)
    var some = entries(0..<64)
    some[50].recipient = ""
    #expect(throws: OutboxError.self) { try outbox.enqueue(some) }
    #expect(try outbox.entries(EntryFilter()).isEmpty)
    #expect(try outbox.enqueue(entries(0..<64)).queued == Array(1...64), "no number is lost")
  }
}
