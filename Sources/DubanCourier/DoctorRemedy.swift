internal import DubanCore

/// The likely remedies, in the words of those who have to act.
enum DoctorRemedy {
  static let resolve = "check the host in relay.url, and this machine's name service (/etc/resolv.conf)"

  /// What to do about a certificate near or past its end.
  static func expiry(_ lastDay: CivilDate, now: Timestamp) -> String {
    "the relay's operator has to renew the certificate; if \(lastDay) is far off, this machine's clock is wrong "
      + "(it says \(now.day(utcOffset: 0)))"
  }

  /// What to do about the step that failed.
  static func remedy(_ outcome: AttemptResult, _ relay: Relay, sender: String) -> String {
    switch DeliveryRuling(outcome) {
    case .loginRefused: return login(relay)
    case .senderRefused:
      let user = relay.user ?? "no login"
      return user == sender
        ? "the relay doesn't take mail from \(sender): is the mailbox allowed to send?"
        : "the sender must be the login: relay.from is \(sender), relay.user is \(user)"
    case .helloRefused: return "write relay.helo: with this machine's full name, such as duban.example.org"
    case .blocked:
      return
        "the relay blocks this machine or sender: ask its operator, with these words; is its name known to DNS?"
    case .policyRefused: return "ask the relay's operator, with these words, which rule this is"
    case .throttled, .quarterHourLimit, .dayLimit, .recipientRate, .connectionLimit, .relayBusy:
      return "the relay asks us to wait: send less (delivery.perMinute, delivery.perDay), and try again later"
    default: return connection(outcome, relay)
    }
  }

  /// A remark on a name to greet with that many relays refuse; empty where it has a dot.
  static func shortName(_ relay: Relay) -> String {
    let name = relay.helo ?? HostAddresses.ownName
    return name.contains(".") || name.hasPrefix("[")
      ? ""
      : "we greet as “\(name)”, which has no dot, and some relays refuse that: write relay.helo: with this machine's "
        + "full name"
  }

  /// What to do about a relay that takes no login, and no mail without one.
  static func noLogin(_ relay: Relay) -> String {
    relay.security == .none
      ? "many relays take a login over TLS only, which smtp:// doesn't use on this machine: use smtps://, or a port "
        + "of this relay that wants no login, without relay.user"
      : "the login belongs to another port of the relay: 465 with smtps://, or 587 with smtp://"
  }

  private static func login(_ relay: Relay) -> String {
    "is the password the mailbox's authorisation code (授权码), not the web password? At 126.com and 163.com it is "
      + "made in the web mail, under 设置, POP3/SMTP/IMAP. Don't repeat a wrong one: each try prolongs the lock"
  }

  private static func connection(_ outcome: AttemptResult, _ relay: Relay) -> String {
    let text = outcome.text
    switch outcome.step {
    case .connect:
      return
        "is port \(relay.port) open from here? Networks often block it: ask for \(relay.host) port \(relay.port)"
    case .greeting where relay.security != .implicitTLS:
      return "if this is port 465, it speaks TLS at once: use smtps:// in relay.url"
    case .startTLS: return "use smtps:// and port 465 in relay.url; a firewall may also strip STARTTLS"
    case .tls where text.contains("expired"):
      return "the relay's operator has to renew the certificate; is this machine's clock right?"
    case .tls where text.contains("match"):
      return
        "name the relay in relay.url as its certificate does; or something in between answers in its place"
    case .tls where text.contains("self-signed") || text.contains("issuer"):
      return
        "no known authority vouches for the relay: is ca-certificates installed, does a firewall look into TLS? The "
        + "certificate of an authority of its own is named under relay.authorities"
    case .tls where text.contains("trusted certificates"):
      return "relay.authorities has to name a file of certificates (PEM) that the service may read"
    case .tls where text.contains("version number"):
      return "port \(relay.port) doesn't speak TLS at once: use smtp:// (STARTTLS), or port 465"
    default: return ""
    }
  }
}
