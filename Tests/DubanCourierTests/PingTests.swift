import DubanCourier
import TestSupport
import Testing

/// The dead-man's switch on loopback: the scripted peer says an HTTP answer instead of a mail server's greeting.
@Suite struct PingTests {
  private func peer(_ status: String) throws -> ScriptedPeer {
    let answer = "HTTP/1.1 \(status)\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    return try ScriptedPeer(PeerScript(.banner, .raw(Array(answer.utf8))))
  }

  @Test func aSuccessIsNoProblem() throws {
    let peer = try peer("204 No Content")
    defer { peer.stop() }
    #expect(Ping.send(to: "http://127.0.0.1:\(peer.port)/0a1b2c-secret") == nil)
    #expect(peer.hears { $0.commands.contains("GET /0a1b2c-secret HTTP/1.1") })
  }

  @Test(arguments: ["404 Not Found", "500 Internal Server Error"])
  func aRefusalIsToldWithoutTheURL(_ status: String) throws {
    let peer = try peer(status)
    defer { peer.stop() }
    let problem = try #require(Ping.send(to: "http://127.0.0.1:\(peer.port)/0a1b2c-secret"))
    #expect(!problem.isEmpty)
    #expect(!problem.contains("secret"))
    #expect(!problem.contains("127.0.0.1"))
  }

  @Test func aSwitchThatIsNotThereIsToldWithoutTheURL() throws {
    let peer = try peer("204 No Content")
    peer.stop()
    let problem = Ping.send(to: "ftp://127.0.0.1:\(peer.port)/0a1b2c-secret")
    #expect(problem.map { !$0.isEmpty && !$0.contains("secret") } == true, "only http and https are fetched")
  }
}
