public import DubanCore

extension Outbox {
  /// Every reminder planned for `day` or later, with what became of its mail, in the order of planning.
  public func reminders(plannedSince day: CivilDate) throws(OutboxError) -> [RecordedReminder] {
    try read { db in
      try db.rows(
        """
        SELECT reminder.*, entry.state FROM reminder JOIN entry ON entry.id = reminder.entry
        WHERE plannedOn >= ? ORDER BY plannedOn, reminder.rowid
        """, [day.description], RecordedReminder.init)
    }
  }

  /// Goes through every reminder planned for `day` or later, or of one of these stages, in the order of planning,
  /// without holding them.
  public func forEachReminder(
    plannedSince day: CivilDate, orStages stages: [String] = [], _ body: (PastReminder) throws -> Void
  ) throws(OutboxError) {
    try read { db in
      var last: PastReminder?
      try db.forEach(
        """
        SELECT plan, kind, item, due, stage, person, unit, plannedOn, identity FROM reminder
        WHERE plannedOn >= ? \(stages.isEmpty ? "" : "OR stage IN (\(Dialect.places(stages.count)))")
        ORDER BY plannedOn, rowid
        """, [day.description] + stages
      ) { row in
        let reminder = try PastReminder(row, after: last)
        try body(reminder)
        last = reminder
      }
    }
  }

  /// The first day for which anybody was to be reminded; nil while there is none.
  public func firstReminderDay() throws(OutboxError) -> CivilDate? {
    let day: String? = try read { db in try db.first("SELECT min(plannedOn) FROM reminder", []) }
    return day.flatMap { CivilDate($0) }
  }

  /// For each person, the last day for which a mail of one of these kinds was planned.
  public func lastMailDays(kinds: Set<String>) throws(OutboxError) -> [LastMail] {
    try read { db in
      try db.rows(
        """
        SELECT person, unit, max(day) AS day FROM entry
        WHERE kind IN (\(Dialect.places(kinds.count)))
        GROUP BY person, unit ORDER BY person, unit
        """, Array(kinds), LastMail.init)
    }
  }
}
