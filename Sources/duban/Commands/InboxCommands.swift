import ArgumentParser
import DubanCore
import DubanDaemon
import DubanInbox
import DubanLedger
import DubanOutbox
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

/// `duban inbox list`: what answers ask for.
struct InboxListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists what answers ask for and nobody has decided.")

  @OptionGroup var common: CommonOptions
  @Flag(help: "Those that were decided too.") var all = false
  @Flag(help: "One JSON document: a list.") var json = false

  func run() throws {
    let (active, outbox) = try common.loadAsFarAsReadWithOutbox()
    let proposals = try active.renumbered(outbox.proposals(openOnly: !all))
    let now = common.clock(active.zone).now()
    let noted = try NotedMails.current(active, outbox, now: now)
    if json { return try Self.printJSON(proposals, noted, active.zone) }
    Self.print(proposals, active.zone)
    Self.print(noted, active.zone)
  }

  /// Prints what asks for nothing, one a line.
  static func print(_ noted: [NotedMail], _ zone: Zone) {
    for mail in noted { Terminal.print("noted: " + CleanText.visible(NotedMails.line(mail, zone))) }
  }

  /// One list: first what is asked for, then what is good to know.
  static func printJSON(_ proposals: [Proposal], _ noted: [NotedMail], _ zone: Zone) throws {
    try Terminal.print(
      json: proposals.map { AnswerJSON.proposal(ProposalJSON($0, zone)) }
        + noted.map { .noted(NotedJSON($0, zone)) })
  }

  static func print(_ proposals: [Proposal], _ zone: Zone) {
    var table = TextTable("no", "item", "asks", "until", "who", "read", "state")
    for one in proposals {
      table.add(
        String(one.id), one.item.isEmpty ? "-" : one.item, one.kind.rawValue, one.until?.description ?? "-",
        "\(one.person)（\(one.unit)）", zone.day(of: one.at).description,
        one.state == .open && !one.doubt.isEmpty ? "open, in doubt" : one.state.rawValue)
    }
    guard !table.isEmpty else { return Terminal.print("nothing") }
    for line in table.lines { Terminal.print(line) }
  }
}

/// `duban inbox show`: everything about one of them.
struct InboxShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Shows one of them, with the words of the answer.")

  @OptionGroup var common: CommonOptions
  @Argument(help: ArgumentHelp("Its number.", valueName: "no")) var number: Int64
  @Flag(help: "One JSON document.") var json = false

  func run() throws {
    let (active, outbox) = try common.loadAsFarAsReadWithOutbox()
    let one = try outbox.proposal(number, active)
    if json { return try Terminal.print(json: ProposalJSON(one, active.zone)) }
    func print(_ line: String) { Terminal.print(CleanText.visible(line)) }
    print("\(one.id): \(one.item) \(one.kind.rawValue), \(one.state.rawValue)")
    let lines: [(String, String?)] = [
      ("plan", one.plan), ("due", one.due?.description), ("until", one.until?.description),
      ("waits until", one.pause?.description), ("new owner", one.successor),
      ("reminded", "\(one.person)（\(one.unit)）"), ("from", one.sender),
      ("doubt", one.doubt), ("read", active.zone.iso8601(one.at)),
      ("Message-ID", one.messageID.isEmpty ? nil : "<\(one.messageID)>"),
      ("decided by", one.decidedBy), ("decided", one.decidedAt.map { active.zone.iso8601($0) }),
    ]
    for (name, value) in lines where !(value ?? "").isEmpty { print("  \(name): \(value ?? "")") }
    for file in one.files { print("  attached: \(file.line)") }
    if !one.text.isEmpty { print("  “\(one.text)”") }
  }
}

/// A file that came with an answer, for people: `整改情况报送表.docx, 24576 bytes, SHA-256 9f86d081…`.
extension AttachedFile {
  var line: String { "\(name), \(size) bytes, SHA-256 \(sha256)" }
}

/// `duban inbox accept`: what was asked for is so.
struct InboxAcceptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept", abstract: "Accepts what an answer asks for.",
    discussion: """
      Done: the item falls silent, as with `duban done`. A postponement: it is due on that day, until the ledger's own \
      words change; of a duty, or one date among several, reminders wait until then. A hand-over: reminders go to that \
      owner until the ledger names others. A report: it came in, as with `duban report received`. Of anything else it \
      is only recorded that somebody saw to it.
      """)

  @OptionGroup var common: CommonOptions
  @Argument(help: ArgumentHelp("Their numbers.", valueName: "no")) var numbers: [Int64]
  @Option(help: ArgumentHelp("Another day than the one that was asked for.", valueName: "2022-12-31"))
  var until: CivilDate?
  @Option(help: ArgumentHelp("Another new owner than the one that was named.", valueName: "name")) var to:
    String?
  @Option(help: ArgumentHelp("Who says so.", valueName: "name")) var by: DeciderName

  func run() throws {
    try ProposalCommand(common).decide(numbers, isAccepted: true, until: until, to: to, by: by.text)
  }
}

/// `duban inbox reject`: what was asked for isn't so.
struct InboxRejectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reject", abstract: "Rejects what an answer asks for; reminders go on.")

  @OptionGroup var common: CommonOptions
  @Argument(help: ArgumentHelp("Their numbers.", valueName: "no")) var numbers: [Int64]
  @Option(help: ArgumentHelp("Who says so.", valueName: "name")) var by: DeciderName

  func run() throws {
    try ProposalCommand(common).decide(numbers, isAccepted: false, by: by.text)
  }
}

