import DubanCore
import DubanCourier
import TestSupport
import Testing

@testable import DubanInbox

/// The conversation with a mailbox, against a scripted server.
@Suite struct MailboxConnectionTests {
  static let mail = Array("From: a@example.org\r\nSubject: one\r\n\r\nbody\r\n".utf8)
  static let day: CivilDate? = CivilDate(year: 2022, month: 12, day: 16)

  /// Patient enough for a busy machine; only where the server falls silent does the wait end soon.
  private func mailbox(
    _ peer: ScriptedPeer, password: String = "pass-2345", fallsSilent: Bool = false
  ) throws -> Mailbox {
    let patience = fallsSilent ? 3_000 : 30_000
    var server = try Relay(
      host: "127.0.0.1", port: peer.port, security: .none, user: "contact@example.org", allowsPlainLogin: true
    ) { () throws(SecretError) in Secret(password) }
    server.limits.connect = patience
    server.limits.reply = patience
    var mailbox = Mailbox(server: server)
    mailbox.limits.message = 100_000
    mailbox.limits.line = 20_000
    mailbox.limits.answers = 500
    mailbox.limits.answerTime = patience
    mailbox.limits.commandTime = 30_000
    return mailbox
  }

  /// Everything that a look does; what it saw, or where it ended.
  private func look(_ script: MailboxScript, password: String = "pass-2345") throws -> Result<
    [[UInt8]], MailboxError
  > {
    let peer = try ScriptedPeer(mailbox: script)
    defer { peer.stop() }
    let mailbox = try mailbox(
      peer, password: password, fallsSilent: script.actions.values.contains(where: \.fallsSilent))
    let day = try #require(Self.day)
    return Result { () throws(MailboxError) in
      let connection = try MailboxConnection(mailbox)
      defer { connection.close() }
      _ = try connection.open()
      var found: [[UInt8]] = []
      for uid in try connection.uids(
        after: nil, since: day)
      {
        if let message = try connection.message(uid) { found.append(message.bytes) }
      }
      return found
    }
  }

  @Test(arguments: PeerScript.Pieces.allCases.filter { $0 != .groups }, [false, true])
  func readsEachMessageWhole(pieces: PeerScript.Pieces, wantsID: Bool) throws {
    var script = MailboxScript([Self.mail, Self.mail + Array("two {5}\r\n".utf8)])
    (script.pieces, script.wantsID) = (pieces, wantsID)
    #expect(try look(script).get() == [Self.mail, Self.mail + Array("two {5}\r\n".utf8)])
  }

  /// Lines of a mail that look like the server's own.
  @Test(arguments: [
    "d1 OK done\r\n", "* 1 FETCH (UID 1 BODY[] {4}\r\nfake)\r\n", ")\r\nd1 OK FETCH done\r\n", "* BYE\r\n",
    "+ go on\r\n", "{100}\r\n", "\"", "(((((", "\u{0}\r\n", "\n\n\n", "* SEARCH 5 6 7\r\n",
  ])
  func aMailIsNoAnswer(text: String) throws {
    let mail = Self.mail + Array(text.utf8)
    #expect(try look(MailboxScript([mail, Self.mail])).get() == [mail, Self.mail])
  }

  /// Things that are no failure.
  static let harmless: [(step: String, action: MailboxScript.Action, count: Int)] = [
    ("EXAMINE", .sayFirst("* FLAGS (\\Seen)\n* 5 RECENT\n* OK [UNSEEN 3] first (\"unseen"), 1),
    ("SEARCH", .sayFirst("* 12 EXISTS\n* 3 EXPUNGE"), 1), ("SEARCH", .say("* SEARCH\nTAG OK done"), 0),
    ("SEARCH", .say("TAG OK done"), 0), ("SEARCH", .say("* search 1 1 1 x 99999999999\nTAG OK done"), 1),
    ("SEARCH", .say("* SEARCH 1\n* SEARCH 1 (MODSEQ 5)\nTAG OK done"), 1),
    ("SIZE", .say("TAG OK gone"), 0),
    ("SIZE", .say("* 1 FETCH (UID 2 RFC822.SIZE 5)\nTAG OK done"), 0),
    ("SIZE", .sayFirst("* 1 FETCH (FLAGS (\\Seen (x)) UID 9)\n* 2 FETCH (garbage"), 1),
    ("FETCH", .say("* 1 FETCH (UID 1 BODY[] \"short\")\nTAG OK done"), 1),
    ("FETCH", .sayFirst("* OK still there {5}"), 1), ("FETCH", .sayFirst("other OK done"), 1),
    ("CAPABILITY", .say("TAG OK nothing"), 1), ("ID", .sayFirst("* ID (\"name\" \"x\")"), 1),
    ("LOGOUT", .close, 1), ("LOGOUT", .stall, 1),
  ]

