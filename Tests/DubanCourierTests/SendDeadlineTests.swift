import DubanMail
import Glibc
import TestSupport
import Testing

@testable import DubanCourier

/// A message whose claim may be another host's by now isn't completed.
@Suite struct SendDeadlineTests {
  private let deadline = SendDeadline()

  private func delivered() throws -> (result: AttemptResult, messages: Int) {
    let peer = try ScriptedPeer()
    defer { peer.stop() }
    let courier = try SMTPCourier(.forTests(port: peer.port))
    let result = courier.deliver(.forTests(), until: deadline)
    courier.close()
    return (result, peer.record.messages.count)
  }

  @Test func beforeItAMessageIsCompleted() throws {
    deadline.begin(.now + .seconds(60))
    let (result, messages) = try delivered()
    #expect(result.result == .accepted)
    #expect(messages == 1)
  }

  @Test func afterItNoneIsAndTheRelayHasNothing() throws {
    deadline.begin(.now - .milliseconds(1))
    let (result, messages) = try delivered()
    #expect(result.result == .failed)
    #expect(result.step != .finalDot, "it can't have arrived")
    #expect(messages == 0)
  }

  @Test func onceItHasPassedItStays() {
    #expect(deadline.hasPassed, "nothing is claimed yet")
    deadline.begin(.now + .seconds(60))
    deadline.extend(to: .now + .seconds(90))
    #expect(!deadline.hasPassed)
    deadline.begin(.now - .milliseconds(1))
    deadline.extend(to: .now + .seconds(60))
    #expect(deadline.hasPassed, "another host may have taken over meanwhile")
    deadline.begin(.now + .seconds(60))
    #expect(!deadline.hasPassed, "a new claim")
  }

  /// What was written while the network was cut is dropped before the lease ends.
  @Test func theSocketDropsWhatStaysUnacknowledged() throws {
    let peer = try ScriptedPeer()
    defer { peer.stop() }
    let connection = try SMTPConnection(.forTests(port: peer.port), login: nil)
    deadline.begin(.now + .seconds(60))
    _ = connection.send(
      Array("Subject: x\r\n\r\ny\r\n".utf8),
      in: Envelope(reversePath: "a@example.org", recipient: "b@example.org"), until: deadline)
    var (value, size) = (UInt32(0), socklen_t(MemoryLayout<UInt32>.size))
    #expect(getsockopt(connection.line.socket, Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, &value, &size) == 0)
    #expect(value == SendDeadline.mostUnacknowledged)
    _ = connection.sayFarewell()
  }
}
