public import DubanCore
import GRDB

extension Outbox {
  /// Every reminder planned for `day` or later, with what became of its mail, in the order of planning.
  public func reminders(plannedSince day: CivilDate) throws -> [RecordedReminder] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT reminder.*, entry.state FROM reminder JOIN entry ON entry.id = reminder.entry
          WHERE plannedOn >= ? ORDER BY plannedOn, reminder.rowid
          """, arguments: [day.description]
      ).map(RecordedReminder.init)
    }
  }

  /// Every reminder of one item, with what became of its mail, in the order of planning.
  public func reminders(of item: String, plan: String) throws -> [RecordedReminder] {
    try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT reminder.*, entry.state FROM reminder JOIN entry ON entry.id = reminder.entry
          WHERE item = ? AND plan = ? ORDER BY plannedOn, reminder.rowid
          """, arguments: [item, plan]
      ).map(RecordedReminder.init)
    }
  }

  /// The last day for which a mail to this person was planned; nil where there never was one.
  public func lastMailDay(person: String, unit: String) throws -> CivilDate? {
    try read { db in
      try String.fetchOne(
        db, sql: "SELECT max(day) FROM entry WHERE person = ? AND unit = ?", arguments: [person, unit]
      ).flatMap { CivilDate($0) }
    }
  }
}