  @Test(arguments: harmless)
  func isHarmless(step: String, action: MailboxScript.Action, count: Int) throws {
    var script = MailboxScript([Self.mail])
    script.actions[step] = action
    #expect(try look(script).get().count == count)
  }

  /// Things that end a look, and where.
  static let failures:
    [(step: String, action: MailboxScript.Action, ends: MailboxError.Step, words: String)] = [
      ("banner", .close, .connect, ""), ("banner", .stall, .connect, ""),
      ("banner", .say("* BYE full"), .connect, ""),
      ("banner", .say("HTTP/1.1 400 Bad Request"), .connect, ""), ("LOGIN", .close, .connect, ""),
      ("LOGIN", .say("TAG NO locked pass-2345"), .login, "locked (secret)"),
      ("LOGIN", .say("TAG BAD what"), .login, "what"),
      ("ID", .say("TAG BAD no"), .identify, "BAD no"), ("ID", .close, .identify, ""),
      ("EXAMINE", .say("TAG NO EXAMINE Unsafe Login"), .examine, "NO EXAMINE Unsafe Login"),
      ("EXAMINE", .say("TAG OK done"), .examine, "no UIDVALIDITY"), ("EXAMINE", .stall, .examine, ""),
      ("EXAMINE", .sayAndClose("* BYE Server shutting down"), .examine, "BYE Server shutting down"),
      ("EXAMINE", .sayAndClose("* OK half a"), .examine, ""),
      ("SEARCH", .say("TAG NO search"), .search, "NO search"), ("SEARCH", .close, .search, ""),
      ("SEARCH", .sayForEver("* OK wait"), .search, "more than 500 answers"),
      ("SEARCH", .sayForEver("* SEARCH " + String(repeating: "1 ", count: 9_000)), .search, ""),
      (
        "SEARCH", .say("* SEARCH " + String(repeating: "1", count: 40_000)), .search,
        "a line of more than 20000 bytes"
      ),
      ("SIZE", .say("TAG BAD no"), .fetch, "BAD no"), ("SIZE", .say("TAG NO not now"), .fetch, "NO not now"),
      ("FETCH", .say("TAG NO [SERVERBUG] not now"), .fetch, "NO not now"),
      ("FETCH", .say("TAG OK done"), .fetch, "gives no text"),
      ("FETCH", .say("* 1 FETCH (UID 1 BODY[] NIL)\nTAG OK done"), .fetch, "gives no text"),
      ("FETCH", .say("* 1 FETCH (UID 1 BODY[] {999999999}"), .fetch, "a literal of 999999999 bytes"),
      ("FETCH", .say("* 1 FETCH (UID 1 BODY[] {130000}"), .fetch, "a literal of 130000 bytes"),
      ("FETCH", .sayAndClose("* 1 FETCH (UID 1 BODY[] {50}\nhalf"), .fetch, ""),
      ("FETCH", .say("* 1 FETCH (UID 1 BODY[] {50}\nhalf"), .fetch, ""), ("FETCH", .stall, .fetch, ""),
      ("FETCH", .sayForEver("* 1 FETCH (FLAGS ())"), .fetch, "more than 500 answers"),
    ]

  @Test(arguments: failures)
  func endsALook(step: String, action: MailboxScript.Action, ends: MailboxError.Step, words: String) throws {
    var script = MailboxScript([Self.mail])
    script.actions[step] = action
    let result = try look(script)
    guard case .failure(let error) = result else {
      Issue.record("\(result)")
      return
    }
    #expect(error.step == ends)
    #expect(error.text.contains(words), "\(error)")
    #expect(!error.text.contains("pass-2345"))
  }

  /// Over TLS the server's certificate is checked like a relay's, and nothing is said to a wrong one.
  @Test(arguments: TestCertificate.Kind.allCases)
  func certificates(kind: TestCertificate.Kind) throws {
    let authority = try TestAuthority.shared.get()
    var script = MailboxScript([Self.mail])
    script.certificate = authority[kind]
    let peer = try ScriptedPeer(mailbox: script)
    defer { peer.stop() }
    var server = try Relay(
      host: "127.0.0.1", port: peer.port, security: .implicitTLS, user: "contact@example.org"
    ) { () throws(SecretError) in Secret("pass-2345") }
    server.authorities = authority.certificateFile
    let connection = try MailboxConnection(Mailbox(server: server))
    let result = Result { () throws(MailboxError) in try connection.open() }
    if kind == .good {
      #expect(try result.get().count == 1)
    } else {
      guard case .failure(let error) = result else {
        Issue.record("\(kind) is trusted")
        return
      }
      #expect(error.step == .connect && error.text.lowercased().contains("certificate"), "\(error)")
      #expect(peer.record.commands.isEmpty, "no password")
    }
    connection.close()
  }

