/// The `delivery:` section: how and how fast mails go out.
///
/// No provider publishes its limits in numbers, so the defaults are gentle: a plan of fifty owners goes out within
/// minutes, and nothing that counts quarter-hours takes offence.
public struct DeliverySettings: Sendable, Equatable {
  /// Where mails go.
  public enum Mode: Sendable, Equatable {
    /// To the relay.
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
