import GRDB

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
