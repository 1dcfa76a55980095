import DubanCore
import DubanOutbox

/// A scenario's plan as text: a line per day, under it each mail, and under that its reminders, those alike in one
/// line.
struct ScenarioText {
  private(set) var lines: [String] = []

  /// Something that isn't a mail.
  mutating func note(_ text: some StringProtocol) { lines.append("-- \(text)") }

  mutating func answer(_ text: String) { lines.append("   \(text)") }

  mutating func day(_ day: CivilDate, _ calendar: WorkdayCalendar) {
    let mark = day.weekday.isWeekend ? ", a make-up day" : calendar.isKnown(day) ? "" : ", of an unknown year"
    lines.append("\(day) \(day.weekday.name)\(mark)")
  }

  mutating func mail(_ details: EntryDetails, tells: [String]) {
    let entry = details.entry
    let kind = entry.kind == "copy" ? "copy for \(entry.recipient): " : ""
    lines.append("  \(kind)\(entry.person)（\(entry.unit)）\(entry.subject)")
    for line in grouped(details.reminders, in: entry) { lines.append("    \(line)") }
    for told in tells { lines.append("    tells: \(told)") }
  }

  private func grouped(_ reminders: [ReminderRecord], in entry: Entry) -> [String] {
    var items: [String: [String]] = [:]
    for reminder in reminders {
      let isOwn = (reminder.person, reminder.unit) == (entry.person, entry.unit)
      items[(isOwn ? "" : "for \(reminder.person): ") + "\t\(reminder.due)\t\(reminder.reason)", default: []]
        .append(reminder.item)
    }
    return items.map { key, ids in
      let parts = key.split(separator: "\t", omittingEmptySubsequences: false)
      let sorted = ids.sorted(by: NaturalOrder.isBefore).joined(separator: " ")
      return "\(parts[0])\(sorted)  due \(parts[1]): \(parts[2])"
    }.sorted(by: NaturalOrder.isBefore)
  }
}
