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

extension Schema {
  /// The same constraints by comparisons alone.
  ///
  /// For a list of three or more (`state IN (…)`) SQLite fills a table of its own, for each row that is inserted or
  /// changed: a fifth of what queueing and recording a mail took. The tables are made anew, since a constraint can't be
  /// changed (sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema Changes").
  static func compare(_ db: Database) throws {
    let last = try Int64.fetchOne(db, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'entry'")
    try db.execute(sql: comparing)
    // Numbers of entries are never given twice, also where the last one is gone.
    if let last {
      try db.execute(sql: "UPDATE sqlite_sequence SET seq = ? WHERE name = 'entry'", arguments: [last])
    }
  }

  private static let comparing = """
    CREATE TABLE entryAnew (
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
      state TEXT NOT NULL CHECK (
        state = 'queued' OR state = 'sending' OR state = 'deferred' OR state = 'held' OR state = 'sent' OR state = 'failed'),
      attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
      nextAttempt INTEGER,
      lastAttempt INTEGER,
      leaseOwner TEXT,
      leaseUntil INTEGER,
      endedAt INTEGER,
      answer TEXT,
      code INTEGER CHECK (code BETWEEN 100 AND 999),
      possiblyDelivered INTEGER NOT NULL DEFAULT 0 CHECK (possiblyDelivered BETWEEN 0 AND 1),
      dropped INTEGER NOT NULL DEFAULT 0 CHECK (dropped BETWEEN 0 AND 1),
      CHECK ((attempts > 0) = (lastAttempt IS NOT NULL)),
      CHECK ((state = 'queued' OR state = 'sending' OR state = 'deferred') = (nextAttempt IS NOT NULL)),
      CHECK ((state = 'sending') = (leaseOwner IS NOT NULL)),
      CHECK ((state = 'sending') = (leaseUntil IS NOT NULL)),
      CHECK ((state = 'sent' OR state = 'failed') = (endedAt IS NOT NULL)),
      CHECK (dropped = 0 OR state = 'failed'),
      CHECK (attempts > 0 OR state = 'queued' OR state = 'held' OR state = 'failed')
    ) STRICT;
    INSERT INTO entryAnew SELECT * FROM entry;
    DROP TABLE entry;
    ALTER TABLE entryAnew RENAME TO entry;
    CREATE INDEX entryDue ON entry (nextAttempt, id) WHERE state IN ('queued', 'deferred');
    CREATE INDEX entrySending ON entry (id) WHERE state = 'sending';
    CREATE INDEX entryAside ON entry (state) WHERE state IN ('held', 'failed');
    CREATE INDEX entryPerson ON entry (person, unit, day);

    CREATE TABLE attemptAnew (
      entry INTEGER NOT NULL REFERENCES entry (id),
      number INTEGER NOT NULL CHECK (number > 0),
      startedAt INTEGER NOT NULL,
      endedAt INTEGER,
      outcome TEXT CHECK (outcome = 'sent' OR outcome = 'deferred' OR outcome = 'failed' OR outcome = 'lost'),
      answer TEXT,
      code INTEGER CHECK (code BETWEEN 100 AND 999),
      possiblyDelivered INTEGER NOT NULL DEFAULT 0 CHECK (possiblyDelivered BETWEEN 0 AND 1),
      PRIMARY KEY (entry, number),
      CHECK ((endedAt IS NULL) = (outcome IS NULL))
    ) STRICT, WITHOUT ROWID;
    INSERT INTO attemptAnew SELECT * FROM attempt;
    DROP TABLE attempt;
    ALTER TABLE attemptAnew RENAME TO attempt;
    CREATE INDEX attemptStarted ON attempt (startedAt);
    """
}

extension Schema {
  /// What came in, and what it led to. A message that led to nothing is known by the mailbox's last number alone.
  static let inbox = """
    CREATE TABLE mailbox (
      key TEXT NOT NULL PRIMARY KEY CHECK (key <> ''),
      since TEXT NOT NULL CHECK (length(since) = 10),
      uidValidity INTEGER NOT NULL,
      lastUID INTEGER NOT NULL DEFAULT 0,
      lookedAt INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE incoming (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      mailbox TEXT NOT NULL REFERENCES mailbox (key),
      uidValidity INTEGER NOT NULL,
      uid INTEGER NOT NULL,
      digest TEXT NOT NULL UNIQUE CHECK (digest <> ''),
      messageID TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind <> ''),
      sender TEXT NOT NULL,
      entry INTEGER REFERENCES entry (id),
      text TEXT NOT NULL,
      at INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE bounce (
      incoming INTEGER NOT NULL REFERENCES incoming (id),
      entry INTEGER NOT NULL REFERENCES entry (id),
      reason TEXT NOT NULL,
      isPermanent INTEGER NOT NULL CHECK (isPermanent = 0 OR isPermanent = 1),
      isFinal INTEGER NOT NULL CHECK (isFinal = 0 OR isFinal = 1),
      PRIMARY KEY (incoming, entry)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE proposal (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      incoming INTEGER NOT NULL REFERENCES incoming (id),
      kind TEXT NOT NULL CHECK (kind <> ''),
      plan TEXT NOT NULL,
      item TEXT NOT NULL,
      identity TEXT NOT NULL,
      due TEXT CHECK (length(due) = 10),
      person TEXT NOT NULL,
      unit TEXT NOT NULL,
      until TEXT CHECK (length(until) = 10),
      successor TEXT NOT NULL,
      text TEXT NOT NULL,
      doubt TEXT NOT NULL,
      pause TEXT CHECK (length(pause) = 10),
      state TEXT NOT NULL DEFAULT 'open' CHECK (state = 'open' OR state = 'accepted' OR state = 'rejected'),
      decidedBy TEXT,
      decidedAt INTEGER,
      CHECK ((state = 'open') = (decidedBy IS NULL)),
      CHECK ((state = 'open') = (decidedAt IS NULL))
    ) STRICT;
    CREATE INDEX proposalOpen ON proposal (plan) WHERE state = 'open';
    """

