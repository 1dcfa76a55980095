internal import Foundation

/// The server's side of one conversation. Runs on the connection's own thread.
final class PeerConversation {
  private let script: PeerScript
  private let channel: PeerChannel
  private let record: ((inout PeerRecord) -> Void) -> Void
  private var envelope: [String] = []
  private var messages = 0
  /// How many messages were taken before this one, over all connections.
  private var taken = 0

  /// The conversation is over.
  private struct Over: Error {}

  init(
    _ script: PeerScript, _ channel: PeerChannel, record: @escaping ((inout PeerRecord) -> Void) -> Void
  ) {
    (self.script, self.channel, self.record) = (script, channel, record)
  }

  func run() {
    countTaken()
    do {
      if script.tls == .implicit { try handshake() }
      try act(.banner, "220 peer.example.org ESMTP")
      while let line = channel.line() { try answer(String(decoding: line, as: UTF8.self)) }
    } catch {
      // Over is how a script ends a conversation.
    }
  }

  private func answer(_ line: String) throws(Over) {
    let isAhead = channel.isAhead
    record {
      $0.commands.append(line)
      if isAhead { $0.unanswered += 1 }
    }
    let verb = line.prefix { $0 != " " }.uppercased()
    switch verb {
    case "EHLO": try act(.hello, helloReply)
    case "HELO": try act(.oldHello, "250 peer.example.org")
    case "STARTTLS":
      try act(.startTLS, "220 2.0.0 go ahead")
      if script.tls == .startTLS { try handshake() }
    case "AUTH": try authenticate(line)
    case "MAIL":
      messages += 1
      countTaken()
      envelope = [Self.path(line)]
      try act(.mail, "250 2.1.0 sender ok")
    case "RCPT":
      let recipient = Self.path(line)
      envelope.append(recipient)
      try act(.recipient, script.recipientAnswers[recipient] ?? "250 2.1.5 recipient ok")
    case "DATA": try takeMessage()
    case "RSET": try act(.reset, "250 2.0.0 reset")
    case "QUIT":
      record { $0.farewells += 1 }
      try act(.quit, "221 2.0.0 bye")
      throw Over()
    default: try act(.other, "250 2.0.0 ok")
    }
  }

  private var helloReply: String {
    var lines = ["peer.example.org"] + script.extensions
    if script.tls == .startTLS, script.announcesStartTLS, !channel.isProtected { lines.append("STARTTLS") }
    if script.login != nil { lines.append("AUTH \(script.mechanisms)") }
    return lines.enumerated().map { "250\($0 == lines.count - 1 ? " " : "-")\($1)" }.joined(separator: "\n")
  }

  private func takeMessage() throws(Over) {
    // What is scripted for the time before the message goes out together with the answer to DATA, so that it certainly
    // comes before the end of the message.
    if isScripted(.body), case .sayAndClose(let early)? = script.actions[.body] {
      say("354 go ahead\n\(early)")
      throw Over()
    }
    try act(.data, "354 go ahead")
    if isScripted(.data) { return }
    if isScripted(.body) { try act(.body, "") }
    guard let message = channel.message() else { throw Over() }
    record {
      guard !message.isEmpty else { return $0.loneDots += 1 }
      $0.messages.append(message)
      $0.envelopes.append(envelope)
    }
    try act(.finalDot, "250 2.0.0 queued as 4321")
  }

  private func authenticate(_ line: String) throws(Over) {
    let parts = line.split(separator: " ")
    var tried: String?
    if parts.count >= 2, parts[1].uppercased() == "LOGIN" {
      let user = parts.count > 2 ? Self.decoded(parts[2]) : ask("334 VXNlcm5hbWU6")
      if let user, let password = ask("334 UGFzc3dvcmQ6") { tried = "\(user):\(password)" }
    } else {
      let response = parts.count > 2 ? Self.decoded(parts[2]) : ask("334 ")
      tried = response?.split(separator: "\u{0}").joined(separator: ":")
    }
    let protected = channel.isProtected
    if let tried { record { $0.passwords.append(.init(value: tried, isProtected: protected)) } }
    try act(.auth, tried == script.login ? "235 2.7.0 welcome" : "535 5.7.8 Error: authentication failed")
  }

  private func ask(_ challenge: String) -> String? {
    channel.send(Array("\(challenge)\r\n".utf8))
    return channel.line().flatMap { Self.decoded(String(decoding: $0, as: UTF8.self)) }
  }

  private func handshake() throws(Over) {
    guard let certificate = script.certificate, channel.startTLS(certificate) else { throw Over() }
  }

  private func isScripted(_ step: PeerScript.Step) -> Bool {
    script.actions[step] != nil && (script.onlyAtMessage.map { $0 == messages } ?? true)
      && taken >= script.onlyAfter
  }

  private func countTaken() { record { taken = $0.messages.count } }

  private func act(_ step: PeerScript.Step, _ usual: String) throws(Over) {
    let scripted = isScripted(step) ? script.actions[step] : nil
    switch scripted ?? .say(usual) {
    case .say(let text): say(text)
    case .sayAndClose(let text):
      say(text)
      throw Over()
    case .raw(let bytes): channel.send(bytes)
    case .sayWhenFull(let text):
      channel.waitUntilFull()
      say(text)
      channel.freeze()
      throw Over()
    case .stall:
      channel.freeze()
      throw Over()
    case .close: throw Over()
    case .reset:
      channel.reset()
      throw Over()
    }
  }

  private func say(_ text: String) {
    channel.send(Array(text.split(separator: "\n").map { "\($0)\r\n" }.joined().utf8))
  }

  private static func path(_ line: String) -> String {
    String(line.drop { $0 != "<" }.dropFirst().prefix { $0 != ">" })
  }

  private static func decoded(_ text: some StringProtocol) -> String? {
    Data(base64Encoded: String(text)).flatMap { String(data: $0, encoding: .utf8) }
  }
}
