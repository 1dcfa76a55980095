import DubanCore
import Foundation
import TestSupport

@testable import DubanMail

/// A directory of composed mails, and Python's verdict on them.
struct MIMEJudge {
  /// What a mail is meant to say, as the judge reads it.
  private struct Meant: Encodable {
    var subject: String
    var from: [[String]]
    var to: [[String]]
    var replyTo: [[String]]
    var messageID: String
    var at: Int64
    var text: String
    var html: String
    var calendar: String?
    var fileName: String?
    var events: Int
    var words: [String]

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(subject, forKey: .subject)
      try container.encode(from, forKey: .from)
      try container.encode(to, forKey: .to)
      try container.encode(replyTo, forKey: .replyTo)
      try container.encode(messageID, forKey: .messageID)
      try container.encode(at, forKey: .at)
      try container.encode(text, forKey: .text)
      try container.encode(html, forKey: .html)
      try container.encode(calendar, forKey: .calendar)
      try container.encode(fileName, forKey: .fileName)
      try container.encode(events, forKey: .events)
      try container.encode(words, forKey: .words)
    }

    private enum Key: String, CodingKey {
      case subject, from, to, replyTo, messageID, at, text, html, calendar, fileName, events, words
    }
  }

  private let directory: ScratchDirectory
  private(set) var count = 0

  init() throws { directory = try ScratchDirectory() }

  /// Adds a mail; `words` must stand in both bodies.
  mutating func add(_ letter: Letter, words: [String] = []) throws {
    count += 1
    let name = String(count)
    let meant = Meant(
      subject: letter.subject, from: Self.pairs([letter.from]), to: Self.pairs([letter.to]),
      replyTo: Self.pairs(letter.replyTo), messageID: "<\(letter.messageID)>", at: letter.at.seconds,
      text: letter.text, html: letter.html, calendar: letter.calendar?.content,
      fileName: letter.calendar?.fileName,
      events: (letter.calendar?.content ?? "").components(separatedBy: "\r\nBEGIN:VEVENT\r\n").count - 1,
      words: words)
    try JSONEncoder().encode(meant).write(to: directory.url.appendingPathComponent(name + ".json"))
    try Data(letter.bytes()).write(to: directory.url.appendingPathComponent(name + ".eml"))
  }

  /// The faults found, one a line; empty for none.
  func verdict() throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "python3", RepositoryFile.url("Tests/DubanMailTests/judge_mime.py").path, directory.path,
    ]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let text = String(decoding: data, as: UTF8.self)
    let passed = process.terminationStatus == 0 && text == "judged \(count)\n"
    // Enough to see what is wrong; thousands of lines would bury it.
    return passed ? "" : String(text.prefix(1500))
  }

  private static func pairs(_ mailboxes: [Letter.Mailbox]) -> [[String]] {
    mailboxes.map { [CleanText.line($0.name, limit: 60), $0.address.text] }
  }
}
