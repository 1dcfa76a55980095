import ArgumentParser
import DubanCore
import DubanDaemon
import DubanMail
import DubanOutbox
import Foundation

/// `duban preview`: one mail as it would go out.
struct PreviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview", abstract: "One mail as it would go out: the text, the HTML or the whole message.",
    discussion: """
      NAME is an owner, or contact. With a state directory that can be read, the mail goes by what was really sent up to today; otherwise the service is \
      taken to have run on every working day before. When nothing is scheduled for that day, the preview says so, and \
      exits with 1.
      """)

  @OptionGroup var common: CommonOptions
  @Argument(help: "An owner's name, or contact.") var name: String
  @Option(help: ArgumentHelp("The day.", valueName: "2022-12-31")) var on: CivilDate
  @Flag(help: "Which form (text by default).") var form = Form.text

  enum Form: String, EnumerableFlag {
    case html, text, eml
  }

  func run() throws {
    let active = try common.loadInForceToRead()
    let planner = active.planner(try common.decisions(active))
    let outbox = try common.outboxToRead(active)
    var plan = DayPlan(day: on, mails: [])
    planner.plan(
      from: on, through: on, after: try common.history(active, planner, outbox, before: on),
      telling: try common.news(active, planner)
    ) { plan = $0 }
    let people = Set(active.ledgers.flatMap { $0.owners.map(\.person) + [$0.plan.contact.person] })
    guard name == "contact" || people.contains(name) else {
      throw Failure(.usage, "duban: no owner is called “\(name)”; expected contact or a name of the ledger")
    }
    guard let mail = plan.mails.first(where: matches) else {
      let person = name == "contact" ? active.ledgers.first?.plan.contact.person ?? name : name
      throw Failure(
        .somethingWrong,
        "duban: no mail to \(name) is planned for \(on); `duban explain \(person) --on \(on)` says why")
    }
    let moment = active.zone.moment(on, active.configuration.policy.sendAt)
    let composer = try Failure.translating { try active.composer(after: outbox, at: moment) }
    let overview = planner.overview(for: mail)
    let notices =
      try outbox.map { outbox in
        try Failure.translating { try active.notices(in: mail, outbox, at: moment) }
      } ?? []
    let bodies = try composer.bodies(of: mail, overview: overview, notices: notices, at: moment)
    switch form {
    case .html: Terminal.print(bodies.html)
    case .text: Terminal.print(bodies.text)
    case .eml:
      let messages = try composer.compose(
        mail, overview: overview, notices: notices, at: moment, utcOffset: active.zone.utcOffset(at: moment))
      for message in messages.prefix(1) { FileHandle.standardOutput.write(Data(message.data)) }
    }
  }

  private func matches(_ mail: PlannedMail) -> Bool {
    if name == "contact", case .digest = mail.kind { return true }
    return mail.recipient.person == name
      || mail.reminders.contains { mail.kind == .reminders && $0.recipient.person == name }
  }
}
