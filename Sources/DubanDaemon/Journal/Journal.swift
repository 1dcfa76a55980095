import CSystemd
import DubanCore
import Foundation

/// Where the service's events go: structured to systemd's journal, plain lines to a terminal, or JSON lines.
public struct Journal: Sendable {
  /// The forms that events can take.
  public enum Style: String, Sendable, CaseIterable {
    /// systemd's native protocol, with fields.
    case systemd
    /// One line of text each, on standard error.
    case plain
    /// One JSON object each, on standard error.
    case json
  }

  private let write: @Sendable (JournalEvent) -> Void

  /// A journal that gives events to `write`; tests collect them.
  public init(_ write: @escaping @Sendable (JournalEvent) -> Void) { self.write = write }

  /// The journal of a style; nil chooses systemd's when standard error is connected to it
  /// (`$JOURNAL_STREAM`, systemd.exec(5)), plain lines otherwise.
  public init(style: Style?, environment: [String: String]) {
    switch style ?? (environment["JOURNAL_STREAM"] == nil ? .plain : .systemd) {
    case .systemd: write = Journal.sendToSystemd
    case .plain: write = { Journal.printLine("\(Journal.word($0.priority))\($0.message)") }
    case .json:
      write = { event in
        var object = event.fields
        object["message"] = event.message
        object["kind"] = "\(event.kind)"
        object["priority"] = "\(event.priority)"
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do { Journal.printLine(String(decoding: try encoder.encode(object), as: UTF8.self)) } catch {
          Journal.printLine(event.message)
        }
      }
    }
  }

  /// Notes one event; what stands in files and answers can't reach a terminal as a command or turn its lines around.
  public func note(_ event: JournalEvent) {
    var event = event
    event.message = CleanText.visible(event.message)
    event.fields = event.fields.mapValues(CleanText.visible)
    write(event)
  }

  private static func word(_ priority: JournalEvent.Priority) -> String {
    switch priority {
    case .error: "error: "
    case .warning: "warning: "
    case .notice, .info: ""
    }
  }

  /// Where standard error is closed, there is nobody to tell.
  private static func printLine(_ line: String) {
    try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
  }

  private static func sendToSystemd(_ event: JournalEvent) {
    var lines = [
      "MESSAGE=\(event.message)", "PRIORITY=\(event.priority.rawValue)",
      "MESSAGE_ID=\(event.kind.rawValue)", "SYSLOG_IDENTIFIER=duban",
    ]
    lines += event.fields.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let copies = lines.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    let vectors = copies.compactMap { copy in copy.map { iovec(iov_base: $0, iov_len: strlen($0)) } }
    if sd_journal_sendv(vectors, Int32(vectors.count)) < 0 {
      printLine("<\(event.priority.rawValue)>\(event.message)")
    }
  }
}

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

  /// What happened, as the journal can be asked for it (`MESSAGE_ID`).
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
