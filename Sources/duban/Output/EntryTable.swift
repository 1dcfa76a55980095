import DubanCore
import DubanDaemon
import DubanOutbox

/// Entries of the outbox as people read them.
enum EntryTable {
  static func print(_ entries: [Entry], _ zone: Zone) {
    var table = TextTable("ID", "DAY", "STATE", "TRIES", "NEXT", "TO", "SUBJECT", "ANSWER")
    for entry in entries {
      table.add(
        String(entry.id), entry.day.description, entry.state.rawValue, String(entry.attempts),
        entry.nextAttempt.map(zone.iso8601) ?? "-", "\(entry.person) <\(entry.recipient)>", entry.subject,
        (entry.answer ?? "") + (entry.possiblyDelivered ? " (a duplicate is possible)" : ""))
    }
    if table.isEmpty { Terminal.print("nothing") } else { Terminal.print(table.lines) }
  }

  static func print(_ details: EntryDetails, _ zone: Zone) {
    print([details.entry], zone)
    for reminder in details.reminders {
      Terminal.print("  \(reminder.item)  \(reminder.person)  \(reminder.reason)")
    }
    for attempt in details.attempts {
      let end =
        attempt.endedAt.map { "\(zone.iso8601($0)) \(attempt.outcome?.rawValue ?? "")" } ?? "under way"
      Terminal.print(
        "  attempt \(attempt.number), \(zone.iso8601(attempt.startedAt)): \(end): \(attempt.answer ?? "")")
    }
  }
}
