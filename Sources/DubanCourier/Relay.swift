internal import DubanCore
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
    /// Between two lines of one reply: what is said in a row comes in a row, and a reply without its last line never ends.
    public var pause = 10_000
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

  /// `user` and `secret` come together. Refuses what would send mail in clear over a network.
  ///
  /// - Parameter allowsPlainLogin: whether the password may go in clear where the connection does, which is on loopback
  ///   only: who listens on that port gets it.
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
        "a url with TLS, no user, or “plainLogin: loopback” where the server on this machine wants it so")
    }
    if let user, user.isEmpty || CleanText.holdsControls(user) {
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

  static func isLoopback(_ host: String) -> Bool {
    var (four, six) = (in_addr(), in6_addr())
    if inet_pton(AF_INET, host, &four) == 1 { return UInt32(bigEndian: four.s_addr) >> 24 == 127 }
    if inet_pton(AF_INET6, host, &six) == 1 {
      var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
      inet_ntop(AF_INET6, &six, &text, socklen_t(text.count))
      return text.starts(with: "::1\0".utf8.map(CChar.init(bitPattern:)))
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

extension Relay {
  /// What a mail server is asked for, by its scheme without TLS.
  public enum Service: String, Sendable {
    /// To take our mail (RFC 6409).
    case submission = "smtp"
    /// To show a mailbox (RFC 9051).
    case mailbox = "imap"

    var ports: (plain: Int, overTLS: Int) { self == .submission ? (587, 465) : (143, 993) }
    var words: String { self == .submission ? "relay" : "mailbox" }
  }

  /// Reads `smtps://HOST[:PORT]` (implicit TLS, port 465) or `smtp://HOST[:PORT]` (port 587; STARTTLS required, but
  /// on loopback no TLS at all). Nothing else may be in it: no login, no path.
  public init(
    url: String, service: Service = .submission, user: String? = nil, allowsPlainLogin: Bool = false,
    secret: @escaping @Sendable () throws(SecretError) -> Secret = { () throws(SecretError) in
      throw SecretError("no password file is configured for the relay")
    }
  ) throws(RelayError) {
    let (plainScheme, tlsScheme) = (service.rawValue, "\(service.rawValue)s")
    let expected = "\(tlsScheme)://HOST:PORT or \(plainScheme)://HOST:PORT, without login or path"
    guard let (scheme, rest) = Self.parted(url, at: "://"),
      [plainScheme, tlsScheme].contains(scheme.lowercased())
    else {
      throw RelayError("“\(printableLine(url))” is no \(service.words)", expected)
    }
    // Who writes user:password@host here must not find the password in a log.
    guard !rest.contains("@") else { throw RelayError("the \(service.words)'s url holds a login", expected) }
    let isImplicit = scheme.lowercased() == tlsScheme
    let usual = isImplicit ? service.ports.overTLS : service.ports.plain
    guard let (host, port) = Self.hostAndPort(rest, default: usual) else {
      throw RelayError("“\(printableLine(url))” is no \(service.words)", expected)
    }
    let plain = try Relay(host: host, port: port, security: .implicitTLS)
    try self.init(
      host: host, port: port, security: isImplicit ? .implicitTLS : plain.isLoopback ? .none : .startTLS,
      user: user, allowsPlainLogin: allowsPlainLogin, secret: secret)
  }

  private static func hostAndPort(_ text: String, default port: Int) -> (String, Int)? {
    guard text.hasPrefix("[") else {
      let parts = text.split(separator: ":", omittingEmptySubsequences: false)
      if parts.count == 1 { return (text, port) }
      guard parts.count == 2, let number = Int(parts[1]) else { return nil }
      return (String(parts[0]), number)
    }
    guard let (host, rest) = parted(String(text.dropFirst()), at: "]") else { return nil }
    if rest.isEmpty { return (host, port) }
    guard rest.hasPrefix(":"), let number = Int(rest.dropFirst()) else { return nil }
    return (host, number)
  }

  private static func parted(_ text: String, at separator: String) -> (String, String)? {
    guard let range = text.firstRange(of: separator) else { return nil }
    return (String(text[..<range.lowerBound]), String(text[range.upperBound...]))
  }
}
