/// What the service tells its journal: one kind per thing an operator may want to find or be warned of.
public struct JournalEvent: Sendable, Hashable {
  /// The kinds of event; each has a fixed id in the journal's MESSAGE_ID field (systemd.journal-fields(7)).
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// The service is up, or has ended.
    case lifecycle = "6a0c3a4f9d3e4f0d8f0a5e4b2b7d1c01"
    /// Configuration, ledger and calendars were read and are in force.
    case loaded = "6a0c3a4f9d3e4f0d8f0a5e4b2b7d1c02"
    /// A file doesn't read; what was in force stays.
    case refused = "6a0c3a4f9d3e4f0d8f0a5e4b2b7d1c03"
    /// Mails were planned and queued.
    case queued = "6a0c3a4f9d3e4f0d8f0a5e4b2b7d1c04"
    /// The relay took a mail.
    case sent = "6a0c3a4f9d3e4f0d8f0a5e4b2b7d1c05"
    /// A mail goes again later.
    case deferred = "6a0c3a4f9d3e4f0d8f0a5e4b2b7d1c06"
    /// A mail was given up.
    case failed = "6a0c3a4f9d3e4f0d8f0a5e4b2b7d1c07"
    /// The relay wants nothing from us for now.
    case relayClosed = "6a0c3a4f9d3e4f0d8f0a5e4b2b7d1c08"
    /// The outbox can't be used.
    case outbox = "6a0c3a4f9d3e4f0d8f0a5e4b2b7d1c09"
    /// A diagnostic of a file in force.
    case diagnostic = "6a0c3a4f9d3e4f0d8f0a5e4b2b7d1c0a"
    /// A mailbox was read, or can't be.
    case inbox = "6a0c3a4f9d3e4f0d8f0a5e4b2b7d1c0b"
  }

  /// How much an operator should care (syslog's levels, sd-daemon(3)).
  public enum Priority: Int, Sendable, Hashable {
    case error = 3
    case warning = 4
    case notice = 5
    case info = 6
  }

  /// The kind.
  public var kind: Kind
  /// How much it matters.
  public var priority: Priority
  /// One line for people, without secrets and without anybody's address.
  public var message: String
  /// More fields by their journal names (`DUBAN_ENTRY`), values of one line.
  public var fields: [String: String]

  /// An event of these parts.
  public init(_ kind: Kind, _ priority: Priority, _ message: String, fields: [String: String] = [:]) {
    self.kind = kind
    self.priority = priority
    self.message = message
    self.fields = fields
  }
}
