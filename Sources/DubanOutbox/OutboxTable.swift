/// A table as both engines have it: what is copied from one to the other.
struct OutboxTable {
  /// Its name.
  let name: String
  /// Its columns; the first one or two say which row it is.
  let columns: [String]

  /// The order in which rows are copied.
  var order: String { columns.prefix(2).joined(separator: ", ") }

  /// Every table; each comes after those that it refers to.
  static let all = [
    OutboxTable(
      name: "entry",
      columns: [
        "id", "key", "kind", "reversePath", "recipient", "person", "unit", "messageID", "subject", "day",
        "queuedAt",
        "notBefore", "state", "attempts", "nextAttempt", "lastAttempt", "leaseOwner", "leaseUntil", "endedAt",
        "answer", "code", "possiblyDelivered", "dropped",
      ]),
    OutboxTable(name: "body", columns: ["entry", "bytes"]),
    OutboxTable(
      name: "attempt",
      columns: ["entry", "number", "startedAt", "endedAt", "outcome", "answer", "code", "possiblyDelivered"]),
    OutboxTable(
      name: "reminder",
      columns: [
        "rowid", "key", "entry", "plan", "kind", "item", "due", "stage", "person", "unit", "plannedOn",
        "reason",
        "identity",
      ]),
    OutboxTable(
      name: "measure", columns: ["plan", "identity", "number", "title", "units", "content", "isPresent"]),
    OutboxTable(name: "relay", columns: ["id", "stoppedUntil", "pausedUntil", "reason", "since"]),
    OutboxTable(name: "badRecipient", columns: ["address", "answer", "since"]),
    OutboxTable(name: "fact", columns: ["key", "value", "at"]),
    OutboxTable(
      name: "decision",
      columns: [
        "id", "kind", "plan", "item", "occurrence", "person", "until", "decidedBy", "why", "at", "identity",
        "words", "former", "evidence",
      ]),
    OutboxTable(name: "mailbox", columns: ["key", "since", "uidValidity", "lastUID", "lookedAt"]),
    OutboxTable(
      name: "incoming",
      columns: [
        "id", "mailbox", "uidValidity", "uid", "digest", "messageID", "kind", "sender", "entry", "text", "at",
        "writtenOn",
      ]),
    OutboxTable(
      name: "bounce", columns: ["incoming", "entry", "reason", "isPermanent", "isFinal"]),
    OutboxTable(
      name: "proposal",
      columns: [
        "id", "incoming", "kind", "plan", "item", "identity", "due", "person", "unit", "until", "successor",
        "text",
        "doubt", "pause", "state", "decidedBy", "decidedAt", "reopenedAt",
      ]),
    OutboxTable(name: "token", columns: ["token", "proposal", "madeAt", "usedAt"]),
    OutboxTable(
      name: "ledgerVersion", columns: ["number", "plan", "bytes", "source", "isWritten", "at"]),
  ]
}
