public import DubanCore
public import DubanCourier
public import DubanInbox
import DubanLedger
public import DubanOutbox

/// What `duban.yaml` says, checked. Every path is absolute or as seen from where the service was started.
public struct Configuration: Sendable {
  /// Beside the configuration: the notices change once a year, by hand.
  public static let defaultHolidays = "holidays"
  /// Where systemd's `StateDirectory=duban` puts it.
  public static let defaultState = "/var/lib/duban"
  /// The offices that use this are in China, which has one time zone.
  public static let defaultTimeZone = "Asia/Shanghai"

  /// Long enough for the contact to read the digest that asks, and to answer.
  public static let defaultAcceptLossAfter = Span(2, .workday)

  /// The configuration's own path, as the user named it.
  public var file: String
  /// The ledgers, in order; a pattern is already resolved.
  public var ledgers: [String]
  /// The directory of holiday-cn files.
  public var holidays: String
  /// The directory of the SQLite file and of what the service writes; with a ``database``, of what may be lost.
  public var state: String
  /// The PostgreSQL that holds the state in the directory's place; nil: the directory does.
  public var database: DatabaseSettings?
  /// The directory of templates that replace the built-in ones; nil for none.
  public var templates: String?
  /// The server that takes our mail; nil where mails go to a Maildir and none is named.
  public var relay: RelaySettings?
  /// Who the mails are from; nil where no relay is named, and then the plan's contact is the sender.
  public var sender: SenderSettings?
  /// The mailboxes whose mail is read; empty: none.
  public var inboxes: [InboxSettings]
  /// What becomes of answers.
  public var answers: AnswerSettings
  /// How and how fast mails go out.
  public var delivery: DeliverySettings
  /// Who is reminded when.
  public var policy: Policy
  /// How long a ledger that lost many of its measures has to stay like that until it counts as meant.
  public var acceptLossAfter: Span
  /// Where the service shows its status.
  public var observing: ObservingSettings
  /// Groups that get the contact's daily summary.
  public var robots: RobotSettings
  /// How papers are numbered, and the colours of a 督办单.
  public var papers: PaperSettings
  /// Where each key of `reminders:` is, and each entry of its lists (`quiet.0`), for checks that come later.
  public var reminderPlaces: [String: Diagnostic.Location]
  /// What turns moments into the days and times of the office.
  public var zone: Zone
}

/// The PostgreSQL of `state:`.
public struct DatabaseSettings: Sendable {
  /// Where it is; with its password once that is held.
  public var address: PostgresAddress
  /// The file with the password; nil where none is named and systemd hands none over.
  var secretFile: SecretFile?

  /// Where it is, without what lets one in.
  var place: PostgresAddress {
    var address = address
    address.password = nil
    return address
  }

  /// Reads the password, for a process that may not read it later.
  public mutating func holdSecret() throws(SecretError) {
    guard let secretFile else { return }
    address.password = .init(try secretFile.read().value)
  }
}

/// The `delivery:` section: how and how fast mails go out.
///
/// No provider publishes its limits in numbers, so the defaults are gentle: a plan of fifty owners goes out within
/// minutes, and nothing that counts quarter-hours takes offence.
public struct DeliverySettings: Sendable, Equatable {
  /// Where mails go.
  public enum Mode: Sendable, Equatable {
    case smtp
    /// Into the Maildir at that path: for trying things out, or for another program to send.
    case maildir(directory: String)
  }

  /// One: providers throttle a client by its connections first.
  public static let defaultConnections = 1
  /// Messages until the connection is renewed: below where relays begin to end it themselves.
  public static let defaultPerConnection = 20
  /// Messages a minute.
  public static let defaultPerMinute = 10
  /// Messages a day: as many as a free mailbox may usually send.
  public static let defaultPerDay = 300

  /// A year and a bit: last year's mail can be shown.
  public static let defaultKeepBodies = 400

  /// Where mails go.
  public var mode: Mode = .smtp
  /// Everything goes to this address instead: a rehearsal. nil for the real recipients.
  public var redirectAllTo: String?
  /// Connections to the relay at a time.
  public var connections = defaultConnections
  /// Messages until the connection is renewed; nil (`none`): it never is.
  public var perConnection: Int? = defaultPerConnection
  /// Messages a minute, over all connections; nil (`none`): as many as the relay takes, for one of one's own.
  public var perMinute: Int? = defaultPerMinute
  /// Messages a day, in the configuration's time zone; nil (`none`): any number.
  public var perDay: Int? = defaultPerDay

  /// Days for which the bytes of a mail are kept after it was sent or given up; the record of it stays for good.
  public var keepBodies = defaultKeepBodies

  /// Settings with every default.
  public init() {}
}

