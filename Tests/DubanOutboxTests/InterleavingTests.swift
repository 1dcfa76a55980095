import DubanCore
import DubanOutbox
import Testing

/// Two hosts at work on one mail, in every order of their steps: claiming, prolonging, completing, recording, dying at any
/// moment, and waking late. Every state that can be reached in so many steps is looked at once.
@Suite struct InterleavingTests {
  private static let steps = 9

  @Test func noMailIsCompletedOrRecordedUnderAnothersClaimAndNoneIsClaimedForEver() throws {
    var seen: Set<String> = []
    var paths: [[Step]] = [[]]
    for _ in 0..<Self.steps {
      var longer: [[Step]] = []
      for path in paths {
        for step in Step.all {
          let path = path + [step]
          let trial = TwoHosts()
          guard try path.allSatisfy(trial.take), seen.insert(try trial.description).inserted else { continue }
          longer.append(path)
        }
      }
      paths = longer
      for path in paths { try expectWayOut(after: path) }
    }
    #expect(seen.count > 1000, "it looked at \(seen.count) states")
  }

  /// Whatever happened, a third host gets the mail some time later unless it is sent.
  private func expectWayOut(after path: [Step]) throws {
    let trial = TwoHosts()
    _ = try path.allSatisfy(trial.take)
    guard try trial.outbox.show(1).entry.state != .sent else { return }
    let later = trial.now.adding(seconds: 5 * 3600)
    let third = LeasePolicy.shared(Sample.process(3))
    // The first one takes the leases that ran out, the second what waited after that.
    _ = try trial.outbox.claim(on: third, now: later)
    let again = try trial.outbox.claim(on: third, now: later.adding(seconds: 5 * 3600))
    let isHeld = try trial.outbox.show(1).entry.state == .sending
    #expect(isHeld || !again.isEmpty, "claimed for ever after \(path)")
  }
}

private enum Step: CustomStringConvertible {
  case claim(Int), prolong(Int), complete(Int), record(Int), die(Int)
  case wait(Int64)

  static let all: [Step] =
    [0, 1].flatMap { [.claim($0), .prolong($0), .complete($0), .record($0), .die($0)] } + [
      .wait(12), .wait(31),
    ]

  var description: String {
    switch self {
    case .claim(let host): "claim \(host)"
    case .prolong(let host): "prolong \(host)"
    case .complete(let host): "complete \(host)"
    case .record(let host): "record \(host)"
    case .die(let host): "die \(host)"
    case .wait(let seconds): "wait \(seconds)"
    }
  }
}

/// The hosts as the service has them (``DeliveryLoop``): what was claimed may be completed for 22 seconds of the lease's 30.
private final class TwoHosts {
  private struct Host {
    var claim: Claim
    var deadline: Timestamp
    var isComplete = false
  }

  let outbox = MemoryOutbox()
  private(set) var now = Sample.now
  private var hosts: [Host?] = [nil, nil]
  private let terms = [1, 2].map { LeasePolicy.shared(Sample.process($0)) }

  init() { _ = try? outbox.enqueue([Sample.entry("a")]) }

  /// What the next steps depend on.
  var description: String {
    get throws { "\(now.seconds) \(try outbox.show(1)) \(hosts.map { $0.map { "\($0)" } ?? "-" })" }
  }

  /// Takes one step; whether it can be taken now.
  func take(_ step: Step) throws -> Bool {
    switch step {
    case .wait(let seconds): now = now.adding(seconds: seconds)
    case .claim(let number):
      guard hosts[number] == nil, let claim = try outbox.claim(on: terms[number], now: now).first else {
        return false
      }
      hosts[number] = Host(claim: claim, deadline: now.adding(seconds: 22))
    case .prolong(let number):
      guard let host = hosts[number] else { return false }
      outbox.renewClaims(on: terms[number], now: now)
      if host.deadline > now { hosts[number]?.deadline = now.adding(seconds: 22) }
    case .complete(let number):
      guard let host = hosts[number], !host.isComplete, host.deadline > now else { return false }
      #expect(try holds(host.claim), "completed under a claim that another has taken")
      hosts[number]?.isComplete = true
    case .record(let number):
      guard let host = hosts[number] else { return false }
      let (isOwn, before) = (try holds(host.claim), try outbox.show(1).entry.state)
      let verdict = host.isComplete ? Sample.accepted : Sample.deferred(until: now.adding(seconds: 30))
      try outbox.record(host.claim, verdict, at: now)
      let after = try outbox.show(1).entry.state
      #expect(isOwn || before != .sending || after == .sending, "recorded under another's claim")
      #expect(isOwn || host.isComplete || after == before, "what wasn't completed counts for nothing")
      hosts[number] = nil
    case .die(let number):
      guard hosts[number] != nil else { return false }
      hosts[number] = nil
    }
    return true
  }

  private func holds(_ claim: Claim) throws -> Bool {
    let entry = try outbox.show(1).entry
    return entry.state == .sending && entry.attempts == claim.attempt
      && outbox.records[Int(claim.entry) - 1].leaseOwner == claim.owner
  }
}
