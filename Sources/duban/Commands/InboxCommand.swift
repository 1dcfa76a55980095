import ArgumentParser
import DubanInbox
import DubanLedger
import Foundation

/// `duban inbox`: what came back.
struct InboxCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inbox", abstract: "Reads answers and mails that came back.",
    subcommands: [
      InboxListCommand.self, InboxShowCommand.self, InboxAcceptCommand.self, InboxRejectCommand.self,
      InboxUndoCommand.self, InboxReadCommand.self,
    ], defaultSubcommand: InboxListCommand.self)
}

/// `duban inbox read`: what these messages are and say; changes nothing.
struct InboxReadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "read", abstract: "Shows what messages are and say, without changing anything.")

  /// A larger file isn't read.
  private static let mostBytes = 50 << 20

  @Argument(help: ArgumentHelp("The messages.", valueName: "file.eml"))
  var files: [String]

  @Option(help: ArgumentHelp("The directory of the mails that were sent.", valueName: "dir"))
  var sent: String?

  @Flag(help: "Print one JSON object per message.")
  var json = false

  func run() throws {
    let reader = InboxReader(sent: try sent.map(Self.mails) ?? [])
    for file in files {
      var reading = reader.read(try Self.bytes(file))
      reading.file = file
      Terminal.print(json ? try JSONLine.line(reading) : InboxLine.lines(reading))
    }
  }

  private static func mails(in directory: String) throws -> [SentMail] {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: directory).filter { $0.hasSuffix(".eml") }
        .sorted()
    } catch {
      throw Failure(.unreadable, "duban: can't read \(directory)")
    }
    if names.isEmpty { Terminal.complain("duban: there are no mails (*.eml) in \(directory)") }
    return try names.compactMap { SentMail(mail: try bytes("\(directory)/\($0)")) }
  }

  private static func bytes(_ file: String) throws -> [UInt8] {
    switch SourceFile.bytes(file, limit: mostBytes) {
    case .success(let bytes): return bytes
    case .failure(let diagnostic): throw Failure(.unreadable, [diagnostic])
    }
  }
}

/// What a message is and says, for people.
enum InboxLine {
  static func lines(_ reading: MailReading) -> String {
    var lines = ["\(reading.file ?? "-"): \(reading.kind.rawValue)"]
    if let id = reading.answersMessageID { lines.append("  answers \(id)") }
    if let day = reading.awayUntil { lines.append("  away until \(day)") }
    for item in reading.items {
      lines.append(
        "  \(item.id) \(item.says.rawValue)" + (item.until.map { " \($0)" } ?? "")
          + (item.to.map { " \($0)" } ?? ""))
    }
    for decision in reading.decisions {
      lines.append(
        "  \(decision.id) \(decision.decision.rawValue) \(decision.what.rawValue)"
          + (decision.until.map { " \($0)" } ?? ""))
    }
    for bounce in reading.bounces {
      lines.append(
        "  \(bounce.recipient ?? "?"): \(bounce.reason.rawValue)\(bounce.permanent ? ", permanent" : "")")
    }
    if !reading.attachments.isEmpty {
      lines.append("  attached: " + reading.attachments.joined(separator: ", "))
    }
    if reading.needsPerson { lines.append("  a person is needed") }
    if !reading.newText.isEmpty { lines.append("  “\(reading.newText.prefix(200))”") }
    return lines.joined(separator: "\n")
  }
}
