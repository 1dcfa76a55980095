public import DubanCore

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
  /// The directory of the SQLite file and of what the service writes.
  public var state: String
  /// The directory of templates that replace the built-in ones; nil for none.
  public var templates: String?
  /// The server that takes our mail; nil where mails go to a Maildir and none is named.
  public var relay: RelaySettings?
  /// Who the mails are from; nil where no relay is named, and then the plan's contact is the sender.
  public var sender: Sender?
  /// The mailboxes whose mail is read; empty: none.
  public var inboxes: [InboxSettings]
  /// How and how fast mails go out.
  public var delivery: DeliverySettings
  /// Who is reminded when.
  public var policy: Policy
  /// How long a ledger that lost many of its measures has to stay like that until it counts as meant.
  public var acceptLossAfter: Span
  /// Where the service shows how it stands.
  public var observing: ObservingSettings
  /// Where each key of `reminders:` stands, and each entry of its lists (`quiet.0`), for checks that come later.
  public var reminderPlaces: [String: Diagnostic.Location]
  /// What turns moments into the days and times of the office.
  public var zone: Zone
}
