import ArgumentParser
import DubanCore
import DubanDaemon
import DubanOutbox
import Foundation

/// `duban digest`: a digest now, whatever the schedule says.
struct DigestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "digest", abstract: "Sends a digest now, whatever the schedule says.",
    discussion: """
      To the contact: the whole picture. To the owners, or to one of them by name: their open items. It doesn't \
      count as the day's scheduled mail.
      """)

  @OptionGroup var common: CommonOptions
  @Option(help: ArgumentHelp("contact, owners, or a person's name.", valueName: "whom")) var to = "contact"
  @Flag(help: "Show who would get which mail; queue and send nothing.") var dryRun = false

  func run() throws {
    let active = try common.loadInForce(delivers: !dryRun)
    let clock = common.clock(active.zone)
    let outbox = dryRun ? try common.outboxToRead(active) : try common.outbox(active, .readWrite)
    let identified = try outbox.map { try active.identified(by: $0) } ?? active
    let digests = try ManualDigest(identified, outbox, issuesLinks: !dryRun).make(
      for: audience, at: clock.now())
    guard !digests.isUnknown else {
      let names = ["contact", "owners"] + identified.ledgers.flatMap { $0.owners.map(\.person) }
      let remedy =
        Nearest.word(to: to, among: names).map { "did you mean “\($0)”?" }
        ?? "expected contact, owners or a name of the ledger: \(Self.some(names.dropFirst(2)))"
      throw Failure(.usage, "duban: no owner is called “\(to)”; \(remedy)")
    }
    for person in digests.withoutAddress {
      Terminal.complain("duban: \(person.person)（\(person.unit)）has no address and gets none")
    }
    for person in digests.withoutItems {
      Terminal.complain("duban: \(person.person)（\(person.unit)）has nothing open and gets none")
    }
    if dryRun {
      for entry in digests.entries { Terminal.print("\(entry.recipient)  \(entry.subject)") }
      return
    }
    guard let outbox else { return }
    let result = try outbox.enqueue(digests.entries)
    let progress = Progress()
    let journal = progress.counting(Journal { _ in })
    let context = try ServiceContext(outbox: outbox, clock: clock, journal: journal)
    let delivery = try DeliveryFactory(active: active, context).make()
    progress.countMails(of: try outbox.backlog().open)
    let report = delivery.runToTheEnd()
    progress.end()
    for id in result.queued {
      let entry = try outbox.show(id).entry
      Terminal.print("\(entry.recipient)  \(entry.state.rawValue)  \(entry.subject)")
    }
    try DeliveryEnd(report).check()
  }

  /// The first names of a list, each once.
  private static func some(_ names: some Sequence<String>) -> String {
    var seen: Set<String> = []
    let all = names.filter { seen.insert($0).inserted }
    return all.prefix(10).joined(separator: "、") + (all.count > 10 ? "…" : "")
  }

  private var audience: ManualDigest.Audience {
    switch to {
    case "contact": .contact
    case "owners": .owners
    default: .named(to)
    }
  }
}
