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
    // Whoever writes user:password@host here must not find the password in a log.
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