/// The `observe:` section: where the service shows its status, besides `duban status` and the journal.
public struct ObservingSettings: Sendable, Equatable {
  /// The Prometheus text file for node_exporter's textfile collector, ending in `.prom`; nil for none.
  public var metrics: String?
  /// The directory that the report page is written into after every pass; nil for none.
  public var report: String?
  /// Where people open that page (http or https), for the link in the contact's digest; nil for no link.
  public var reportURL: String?
  /// A URL (http or https) that is fetched after every pass that went well: a dead-man's switch; nil for none.
  public var ping: String?

  /// Settings with nothing shown.
  public init() {}
}

/// The `relay:` section: where mail is handed over, and where the password is.
public struct RelaySettings: Sendable {
  /// The relay, ready for a courier. It reads the password when it dials, not before: the commands that only read
  /// work for users who may not see it.
  public var relay: Relay
  /// The file that holds the password, where there is a login.
  public var secretFile: SecretFile
  /// Where the configuration names the relay's certificate authorities, if it does.
  var authoritiesPlace: Diagnostic.Location?
  /// Where the configuration speaks of the login.
  var place: Diagnostic.Location

  /// Reads the password now and keeps it, before the process becomes the state directory's owner, who may not be
  /// allowed to read its file.
  public mutating func holdSecret() throws(SecretError) {
    guard relay.user != nil else { return }
    relay = relay.holding(try relay.secret())
  }

  /// What is wrong with the password's file, as far as this user can see: a file that others may read is no business of
  /// a mere check.
  public func secretDiagnostics() -> [Diagnostic] {
    guard relay.user != nil else { return [] }
    do {
      _ = try relay.secret()
      return []
    } catch {
      return error.isForbidden ? [] : [Diagnostic(.error, at: place, "\(error)")]
    }
  }
}

/// Who mails are from: a name and a mailbox.
public struct SenderSettings: Sendable, Hashable {
  /// The name that mail programs show; empty for none.
  public var name: String
  /// The mailbox.
  public var address: String

  package init(name: String, address: String) {
    self.name = name
    self.address = address
  }

  /// Why a text is no sender.
  struct Problem: Error {
    var words: String
  }

  /// Reads `区营商服务中心 <name@example.org>` or a bare address; quotes around the name are dropped.
  static func read(_ text: String) -> Result<SenderSettings, Problem> {
    var (name, address) = ("", Substring(text))
    if text.hasSuffix(">"), let bracket = text.lastIndex(of: "<") {
      name = trimmed(text[..<bracket])
      address = text[text.index(after: bracket)...].dropLast()
      if name.count >= 2, name.hasPrefix("\""), name.hasSuffix("\"") {
        name = trimmed(name.dropFirst().dropLast())
      }
    }
    if CleanText.holdsControls(name) {
      return .failure(Problem(words: "has a line break or control character in its name"))
    }
    if let problem = MailAddress.problem(in: String(address)) { return .failure(Problem(words: problem)) }
    return .success(SenderSettings(name: name, address: String(address)))
  }

  private static func trimmed(_ text: Substring) -> String {
    let start = text.drop { $0.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...last])
  }
}

/// The `robots:` section: groups that get the contact's daily summary.
public struct RobotSettings: Sendable {
  /// The robots, each with its secrets' files.
  public var robots: [Robot] = []
  /// Whether people are named in a group; otherwise their units are.
  public var namesPeople = false

  /// Settings without robots.
  public init() {}
}

/// The `answers:` section: what becomes of what comes in.
public struct AnswerSettings: Sendable, Equatable {
  /// Long enough for the contact to read the digest that asks, and to answer.
  public static let defaultPause = Span(5, .workday)
  /// What may be accepted without anybody's word: nothing that changes who is asked for what.
  public static let acceptable: [NewProposal.Kind] = [.report, .progress, .done]

  /// Whether owners' answers go to our own mailbox, and to the contact, and not to the contact alone.
  public var repliesToUs = false
  /// How long an owner's reminders of an item wait, once, after their answer that it is done.
  public var pause = defaultPause
  /// What is accepted at once, where nothing speaks against it.
  public var accepted: Set<NewProposal.Kind> = []
  /// Whether who answered hears that the answer came in.
  public var acknowledges = false
  /// Whether the ledger's workbook goes out with the week's digest, and is taken when it comes back.
  public var takesLedger = false

  /// Settings with every default.
  public init() {}
}

/// An entry of `inbox:`: a mailbox whose mail is read.
public struct InboxSettings: Sendable {
  /// Inbox as every server calls it (RFC 9051, section 5.1).
  public static let defaultFolder = "INBOX"
  /// Seconds between two looks.
  public static let defaultEvery = 300

  /// The server, with the login.
  public var server: RelaySettings
  /// The folder's name, as people see it.
  public var folder = defaultFolder
  /// The folder that messages are moved to which led to something; nil: nothing there is changed.
  public var moveTo: String?
  /// Seconds between two looks.
  public var every = defaultEvery
  /// The day from which mails are read; nil: the day of the first look.
  public var since: CivilDate?

  /// The mailbox to look into.
  public var mailbox: Mailbox {
    Mailbox(server: server.relay, folder: folder, moveTo: moveTo, every: every, since: since)
  }
}
