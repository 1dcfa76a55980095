internal import Foundation

/// The SMTP server that takes our mail, and how it is reached.
public struct Relay: Sendable {
  /// How the connection is protected.
  public enum Security: String, Sendable, Hashable {
    /// Not at all: on loopback only.
    case none
    /// STARTTLS (RFC 3207), required: without it nothing is sent.
    case startTLS
    /// TLS from the first byte (RFC 8314).
    case implicitTLS
  }

  /// How long we wait, in milliseconds.
  public struct Limits: Sendable, Hashable {
    /// Until we are connected, greeted, protected and logged in. A minute: a relay that is slower is as good as
    /// down.
    public var connect = 60_000
    /// For each reply. RFC 5321, section 4.5.3.2 asks for up to 10 minutes after the final dot; giving up earlier
    /// sends the mail twice.
    public var reply = 600_000
    /// For one message as a whole.
    public var message = 1_200_000
    /// For the answers to the farewell, after which the connection is just dropped.
    public var farewell = 5_000

    /// The limits for real relays.
    public init() {}
  }

  /// The relay's name or address, ASCII, without brackets.
  public let host: String
  /// The TCP port.
  public let port: Int
  /// How the connection is protected.
  public let security: Security
  /// Who logs in; nil for a relay that knows us without.
  public let user: String?
  /// Where the password comes from: asked once per connection handle, before dialling.
  public private(set) var secret: @Sendable () throws(SecretError) -> Secret
  /// The host name that we greet with in EHLO; nil for the machine's own.
  public var helo: String?
  /// A file of certificates (PEM) to trust in place of the system's.
  public var authorities: String?
  /// How long we wait.
  public var limits = Limits()

  /// A relay of these parts; `user` and `secret` come together. Refuses what would send mail in clear over a network.
  ///
  /// - Parameter allowsPlainLogin: whether the password may go in clear where the connection does, which is on loopback
  ///   only: whoever listens on that port gets it.
  public init(
    host: String, port: Int, security: Security, user: String? = nil, allowsPlainLogin: Bool = false,
    secret: @escaping @Sendable () throws(SecretError) -> Secret = { () throws(SecretError) in
      throw SecretError("no password file is configured for the relay")
    }
  ) throws(RelayError) {
    guard Self.isHost(host) else {
      throw RelayError(
        "“\(printableLine(host))” is no host name", "a name such as smtp.126.com, or an address")
    }
    guard (1...65_535).contains(port) else { throw RelayError("“\(port)” is no port", "1 to 65535") }
    guard security != .none || Self.isLoopback(host) else {
      throw RelayError(
        "mail to \(host) would cross the network unprotected", "smtps://, or smtp:// with STARTTLS")
    }
    guard security != .none || user == nil || allowsPlainLogin else {
      throw RelayError(
        "the login to \(host) would go out in clear",
        "smtps://, no user, or “plainLogin: loopback” where the relay on this machine wants it so")
    }
    if let user, user.isEmpty || user.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
    {
      throw RelayError("“\(printableLine(user))” is no login name", "usually the mail address")
    }
    (self.host, self.port, self.security, self.user, self.secret) = (host, port, security, user, secret)
  }

  /// The same relay with a password that was read already: for a process that gives up the right to read it.
  public func holding(_ secret: Secret) -> Relay {
    var relay = self
    relay.secret = { () throws(SecretError) in secret }
    return relay
  }

  /// Whether the host is this machine: `localhost`, 127.0.0.0/8 or ::1.
  public var isLoopback: Bool { Self.isLoopback(host) }

  private static func isLoopback(_ host: String) -> Bool {
    var (four, six) = (in_addr(), in6_addr())
    if inet_pton(AF_INET, host, &four) == 1 { return UInt32(bigEndian: four.s_addr) >> 24 == 127 }
    if inet_pton(AF_INET6, host, &six) == 1 {
      return withUnsafeBytes(of: &six) { $0.last == 1 && $0.dropLast().allSatisfy { $0 == 0 } }
    }
    return host.lowercased() == "localhost"
  }

  /// Whether a text can be a host's name or address: it goes into a URL.
  static func isHost(_ host: String) -> Bool {
    var six = in6_addr()
    if inet_pton(AF_INET6, host, &six) == 1 { return true }
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    return host.utf8.count <= 253
      && labels.allSatisfy { label in
        (1...63).contains(label.utf8.count)
          && label.unicodeScalars.allSatisfy {
            $0.isASCII && ($0.properties.isAlphabetic || "0123456789-_".unicodeScalars.contains($0))
          }
      }
  }
}

/// Why a relay can't be used as it is configured.
public struct RelayError: Error, Hashable, Sendable {
  /// What is wrong, with the text.
  public let message: String
  /// What was expected.
  public let help: String

  init(_ message: String, _ help: String) { (self.message, self.help) = (message, help) }
}
