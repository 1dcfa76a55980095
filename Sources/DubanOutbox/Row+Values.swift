import DubanCore

// How rows become values. The schema's constraints hold what is taken for granted here; what they can't hold (an
// enum's case, a day's text) throws, so that a database edited by hand is reported rather than misread.

extension Entry {
  init(_ row: ResultRow) throws {
    self.init(
      id: row["id"], key: row["key"], kind: row["kind"], reversePath: row["reversePath"],
      recipient: row["recipient"],
      person: row["person"], unit: row["unit"], messageID: row["messageID"], subject: row["subject"],
      day: try row.day("day"), queuedAt: Timestamp(seconds: row["queuedAt"]),
      state: try row.value("state"), attempts: row["attempts"], nextAttempt: row.moment("nextAttempt"),
      lastAttempt: row.moment("lastAttempt"), endedAt: row.moment("endedAt"), answer: row["answer"],
      code: row["code"], possiblyDelivered: row["possiblyDelivered"], dropped: row["dropped"])
  }
}

extension Attempt {
  init(_ row: ResultRow) throws {
    self.init(
      number: row["number"], startedAt: Timestamp(seconds: row["startedAt"]), endedAt: row.moment("endedAt"),
      outcome: try row.optionalValue("outcome"), answer: row["answer"], code: row["code"],
      possiblyDelivered: row["possiblyDelivered"])
  }
}

extension ReminderRecord {
  init(_ row: ResultRow) throws {
    self.init(
      key: row["key"], plan: row["plan"], kind: row["kind"], item: row["item"],
      identity: row["identity"], due: try row.day("due"),
      stage: row["stage"], person: row["person"], unit: row["unit"], plannedOn: try row.day("plannedOn"),
      reason: row["reason"])
  }
}

extension RecordedReminder {
  init(_ row: ResultRow) throws {
    self.init(reminder: try ReminderRecord(row), entry: row["entry"], state: try row.value("state"))
  }
}

extension LastMail {
  init(_ row: ResultRow) throws {
    self.init(person: row["person"], unit: row["unit"], day: try row.day("day"))
  }
}

extension Fact {
  init(_ row: ResultRow) {
    self.init(key: row["key"], value: row["value"], at: Timestamp(seconds: row["at"]))
  }
}

extension Decision {
  init(_ row: ResultRow) throws {
    self.init(
      try row.value("kind"), plan: row["plan"], item: row["item"], identity: row["identity"],
      occurrence: try row.optionalDay("occurrence"),
      person: row["person"], until: try row.optionalDay("until"), by: row["decidedBy"], why: row["why"],
      at: Timestamp(seconds: row["at"]))
    (words, former, evidence) = (row["words"], row["former"], row["evidence"])
  }
}

extension Proposal {
  init(_ row: ResultRow) throws {
    self.init(
      id: row["id"], kind: try row.value("kind"), plan: row["plan"], item: row["item"],
      identity: row["identity"], due: try row.optionalDay("due"), person: row["person"], unit: row["unit"],
      until: try row.optionalDay("until"), successor: row["successor"], text: row["text"],
      doubt: row["doubt"], pause: try row.optionalDay("pause"), sender: row["sender"],
      messageID: row["messageID"],
      at: Timestamp(seconds: row["at"]), writtenOn: try row.optionalDay("writtenOn"),
      reopenedAt: row.moment("reopenedAt"), state: try row.value("state"),
      decidedBy: row["decidedBy"], decidedAt: row.moment("decidedAt"))
  }
}

extension ProposalToken {
  init(_ row: ResultRow) {
    self.init(
      proposal: row["proposal"], madeAt: Timestamp(seconds: row["madeAt"]), usedAt: row.moment("usedAt"))
  }
}

extension ReturnedMail {
  init(_ row: ResultRow) throws {
    self.init(
      incoming: row["incoming"], entry: try Entry(row), reason: row["reason"],
      isPermanent: row["isPermanent"], isFinal: row["isFinal"], at: Timestamp(seconds: row["at"]))
  }
}

extension NotedMail {
  init(_ row: ResultRow) throws {
    self.init(
      incoming: row["incoming"], entry: try Entry(row), awayUntil: try row.optionalDay("awayUntil"),
      at: Timestamp(seconds: row["at"]))
  }
}

extension AttachedFile {
  init(_ row: ResultRow) { self.init(name: row["name"], size: row["size"], sha256: row["sha256"]) }
}

extension MailboxPlace {
  init(_ row: ResultRow) throws {
    self.init(
      key: row["key"], since: try row.day("since"), uidValidity: row["uidValidity"], lastUID: row["lastUID"],
      lookedAt: Timestamp(seconds: row["lookedAt"]))
  }
}

extension ResultRow {
  fileprivate func moment(_ column: String) -> Timestamp? {
    (self[column] as Int64?).map(Timestamp.init(seconds:))
  }

  fileprivate func day(_ column: String) throws -> CivilDate {
    guard let day = try optionalDay(column) else { throw unreadable(column) }
    return day
  }

  fileprivate func optionalDay(_ column: String) throws -> CivilDate? {
    guard let text = self[column] as String? else { return nil }
    guard let day = CivilDate(text) else { throw unreadable(column) }
    return day
  }

  fileprivate func value<Value: RawRepresentable<String>>(_ column: String) throws -> Value {
    guard let value = try optionalValue(column) as Value? else { throw unreadable(column) }
    return value
  }

  fileprivate func optionalValue<Value: RawRepresentable<String>>(_ column: String) throws -> Value? {
    guard let text = self[column] as String? else { return nil }
    guard let value = Value(rawValue: text) else { throw unreadable(column) }
    return value
  }

  /// Reported as damage of the database, like what its engine finds itself.
  fileprivate func unreadable(_ column: String) -> UnreadableColumn { UnreadableColumn(name: column) }
}

/// A column that holds what duban never wrote.
struct UnreadableColumn: Error {
  let name: String
}
