import DubanCore
import DubanCourier
import DubanOutbox
import GRDB
import Synchronization
import TestSupport
import Testing

@testable import DubanDaemon

/// An outbox in a scratch folder and deliveries from it, by a clock that stands still until a test moves it.
struct DeliveryOffice {
  let directory: ScratchDirectory
  let outbox: Outbox
  let clock = TestClock(Timestamp(seconds: 1_671_496_200))

  init() throws {
    directory = try ScratchDirectory()
    outbox = try Outbox(directory: directory.path)
  }

  /// One of several hosts' view of a database.
  init(_ outbox: Outbox, process: Int32) throws {
    directory = try ScratchDirectory()
    self.outbox = outbox
    owner.process = process
  }

  func queue(
    _ count: Int, from first: Int = 0, to recipient: (Int) -> String = { "owner\($0)@example.org" }
  ) throws {
    _ = try outbox.enqueue((first..<first + count).map { entry($0, to: recipient($0)) })
  }

  private func entry(_ number: Int, to recipient: String) -> NewEntry {
    NewEntry(
      key: "\(number)", kind: "reminders", reversePath: "contact@example.org", recipient: recipient,
      person: "徐娟", unit: "市场监督管理局",
      messageID: "<\(number)@example.org>", subject: "督办", body: Array("Subject: x\r\n\r\ny\r\n".utf8),
      day: clock.now.day(utcOffset: 28_800), queuedAt: clock.now, notBefore: clock.now, reminders: [])
  }

  var owner = ProcessIdentity(boot: "b", namespace: "n", process: 1, start: 1)

  func delivery(
    to relay: ScriptedRelay, after earlier: DeliveryLoop? = nil,
    limit: (inout DeliveryPace) -> Void = { _ in },
    expiry: @escaping @Sendable (Timestamp, Timestamp?) -> DeliveryVerdict? = { _, _ in nil },
    recorded: @escaping @Sendable ([FinishedClaim]) -> Void = { _ in }
  ) -> DeliveryLoop {
    delivery(after: earlier, limit: limit, expiry: expiry, recorded: recorded) { relay.courier() }
  }

  func delivery(
    after earlier: DeliveryLoop? = nil, limit: (inout DeliveryPace) -> Void = { _ in },
    expiry: @escaping @Sendable (Timestamp, Timestamp?) -> DeliveryVerdict? = { _, _ in nil },
    recorded: @escaping @Sendable ([FinishedClaim]) -> Void = { _ in },
    judge: @escaping @Sendable (AttemptResult, Claim, Timestamp) -> DeliveryVerdict = judge,
    makeCourier: () -> sending any Courier
  ) -> DeliveryLoop {
    var pace = DeliveryPace { now in
      let start = now.adding(seconds: -Int64(now.secondOfDay(utcOffset: 28_800)))
      return (start, start.adding(seconds: 86_400))
    }
    limit(&pace)
    let clock = clock
    let rules = DeliveryLoop.Rules(
      pace: pace, judge: judge, expiry: { expiry($0.queuedAt, $0.lostAttemptAt) }, clock: { clock.now },
      recorded: recorded)
    let terms = outbox.isShared ? LeasePolicy.shared(owner) : LeasePolicy(owner: owner)
    return DeliveryLoop(
      outbox: outbox, terms: terms, rules: rules, after: earlier, makeCourier: makeCourier)
  }
}

/// A clock that stands still until a test moves it.
final class TestClock: Sendable {
  private let moment: Mutex<Timestamp>

  init(_ moment: Timestamp) { self.moment = Mutex(moment) }

  var now: Timestamp { moment.withLock { $0 } }

  func advance(seconds: Int64) { moment.withLock { $0 = $0.adding(seconds: seconds) } }
}

/// As plain as can be: the courier's own judgement has its own tests.
@Sendable private func judge(
  _ outcome: AttemptResult, claim: Claim, now: Timestamp
) -> DeliveryVerdict {
  var verdict = DeliveryVerdict(entry: .sent, answer: outcome.text, code: outcome.code)
  guard outcome.result != .accepted else { return verdict }
  verdict.entry = .retry(at: now.adding(seconds: 300))
  switch outcome.step {
  case .finalDot:
    verdict.possiblyDelivered = true
    verdict.relay = .newConnection
  // Also the mail itself waits for the relay then.
  case .authenticate:
    let until = now.adding(seconds: 86_400)
    (verdict.entry, verdict.relay) = (.retry(at: until), .stop(until: until))
  case .mailFrom:
    let until = now.adding(seconds: 900)
    (verdict.entry, verdict.relay) = (.retry(at: until), .pause(until: until))
  default: break
  }
  return verdict
}

/// Makes every change of an entry fail, and work again: a disk that fills up and is emptied, as the outbox sees it.
final class Fault: Sendable {
  private let database: DatabaseQueue

  init(_ directory: String) throws {
    // The service writes at the same time; whoever comes second waits, as every other process does.
    var configuration = GRDB.Configuration()
    configuration.busyMode = .timeout(30)
    database = try DatabaseQueue(path: directory + "/duban.sqlite", configuration: configuration)
  }

  func begin() {
    run("CREATE TRIGGER fault BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'fault'); END")
  }

  func end() { run("DROP TRIGGER fault") }

  private func run(_ sql: String) {
    #expect(throws: Never.self) { try database.write { db in try db.execute(sql: sql) } }
  }
}

extension AttemptResult {
  static let accepted = AttemptResult(step: .finalDot, result: .accepted, code: 250, text: "ok")
}
