import DubanCore
import DubanOutbox
import Testing

extension OutboxContract {
  static let recording: [OutboxContract] = [
    OutboxContract("accepted: sent, with the relay's words") { outbox in
      let claim = try claimed(outbox)
      try outbox.record(claim, Sample.accepted, at: after(2))
      let shown = try outbox.show(1)
      #expect(shown.entry.state == .sent)
      #expect(shown.entry.endedAt == after(2))
      #expect(shown.entry.answer == "250 2.0.0 Ok: queued")
      #expect(shown.entry.code == 250)
      #expect(!shown.entry.possiblyDelivered)
      #expect(shown.attempts.map(\.outcome) == [.sent])
      #expect(try outbox.claim(now: after(1_000_000)) == [])
    },
    OutboxContract("not final: deferred until the moment given") { outbox in
      try outbox.record(try claimed(outbox), Sample.deferred(until: after(700)), at: after(2))
      #expect(try outbox.states() == [.deferred])
      #expect(try outbox.claim(now: after(699)) == [])
      #expect(try outbox.claim(now: after(700)).map(\.attempt) == [2])
    },
    OutboxContract("final refusal: failed, and kept") { outbox in
      try outbox.record(try claimed(outbox), Sample.refused, at: after(2))
      #expect(try outbox.states() == [.failed])
      #expect(try outbox.backlog().counts == [.failed: 1])
      #expect(try outbox.backlog().open == 0)
      #expect(try outbox.show(1).body != nil)
    },
    OutboxContract("an unknown outcome stays noted after the mail was sent") { outbox in
      let unknown = Sample.deferred(until: after(60), possiblyDelivered: true)
      try outbox.record(try claimed(outbox), unknown, at: after(2))
      try outbox.record(try #require(outbox.claim(now: after(60)).first), Sample.accepted, at: after(61))
      let shown = try outbox.show(1)
      #expect(shown.entry.state == .sent)
      #expect(shown.entry.possiblyDelivered)
      #expect(shown.attempts.map(\.possiblyDelivered) == [true, false])
    },
    OutboxContract("one call records and claims the next") { outbox in
      _ = try outbox.enqueue([Sample.entry("a"), Sample.entry("b")])
      let first = try #require(outbox.claim(now: now).first)
      let finished = FinishedClaim(first, Sample.accepted, at: now)
      #expect(try outbox.advance([finished], claiming: 1, on: Sample.terms(), now: now).map(\.entry) == [2])
      #expect(try outbox.states() == [.sent, .sending])
    },
    OutboxContract("an acceptance that comes after the lease was lost still counts") { outbox in
      let slow = try claimed(outbox)
      try outbox.abandonLeases(of: slow.owner, now: after(1))
      try outbox.record(slow, Sample.accepted, at: after(2))
      #expect(try outbox.states() == [.sent])
      #expect(try outbox.claim(now: after(10_000)) == [])
    },
    OutboxContract("a late acceptance doesn't take the entry from who sends it now") { outbox in
      let slow = try claimed(outbox)
      let other = try #require(outbox.claim(on: Sample.terms(2), now: after(15 * 60)).first)
      try outbox.record(slow, Sample.accepted, at: after(16 * 60))
      #expect(try outbox.states() == [.sending])
      try outbox.record(other, Sample.refused, at: after(17 * 60))
      #expect(try outbox.show(1).attempts.map(\.outcome) == [.sent, .failed])
      #expect(try outbox.show(1).entry.possiblyDelivered)
    },
    OutboxContract("a late refusal changes nothing") { outbox in
      let slow = try claimed(outbox)
      try outbox.abandonLeases(of: slow.owner, now: after(1))
      try outbox.record(slow, Sample.refused, at: after(2))
      #expect(try outbox.states() == [.deferred])
    },
    OutboxContract("a paused relay lets nothing be claimed until its time, whoever asks") { outbox in
      _ = try outbox.enqueue([Sample.entry("a"), Sample.entry("b")])
      let claim = try #require(outbox.claim(now: now).first)
      var verdict = Sample.deferred(until: after(60))
      verdict.relay = .pause(until: after(900))
      let finished = FinishedClaim(claim, verdict, at: now)
      #expect(try outbox.advance([finished], claiming: 1, on: Sample.terms(), now: now) == [])
      #expect(try outbox.claim(on: Sample.terms(2), now: after(899)) == [])
      #expect(try outbox.relayState()?.closedUntil(after(1)) == after(900))
      try outbox.clearStop()
      #expect(try outbox.claim(on: Sample.terms(2), now: after(899)) == [])
      #expect(try outbox.claim(5, on: Sample.terms(2), now: after(900)).count == 2)
    },
    OutboxContract("a stopped relay goes on when it is cleared") { outbox in
      var verdict = Sample.deferred(until: after(60))
      verdict.relay = .stop(until: after(86_400))
      try outbox.record(try claimed(outbox), verdict, at: now)
      #expect(try outbox.claim(now: after(3600)) == [])
      #expect(try outbox.relayState()?.reason == "451 try again")
      try outbox.clearStop()
      #expect(try outbox.relayState() == nil)
      #expect(try outbox.claim(now: after(3600)).count == 1)
    },
    OutboxContract("once a stop is cleared, what met with it is due, and nothing else") { outbox in
      _ = try outbox.enqueue([Sample.entry("a"), Sample.entry("b"), Sample.entry("c")])
      let claims = try outbox.claim(3, now: now)
      try outbox.record(claims[0], Sample.deferred(until: after(7200)), at: now)
      // Two connections were refused one second apart.
      for (claim, second) in zip(claims[1...], [0, 1] as [Int64]) {
        let until = after(21_600 + second)
        var verdict = Sample.deferred(until: until)
        (verdict.answer, verdict.relay) = ("535 wrong", .stop(until: until))
        try outbox.record(claim, verdict, at: after(second))
      }
      #expect(try outbox.claim(5, now: after(60)) == [])
      try outbox.clearStop()
      #expect(try outbox.claim(5, now: after(60)).map(\.entry) == [2, 3])
      #expect(try outbox.claim(5, now: after(7200)).map(\.entry) == [1])
    },
    OutboxContract("a bad recipient is marked until a mail is accepted or a person clears it") { outbox in
      var verdict = Sample.refused
      verdict.badRecipient = true
      try outbox.record(try claimed(outbox), verdict, at: now)
      let marked = try outbox.badRecipients()
      #expect(marked.map(\.address) == ["a@example.org"])
      #expect(marked.map(\.answer) == ["554 5.7.1 DT:SPM"])
      try outbox.retry(1, now: after(1))
      try outbox.record(try #require(outbox.claim(now: after(1)).first), verdict, at: after(1))
      #expect(try outbox.badRecipients().map(\.since) == [now])
      try outbox.retry(1, now: after(2))
      try outbox.record(try #require(outbox.claim(now: after(2)).first), Sample.accepted, at: after(2))
      #expect(try outbox.badRecipients() == [])
      #expect(try !outbox.clearBadRecipient("a@example.org"))
    },
    OutboxContract("what was or may have been handed over counts for the pace") { outbox in
      _ = try outbox.enqueue(["a", "b", "c", "d"].map { Sample.entry($0) })
      let claims = try outbox.claim(4, now: now)
      try outbox.record(claims[0], Sample.accepted, at: now)
      try outbox.record(claims[1], Sample.refused, at: now)
      try outbox.record(claims[2], Sample.deferred(until: after(60), possiblyDelivered: true), at: now)
      #expect(try outbox.handedOver(after: after(-60), through: now).count == 3)
      #expect(try outbox.handedOver(after: now, through: after(60)) == [])
    },
  ]

  private static func claimed(_ outbox: any OutboxStore) throws -> Claim {
    _ = try outbox.enqueue([Sample.entry("a")])
    return try #require(outbox.claim(now: now).first)
  }
}
