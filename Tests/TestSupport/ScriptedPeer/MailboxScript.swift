public import DubanCore
internal import Foundation

/// What the scripted IMAP peer does: the usual, but for the commands that are scripted otherwise.
public struct MailboxScript: Sendable {
  /// What the peer does in place of a command's usual answer.
  public enum Action: Sendable, Hashable {
    /// Sends these lines, CRLF added; `TAG` stands for the command's tag.
    case say(String)
    /// Sends these lines, then what it says usually.
    case sayFirst(String)
    /// Sends these lines, and closes the connection.
    case sayAndClose(String)
    /// Sends this line again and again until the other side closes.
    case sayForEver(String)
    /// Says nothing more, but keeps the connection until the other side closes it.
    case stall
    /// Closes the connection.
    case close

    /// Whether the other side waits in vain.
    public var fallsSilent: Bool {
      switch self {
      case .stall: true
      case .say(let lines): !lines.contains("TAG")
      case .sayFirst, .sayAndClose, .sayForEver, .close: false
      }
    }
  }

  /// The messages by their numbers.
  public var messages: [UInt32: [UInt8]] = [:]
  /// The days on which they came in, where a search for a day is to tell them apart; without one, always today's.
  public var received: [UInt32: CivilDate] = [:]
  /// The certificate with which it speaks TLS from the start; nil: in clear.
  public var certificate: TestCertificate?
  /// What the numbers hold for.
  public var uidValidity: UInt32 = 7
  /// What it can do.
  public var capabilities = "IMAP4rev1 ID"
  /// Refuses EXAMINE before ID, as NetEase does.
  public var wantsID = false
  /// The login it takes, as `user password`.
  public var login = "contact@example.org pass-2345"
  /// The size that it gives of each message; nil: the true one.
  public var size: Int?
  /// What is done otherwise, by command: `banner`, LOGIN, CAPABILITY, ID, EXAMINE (SELECT too), SEARCH,
  /// SIZE, FETCH, COPY, STORE, EXPUNGE, MOVE, STATUS, IDLE, DONE, LOGOUT.
  public var actions: [String: Action] = [:]
  /// How its answers go out.
  public var pieces = PeerScript.Pieces.answers

  /// A mailbox with these messages, numbered from 1.
  public init(_ messages: [[UInt8]] = []) {
    for (place, message) in messages.enumerated() { self.messages[UInt32(place + 1)] = message }
  }
}

/// The server's side of one IMAP conversation. Runs on the connection's own thread.
final class MailboxConversation {
  private let script: MailboxScript
  private let channel: PeerChannel
  private let record: ((inout PeerRecord) -> Void) -> Void
  private var hasID = false

  /// The conversation is over.
  private struct Over: Error {}

  init(
    _ script: MailboxScript, _ channel: PeerChannel, record: @escaping ((inout PeerRecord) -> Void) -> Void
  ) {
    (self.script, self.channel, self.record) = (script, channel, record)
  }

  func run() {
    if let certificate = script.certificate, !channel.startTLS(certificate) { return }
    do {
      try act("banner", "", "* OK [CAPABILITY \(script.capabilities)] ready")
      while let line = channel.line() { try answer(String(decoding: line, as: UTF8.self)) }
    } catch {
      // Over is how a script ends a conversation.
    }
  }

  private func answer(_ line: String) throws(Over) {
    let words = line.split(separator: " ", maxSplits: 2).map(String.init)
    guard words.count >= 2 else { throw Over() }
    let (tag, rest) = (words[0], words.count > 2 ? words[2] : "")
    record { $0.commands.append(words.dropFirst().joined(separator: " ")) }
    switch words[1].uppercased() {
    case "CAPABILITY": try act("CAPABILITY", tag, "* CAPABILITY \(script.capabilities)\nTAG OK done")
    case "LOGIN":
      let isRight = rest.replacingOccurrences(of: "\"", with: "") == script.login
      try act("LOGIN", tag, isRight ? "TAG OK welcome" : "TAG NO LOGIN Login error or password error")
    case "ID":
      hasID = true
      try act("ID", tag, "* ID NIL\nTAG OK done")
    case "STATUS": try act("STATUS", tag, "* STATUS \(rest)\nTAG OK done")
    case "IDLE":
      try act("IDLE", tag, "+ idling")
      guard channel.line() != nil else { throw Over() }
      try act("DONE", tag, "TAG OK done")
    case "EXAMINE", "SELECT":
      try act(
        "EXAMINE", tag,
        script.wantsID && !hasID
          ? "TAG NO EXAMINE Unsafe Login. Please contact kefu@188.com for help"
          : "* \(script.messages.count) EXISTS\n* OK [UIDVALIDITY \(script.uidValidity)] ok\nTAG OK [READ-ONLY] done"
      )
    case "UID": try uid(tag, rest)
    case "LOGOUT":
      record { $0.farewells += 1 }
      try act("LOGOUT", tag, "* BYE bye\nTAG OK done")
    default: say("TAG BAD what?", tag)
    }
  }

