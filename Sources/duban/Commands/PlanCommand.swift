import ArgumentParser
import DubanCore
import DubanDaemon
import DubanMail

/// `duban plan`: every mail of a range of days, without sending anything.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Every mail of a range of days: who, what, why. Sends nothing.",
    discussion: """
      The service is taken to have run on every working day before the first one, so that the answer needs no \
      database. Where the state can be read, what people decided (snooze, done, report received) counts, with the \
      digest that tells of it; and the ledger in force does, where the service has refused the files.
      """)

  /// Ten years: longer ranges are slips of the pen.
  private static let longestRange = 3660

  @OptionGroup var common: CommonOptions
  @Option(help: ArgumentHelp("The first day.", valueName: "2022-12-31")) var from: CivilDate
  @Option(help: ArgumentHelp("The last day.", valueName: "2022-12-31")) var to: CivilDate
  @Flag(help: "One JSON object per mail.") var json = false

  func validate() throws {
    guard from <= to else { throw ValidationError("--from \(from) is after --to \(to)") }
    guard to.days(since: from) <= Self.longestRange else {
      throw ValidationError("\(from) to \(to) is longer than ten years; ask for a shorter range")
    }
  }

  func run() throws {
    let active = try common.loadInForceToRead()
    let planner = active.planner(try common.decisions(active))
    let sendAt = active.configuration.policy.sendAt
    let composer = try active.composer()
    let history = History(assumedThrough: from.adding(days: -1))
    try planner.plan(
      from: from, through: to, after: history, telling: try common.news(active, planner)
    ) { plan in
      for mail in plan.mails {
        let subject = try composer.subject(
          of: mail, overview: planner.overview(for: mail, extent: .numbers))
        if json {
          Terminal.print(try JSONLine.line(MailJSON(mail, sendAt: sendAt, subject: subject)))
        } else {
          let recipient = mail.recipient
          Terminal.print("\(mail.on) \(sendAt)  \(recipient.person)（\(recipient.unit)）  \(subject)")
          Terminal.print(mail.reminders.map { Self.line($0, to: recipient) })
        }
      }
    }
  }

  /// One reminder of a mail: the item, when it is due, whose it is where that is another, and why it goes out.
  private static func line(_ reminder: Reminder, to recipient: Recipient) -> String {
    let other = reminder.recipient == recipient ? "" : "  \(reminder.recipient.person)"
    return "    \(reminder.occurrence.item.id)  due \(reminder.reason.due)\(other): \(reminder.reason)"
  }
}
