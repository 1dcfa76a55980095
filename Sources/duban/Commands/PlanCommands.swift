import ArgumentParser
import DubanCore
import DubanDaemon
import DubanMail
import DubanOutbox
import Foundation

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

/// `duban agenda`: what is coming.
struct AgendaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "agenda", abstract: "What is coming: item, owner, due date, days left, light.")

  @OptionGroup var common: CommonOptions
  @Option(help: ArgumentHelp("Only what this person, unit or item is about.", valueName: "name")) var of:
    String?
  @Flag(help: "One JSON document.") var json = false

  func run() throws {
    let active = try common.loadInForceToRead()
    let today = common.today(active)
    var decisions = try common.decisions(active)
    decisions.firstDay = decisions.firstDay ?? today
    let planner = active.planner(decisions)
    // Nobody recorded before the first run which reports came in.
    let items = planner.agenda(on: today).filter { line in
      matches(line) && (line.item.kind != .report || line.due.map(planner.wasAskedFor) ?? true)
    }
    if let of, items.isEmpty, !isKnown(of, active) {
      throw Failure(.usage, "duban: no item, person or unit is called “\(of)”; `duban agenda` lists them")
    }
    let lights = active.configuration.policy.lights
    if json { return try Terminal.print(json: items.map { AgendaJSON($0, lights) }) }
    var table = TextTable("ITEM", "DUE", "DAYS", "LIGHT", "OWNERS", "TITLE", "NOTE")
    for item in items {
      table.add(
        item.item.id, item.due?.description ?? "-", item.daysLeft.map(String.init) ?? "-",
        lights.look(item.light).name, item.owners.map(\.person).joined(separator: "、"),
        DisplayWidth.truncated(item.title, to: 60), Self.note(item))
    }
    for (index, line) in table.lines.enumerated() {
      Terminal.print(index == 0 ? line : Terminal.colored(line, items[index - 1].light))
    }
  }

  /// What people decided about the item or reported of it; why it is silent otherwise is `explain`'s to say.
  private static func note(_ item: AgendaItem) -> String {
    let noReminder: String? =
      switch item.noReminder {
      case .snoozed, .done, .submitted: item.noReminder?.description
      default: nil
      }
    return [noReminder, item.measure?.agreedChanges].compactMap { $0 }.joined(separator: "; ")
  }

  private func isKnown(_ name: String, _ active: ActiveConfiguration) -> Bool {
    !active.identities(of: name).isEmpty
      || active.ledgers.contains { $0.owners.contains { $0.person == name || $0.unit == name } }
  }

  private func matches(_ item: AgendaItem) -> Bool {
    guard let of else { return true }
    return item.item.id == of || item.owners.contains { $0.person == of || $0.unit == of }
  }
}

/// `duban explain`: why a mail was, wasn't or will be sent.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Why a mail was, wasn't or will be sent.",
    discussion: """
      With a state directory that can be read, the answer goes by what was really sent; otherwise the service is \
      taken to have run on every working day before.
      """)

  @OptionGroup var common: CommonOptions
  @Argument(help: "An item (3.1, 8.1#1, report), a person or a unit.") var name: String
  @Option(help: ArgumentHelp("The day; today by default.", valueName: "2022-12-31")) var on: CivilDate?
  @Flag(help: "One JSON document.") var json = false

  func run() throws {
    let active = try common.loadInForceToRead()
    common.tellRehearsal(active)
    let today = common.today(active)
    let day = on ?? today
    let outbox = try common.outboxToRead(active)
    let decisions = try outbox.map { try DecisionReader.read($0) } ?? Decisions()
    let planner = active.planner(decisions)
    let history = try common.history(active, planner, outbox, before: day)
    let explanations = planner.explain(name, on: day, after: history).map { one in
      var one = one
      one.today = today
      return one
    }
    let digests = planner.explainDigest(
      name, on: day, after: history, telling: try common.news(active, planner))
    guard !explanations.isEmpty || !digests.isEmpty else {
      throw Failure(.usage, "duban: no item, person or unit is called “\(name)”; `duban agenda` lists them")
    }
    if json {
      return try Terminal.print(
        json: explanations.map { ExplanationJSON($0, on: day) } + digests.map { ExplanationJSON($0, on: day) }
      )
    }
    Terminal.print(outbox == nil ? "\(day), as if the service had run on every working day before" : "\(day)")
    for one in explanations {
      let due = (one.due.map { "due \($0)" } ?? "no date") + (one.agreedChanges.map { " (\($0))" } ?? "")
      let person = "\(one.recipient.person)（\(one.recipient.unit)）"
      Terminal.print("\(one.item.id)  \(person)  \(due): \(one)")
    }
    for digest in digests {
      Terminal.print("digest  \(digest.contact.person)（\(digest.contact.unit)）: \(digest)")
    }
    if let outbox { try printQueued(outbox, active.identities(of: name), on: day) }
  }

  /// What was really queued on that day, and what has become of it.
  private func printQueued(_ outbox: Outbox, _ identities: Set<String>, on day: CivilDate) throws {
    for record in try outbox.reminders(plannedSince: day) where record.reminder.plannedOn == day {
      let reminder = record.reminder
      guard identities.contains(reminder.identity) || [reminder.person, reminder.unit].contains(name) else {
        continue
      }
      Terminal.print(
        "entry \(record.entry) (\(record.state.rawValue)): \(reminder.item) to \(reminder.person): \(reminder.reason)"
      )
    }
  }
}

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
    let composer = try active.composer(after: outbox, at: moment)
    let overview = planner.overview(for: mail)
    let notices =
      try outbox.map { outbox in
        try active.notices(in: mail, outbox, at: moment)
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
