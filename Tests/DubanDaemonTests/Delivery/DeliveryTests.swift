import DubanCore
import DubanCourier
import DubanDaemon
import DubanOutbox
import Synchronization
import TestSupport
import Testing

@Suite struct DeliveryTests {
  private let directory: ScratchDirectory
  private let outbox: Outbox
  private let clock = TestClock(Timestamp(seconds: 1_671_496_200))

  init() throws {
    directory = try ScratchDirectory()
    outbox = try Outbox(directory: directory.path)
  }

  @Test func deliversEverythingThatIsDueInOrder() throws {
    try queue(5)
    let relay = ScriptedRelay()
    let report = delivery(to: relay).run(until: StopFlag())
    #expect(relay.messageIDs == (0..<5).map { "<\($0)@example.org>" })
    #expect(report == expected(sent: 5))
    #expect(try outbox.backlog().open == 0)
  }

  private func expected(sent: Int) -> DeliveryReport {
    var report = DeliveryReport()
    report.sent = sent
    return report
  }

  private func queue(_ count: Int) throws {
    _ = try outbox.enqueue((0..<count).map { entry($0) })
  }

  private func entry(_ number: Int) -> NewEntry {
    NewEntry(
      key: "\(number)", kind: "reminders", reversePath: "contact@example.org",
      recipient: "owner\(number)@example.org", person: "徐娟", unit: "市场监督管理局",
      messageID: "<\(number)@example.org>", subject: "督办", body: Array("Subject: x\r\n\r\ny\r\n".utf8),
      day: clock.now.day(utcOffset: 28_800), queuedAt: clock.now, notBefore: clock.now, reminders: [])
  }

  private func delivery(
    to relay: ScriptedRelay, _ limit: (inout DeliveryPace) -> Void = { _ in }
  ) -> Delivery {
    var pace = DeliveryPace { now in
      let start = now.adding(seconds: -Int64(now.secondOfDay(utcOffset: 28_800)))
      return (start, start.adding(seconds: 86_400))
    }
    limit(&pace)
    let clock = clock
    let rules = Delivery.Rules(pace: pace, judge: judge, clock: { clock.now })
    let owner = ProcessIdentity(boot: "b", namespace: "n", process: 1, start: 1)
    return Delivery(outbox: outbox, terms: ClaimTerms(owner: owner), rules: rules) { relay.courier() }
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
  _ outcome: DeliveryOutcome, attempts: Int, queuedAt: Timestamp, now: Timestamp
) -> DeliveryVerdict {
  switch outcome.result {
  case .accepted: DeliveryVerdict(entry: .sent, answer: outcome.text, code: outcome.code)
  case .refused: DeliveryVerdict(entry: .giveUp, answer: outcome.text, code: outcome.code)
  case .failed:
    DeliveryVerdict(
      entry: .retry(at: now.adding(seconds: 300)), answer: outcome.text, possiblyDelivered: true)
  }
}
