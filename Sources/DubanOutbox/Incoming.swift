public import DubanCore

/// How far a mailbox was read.
public struct MailboxPlace: Sendable, Hashable {
  /// The mailbox.
  public var key: String
  /// The day from which its mails are read.
  public var since: CivilDate
  /// The numbers mean the same as long as this one is the same.
  public var uidValidity: Int64
  /// The number of the last message that was looked at; 0: none.
  public var lastUID: Int64
  /// When a look was last carried through to its end; before the first one, when it was first opened.
  public var lookedAt: Timestamp
}

/// A file that came with a message. It stays in the mailbox; this says which one it was.
public struct AttachedFile: Sendable, Hashable {
  /// As the sender calls it.
  public var name: String
  /// In bytes.
  public var size: Int64
  /// SHA-256 of its bytes, 64 hexadecimal digits.
  public var sha256: String

  /// A file of this name, size and hash.
  public init(name: String, size: Int64, sha256: String) {
    (self.name, self.size, self.sha256) = (name, size, sha256)
  }
}

/// A message of a mailbox, and what it leads to.
public struct IncomingMail: Sendable, Hashable {
  /// The mailbox's key: account, server and folder.
  public var mailbox: String
  /// The message's number there.
  public var uid: Int64
  /// What makes it the same message also under another number and in another mailbox.
  public var digest: String
  /// The same as the version before made it, by which a state knows what it read then; empty: none.
  public var formerDigest = ""
  /// Its Message-ID, without angle brackets.
  public var messageID: String
  /// What it is; empty: it leads to nothing, and nothing is kept of it.
  public var kind: String
  /// Who it says it is from, in small letters.
  public var sender: String
  /// The entry that it answers or brings back.
  public var entry: Int64?
  /// The first words of what is new in it.
  public var text: String
  /// When it was read.
  public var at: Timestamp
  /// The day on which it was written, as it says itself; nil where that can't be.
  public var writtenOn: CivilDate?
  /// The last day on which its sender is away, by an automatic reply.
  public var awayUntil: CivilDate?
  /// What is attached to it.
  public var files: [AttachedFile] = []
  /// What it asks for.
  public var proposals: [NewProposal] = []
  /// What came back with it.
  public var bounces: [NewBounce] = []
  /// What it decides of proposals that are open.
  public var decided: [ProposalDecision] = []
  /// The ledger that came with it.
  public var ledger: MailedLedger?
  /// What is to be remembered of it, by key.
  public var facts: [String: String] = [:]
  /// What is sent because of it.
  public var replies: [NewEntry] = []

  /// The kind of a message that a person has to look for.
  public static let unreadable = "unreadable"

  /// A message that leads to nothing.
  public init(
    mailbox: String, uid: Int64, digest: String, messageID: String = "", kind: String = "",
    sender: String = "", entry: Int64? = nil, text: String = "", at: Timestamp
  ) {
    (self.mailbox, self.uid, self.digest, self.messageID) = (mailbox, uid, digest, messageID)
    (self.kind, self.sender, self.entry, self.text, self.at) = (kind, sender, entry, text, at)
  }
}

/// A mail of ours that came back.
public struct NewBounce: Sendable, Hashable {
  /// The number of the entry that came back.
  public var entry: Int64
  /// Why, in one word.
  public var reason: String
  /// Whether the address is dead.
  public var isPermanent: Bool
  /// Whether the server has given up.
  public var isFinal: Bool
  /// The server's words, as kept with a bad address.
  public var answer: String

  package init(entry: Int64, reason: String, isPermanent: Bool, isFinal: Bool, answer: String) {
    (self.entry, self.reason, self.isPermanent) = (entry, reason, isPermanent)
    (self.isFinal, self.answer) = (isFinal, answer)
  }
}

/// A mail of ours that came back, as recorded.
public struct ReturnedMail: Sendable, Hashable {
  /// The message that brought it.
  public var incoming: Int64
  /// The mail.
  public var entry: Entry
  /// Why, in one word.
  public var reason: String
  /// Whether the address is dead.
  public var isPermanent: Bool
  /// Whether the server has given up.
  public var isFinal: Bool
  /// When that was read.
  public var at: Timestamp
}

/// A message that asks for nothing and is good to know, as recorded.
public struct NotedMail: Sendable, Hashable {
  /// The message.
  public var incoming: Int64
  /// The mail of ours that it is about.
  public var entry: Entry
  /// The last day on which the recipient is away; nil: the mail is delayed.
  public var awayUntil: CivilDate?
  /// When that was read.
  public var at: Timestamp
}

