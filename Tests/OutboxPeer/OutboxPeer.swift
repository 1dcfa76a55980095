import DubanCore
import DubanOutbox
import Foundation
import Glibc

// A second process for the outbox's tests: what it does goes to standard output, a line a step, so that a test can
// kill it after any of them.
//
// DIRECTORY may be a PostgreSQL but for enqueue: its address, a space, the schema.
//
//   outbox-peer drain DIRECTORY NOW SINK   claims, appends the Message-ID to SINK, records, until nothing is due
//   outbox-peer claim DIRECTORY NOW        claims one entry, and waits for the end of standard input
//   outbox-peer fill DIRECTORY NOW COUNT   queues so many entries of 4 kB
//   outbox-peer enqueue DIRECTORY NOW      becomes the directory's owner and queues one entry

@main
enum OutboxPeer {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count >= 4, let seconds = Int64(arguments[3]) else { exit(2) }
    let now = Timestamp(seconds: seconds)
    switch (arguments[1], arguments.count) {
    case ("drain", 5): try drain(arguments[2], now, sink: arguments[4])
    case ("fill", 5): try fill(arguments[2], now, count: Int(arguments[4]) ?? 0)
    case ("claim", 4): try claim(arguments[2], now)
    case ("enqueue", 4): try enqueue(arguments[2], now)
    default: exit(2)
    }
  }

  /// A directory, or the address and the schema of a PostgreSQL with a space between them.
  private static func open(_ place: String) throws -> Outbox {
    guard PostgresAddress.isOne(place), let space = place.lastIndex(of: " ") else {
      return try Outbox(directory: place)
    }
    let schema = String(place[place.index(after: space)...])
    return try Outbox(PostgresAddress(String(place[..<space]), schema: schema))
  }

  private static func drain(_ directory: String, _ now: Timestamp, sink: String) throws {
    let outbox = try open(directory)
    let terms = LeasePolicy(owner: try ProcessIdentity.current())
    let accepted = DeliveryVerdict(entry: .sent, answer: "250 ok", code: 250)
    let file = Glibc.open(sink, O_WRONLY | O_APPEND | O_CREAT, 0o600)
    guard file >= 0 else { exit(1) }
    say("opened")
    while let claim = try outbox.claim(1, on: terms, now: now).first {
      say("claimed \(claim.entry)")
      let line = Array("\(claim.messageID)\n".utf8)
      guard write(file, line, line.count) == line.count else { exit(1) }
      say("delivered \(claim.entry)")
      try outbox.record(FinishedClaim(claim, accepted, at: now))
      say("recorded \(claim.entry)")
    }
  }

  private static func claim(_ directory: String, _ now: Timestamp) throws {
    let outbox = try open(directory)
    let claims = try outbox.claim(1, on: LeasePolicy(owner: try ProcessIdentity.current()), now: now)
    say("claimed \(claims.map(\.entry))")
    _ = FileHandle.standardInput.readDataToEndOfFile()
  }

  private static func enqueue(_ directory: String, _ now: Timestamp) throws {
    try StateOwner.assume(directory)
    let outbox = try Outbox(directory: directory)
    _ = try outbox.enqueue([entry("k", now, bytes: 10)])
    say("queued as \(geteuid()) \(getegid()) \(getgroups(0, nil))")
  }

  private static func fill(_ directory: String, _ now: Timestamp, count: Int) throws {
    let outbox = try open(directory)
    for start in stride(from: 0, to: count, by: 1000) {
      let numbers = start..<min(start + 1000, count)
      _ = try outbox.enqueue(numbers.map { entry("\($0)", now, bytes: 4096) })
    }
    say("filled \(count)")
  }

  private static func entry(_ name: String, _ now: Timestamp, bytes: Int) -> NewEntry {
    let header = "Message-ID: <\(name)@example.org>\r\nSubject: x\r\n\r\n"
    let line = String(repeating: "x", count: 74) + "\r\n"
    let body = header + String(repeating: line, count: bytes / line.utf8.count + 1)
    return NewEntry(
      key: name, kind: "reminders", reversePath: "contact@example.org", recipient: "b@example.org",
      person: "徐娟", unit: "市场监督管理局", messageID: "<\(name)@example.org>", subject: "督办",
      body: Array(body.utf8),
      day: now.day(utcOffset: 0), queuedAt: now, notBefore: now, reminders: [])
  }

  /// One line at once, not when a buffer is full: the test waits for it.
  private static func say(_ words: String) {
    FileHandle.standardOutput.write(Data("\(words)\n".utf8))
  }
}
