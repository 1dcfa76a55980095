import DubanCore
import DubanOutbox
import Testing

extension OutboxContract {
  static let givingBack: [OutboxContract] = [
    OutboxContract("what is given back untried is as if it had never been claimed") { outbox in
      _ = try outbox.enqueue([Sample.entry("a"), Sample.entry("b")])
      let before = try [outbox.show(1), outbox.show(2)]
      let claims = try outbox.claim(2, now: after(5))
      try outbox.giveBack(claims, at: after(6))
      #expect(try [outbox.show(1), outbox.show(2)] == before)
      #expect(
        try outbox.handedOver(after: after(-60), through: after(60)) == [], "it doesn't count for the pace")
      #expect(try outbox.claim(2, now: after(7)).map(\.attempt) == [1, 1])
    },
    OutboxContract("an earlier attempt and its answer stay when the next one is given back") { outbox in
      _ = try outbox.enqueue([Sample.entry("a")])
      let first = try #require(outbox.claim(now: now).first)
      try outbox.record(first, Sample.deferred(until: after(60), possiblyDelivered: true), at: after(1))
      let before = try outbox.show(1)
      try outbox.giveBack(outbox.claim(now: after(70)), at: after(71))
      #expect(try outbox.show(1) == before)
    },
    OutboxContract("a mail that a person released or retried stands so again") { outbox in
      _ = try outbox.enqueue([Sample.entry("a")])
      try outbox.record(try #require(outbox.claim(now: now).first), Sample.refused, at: now)
      try outbox.retry(1, now: after(1))
      let before = try outbox.show(1)
      #expect(before.entry.state == .queued)
      try outbox.giveBack(outbox.claim(now: after(2)), at: after(3))
      #expect(try outbox.show(1) == before)
    },
    OutboxContract("what somebody else has claimed since isn't given back") { outbox in
      _ = try outbox.enqueue([Sample.entry("a")])
      let slow = try outbox.claim(on: Sample.terms(1), now: now)
      _ = try outbox.claim(on: Sample.terms(2), now: after(15 * 60))
      let before = try outbox.show(1)
      try outbox.giveBack(slow, at: after(16 * 60))
      #expect(try outbox.show(1) == before)
    },
    OutboxContract("what was lost meanwhile isn't given back") { outbox in
      _ = try outbox.enqueue([Sample.entry("a")])
      let claims = try outbox.claim(now: now)
      try outbox.abandonLeases(of: Sample.process(1), now: after(1))
      try outbox.giveBack(claims, at: after(2))
      #expect(try outbox.states() == [.deferred])
      #expect(try outbox.show(1).attempts.map(\.outcome) == [.lost])
    },
    OutboxContract("one call records, takes back and claims") { outbox in
      _ = try outbox.enqueue([Sample.entry("a"), Sample.entry("b"), Sample.entry("c")])
      let claims = try outbox.claim(2, now: now)
      let finished = FinishedClaim(claims[0], Sample.accepted, at: now)
      let next = try outbox.advance(
        [finished], givingBack: [claims[1]], claiming: 1, on: Sample.terms(), now: after(1))
      #expect(next.map(\.entry) == [2])
      #expect(try outbox.states() == [.sent, .sending, .queued])
    },
    OutboxContract("what was given up too soon is due again, and its address is trusted") { outbox in
      _ = try outbox.enqueue([Sample.entry("a"), Sample.entry("b")])
      let claims = try outbox.claim(2, now: now)
      var verdict = Sample.refused
      verdict.badRecipient = true
      let refused = claims.map { FinishedClaim($0, verdict, at: now) }
      _ = try outbox.advance(
        refused, givingBack: [], takingBack: [1: after(300)], claiming: 0, on: Sample.terms(), within: [],
        now: now)
      #expect(try outbox.states() == [.queued, .failed])
      #expect(try outbox.show(1).entry.nextAttempt == after(300))
      #expect(try outbox.show(1).attempts.map(\.outcome) == [.failed], "what was said stays on record")
      #expect(try outbox.badRecipients().map(\.address) == [claims[1].recipient])
    },
  ]
}
