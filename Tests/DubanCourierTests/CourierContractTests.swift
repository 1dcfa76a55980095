import DubanCourier
import Foundation
import TestSupport
import Testing

@Suite struct CourierContractTests {
  @Test(
    "SMTP, with and without TLS",
    arguments: [
      (Relay.Security.none, PeerScript.TLS.none), (.startTLS, .startTLS), (.implicitTLS, .implicit),
    ])
  func smtp(_ security: Relay.Security, _ tls: PeerScript.TLS) throws {
    let peer = try ScriptedPeer(.secured(tls))
    defer { peer.stop() }
    let courier = try SMTPCourier(.forTests(port: peer.port, security, user: testLogin.user))
    try CourierContract(courier: courier) { peer.record.messages }.check()
    #expect(peer.record.connections == 2)
    #expect(peer.record.farewells == 2)
  }

  @Test("Maildir")
  func maildir() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("duban-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try CourierContract(courier: MaildirCourier(directory: folder.path)) { try maildirMessages(folder.path) }
      .check()
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/tmp").isEmpty)
  }
}

/// The messages under `new` of a Maildir, with CRLF line ends.
func maildirMessages(_ folder: String) throws -> [[UInt8]] {
  try FileManager.default.contentsOfDirectory(atPath: folder + "/new").sorted().map { name in
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/new/\(name)"))
    return data.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
  }
}
