import DubanCore
import DubanCourier
import DubanMail
import Foundation
import TestSupport
import Testing

/// The courier against real peers; `scripts/system/courier-tests` starts them and sets the environment.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["DUBAN_SYSTEM_TESTS"] == "1"), .serialized)
struct CourierSystemTests {
  private func value(_ name: String) throws -> String {
    try #require(
      ProcessInfo.processInfo.environment[name], "\(name) isn't set: run scripts/system/courier-tests")
  }

  private func relay(_ security: Relay.Security, password: String? = nil) throws -> Relay {
    let port = try value(security == .startTLS ? "DUBAN_POSTFIX_SUBMISSION" : "DUBAN_POSTFIX_SMTPS")
    let file = SecretFile(path: try value("DUBAN_POSTFIX_PASSWORD_FILE"))
    var relay = try Relay(
      host: "localhost", port: try #require(Int(port)), security: security, user: value("DUBAN_POSTFIX_USER")
    ) { () throws(SecretError) in
      if let password { return Secret(password) }
      return try file.read()
    }
    relay.authorities = try value("DUBAN_POSTFIX_AUTHORITY")
    return relay
  }

  private func words(_ outcome: AttemptResult) -> String {
    Situation.words(
      RetryPolicy.verdict(
        on: outcome, to: Situation.addressee, attempts: 1, queuedAt: Situation.now, now: Situation.now,
        jitter: 0,
        utcOffset: Situation.utcOffset))
  }

  /// Empties the Maildir and watches it.
  private func maildir() throws -> FolderWatch {
    let folder = try value("DUBAN_POSTFIX_MAILDIR") + "/new"
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for file in files { try FileManager.default.removeItem(atPath: "\(folder)/\(file)") }
    if files.isEmpty {
      // Postfix makes the folder with its first mail; ours has to be there to be watched.
      let maildir = try value("DUBAN_POSTFIX_MAILDIR")
      for name in ["new", "cur", "tmp"] {
        try FileManager.default.createDirectory(
          atPath: "\(maildir)/\(name)", withIntermediateDirectories: true,
          attributes: [.ownerAccountName: "nobody", .posixPermissions: 0o700])
      }
    }
    return try FolderWatch(folder)
  }

  private func contents(_ files: [String]) throws -> [[UInt8]] {
    try files.map { file in
      try Data(contentsOf: URL(fileURLWithPath: file)).flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
    }
  }

  @Test(
    "Postfix takes and delivers every body byte for byte",
    arguments: [
      Relay.Security.startTLS, .implicitTLS,
    ])
  func postfix(_ security: Relay.Security) throws {
    let watch = try maildir()
    defer { watch.end() }
    let contract = CourierContract(
      courier: SMTPCourier(try relay(security)),
      arrived: { try contents(watch.files(count: CourierContract.bodies.count + 1)) }, mayPrepend: true)
    try contract.check()
  }

  @Test("smtp-sink takes every body byte for byte")
  func sink() throws {
    let watch = try FolderWatch(value("DUBAN_SINK_DIRECTORY"))
    defer { watch.end() }
    let port = try #require(Int(value("DUBAN_SINK_PORT")))
    let contract = CourierContract(
      courier: SMTPCourier(try Relay(host: "127.0.0.1", port: port, security: .none)),
      // smtp-sink ends each file with an empty line of its own.
      arrived: { try contents(watch.files(count: CourierContract.bodies.count + 1)).map { $0.dropLast(2) } },
      mayPrepend: true)
    try contract.check()
  }

  @Test("Dovecot refuses a wrong password: all sending stops")
  func wrongPassword() throws {
    let outcome = SMTPCourier(try relay(.implicitTLS, password: "wrong")).deliver(.forTests())
    #expect(outcome.code == 535)
    #expect(words(outcome) == "retry in 6 h, stop 6 h")
  }

  @Test("Postfix refuses another sender than the login: all sending stops")
  func otherSender() throws {
    let outcome = SMTPCourier(try relay(.implicitTLS)).deliver(.forTests(from: "office@example.org"))
    #expect(outcome.code == 553)
    #expect(words(outcome) == "retry in 6 h, stop 6 h")
  }

  @Test("Postfix refuses an unknown recipient, and takes the next mail")
  func unknownRecipient() throws {
    let courier = SMTPCourier(try relay(.startTLS))
    let outcome = courier.deliver(.forTests(to: "nobody@example.org"))
    #expect(outcome.code == 550)
    #expect(outcome.enhanced == "5.1.1")
    #expect(words(outcome) == "give up, bad recipient")
    #expect(courier.deliver(.forTests()).result == .accepted)
    courier.close()
  }

  @Test("Postfix doesn't relay for us: all sending stops, and the mail is kept")
  func relaying() throws {
    let outcome = SMTPCourier(try relay(.startTLS)).deliver(.forTests(to: "owner@example.net"))
    #expect(words(outcome) == "retry in 6 h, stop 6 h")
  }

  @Test("Postfix's certificate isn't trusted without its authority: no password goes out")
  func untrusted() throws {
    var relay = try relay(.implicitTLS)
    relay.authorities = nil
    #expect(Situation.words(SMTPCourier(relay).deliver(.forTests())) == "tls failed")
  }

  @Test("the doctor finds Postfix in good health")
  func doctor() throws {
    for security in [Relay.Security.startTLS, .implicitTLS] {
      let steps = Doctor(try relay(security), sender: try value("DUBAN_POSTFIX_USER"))
        .examine(now: Timestamp(seconds: Int64(Date().timeIntervalSince1970)))
      #expect(steps.allSatisfy(\.isOK) as Bool, "\(steps)")
      #expect(steps.last?.step == .quit)
    }
  }

  @Test(
    "20,000 mails over one connection, and over 1,000 of 20 each, take no more memory than the first 1,000")
  func memory() throws {
    let port = try #require(Int(value("DUBAN_SINK_PORT_BARE")))
    let courier = SMTPCourier(try Relay(host: "127.0.0.1", port: port, security: .none))
    let message = Message.forTests(
      String(repeating: "a line of an ordinary mail, as long as usual\r\n", count: 40))
    for perConnection in [20_000, 20] {
      var start = 0
      let began = ContinuousClock.now
      for number in 1...20_000 {
        guard courier.deliver(message).result == .accepted else {
          Issue.record("mail \(number) wasn't taken")
          return
        }
        if number % perConnection == 0 { courier.close() }
        if number == 1_000 { start = try residentKilobytes() }
      }
      let growth = try residentKilobytes() - start
      #expect(growth < 4_096, "grew by \(growth) kB")
      let rate = 20_000 / max(1, (ContinuousClock.now - began).components.seconds)
      print(
        "\(perConnection) mails a connection: \(rate) mails/s, \(start) kB resident, grew by \(growth) kB")
    }
    courier.close()
  }

  private func residentKilobytes() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") })
    return try #require(Int(line.filter(\.isNumber)))
  }
}
