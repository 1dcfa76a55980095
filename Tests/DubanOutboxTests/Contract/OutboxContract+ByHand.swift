import DubanCore
import DubanOutbox
import Testing

extension OutboxContract {
  static let byHand: [OutboxContract] = [
    OutboxContract("held: never claimed until released") { outbox in
      _ = try outbox.enqueue([Sample.entry("a", notBefore: after(100))])
      try outbox.hold(1)
      #expect(try outbox.claim(now: after(1_000_000)) == [])
      try outbox.release(1, now: after(10))
      #expect(try outbox.show(1).entry.nextAttempt == after(100))
      #expect(try outbox.claim(now: after(100)).count == 1)
    },
    OutboxContract("dropped: never sent, never queued again, no failure to report") { outbox in
      _ = try outbox.enqueue([Sample.entry("a", reminders: ["r"])])
      try outbox.drop(1, now: after(1))
      let entry = try outbox.show(1).entry
      #expect(entry.state == .failed)
      #expect(entry.dropped)
      #expect(entry.answer == "dropped by hand")
      #expect(try outbox.claim(now: after(1_000_000)) == [])
      #expect(try outbox.enqueue([Sample.entry("b", reminders: ["r"])]).queued == [])
    },
    OutboxContract("retried: due at once, also after it failed or was dropped") { outbox in
      _ = try outbox.enqueue([Sample.entry("a")])
      try outbox.record(try #require(outbox.claim(now: now).first), Sample.refused, at: now)
      try outbox.retry(1, now: after(1))
      try outbox.record(
        try #require(outbox.claim(now: after(1)).first), Sample.deferred(until: after(5000)), at: after(2))
      try outbox.retry(1, now: after(3))
      #expect(try outbox.show(1).entry.nextAttempt == after(3))
      try outbox.drop(1, now: after(4))
      try outbox.retry(1, now: after(5))
      #expect(try !outbox.show(1).entry.dropped)
      #expect(try outbox.claim(now: after(5)).map(\.attempt) == [3])
    },
    OutboxContract("a refusal leaves the entry as it was") { outbox in
      _ = try outbox.enqueue([Sample.entry("a")])
      let claim = try #require(outbox.claim(now: now).first)
      let before = try outbox.show(1)
      for attempt in [
        { try outbox.hold(1) }, { try outbox.release(1, now: now) }, { try outbox.drop(1, now: now) },
        { try outbox.retry(1, now: now) },
      ] as [() throws -> Void] {
        #expect(throws: OutboxError.self) { try attempt() }
      }
      #expect(try outbox.show(1) == before)
      try outbox.record(claim, Sample.accepted, at: now)
      #expect(
        throws: OutboxError.refused(
          entry: 1, why: "it has been sent, and is never sent twice on purpose")
      ) { try outbox.retry(1, now: now) }
    },
  ]

  static let keeping: [OutboxContract] = [
    OutboxContract("purging takes the bytes of what ended, never the record or what waits") { outbox in
      _ = try outbox.enqueue(["a", "b", "c"].map { Sample.entry($0, reminders: ["r\($0)"]) })
      let claims = try outbox.claim(2, now: now)
      try outbox.record(claims[0], Sample.accepted, at: after(10))
      try outbox.record(claims[1], Sample.refused, at: after(20))
      #expect(try outbox.purgeBodies(endedBefore: after(20), limit: 100) == 1)
      #expect(try outbox.purgeBodies(endedBefore: after(1_000_000), limit: 100) == 1)
      #expect(try outbox.purgeBodies(endedBefore: after(1_000_000), limit: 100) == 0)
      let shown = try (1...3).map { try outbox.show($0) }
      #expect(shown.map { $0.body == nil } == [true, true, false])
      #expect(shown.map(\.reminders.count) == [1, 1, 1])
      #expect(throws: OutboxError.self) { try outbox.retry(2, now: after(30)) }
      #expect(try outbox.enqueue([Sample.entry("a"), Sample.entry("d", reminders: ["rb"])]).queued == [])
    },
    OutboxContract("entries are found by state, person, address, item, day and number") { outbox in
      _ = try outbox.enqueue([
        Sample.entry("a"), Sample.entry("b", reminders: ["r"], person: "杜潘"), Sample.entry("c"),
      ])
      try outbox.hold(3)
      func found(_ change: (inout EntryFilter) -> Void) throws -> [Int64] {
        var filter = EntryFilter()
        change(&filter)
        return try outbox.entries(filter).map(\.id)
      }
      #expect(try found { _ in } == [1, 2, 3])
      #expect(try found { $0.newestFirst = true } == [3, 2, 1])
      #expect(try found { $0.states = [.held] } == [3])
      #expect(try found { $0.states = [] } == [])
      #expect(try found { $0.to = "杜潘" } == [2])
      #expect(try found { $0.to = "c@example.org" } == [3])
      #expect(try found { $0.items = ["3.1"] } == [2])
      #expect(try found { $0.from = Sample.day.adding(days: 1) } == [])
      #expect(try found { $0.through = Sample.day } == [1, 2, 3])
      #expect(try found { $0.limit = 2 } == [1, 2])
    },
    OutboxContract("the backlog counts what isn't sent") { outbox in
      _ = try outbox.enqueue(["a", "b", "c", "d"].map { Sample.entry($0) })
      #expect(try outbox.backlog().counts == [.queued: 4])
      let claims = try outbox.claim(3, now: now)
      try outbox.record(claims[0], Sample.accepted, at: now)
      try outbox.record(claims[1], Sample.deferred(until: after(99)), at: now)
      try outbox.hold(4)
      let backlog = try outbox.backlog()
      #expect(backlog.counts == [.sending: 1, .deferred: 1, .held: 1])
      #expect(backlog.open == 3)
      #expect(backlog.nextAttempt == after(99))
      #expect(backlog.oldest == now)
    },
    OutboxContract("what a clock that was ahead put off is due again") { outbox in
      _ = try outbox.enqueue([
        Sample.entry("a"), Sample.entry("b"), Sample.entry("c", notBefore: after(3600)),
      ])
      let dayAhead = after(86_400)
      let claims = try outbox.claim(1, now: dayAhead)
      var verdict = Sample.deferred(until: dayAhead.adding(seconds: 600))
      verdict.relay = .pause(until: dayAhead.adding(seconds: 900))
      try outbox.record(claims[0], verdict, at: dayAhead)
      #expect(try outbox.repairAfterClockChange(now: after(10)) == 1)
      #expect(try outbox.relayState() == nil)
      #expect(try outbox.claim(5, now: after(10)).map(\.entry) == [2, 1])
      #expect(try outbox.repairAfterClockChange(now: after(11)) == 0)
    },
  ]
}
