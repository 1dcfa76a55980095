import DubanCore
import Foundation
import TestSupport
import Testing

@testable import DubanCourier

@Suite struct SecretTests {
  private func withFile(_ content: String, mode: Int, _ body: (String) throws -> Void) throws {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("duban-\(UUID().uuidString)")
    let isMade = FileManager.default.createFile(
      atPath: file.path, contents: Data(content.utf8), attributes: [.posixPermissions: mode])
    #expect(isMade)
    defer { try? FileManager.default.removeItem(at: file) }
    try body(file.path)
  }

  @Test("a secret prints as (secret), however it is printed")
  func printing() {
    let secret = Secret("hunter2")
    var dumped = ""
    dump([secret], to: &dumped)
    for text in ["\(secret)", String(reflecting: secret), String(describing: [secret]), dumped] {
      #expect(text.contains("(secret)"))
      #expect(!text.contains("hunter2"))
    }
  }

  @Test(
    "a password file that others can read or change is refused",
    arguments: [
      (0o600, true), (0o400, true), (0o440, true), (0o640, true), (0o644, false), (0o604, false),
      (0o660, false),
      (0o620, false), (0o666, false), (0o601, false),
    ])
  func permissions(_ mode: Int, _ isTaken: Bool) throws {
    try withFile("kLm9\n", mode: mode) { path in
      if isTaken {
        _ = try SecretFile(path: path).read()
      } else {
        let error = #expect(throws: SecretError.self) { _ = try SecretFile(path: path).read() }
        let octal = String(mode, radix: 8)
        #expect(
          error?.description
            == "the password file \(path) is open to others (mode \(octal)); run: chmod 600 \(path)")
      }
    }
  }

  @Test(
    "a password file of another shape is refused without showing it",
    arguments: [
      ("", "the password file FILE is empty; write"), ("\n\n", "the password file FILE is empty; write"),
      ("\u{FEFF}\n", "the password file FILE is empty; write"),
      ("one\ntwo\n", "the password file FILE holds more than one line; write"),
      ("tab\there", "the password in FILE holds U+0009"),
      ("kLm9\t\n", "the password in FILE ends with U+0009"),
      ("kL\u{FF4D}9", "the password in FILE holds U+FF4D"),
      (String(repeating: "x", count: 5_000), "the password file FILE is no text of one line"),
      ("kLm9 \n", "the password in FILE ends with a space"),
      (" kLm9\n", "the password in FILE begins with a space"),
      ("kLm9\u{A0}", "the password in FILE ends with U+00A0"),
      ("\u{3000}kLm9", "the password in FILE begins with U+3000"),
      ("kL\u{200B}m9", "the password in FILE holds U+200B"),
      ("kLm9\u{FEFF}", "the password in FILE holds U+FEFF"),
    ])
  func shapes(_ content: String, _ words: String) throws {
    try withFile(content, mode: 0o600) { path in
      let error = #expect(throws: SecretError.self) { _ = try SecretFile(path: path).read() }
      #expect(error?.description.replacing(path, with: "FILE").hasPrefix(words) == true, "\(error as Any)")
      #expect(error?.description.contains("kL") == false)
    }
  }

  @Test(
    "what editors leave at either end isn't part of the password, and a space inside is",
    arguments: ["\u{FEFF}kLm9\n", "kLm9\r\n", "kLm9", "kL m9\n"])
  func cleaned(_ content: String) throws {
    try withFile(content, mode: 0o600) { path in
      let wanted = content.contains(" ") ? "kL m9" : "kLm9"
      let secret = try SecretFile(path: path).read()
      #expect(secret.value == wanted)
    }
  }

  @Test(
    "a password in a relay's words, whatever its form",
    arguments: [
      ("535 bad Zx9-geheim+Pass/w0rd", true), ("535 bad zx9-geheim+pass/w0rd", false),
      ("535 bad Zx9-geheim%2BPass%2Fw0rd", false), ("535 \"Zx9-geheim&#43;Pass/w0rd\"", false),
      ("535 5a78392d67656865696d2b506173732f77307264", false), ("535 geheim", true),
      ("535 AGEAWng5LWdlaGVpbStQYXNzL3cwcmQ", false), ("535 Z x 9 - g e h e i m + P a s s", false),
      ("535-Zx9-gehe", false), ("535 im+Pass", false), ("535 Zx9-geheim=2BPass=2Fw0rd", false),
      ("535 gone: 67656865696d", false), ("535 Ge hei m+", false), ("535 WdlaGVpb", false),
    ])
  func masked(_ line: String, isLoginOnly: Bool) {
    let mask = SecretMask(user: "a", Secret("Zx9-geheim+Pass/w0rd"))
    let shown = mask.hide(in: line, isAboutLogin: true)
    for piece in ["gehe", "im+p", "g e h", "z2voz", "dlagv", "67656865"] {
      #expect(!shown.lowercased().contains(piece), "\(shown)")
    }
    #expect(shown.hasPrefix("535"))
    if !isLoginOnly { #expect(mask.hide(in: line, isAboutLogin: false).contains("(secret)")) }
    #expect(mask.hide(in: "535 5.7.8 Error: 请使用授权码登录", isAboutLogin: true) == "535 5.7.8 Error: 请使用授权码登录")
  }

  @Test("no file, and a directory in its place")
  func missing() {
    let missing = #expect(throws: SecretError.self) { _ = try SecretFile(path: "/nonexistent/x").read() }
    #expect(missing?.description.hasPrefix("the password file /nonexistent/x isn't there; write") == true)
    #expect(missing?.description.contains("install -m 600 /dev/null /nonexistent/x") == true)
    let folder = #expect(throws: SecretError.self) { _ = try SecretFile(path: "/tmp").read() }
    #expect(folder?.description == "the password file /tmp is no plain file")
  }

  @Test("systemd's credentials directory")
  func credentials() {
    #expect(SecretFile(environment: [:], source: "x") == nil)
    #expect(SecretFile(environment: ["CREDENTIALS_DIRECTORY": ""], source: "x") == nil)
    let file = SecretFile(
      environment: ["CREDENTIALS_DIRECTORY": "/run/credentials/duban.service"],
      source: "/etc/duban/relay-password")
    #expect(file?.path == "/run/credentials/duban.service/relay-password")
    let error = #expect(throws: SecretError.self) { _ = try file?.read() }
    #expect(
      error?.description.contains("/etc/duban/relay-password") == true, "people are told of their own file")
  }

  @Test("the password from the file logs in; without the file nothing is dialled and all sending stops")
  func fromFile() throws {
    let peer = try ScriptedPeer(.secured(.none))
    defer { peer.stop() }
    try withFile("\(testLogin.password)\n", mode: 0o600) { path in
      let relay = { (path: String) in
        try Relay(
          host: "127.0.0.1", port: peer.port, security: .none, user: testLogin.user, allowsPlainLogin: true
        ) {
          () throws(SecretError) in try SecretFile(path: path).read()
        }
      }
      #expect(try SMTPCourier(relay(path)).deliver(.forTests()).result == .accepted)
      #expect(peer.record.passwords.map(\.value) == ["\(testLogin.user):\(testLogin.password)"])
      let outcome = try SMTPCourier(relay("/nonexistent/x")).deliver(.forTests())
      let verdict = RetryPolicy.verdict(
        on: outcome, to: Situation.addressee, attempts: 1, queuedAt: Situation.now, now: Situation.now,
        jitter: 0, utcOffset: 0)
      #expect(Situation.words(verdict) == "retry in 6 h, stop 6 h")
      #expect(peer.record.connections == 1)
    }
  }

  @Test(
    "a relay that quotes the password back, in whatever form, isn't quoted", arguments: ["PLAIN", "LOGIN"])
  func quoted(_ mechanism: String) throws {
    let password = testLogin.password
    let base64 = { (text: String) in Data(text.utf8).base64EncodedString() }
    let all = [password, base64(password), base64("\u{0}\(testLogin.user)\u{0}\(password)")]
    var script = PeerScript(.auth, .say("535 no: \(all.joined(separator: ", "))"))
    (script.login, script.mechanisms) = ("x:y", mechanism)
    let peer = try ScriptedPeer(script)
    defer { peer.stop() }
    let outcome = try SMTPCourier(.forTests(port: peer.port, user: testLogin.user)).deliver(.forTests())
    #expect(outcome.text == "no: (secret), (secret), (secret)")
    #expect(peer.record.passwords.map(\.value) == ["\(testLogin.user):\(password)"])
  }
}