/// `duban inbox undo`: what was decided is open again.
struct InboxUndoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo",
    abstract: "Takes back what was decided: the proposal is open again, and reminders go on.")

  @OptionGroup var common: CommonOptions
  @Argument(help: ArgumentHelp("Its number.", valueName: "no")) var number: Int64
  @Option(help: ArgumentHelp("Who says so.", valueName: "name")) var by: DeciderName

  func run() throws { try ProposalCommand(common).undo(number, by: by.text) }
}

private struct ProposalCommand {
  private let outbox: Outbox
  private let now: Timestamp
  private let today: CivilDate
  private let active: ActiveConfiguration

  init(_ common: CommonOptions) throws {
    // Where the ledger doesn't read, what it asks about isn't gone.
    let active = try common.loadInForce()
    outbox = try common.outbox(active, .readWrite)
    now = common.clock(active.zone).now()
    today = active.zone.day(of: now)
    self.active = try active.identified(by: outbox)
  }

  /// All of them, or none where one can't be.
  func decide(_ numbers: [Int64], isAccepted: Bool, until: CivilDate? = nil, to: String? = nil, by: String)
    throws
  {
    var all: [(Proposal, ProposalDecision)] = []
    for number in numbers {
      let one = try outbox.proposal(number, active)
      guard one.state == .open else {
        throw Failure(
          .usage,
          "duban: \(number) was \(one.state.rawValue) by \(CleanText.visible(one.decidedBy ?? "")) already")
      }
      if until != nil, one.kind != .postpone {
        throw Failure(.usage, "duban: \(number) asks for no other day, so that --until would be ignored")
      }
      if to != nil, one.kind != .handover, one.kind != .notMine {
        throw Failure(.usage, "duban: \(number) asks for no other owner, so that --to would be ignored")
      }
      do throws(Proposal.Obstacle) {
        let decided = try one.decided(
          isAccepted: isAccepted, until: until, successor: to, by: by, at: now, on: today,
          in: active.ledgers)
        all.append((one, decided))
      } catch {
        switch error {
        case .noDay: throw Failure(.usage, "duban: \(number) names no day that can be meant; say --until DAY")
        case .gone:
          throw Failure(
            .usage, "duban: \(one.item) of \(number) isn't in the ledger any more; `duban inbox reject` it")
        case .unlikely(let day, let fault):
          let why =
            switch fault {
            case .past: "isn't after today"
            case .early: "isn't after its deadline"
            case .far: "is more than a year after its deadline (the ledger can have that)"
            }
          throw Failure(.usage, "duban: \(number) asks for \(day), which \(why); say another --until DAY")
        case .unknownOwner(let name):
          throw Failure(
            .usage,
            "duban: the ledger of \(number) has no owner “\(name)”, or several; say --to NAME, or reject it")
        }
      }
    }
    for (one, decided) in all {
      guard try outbox.decide(decided, at: now) else { continue }
      let until = decided.decision?.until.map { " until \($0)" } ?? ""
      Terminal.print(
        "\(one.id): \(one.item) \(one.kind.rawValue)\(until) \(isAccepted ? "accepted" : "rejected")")
    }
  }

  func undo(_ number: Int64, by: String) throws {
    let one = try outbox.proposal(number, active)
    guard one.state != .open else { throw Failure(.usage, "duban: \(number) is open") }
    try outbox.reopen(number, with: one.takenBack(try outbox.decisions(), by: by, at: now), at: now)
    Terminal.print("\(number): \(one.item) \(one.kind.rawValue) is open again")
  }
}

extension Outbox {
  fileprivate func proposal(_ number: Int64, _ active: ActiveConfiguration) throws -> Proposal {
    let all = try proposals(openOnly: false)
    guard let one = all.first(where: { $0.id == number }) else {
      throw Failure(.usage, "duban: there is no \(number); `duban inbox list --all` lists them")
    }
    return active.renumbered([one])[0]
  }
}

/// What a list of answers holds, as `--json` prints it.
private enum AnswerJSON: Encodable {
  case proposal(ProposalJSON), noted(NotedJSON)

  func encode(to encoder: any Encoder) throws {
    switch self {
    case .proposal(let one): try one.encode(to: encoder)
    case .noted(let one): try one.encode(to: encoder)
    }
  }
}

/// Who is away, or which mail (its entry) is delayed: it has no number, since there is nothing to decide.
private struct NotedJSON: Encodable {
  let entry: Int64
  let asks, person, unit, read, state: String
  let until: CivilDate?

  init(_ one: NotedMail, _ zone: Zone) {
    (entry, person, unit) = (one.entry.id, one.entry.person, one.entry.unit)
    (asks, until) = (one.awayUntil == nil ? "delayed" : "away", one.awayUntil)
    (read, state) = (zone.iso8601(one.at), "noted")
  }
}

/// A proposal as `--json` prints it; moments in RFC 3339 form on the configuration's clock.
private struct ProposalJSON: Encodable {
  let id: Int64
  let plan, item, asks, person, unit, successor, text, doubt, sender, messageID, read, state: String
  let due, until, pause: CivilDate?
  let decidedBy, decided: String?
  let files: [File]

  struct File: Encodable {
    let name, sha256: String
    let size: Int64
  }

  init(_ one: Proposal, _ zone: Zone) {
    (id, plan, item, asks) = (one.id, one.plan, one.item, one.kind.rawValue)
    (person, unit, successor) = (one.person, one.unit, one.successor)
    (text, doubt, sender, messageID) = (one.text, one.doubt, one.sender, one.messageID)
    (read, state) = (zone.iso8601(one.at), one.state.rawValue)
    (due, until, pause) = (one.due, one.until, one.pause)
    (decidedBy, decided) = (one.decidedBy, one.decidedAt.map { zone.iso8601($0) })
    files = one.files.map { File(name: $0.name, sha256: $0.sha256, size: $0.size) }
  }
}
