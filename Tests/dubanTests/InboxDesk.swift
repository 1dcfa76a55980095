import Foundation
import TestSupport
import Testing

/// An office that reads a mailbox, after its mails of 16 December went out.
struct InboxDesk {
  let peer: ScriptedPeer
  let office: Office
  /// Numbers of messages that came in.
  let count = Counter()

  final class Counter {
    var value: UInt32 = 0
  }

  /// - Parameters:
  ///   - mailbox: more keys of the mailbox, each behind a comma.
  ///   - ledger: the workbook that the ledger is written to and read from; nil: the shipped YAML.
  ///   - state: what keeps its history.
  init(
    more: String = "", mailbox: String = "", script: MailboxScript = MailboxScript(), ledger: String? = nil,
    state: StoreKind = .sqlite
  ) throws {
    peer = try ScriptedPeer(mailbox: script)
    office = try Office(
      more: """
        inbox: {url: "imap://127.0.0.1:\(peer.port)", user: contact@example.org, passwordFile: password, plainLogin: loopback\(mailbox)}
        """)
    try office.replace("state: state", try state.configuration, in: "duban.yaml")
    if let ledger {
      let folder = office.url.appendingPathComponent(ledger).deletingLastPathComponent()
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      _ = try office.duban("ledger", "--format", "xlsx", "-o", ledger)
      try office.replace("ledger: ledger.yaml", "ledger: \(ledger)", in: "duban.yaml")
    }
    try office.write("\(try office.read("duban.yaml"))\n\(more)\n", to: "duban.yaml")
    try office.write("pass-2345\n", to: "password")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o600], ofItemAtPath: office.url.appendingPathComponent("password").path)
    try look("2022-12-16T08:30")
  }

  /// An office with the state of a fixture (statements of SQL), in which the mailbox's port is `PORT`: the mails that it
  /// still holds lie in the Maildir, those that were received in the mailbox.
  init(restored fixture: String) throws {
    peer = try ScriptedPeer(mailbox: MailboxScript())
    office = try Office(
      more: """
        inbox: {url: "imap://127.0.0.1:\(peer.port)", user: contact@example.org, passwordFile: password, plainLogin: loopback}
        """)
    try office.write("pass-2345\n", to: "password")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o600], ofItemAtPath: office.url.appendingPathComponent("password").path)
    let path = RepositoryFile.url("Tests/dubanTests/Fixtures/\(fixture)").path
    let restored = try office.shell(
      """
      mkdir -p mail/new mail/cur mail/tmp
      python3 - '\(path)' \(peer.port) <<'END'
      import sqlite3, sys
      with open(sys.argv[1]) as file:
          script = file.read().replace("127.0.0.1:PORT", "127.0.0.1:" + sys.argv[2])
      database = sqlite3.connect("state/duban.sqlite")
      database.executescript(script)
      for entry, body in database.execute("SELECT entry, bytes FROM body"):
          open(f"mail/new/1.Q{entry}.x", "wb").write(body)
      for _, mail in database.execute("SELECT uid, bytes FROM received ORDER BY uid"):
          print(mail.hex())
      database.execute("DROP TABLE received")
      END
      """)
    #expect(restored.status == 0, "\(restored.complaints)")
    for mail in restored.output.split(separator: "\n").map(Array.init) {
      count.value += 1
      let bytes = stride(from: 0, to: mail.count, by: 2).map {
        UInt8(String(mail[$0..<$0 + 2]), radix: 16) ?? 0
      }
      peer.changeMailbox { [number = count.value] in $0.messages[number] = bytes }
    }
  }

  @discardableResult
  func look(_ moment: String) throws -> Office.Run {
    let run = try office.duban("run", "--once", "--now", moment)
    #expect(run.status == 0, "\(run.complaints)")
    return run
  }

  /// The last mail to an address: its Message-ID, and its text.
  func mail(to address: String) throws -> (id: String, text: String) {
    let run = try office.shell(
      """
      python3 - \(address) <<'END'
      import email, email.policy, glob, os, re, sys
      # Two mails may be of one tick of the file system's clock: Q in the name counts them.
      def age(path): return (os.path.getmtime(path), int(re.search(r"Q(\\d+)", path).group(1)))
      for path in sorted(glob.glob("mail/new/*"), key=age, reverse=True):
          mail = email.message_from_binary_file(open(path, "rb"), policy=email.policy.default)
          if sys.argv[1] in mail["to"]:
              print(mail["message-id"])
              print(mail.get_body(("plain",)).get_content())
              break
      END
      """)
    let lines = run.output.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    try #require(lines.count == 2, "no mail to \(address)")
    return (String(lines[0]), String(lines[1]))
  }

  /// The subject of the last mail to an address.
  func subject(to address: String) throws -> String {
    let run = try office.duban("history", "--to", address, "--json")
    let entries = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]]
    return try #require(entries?.last?["subject"] as? String)
  }

  func arrives(_ message: String) {
    count.value += 1
    let bytes = Array(message.replacing("\n", with: "\r\n").utf8)
    peer.changeMailbox { [number = count.value] in $0.messages[number] = bytes }
  }

  /// An answer to the last mail that went to an address, quotation and all.
  func answers(_ text: String, to address: String, from sender: String? = nil, more: String = "") throws {
    let mail = try mail(to: address)
    let quoted = mail.text.split(separator: "\n", omittingEmptySubsequences: false).map { "> \($0)" }
    arrives(
      """
      From: \(sender ?? address)
      To: contact@example.org
      Date: Fri, 16 Dec 2022 10:00:00 +0800
      Message-ID: <answer-\(count.value)@example.org>
      In-Reply-To: \(mail.id)
      Content-Type: text/plain; charset=utf-8
      \(more)
      \(text)

      在2022年12月16日，duban 写道：
      \(quoted.joined(separator: "\n"))
      """)
  }

  /// The answer that a link of the last mail to an address fills in, completed by `edit`, as a new mail.
  ///
  /// - Parameters:
  ///   - label: what the link is called.
  ///   - place: which of the links of that name, from 0.
  func clicks(
    _ label: String, _ place: Int = 0, in address: String, from sender: String? = nil,
    edit: (String) -> String = { $0 }
  ) throws {
    let link = try links(label, in: address)
    try #require(link.count > place, "no \(label) in the mail to \(address)")
    try arrives(link: link[place], from: sender ?? address, edit: edit)
  }

  /// Every link of that name in the last mail to an address; `words`: by a part of what it is called otherwise.
  func links(_ label: String, words: String? = nil, in address: String) throws -> [String] {
    let run = try office.shell(
      """
      python3 - \(address) '\(words ?? "［\(label)］")' <<'END'
      import email, email.policy, glob, html, os, re, sys
      def age(path): return (os.path.getmtime(path), int(re.search(r"Q(\\d+)", path).group(1)))
      for path in sorted(glob.glob("mail/new/*"), key=age, reverse=True):
          mail = email.message_from_binary_file(open(path, "rb"), policy=email.policy.default)
          if sys.argv[1] in mail["to"]:
              page = mail.get_body(("html",)).get_content()
              for link in re.findall('<a href="(mailto:[^"]*)"[^>]*>[^<]*' + sys.argv[2] + "</a>", page):
                  print(html.unescape(link))
              break
      END
      """)
    return run.output.split(separator: "\n").map(String.init)
  }

  /// What a mail program makes of a link, sent.
  func arrives(link: String, from sender: String, edit: (String) -> String = { $0 }) throws {
    let parts = try #require(URLComponents(string: link))
    #expect(link.utf8.count < 2000)
    func value(_ name: String) -> String { parts.queryItems?.first { $0.name == name }?.value ?? "" }
    arrives(
      """
      From: \(sender)
      To: \(parts.path)
      Date: Fri, 16 Dec 2022 10:00:00 +0800
      Message-ID: <answer-\(count.value)@example.org>
      Subject: =?utf-8?B?\(Data(value("subject").utf8).base64EncodedString())?=
      Content-Type: text/plain; charset=utf-8

      \(edit(value("body").replacing("\r\n", with: "\n")))
      """)
  }

  /// What has a number: not who is away, and which mails are delayed.
  func proposals() throws -> [[String: Any]] {
    let run = try office.duban("inbox", "list", "--all", "--json")
    let all = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]])
    return all.filter { $0["id"] != nil }
  }

  /// `4.1 done open`, one for each.
  func shown() throws -> [String] {
    try proposals().map { one in
      ["item", "asks", "until", "state"].compactMap { one[$0] as? String }.joined(separator: " ")
    }
  }
}