  private func uid(_ tag: String, _ rest: String) throws(Over) {
    if rest.hasPrefix("SEARCH") {
      let first = rest.components(separatedBy: "UID ").last.flatMap { UInt32($0.prefix { $0 != ":" }) } ?? 1
      let uids = script.messages.keys.sorted()
      // As the protocol has it: a range that begins behind the last message names the last one.
      let since = rest.components(separatedBy: "SINCE ").last.flatMap(Self.day)
      let found = uids.filter { uid in
        let isOld = since.map { since in script.received[uid].map { $0 < since } ?? false } ?? false
        return (uid >= first || uid == uids.last) && !isOld
      }
      return try act("SEARCH", tag, "* SEARCH \(found.map(String.init).joined(separator: " "))\nTAG OK done")
    }
    let parts = rest.split(separator: " ").map(String.init)
    if let step = parts.first, ["COPY", "STORE", "EXPUNGE", "MOVE"].contains(step) {
      return try act(step, tag, "TAG OK done")
    }
    guard parts.count == 4, let uid = UInt32(parts[1]), let message = script.messages[uid] else {
      return say("TAG OK nothing there", tag)
    }
    let place = script.messages.keys.sorted().firstIndex(of: uid).map { $0 + 1 } ?? 0
    if parts[3] == "RFC822.SIZE)" {
      return try act(
        "SIZE", tag, "* \(place) FETCH (UID \(uid) RFC822.SIZE \(script.size ?? message.count))\nTAG OK done")
    }
    let isHeader = parts[3] == "BODY.PEEK[HEADER])"
    let end =
      message.indices.first { message[$0...].starts(with: Array("\r\n\r\n".utf8)) } ?? message.count - 4
    let bytes = isHeader ? Array(message[..<(end + 4)]) : message
    guard try !isReplaced("FETCH", tag) else { return }
    let item = isHeader ? "BODY[HEADER]" : "BODY[]"
    channel.send(
      Array("* \(place) FETCH (UID \(uid) \(item) {\(bytes.count)}\r\n".utf8) + bytes + Array(")\r\n".utf8))
    say("TAG OK done", tag)
  }

  /// 16-Dec-2022 (RFC 3501, date).
  private static func day(_ text: String) -> CivilDate? {
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let parts = text.prefix { $0 != " " }.split(separator: "-").map(String.init)
    guard parts.count == 3, let month = months.firstIndex(of: parts[1]), let day = Int(parts[0]),
      let year = Int(parts[2])
    else { return nil }
    return CivilDate(year: year, month: month + 1, day: day)
  }

  private func act(_ step: String, _ tag: String, _ usual: String) throws(Over) {
    if try !isReplaced(step, tag) { say(usual, tag) }
  }

  private func isReplaced(_ step: String, _ tag: String) throws(Over) -> Bool {
    switch script.actions[step] {
    case nil: return false
    case .say(let text): say(text, tag)
    case .sayFirst(let text):
      say(text, tag)
      return false
    case .sayAndClose(let text):
      say(text, tag)
      throw Over()
    case .sayForEver(let text):
      while channel.isOpen { say(text, tag) }
      throw Over()
    case .stall:
      channel.freeze()
      throw Over()
    case .close: throw Over()
    }
    return true
  }

  private func say(_ text: String, _ tag: String) {
    let lines = text.split(separator: "\n").map { "\($0.replacingOccurrences(of: "TAG", with: tag))\r\n" }
    channel.send(Array(lines.joined().utf8))
  }
}