  @Test func aWrongPasswordIsNotTriedTwice() throws {
    let peer = try ScriptedPeer(mailbox: MailboxScript())
    defer { peer.stop() }
    #expect(throws: MailboxError.self) { try MailboxConnection(mailbox(peer, password: "wrong")).open() }
    #expect(peer.record.commands.filter { $0.hasPrefix("LOGIN") }.count == 1)
  }

  @Test func ofALargeMailTheHeaderIsRead() throws {
    var script = MailboxScript([Self.mail])
    script.size = 100_001
    let header = Array("From: a@example.org\r\nSubject: one\r\n\r\n".utf8)
    #expect(try look(script).get() == [header])
  }

  @Test func nothingIsMarked() throws {
    let peer = try ScriptedPeer(mailbox: MailboxScript([Self.mail]))
    defer { peer.stop() }
    let connection = try MailboxConnection(mailbox(peer))
    #expect(try connection.open() == .init(uidValidity: 7, count: 1))
    // A range behind the last message names the last one, which is not new.
    #expect(try connection.uids(after: 1, since: #require(Self.day)) == [])
    #expect(try connection.message(1)?.isWhole == true)
    connection.close()
    #expect(peer.hears { $0.farewells == 1 })
    let commands = peer.record.commands.drop { !$0.hasPrefix("ID") }
    #expect(
      commands == [
        "ID (\"name\" \"duban\" \"vendor\" \"duban\")", "EXAMINE \"INBOX\"", "UID SEARCH UID 2:*",
        "UID FETCH 1 (UID RFC822.SIZE)", "UID FETCH 1 (UID BODY.PEEK[])", "LOGOUT",
      ])
  }

  /// How a message is moved, by what the server can do; what it refuses, and that the conversation goes on.
  static let moves: [(can: String, refused: String?, commands: [String])] = [
    ("MOVE UIDPLUS", nil, ["UID MOVE 1 \"&XfJZBHQG-\""]),
    (
      "UIDPLUS", nil, ["UID COPY 1 \"&XfJZBHQG-\"", "UID STORE 1 +FLAGS.SILENT (\\Deleted)", "UID EXPUNGE 1"]
    ),
    ("", nil, ["UID COPY 1 \"&XfJZBHQG-\"", "UID STORE 1 +FLAGS.SILENT (\\Deleted)"]),
    ("MOVE", "MOVE", ["UID MOVE 1 \"&XfJZBHQG-\""]), ("", "COPY", ["UID COPY 1 \"&XfJZBHQG-\""]),
    ("UIDPLUS", "STORE", ["UID COPY 1 \"&XfJZBHQG-\"", "UID STORE 1 +FLAGS.SILENT (\\Deleted)"]),
  ]

  @Test(arguments: moves)
  func movesWhatItIsTold(can: String, refused: String?, commands: [String]) throws {
    var script = MailboxScript([Self.mail])
    script.capabilities += " \(can)"
    if let refused { script.actions[refused] = .say("TAG NO [TRYCREATE] no such folder") }
    let peer = try ScriptedPeer(mailbox: script)
    defer { peer.stop() }
    var mailbox = try mailbox(peer)
    mailbox.moveTo = "已处理"
    let connection = try MailboxConnection(mailbox)
    _ = try connection.open()
    let result = Result { () throws(MailboxError) in try connection.move(1, to: "已处理") }
    if refused == nil {
      try result.get()
    } else {
      #expect(throws: MailboxError(step: .move, text: "NO no such folder")) { try result.get() }
    }
    #expect(try connection.message(1)?.bytes == Self.mail)
    connection.close()
    #expect(peer.hears { $0.farewells == 1 })
    let heard = peer.record.commands
    #expect(heard.contains("SELECT \"INBOX\""))
    #expect(heard.filter { $0.hasPrefix("UID") && !$0.hasPrefix("UID FETCH") } == commands)
  }

  /// What a server says while it is listened to, and what follows.
  static let news: [(action: MailboxScript.Action?, hears: Bool?)] = [
    (.say("+ idling\n* 2 EXISTS"), true), (.say("+ idling\n* OK still here\n* 1 RECENT\n* 5 EXISTS"), true),
    (nil, false),
    (.say("+ idling\n* OK still here"), false), (.say("+ idling\n* 1 EXISTS"), false),
    (.say("+ idling\n* 1 EXPUNGE\n* 0 EXISTS"), false),
    (.say("TAG NO not now"), nil), (.say("TAG BAD what"), nil), (.sayAndClose("+ idling\n* BYE"), nil),
    (.close, nil),
    (.sayForEver("* OK still here"), nil), (.sayAndClose("+ idling"), nil),
  ]

  @Test(arguments: news)
  func hearsOfMail(action: MailboxScript.Action?, hears: Bool?) throws {
    var script = MailboxScript([Self.mail])
    script.capabilities += " IDLE"
    script.actions["IDLE"] = action
    let peer = try ScriptedPeer(mailbox: script)
    defer { peer.stop() }
    let connection = try MailboxConnection(mailbox(peer))
    let folder = try connection.open()
    #expect(connection.offersIdle)
    let heard = try? connection.waitForNews(in: folder, 200)
    #expect(heard == hears)
    // Where it was heard to the end, the conversation goes on.
    if hears != nil { #expect(try connection.message(1)?.bytes == Self.mail) }
  }

  /// What the doctor says of a server, step by step; how far it comes without reading anything.
  static let visits: [(step: String, action: MailboxScript.Action?, capabilities: String, says: [String])] = [
    (
      "", nil, "IMAP4rev1 ID",
      [
        "✓ TCP", "✓ AUTH: logged in as contact", "✓ ID: told who we are",
        "✓ EXAMINE: INBOX: 1 messages, none",
      ]
    ),
    (
      "", nil, "IMAP4rev1 AUTH=XOAUTH2",
      ["✓ TCP", "✓ AUTH: logged in as contact", "✓ ID: not asked for", "✓ EXAMINE: INBOX: 1 messages"]
    ),
    ("LOGIN", .say("TAG NO wrong pass-2345"), "IMAP4rev1 ID", ["✗ AUTH: 127.0.0.1", "授权码"]),
    ("ID", .say("TAG BAD no"), "IMAP4rev1 ID", ["✓ TCP", "✓ AUTH", "✗ ID", "ask its operator"]),
    (
      "EXAMINE", .say("TAG NO no such folder"), "IMAP4rev1 ID",
      ["✓ TCP", "✓ AUTH", "✓ ID", "✗ EXAMINE", "is there a folder “INBOX”?"]
    ),
    (
      "EXAMINE", .say("TAG NO EXAMINE Unsafe Login. Please contact kefu@188.com"), "IMAP4rev1",
      ["✓ TCP", "✓ AUTH", "✓ ID: not asked for", "✗ EXAMINE", "doesn't offer to be told who we are (ID)"]
    ),
  ]

  @Test(arguments: visits)
  func theDoctorReadsNothing(
    step: String, action: MailboxScript.Action?, capabilities: String, says: [String]
  ) throws {
    var script = MailboxScript([Self.mail])
    (script.capabilities, script.wantsID) = (capabilities, capabilities.contains(" ID"))
    if let action { script.actions[step] = action }
    let peer = try ScriptedPeer(mailbox: script)
    defer { peer.stop() }
    let steps = MailboxDoctor.examine(try mailbox(peer))
    let lines =
      steps.map { "\($0.isOK ? "✓" : "✗") \($0.step.words): \($0.detail)" }
      + steps.filter { !$0.isOK }.map(\.remedy)
    #expect(lines.count == says.count, "\(lines)")
    for (line, words) in zip(lines, says) { #expect(line.contains(words), "\(lines)") }
    #expect(!lines.joined().contains("pass-2345"))
    #expect(peer.record.commands.allSatisfy { !$0.contains("FETCH") && !$0.contains("SEARCH") })
  }

  @Test(arguments: [true, false])
  func theDoctorLooksForTheTarget(isThere: Bool) throws {
    var script = MailboxScript([Self.mail])
    if !isThere { script.actions["STATUS"] = .say("TAG NO no such folder") }
    let peer = try ScriptedPeer(mailbox: script)
    defer { peer.stop() }
    var mailbox = try mailbox(peer)
    mailbox.moveTo = "已处理"
    let steps = MailboxDoctor.examine(mailbox)
    #expect(steps.last?.isOK == isThere)
    #expect(steps.last?.detail.contains("已处理") == isThere)
    #expect(isThere || steps.last?.remedy.contains("已处理") ?? false)
  }

  @Test(arguments: [
    ("INBOX", "INBOX"), ("收件箱", "&ZTZO9nux-"), ("a&b", "a&-b"), ("其他文件夹/督办", "&UXZO1mWHTvZZOQ-/&d2NSng-"),
    ("é~", "&AOk-~"),
    ("😀", "&2D3eAA-"),
  ])
  func namesOfFolders(name: String, encoded: String) { #expect(ModifiedUTF7.encoded(name) == encoded) }
}
