import GRDB

/// The tables, as migrations that never change once released.
enum Schema {
  /// "duba": marks the file as ours (`PRAGMA application_id`).
  static let applicationID = 0x6475_6261

  /// Every migration, in order.
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 outbox") { db in
      try db.execute(sql: "PRAGMA application_id = \(applicationID)")
      try db.execute(sql: outbox)
      try db.execute(sql: memory)
    }
    migrator.registerMigration("2 comparisons", migrate: compare)
    migrator.registerMigration("3 identities") { db in try db.execute(sql: identities) }
    migrator.registerMigration("4 inbox") { db in try db.execute(sql: inbox) }
    migrator.registerMigration("5 answers") { db in try db.execute(sql: answers) }
    migrator.registerMigration("6 written") { db in try db.execute(sql: written) }
    migrator.registerMigration("7 attachments") { db in try db.execute(sql: attachments) }
    return migrator
  }

  /// Moments are seconds since 1970 UTC, days are ISO 8601 texts.
  ///
  /// The constraints say what must hold at any moment, a crash included: a lease exactly while sending, a next
  /// attempt exactly while one will come, an end exactly when final.
  private static let outbox = """
    CREATE TABLE entry (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      key TEXT NOT NULL UNIQUE CHECK (key <> ''),
      kind TEXT NOT NULL,
      reversePath TEXT NOT NULL CHECK (reversePath <> ''),
      recipient TEXT NOT NULL CHECK (recipient <> ''),
      person TEXT NOT NULL,
      unit TEXT NOT NULL,
      messageID TEXT NOT NULL UNIQUE CHECK (messageID <> ''),
      subject TEXT NOT NULL,
      day TEXT NOT NULL CHECK (length(day) = 10),
      queuedAt INTEGER NOT NULL,
      notBefore INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'deferred', 'held', 'sent', 'failed')),
      attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
      nextAttempt INTEGER,
      lastAttempt INTEGER,
      leaseOwner TEXT,
      leaseUntil INTEGER,
      endedAt INTEGER,
      answer TEXT,
      code INTEGER CHECK (code BETWEEN 100 AND 999),
      possiblyDelivered INTEGER NOT NULL DEFAULT 0 CHECK (possiblyDelivered IN (0, 1)),
      dropped INTEGER NOT NULL DEFAULT 0 CHECK (dropped IN (0, 1)),
      CHECK ((attempts > 0) = (lastAttempt IS NOT NULL)),
      CHECK ((state IN ('queued', 'sending', 'deferred')) = (nextAttempt IS NOT NULL)),
      CHECK ((state = 'sending') = (leaseOwner IS NOT NULL)),
      CHECK ((state = 'sending') = (leaseUntil IS NOT NULL)),
      CHECK ((state IN ('sent', 'failed')) = (endedAt IS NOT NULL)),
      CHECK (dropped = 0 OR state = 'failed'),
      CHECK (attempts > 0 OR state NOT IN ('sending', 'deferred', 'sent'))
    ) STRICT;
    CREATE INDEX entryDue ON entry (nextAttempt, id) WHERE state IN ('queued', 'deferred');
    CREATE INDEX entrySending ON entry (id) WHERE state = 'sending';
    CREATE INDEX entryAside ON entry (state) WHERE state IN ('held', 'failed');
    CREATE INDEX entryPerson ON entry (person, unit, day);

    CREATE TABLE body (
      entry INTEGER PRIMARY KEY REFERENCES entry (id),
      bytes BLOB NOT NULL CHECK (length(bytes) > 0)
    ) STRICT;

    CREATE TABLE attempt (
      entry INTEGER NOT NULL REFERENCES entry (id),
      number INTEGER NOT NULL CHECK (number > 0),
      startedAt INTEGER NOT NULL,
      endedAt INTEGER,
      outcome TEXT CHECK (outcome IN ('sent', 'deferred', 'failed', 'lost')),
      answer TEXT,
      code INTEGER CHECK (code BETWEEN 100 AND 999),
      possiblyDelivered INTEGER NOT NULL DEFAULT 0 CHECK (possiblyDelivered IN (0, 1)),
      PRIMARY KEY (entry, number),
      CHECK ((endedAt IS NULL) = (outcome IS NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX attemptStarted ON attempt (startedAt);

    CREATE TABLE reminder (
      key TEXT NOT NULL PRIMARY KEY CHECK (key <> ''),
      entry INTEGER NOT NULL REFERENCES entry (id),
      plan TEXT NOT NULL,
      kind TEXT NOT NULL,
      item TEXT NOT NULL,
      due TEXT NOT NULL CHECK (length(due) = 10),
      stage TEXT NOT NULL,
      person TEXT NOT NULL,
      unit TEXT NOT NULL,
      plannedOn TEXT NOT NULL CHECK (length(plannedOn) = 10),
      reason TEXT NOT NULL
    ) STRICT;
    CREATE INDEX reminderEntry ON reminder (entry);
    CREATE INDEX reminderPlanned ON reminder (plannedOn);
    CREATE INDEX reminderItem ON reminder (item, due);
    """

  /// Each measure as it was last in force. What was sent and decided before is about the one that had the number then.
  private static let identities = """
    CREATE TABLE measure (
      plan TEXT NOT NULL,
      identity TEXT NOT NULL CHECK (identity <> ''),
      number TEXT NOT NULL,
      title TEXT NOT NULL,
      units TEXT NOT NULL,
      content INTEGER NOT NULL,
      isPresent INTEGER NOT NULL CHECK (isPresent = 0 OR isPresent = 1),
      PRIMARY KEY (plan, identity)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX measureRenumbered ON measure (plan) WHERE isPresent = 1 AND number <> identity;
    ALTER TABLE reminder ADD COLUMN identity TEXT NOT NULL DEFAULT '';
    UPDATE reminder SET identity = item;
    DROP INDEX reminderItem;
    CREATE INDEX reminderIdentity ON reminder (identity);
    ALTER TABLE decision ADD COLUMN identity TEXT NOT NULL DEFAULT '';
    UPDATE decision SET identity = item;
    """

  private static let memory = """
    CREATE TABLE relay (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      stoppedUntil INTEGER,
      pausedUntil INTEGER,
      reason TEXT NOT NULL,
      since INTEGER NOT NULL,
      CHECK (stoppedUntil IS NOT NULL OR pausedUntil IS NOT NULL)
    ) STRICT;
    CREATE TABLE badRecipient (
      address TEXT NOT NULL PRIMARY KEY,
      answer TEXT NOT NULL,
      since INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE fact (
      key TEXT NOT NULL PRIMARY KEY CHECK (key <> ''),
      value TEXT NOT NULL,
      at INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE decision (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      kind TEXT NOT NULL CHECK (kind <> ''),
      plan TEXT NOT NULL,
      item TEXT NOT NULL CHECK (item <> ''),
      occurrence TEXT CHECK (length(occurrence) = 10),
      person TEXT NOT NULL,
      until TEXT CHECK (length(until) = 10),
      decidedBy TEXT NOT NULL,
      why TEXT NOT NULL,
      at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX decisionItem ON decision (item);
    """
}
