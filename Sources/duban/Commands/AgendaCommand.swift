import ArgumentParser
import DubanCore
import DubanDaemon

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
    let reason: String? =
      switch item.noReminder {
      case .snoozed, .done, .submitted: item.noReminder?.description
      default: nil
      }
    return [reason, item.measure?.agreedChanges].compactMap { $0 }.joined(separator: "; ")
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
