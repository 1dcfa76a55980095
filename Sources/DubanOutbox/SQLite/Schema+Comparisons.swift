import GRDB

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