  /// What the contact's links are known by; what a decision was about, and by which message; the ledger as it came by
  /// mail.
  static let answers = """
    ALTER TABLE proposal ADD COLUMN reopenedAt INTEGER;
    CREATE TABLE token (
      token TEXT NOT NULL PRIMARY KEY CHECK (length(token) >= 20),
      proposal INTEGER NOT NULL REFERENCES proposal (id),
      madeAt INTEGER NOT NULL,
      usedAt INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX tokenProposal ON token (proposal);
    ALTER TABLE decision ADD COLUMN words TEXT NOT NULL DEFAULT '';
    ALTER TABLE decision ADD COLUMN former TEXT NOT NULL DEFAULT '';
    ALTER TABLE decision ADD COLUMN evidence TEXT NOT NULL DEFAULT '';
    CREATE TABLE ledgerVersion (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      plan TEXT NOT NULL,
      bytes BLOB NOT NULL CHECK (length(bytes) > 0),
      source TEXT NOT NULL,
      isWritten INTEGER NOT NULL CHECK (isWritten = 0 OR isWritten = 1),
      at INTEGER NOT NULL
    ) STRICT;
    """
  /// The day on which a message was written, as it says itself; null where that can't be.
  static let written = "ALTER TABLE incoming ADD COLUMN writtenOn TEXT CHECK (length(writtenOn) = 10)"

  /// What came with a message, and until when its sender is away.
  static let attachments = """
    ALTER TABLE incoming ADD COLUMN awayUntil TEXT CHECK (length(awayUntil) = 10);
    CREATE TABLE attachment (
      incoming INTEGER NOT NULL REFERENCES incoming (id),
      number INTEGER NOT NULL CHECK (number > 0),
      name TEXT NOT NULL,
      size INTEGER NOT NULL CHECK (size >= 0),
      sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
      PRIMARY KEY (incoming, number)
    ) STRICT, WITHOUT ROWID;
    """
}
