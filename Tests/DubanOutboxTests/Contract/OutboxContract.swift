import DubanCore
import DubanOutbox
import Testing

/// What every outbox promises, one case a promise. A new store passes when all of them do.
struct OutboxContract: Sendable, CustomTestStringConvertible {
  var name: String
  var check: @Sendable (any OutboxStore) throws -> Void

  var testDescription: String { name }

  init(_ name: String, _ check: @escaping @Sendable (any OutboxStore) throws -> Void) {
    self.name = name
    self.check = check
  }

  static let all: [OutboxContract] = queueing + claiming + givingBack + recording + byHand + keeping

  static let now = Sample.now
  static func after(_ seconds: Int64) -> Timestamp { now.adding(seconds: seconds) }

  static let queueing: [OutboxContract] = [
    OutboxContract("a key is queued once for ever") { outbox in
      #expect(try outbox.enqueue([Sample.entry("a")]).queued == [1])
      let again = try outbox.enqueue([Sample.entry("a"), Sample.entry("b")])
      #expect(again.known == [.init(key: "a", reminders: [], entry: 1)])
      #expect(again.queued == [2])
    },
    OutboxContract("a key that was sent isn't queued again") { outbox in
      _ = try outbox.enqueue([Sample.entry("a")])
      try outbox.record(try #require(outbox.claim(now: now).first), Sample.accepted, at: now)
      #expect(try outbox.enqueue([Sample.entry("a")]).queued == [])
      #expect(try outbox.states() == [.sent])
    },
    OutboxContract("a reminder is queued once, whichever mail carries it") { outbox in
      let first = try outbox.enqueue([
        Sample.entry("a", reminders: ["r1", "r2"]), Sample.entry("b", reminders: ["r3", "r2"]),
      ])
      #expect(first.queued == [1])
      #expect(first.known == [.init(key: "b", reminders: ["r2"], entry: 1)])
      let known = try outbox.enqueue([Sample.entry("b", reminders: ["r2", "r3", "r1"])]).known
      #expect(known == [.init(key: "b", reminders: ["r2", "r1"], entry: 1)], "all of them at once")
      #expect(try outbox.enqueue([Sample.entry("c", reminders: ["r3"])]).queued == [2])
    },
    OutboxContract("what was queued is shown as it was") { outbox in
      let entry = Sample.entry("a", reminders: ["r2", "r1"])
      _ = try outbox.enqueue([entry])
      let shown = try outbox.show(1)
      #expect(shown.body == entry.body)
      #expect(shown.reminders == entry.reminders.sorted { $0.key < $1.key })
      #expect(shown.attempts == [])
      #expect(shown.entry.state == .queued)
      #expect(shown.entry.messageID == "<a@example.org>")
      #expect(shown.entry.nextAttempt == now)
    },
    OutboxContract("a number that no entry has is an error") { outbox in
      #expect(throws: OutboxError.noEntry(7)) { try outbox.show(7) }
      #expect(throws: OutboxError.noEntry(7)) { try outbox.hold(7) }
    },
  ]

  static let claiming: [OutboxContract] = [
    OutboxContract("nothing is claimed before its time") { outbox in
      _ = try outbox.enqueue([Sample.entry("a", notBefore: after(60))])
      #expect(try outbox.claim(now: after(59)) == [])
      #expect(try outbox.claim(now: after(60)).map(\.entry) == [1])
    },
    OutboxContract("those due longest come first, then those queued first") { outbox in
      _ = try outbox.enqueue([
        Sample.entry("late", notBefore: after(20)), Sample.entry("first"), Sample.entry("second"),
        Sample.entry("middle", notBefore: after(10)),
      ])
      let claims = try outbox.claim(10, now: after(30))
      #expect(
        claims.map(\.recipient).map { $0.prefix { $0 != "@" } } == ["first", "second", "middle", "late"])
    },
    OutboxContract("a claim has what is needed to send, and its attempt is counted") { outbox in
      let entry = Sample.entry("a", reminders: ["r2", "r1"])
      _ = try outbox.enqueue([entry])
      let claim = try #require(outbox.claim(now: after(5)).first)
      #expect(claim.body == entry.body)
      #expect(claim.items == ["3.1", "3.1"])
      #expect(claim.attempt == 1)
      #expect(claim.queuedAt == now)
      let shown = try outbox.show(1)
      #expect(shown.entry.state == .sending)
      #expect(shown.entry.attempts == 1)
      #expect(shown.attempts.map(\.outcome) == [nil])
      #expect(shown.attempts.map(\.startedAt) == [after(5)])
    },
    OutboxContract("an entry is claimed by one process alone") { outbox in
      _ = try outbox.enqueue([Sample.entry("a")])
      #expect(try outbox.claim(5, on: Sample.terms(1), now: now).count == 1)
      #expect(try outbox.claim(5, on: Sample.terms(2), now: after(14 * 60)) == [])
    },
    OutboxContract("a lease that ran out is taken, and the same bytes go again after the wait") { outbox in
      _ = try outbox.enqueue([Sample.entry("a")])
      let lost = try #require(outbox.claim(on: Sample.terms(1), now: now).first)
      let again = try #require(outbox.claim(on: Sample.terms(2), now: after(15 * 60)).first)
      #expect(again.body == lost.body)
      #expect(again.messageID == lost.messageID)
      #expect(lost.lostAttemptAt == nil)
      #expect(again.lostAttemptAt == now)
      #expect(again.attempt == 2)
      let shown = try outbox.show(1)
      #expect(shown.entry.possiblyDelivered)
      #expect(shown.attempts.map(\.outcome) == [.lost, nil])
    },
    OutboxContract("a process of another boot is dead, and its entry waits five minutes") { outbox in
      _ = try outbox.enqueue([Sample.entry("a")])
      let dead = ProcessIdentity(boot: "before", namespace: "n", process: 1, start: 1)
      _ = try outbox.claim(on: LeasePolicy(owner: dead), now: now)
      #expect(try outbox.claim(on: Sample.terms(2), now: after(1)) == [])
      #expect(try outbox.states() == [.deferred])
      #expect(try outbox.claim(on: Sample.terms(2), now: after(299)) == [])
      #expect(try outbox.claim(on: Sample.terms(2), now: after(300)).count == 1)
    },
    OutboxContract("the wait after each death doubles up to four hours") { outbox in
      _ = try outbox.enqueue([Sample.entry("a")])
      var moment = now
      var waits: [Int64] = []
      for boot in 0..<8 {
        let owner = ProcessIdentity(boot: "\(boot)", namespace: "n", process: 1, start: 1)
        while try outbox.claim(on: LeasePolicy(owner: owner), now: moment).isEmpty {
          let next = try #require(outbox.backlog().nextAttempt)
          waits.append(next.seconds - moment.seconds)
          moment = next
        }
      }
      #expect(waits == [300, 600, 1200, 2400, 4800, 9600, 14_400])
    },
    OutboxContract("where hosts share it a process that is seen to live loses a lease that ran out") {
      outbox in
      _ = try outbox.enqueue([Sample.entry("a")])
      let this = try ProcessIdentity.current()
      let lost = try #require(outbox.claim(on: .shared(this), now: now).first)
      let other = LeasePolicy.shared(Sample.process(2))
      #expect(try outbox.claim(on: other, now: after(29)) == [])
      #expect(try outbox.claim(on: other, now: after(30)).map(\.attempt) == [2])
      try outbox.record(lost, Sample.deferred(until: after(900)), at: after(31))
      #expect(try outbox.states() == [.sending], "what ended late counts for nothing")
      try outbox.record(lost, Sample.accepted, at: after(32))
      #expect(try outbox.states() == [.sending])
      #expect(try outbox.show(1).entry.possiblyDelivered)
    },
    OutboxContract("a lease that is prolonged isn't taken") { outbox in
      _ = try outbox.enqueue([Sample.entry("a")])
      let (one, other) = (LeasePolicy.shared(Sample.process(1)), LeasePolicy.shared(Sample.process(2)))
      _ = try outbox.claim(on: one, now: now)
      try outbox.renewClaims(on: one, now: after(20))
      #expect(try outbox.claim(on: other, now: after(49)) == [])
      #expect(try outbox.claim(on: other, now: after(50)).count == 1)
      try outbox.renewClaims(on: one, now: after(51))
      #expect(try outbox.claim(on: Sample.terms(3), now: after(79)) == [], "what was taken stays taken")
    },
    OutboxContract("no more is claimed than a limit leaves, whoever claims") { outbox in
      _ = try outbox.enqueue((0..<9).map { Sample.entry("n\($0)") })
      var counts: [Int] = []
      for (process, seconds) in [(1, 0), (2, 1), (1, 2), (2, 60), (1, 61), (1, 600)] as [(Int32, Int64)] {
        let limits = [
          ClaimLimit(since: after(seconds - 60), most: 3), ClaimLimit(since: after(-1), most: 5),
        ]
        let claims = try outbox.advance(
          [], givingBack: [], takingBack: [:], claiming: 2, on: Sample.terms(process), within: limits,
          now: after(seconds))
        counts.append(claims.count)
      }
      #expect(counts == [2, 1, 0, 2, 0, 0])
    },
    OutboxContract("a process gives back what it never finished") { outbox in
      _ = try outbox.enqueue([Sample.entry("a"), Sample.entry("b")])
      _ = try outbox.claim(on: Sample.terms(1), now: now)
      _ = try outbox.claim(on: Sample.terms(2), now: now)
      try outbox.abandonLeases(of: Sample.process(1), now: after(1))
      #expect(try outbox.states() == [.deferred, .sending])
    },
  ]
}
