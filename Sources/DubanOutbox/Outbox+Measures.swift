public import DubanCore

extension Outbox {
  /// The measures of a plan that were ever in force, by identity.
  public func measures(ofPlan plan: String) throws(OutboxError) -> [KnownMeasure] {
    try read { db in try Outbox.measures(of: plan, db) }
  }

  /// Those of them with these identities, by identity.
  public func measures(
    ofPlan plan: String, identities: Set<String>
  ) throws(OutboxError) -> [String: KnownMeasure] {
    try read { db in
      var found: [String: KnownMeasure] = [:]
      for identity in identities {
        found[identity] = try db.row(
          "SELECT * FROM measure WHERE plan = ? AND identity = ?", [plan, identity], KnownMeasure.init)
      }
      return found
    }
  }

  /// Those of them that are in force and whose number isn't their identity: none of most plans.
  public func renumberedMeasures(ofPlan plan: String) throws(OutboxError) -> [KnownMeasure] {
    try read { db in
      try db.rows(
        "SELECT * FROM measure WHERE plan = ? AND isPresent = 1 AND number <> identity", [plan],
        KnownMeasure.init)
    }
  }

  /// What ``rememberMeasures(ofPlan:print:at:_:)`` was last given for a plan.
  public func measuresPrint(ofPlan plan: String) throws(OutboxError) -> String? {
    try fact(Outbox.printKey(plan))?.value
  }

  /// Takes in the state of a plan's measures, unless it has that print already.
  ///
  /// - Parameter match: makes of what is known what is known from now on, all of it; nothing is ever forgotten.
  public func rememberMeasures(
    ofPlan plan: String, print: String, at now: Timestamp, _ match: ([KnownMeasure]) -> [KnownMeasure]
  ) throws(OutboxError) {
    guard try measuresPrint(ofPlan: plan) != print else { return }
    try write { db in
      let before = try Outbox.measures(of: plan, db)
      let unchanged = Set(before)
      for measure in match(before) where !unchanged.contains(measure) {
        try db.execute(
          """
          INSERT INTO measure (plan, identity, number, title, units, content, isPresent)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (plan, identity) DO UPDATE SET number = excluded.number, title = excluded.title,
            units = excluded.units, content = excluded.content, isPresent = excluded.isPresent
          """,
          [
            plan, measure.identity, measure.number, measure.title, measure.units.joined(separator: "\n"),
            measure.content, measure.isPresent,
          ])
      }
      try Outbox.remember(Outbox.printKey(plan), print, at: now, db)
    }
  }

  private static func printKey(_ plan: String) -> String { "measures/\(plan)" }

  private static func measures(of plan: String, _ db: any Transaction) throws -> [KnownMeasure] {
    try db.rows(
      "SELECT * FROM measure WHERE plan = ? ORDER BY identity", [plan], KnownMeasure.init)
  }
}

extension KnownMeasure {
  fileprivate init(_ row: ResultRow) {
    let units: String = row["units"]
    self.init(
      identity: row["identity"], number: row["number"], title: row["title"],
      units: units.split(separator: "\n").map(String.init), content: row["content"],
      isPresent: row["isPresent"])
  }
}
