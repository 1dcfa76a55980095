CREATE TABLE body (
  entry INTEGER PRIMARY KEY REFERENCES entry (id),
  bytes BLOB NOT NULL CHECK (length(bytes) > 0)
) STRICT;
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
, identity TEXT NOT NULL DEFAULT '') STRICT;
CREATE INDEX reminderEntry ON reminder (entry);
CREATE INDEX reminderPlanned ON reminder (plannedOn);
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
, identity TEXT NOT NULL DEFAULT '') STRICT;
CREATE INDEX decisionItem ON decision (item);
CREATE TABLE "entry" (
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
CREATE INDEX entryDue ON entry (nextAttempt, id) WHERE state IN ('queued', 'deferred');
CREATE INDEX entrySending ON entry (id) WHERE state = 'sending';
CREATE INDEX entryAside ON entry (state) WHERE state IN ('held', 'failed');
CREATE INDEX entryPerson ON entry (person, unit, day);
CREATE TABLE "attempt" (
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
CREATE INDEX attemptStarted ON attempt (startedAt);
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
CREATE INDEX reminderIdentity ON reminder (identity);
