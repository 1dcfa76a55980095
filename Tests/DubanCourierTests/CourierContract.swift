import DubanCourier
import DubanMail
import Testing

/// What every courier promises. The scripted peer, smtp-sink, Postfix and the Maildir all pass it.
struct CourierContract {
  /// The courier on trial.
  var courier: any Courier
  /// The messages that arrived, as bytes with CRLF line ends, in any order; called after the courier was closed.
  var arrived: () throws -> [[UInt8]]
  /// Whether the other side may put header lines of its own in front.
  var mayPrepend = false

  /// Bodies that have tripped mail programs.
  static let bodies: [(name: String, body: String)] = [
    ("an ordinary line", "hello\r\n"),
    ("an empty body", ""),
    ("a lone dot", "before\r\n.\r\nafter\r\n"),
    ("dots at the beginning, middle and end", ".\r\n..\r\n...\r\n.x\r\n.\r\n"),
    ("what looks like the end of data and a command", ".\r\nQUIT\r\nMAIL FROM:<a@example.org>\r\n"),
    ("empty lines at the end", "x\r\n\r\n\r\n"),
    ("lines of 998 bytes", String(repeating: String(repeating: "y", count: 998) + "\r\n", count: 50)),
    ("8-bit text", "整改台账 🚦\r\n"),
    ("a line that begins with From", "From here on\r\n"),
    ("a megabyte of lines that begin with dots", String(repeating: ".0123456789\r\n", count: 80_000)),
  ]

  /// Runs the suite.
  func check() throws {
    let messages = Self.bodies.map { Message.forTests($0.body) }
    for (message, named) in zip(messages, Self.bodies) {
      let outcome = courier.deliver(message)
      #expect(outcome.result == .accepted, "\(named.name): \(outcome.text)")
      #expect(!outcome.text.isEmpty)
    }
    for (name, message) in Self.unsendable {
      let outcome = courier.deliver(message)
      #expect(outcome.step == .check && outcome.result == .failed, "\(name): \(outcome)")
      #expect(!outcome.text.isEmpty && !outcome.text.contains(where: \.isNewline), "\(name)")
    }
    // Closing twice, and delivering again afterwards.
    courier.close()
    courier.close()
    let last = Message.forTests("after the close\r\n")
    #expect(courier.deliver(last).result == .accepted)
    courier.close()
    var arrived = try arrived()
    #expect(arrived.count == messages.count + 1)
    for message in messages + [last] {
      let place = arrived.firstIndex { mayPrepend ? $0.ends(message.data) : $0 == message.data }
      if let place { arrived.remove(at: place) }
      #expect(place != nil, "\(message.data.count) bytes didn't arrive as they were")
    }
  }

  /// Messages that no courier may let out, each with what is wrong with it.
  static var unsendable: [(String, Message)] {
    func raw(_ text: String) -> Message {
      var message = Message.forTests()
      message.data = Array(text.utf8)
      return message
    }
    return [
      ("bare LF", raw("Subject: x\r\n\r\na\nb\r\n")),
      ("bare CR", raw("Subject: x\r\n\r\na\rb\r\n")),
      ("a smuggled end of data", raw("Subject: x\r\n\r\na\n.\r\nMAIL FROM:<b@example.org>\r\n")),
      ("CR at the end", raw("Subject: x\r\n\r\na\r")),
      ("no line end at the end", raw("Subject: x\r\n\r\na")),
      ("NUL", raw("Subject: x\r\n\r\na\u{0}b\r\n")),
      ("a line of 1001 bytes", raw("Subject: " + String(repeating: "x", count: 1_000) + "\r\n")),
      ("nothing", raw("")),
      ("recipient with a command", .forTests(to: "a@example.org>\r\nRCPT TO:<b@example.org")),
      ("two recipients", .forTests(to: "a@example.org,b@example.org")),
      ("recipient with a space", .forTests(to: "a b@example.org")),
      ("recipient in Chinese", .forTests(to: "徐娟@example.org")),
      ("recipient with parameters", .forTests(to: "a@example.org> NOTIFY=NEVER <x")),
      ("no recipient", .forTests(to: "")),
      ("no domain", .forTests(to: "a@")),
      ("no local part", .forTests(to: "@example.org")),
      ("no at sign", .forTests(to: "example.org")),
      ("two at signs", .forTests(to: "a@b@example.org")),
      ("recipient of 300 letters", .forTests(to: String(repeating: "a", count: 300) + "@example.org")),
      ("sender with a line end", .forTests(from: "a@example.org\r\n")),
      ("an empty sender, which NetEase refuses", .forTests(from: "")),
    ]
  }
}

extension [UInt8] {
  /// Whether these bytes end with those.
  fileprivate func ends(_ other: [UInt8]) -> Bool { suffix(other.count).elementsEqual(other) }
}
