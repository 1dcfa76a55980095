import Foundation
import TestSupport
import Testing

/// What the running service tells systemd, in order.
@Suite struct SupervisionTests {
  @Test func readyReloadingStatusWatchdogStopping() throws {
    let office = try Office()
    let socket = try NotifySocket(path: office.url.path + "/n")
    let service = try office.start(
      "run", "--now", "2022-12-23T08:30",
      environment: ["NOTIFY_SOCKET": socket.path, "WATCHDOG_USEC": "200000"])
    let start = try #require(socket.until("STATUS=next"))
    #expect(start.first?.hasPrefix("WATCHDOG=1") == true || start.first?.hasPrefix("READY=1") == true)
    #expect(
      start.last?.contains("0 sent since the start; 12 waiting") == true, "what was queued waits to be sent")
    let status = try #require(socket.until("STATUS=next")?.last)
    #expect(status.contains("next look at the plan 2022-12-26T08:30:00+08:00"))
    #expect(status.contains("12 sent since the start"))
    #expect(status.contains("0 waiting"))
    #expect(socket.until("WATCHDOG=1") != nil)

    service.signal(SIGHUP)
    let reloading = try #require(socket.until("RELOADING=1")?.last)
    let lines = reloading.split(separator: "\n")
    let moment = try #require(lines.first { $0.hasPrefix("MONOTONIC_USEC=") }?.split(separator: "=").last)
    #expect(UInt64(moment).map { $0 > 0 } == true)
    let reloaded = try #require(socket.until("READY=1"))
    #expect(reloaded.dropLast().allSatisfy { $0 == "WATCHDOG=1" }, "READY comes next: \(reloaded)")

    service.signal(SIGTERM)
    #expect(socket.until("STOPPING=1") != nil)
    #expect(service.end() == 0)
  }

  @Test func theStatusHasTheLastErrorAndTheBacklog() throws {
    let peer = try ScriptedPeer(PeerScript(.mail, .say("535 5.7.8 Error: authentication failed")))
    defer { peer.stop() }
    let office = try Office(port: peer.port)
    let socket = try NotifySocket(path: office.url.path + "/n")
    let service = try office.start(
      "run", "--now", "2022-12-23T08:30", environment: ["NOTIFY_SOCKET": socket.path])
    _ = try #require(socket.until("STATUS=next"))
    let status = try #require(socket.until("STATUS=next")?.last)
    #expect(status.contains("12 waiting"))
    #expect(status.contains("authentication failed"))
    service.signal(SIGTERM)
    #expect(service.end() == 0)
  }
}