/// What an answer asks for.
public struct NewProposal: Sendable, Hashable {
  /// What is asked for.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case done
    case postpone
    case handover
    /// The owner says that it isn't theirs.
    case notMine
    /// It goes on, in time.
    case progress
    /// The owner asks something.
    case question
    case report
    /// A person has to read what was written.
    case message
  }

  /// What is asked for.
  public var kind: Kind
  /// The key of the plan (``Plan/key``).
  public var plan: String
  /// The item, as it was numbered in the mail that is answered; empty for none.
  public var item: String
  /// What makes the item the one it is.
  public var identity: String
  /// The date that the item was due on.
  public var due: CivilDate?
  /// Who was reminded.
  public var person: String
  /// Their unit.
  public var unit: String
  /// The day that is asked for.
  public var until: CivilDate?
  /// The new owner that is named; empty for none.
  public var successor: String
  /// The words.
  public var text: String
  /// Why a person has to look twice; empty where nothing speaks against it.
  public var doubt: String
  /// The day on which the owner's reminders of the item go on, until which they wait; nil: they don't.
  public var pause: CivilDate?
  /// Set where it is accepted at once: by whom, and what follows.
  public var acceptance: Acceptance?

  /// Who accepts a proposal as it comes, and what is recorded with it.
  public struct Acceptance: Sendable, Hashable {
    /// Who.
    public var by: String
    /// What is recorded.
    public var decision: Decision?

    package init(by: String, decision: Decision?) { (self.by, self.decision) = (by, decision) }
  }

  package init(
    _ kind: Kind, plan: String, item: String = "", identity: String = "", due: CivilDate? = nil,
    person: String, unit: String, until: CivilDate? = nil, successor: String = "", text: String,
    doubt: String = "", pause: CivilDate? = nil
  ) {
    (self.kind, self.plan, self.item, self.identity, self.due) = (kind, plan, item, identity, due)
    (self.person, self.unit, self.until, self.successor) = (person, unit, until, successor)
    (self.text, self.doubt, self.pause) = (text, doubt, pause)
  }
}

/// What an answer asks for, as recorded.
public struct Proposal: Sendable, Hashable {
  /// Whether it is decided.
  public enum State: String, Sendable, Hashable, CaseIterable { case open, accepted, rejected }

  /// Its number, by which people name it.
  public var id: Int64
  /// What is asked for.
  public var kind: NewProposal.Kind
  /// The key of the plan (``Plan/key``).
  public var plan: String
  /// The item, as it was numbered in the mail that is answered; empty for none.
  public var item: String
  /// What makes the item the one it is.
  public var identity: String
  /// The date that the item was due on.
  public var due: CivilDate?
  /// Who was reminded.
  public var person: String
  /// Their unit.
  public var unit: String
  /// The day that is asked for.
  public var until: CivilDate?
  /// The new owner that is named; empty for none.
  public var successor: String
  /// The words.
  public var text: String
  /// Why a person has to look twice; empty where nothing speaks against it.
  public var doubt: String
  /// The day on which the owner's reminders of the item go on, until which they wait; nil: they don't.
  public var pause: CivilDate?
  /// Who the answer says it is from.
  public var sender: String
  /// The answer's Message-ID, without angle brackets.
  public var messageID: String
  /// When it was read.
  public var at: Timestamp
  /// The day on which the answer was written, as it says itself; nil where that can't be.
  public var writtenOn: CivilDate?
  /// What was attached to the answer.
  public var files: [AttachedFile] = []
  /// When a decision was taken back; nil: never.
  public var reopenedAt: Timestamp?
  /// Whether it is decided.
  public var state: State
  /// Who decided.
  public var decidedBy: String?
  /// When that was.
  public var decidedAt: Timestamp?
}

/// What becomes of an open proposal.
public struct ProposalDecision: Sendable, Hashable {
  /// The number of the proposal.
  public var proposal: Int64
  /// Whether it is given.
  public var isAccepted: Bool
  /// Who says so.
  public var by: String
  /// What is recorded with it.
  public var decision: Decision?
  /// The token of the link by which it was decided, which is used up; nil: without one.
  public var token: String?

  package init(_ proposal: Int64, isAccepted: Bool, by: String, decision: Decision? = nil) {
    (self.proposal, self.isAccepted, self.by, self.decision) = (proposal, isAccepted, by, decision)
  }
}

/// The secret in a link that decides a proposal, once.
public struct ProposalToken: Sendable, Hashable {
  /// For so long a link can be used, in seconds: 30 days.
  public static let lifetime: Int64 = 30 * 86_400

  /// The number of the proposal that it decides.
  public var proposal: Int64
  /// When it was made.
  public var madeAt: Timestamp
  /// When it was used, or its proposal was decided otherwise; nil: it can be used.
  public var usedAt: Timestamp?
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
