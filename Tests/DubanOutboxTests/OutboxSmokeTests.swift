import DubanCore
import DubanOutbox
import TestSupport
import Testing

@Suite struct OutboxSmokeTests {
  @Test func queuesClaimsAndRecords() throws {
    let directory = try ScratchDirectory()
    let outbox = try Outbox(directory: directory.path)
    let result = try outbox.enqueue([
      Sample.entry("a", reminders: ["r1"]), Sample.entry("b", reminders: ["r1"]),
    ])
    #expect(result.queued == [1])
    #expect(result.known == [EnqueueResult.Known(key: "b", reminder: "r1", entry: 1)])
    let claims = try outbox.claim(5, on: Sample.terms(), now: Sample.now)
    #expect(claims.map(\.entry) == [1])
    try outbox.record(FinishedClaim(claims[0], Sample.accepted, at: Sample.now.adding(seconds: 2)))
    #expect(try outbox.states() == [.sent])
    try outbox.checkIntegrity()
  }
}
