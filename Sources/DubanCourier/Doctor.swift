public import DubanCore
public import DubanMail

/// Tries the way to the relay step by step, up to the point where a mail would be handed over, and sends none.
public struct Doctor: Sendable {
  /// A certificate that ends within so many days is reported: long enough for a relay's operator to act.
  public static let certificateWarningDays = 14

  private let relay: Relay
  private let sender: String
  private let recipient: String?

  /// A doctor for this relay and this sender's address.
  ///
  /// - Parameter recipient: whom the relay is asked about (RCPT TO), without sending: Postfix says there what it thinks
  ///   of our name and address (`smtpd_delay_reject`). nil: nobody.
  public init(_ relay: Relay, sender: String, recipient: String? = nil) {
    (self.relay, self.sender, self.recipient) = (relay, sender, recipient)
  }

  /// Goes through the steps; the first that fails is the last, but that a certificate which isn't trusted is shown.
  /// Waits within the relay's limits.
  public func examine(now: Timestamp) -> [DoctorStep] {
    var steps: [DoctorStep] = []
    do throws(Stop) {
      if let problem = MailAddress.problem(in: sender) {
        throw Stop(.mailFrom, "relay.from “\(printableLine(sender))” \(problem)")
      }
      let login = try login(&steps)
      try resolve(&steps)
      try converse(login, now: now, &steps)
    } catch {
      steps.append(error.step)
    }
    return steps
  }

  /// The examination ends with this step.
  private struct Stop: Error {
    let step: DoctorStep

    init(_ kind: DoctorStep.Kind, _ detail: String, remedy: String = "") {
      step = DoctorStep(kind, isOK: false, detail, remedy: remedy)
    }
  }

  private func login(_ steps: inout [DoctorStep]) throws(Stop) -> (user: String, secret: Secret)? {
    guard let user = relay.user else { return nil }
    do {
      let secret = try relay.secret()
      steps.append(DoctorStep(.secret, isOK: true, "read"))
      return (user, secret)
    } catch {
      throw Stop(.secret, printableLine(error.description))
    }
  }

  private func resolve(_ steps: inout [DoctorStep]) throws(Stop) {
    switch HostAddresses.of(relay.host) {
    case .success(let addresses):
      steps.append(DoctorStep(.resolve, isOK: true, "\(relay.host) is \(addresses.joined(separator: ", "))"))
    case .failure(let error):
      throw Stop(.resolve, "\(relay.host): \(error.text)", remedy: DoctorRemedy.resolve)
    }
  }

  private func converse(
    _ login: (user: String, secret: Secret)?, now: Timestamp, _ steps: inout [DoctorStep]
  ) throws(Stop) {
    let connection: SMTPConnection
    do {
      connection = try SMTPConnection(relay, login: login)
    } catch {
      throw Stop(.connect, error.text)
    }
    let conversation = connection.command("MAIL FROM:<\(sender)>", .mailFrom)
    try tellConnection(conversation, connection, now: now, &steps)
    try tellConversation(conversation, &steps)
    if let recipient { try ask(about: recipient, connection, &steps) }
    let reset = connection.command("RSET", .mailFrom).exchanges.last?.reply
    if let reset, reset.code == 250 {
      steps.append(DoctorStep(.reset, isOK: true, reset.text))
    } else {
      throw Stop(.reset, "the relay doesn't take MAIL FROM back, but no mail was handed over")
    }
    let farewell = connection.sayFarewell()
    steps.append(DoctorStep(.quit, isOK: farewell?.code == 221, farewell?.text ?? "no answer"))
  }

  private func ask(
    about recipient: String, _ connection: SMTPConnection, _ steps: inout [DoctorStep]
  ) throws(Stop) {
    guard MailAddress.problem(in: recipient) == nil else { return }
    let conversation = connection.command("RCPT TO:<\(recipient)>", .recipient)
    guard let reply = conversation.exchanges.last?.reply, (200...299).contains(reply.code ?? 0) else {
      let result = conversation.attemptResult(relay)
      throw Stop(
        .recipient, result.answer,
        remedy: DoctorRemedy.remedy(result, relay, sender: sender, to: recipient))
    }
    steps.append(DoctorStep(.recipient, isOK: true, reply.text))
  }

  /// TCP and TLS.
  private func tellConnection(
    _ conversation: SMTPResult, _ connection: SMTPConnection, now: Timestamp, _ steps: inout [DoctorStep]
  ) throws(Stop) {
    let result = conversation.attemptResult(relay)
    let remedy = DoctorRemedy.remedy(result, relay, sender: sender)
    guard ![.resolve, .connect].contains(result.step) else {
      throw Stop(.connect, result.text, remedy: remedy)
    }
    steps.append(
      DoctorStep(
        .connect, isOK: true, "connected to \(connection.line.peer ?? relay.host) port \(relay.port)"))
    guard relay.security != .none else { return }
    if result.step == .greeting { throw Stop(.hello, result.answer, remedy: remedy) }
    if [.tls, .startTLS].contains(result.step) {
      if let shown = shownWithoutTrust() { steps.append(tell(shown, now: now)) }
      throw Stop(.tls, result.text, remedy: remedy)
    }
    // What ended before TLS was there is reported by the step where it ended.
    guard conversation.reached == .secured else { return }
    steps.append(DoctorStep(.tls, isOK: true, connection.transcript.tlsRemark ?? "protected"))
    if let certificate = connection.line.certificate { steps.append(tell(certificate, now: now)) }
  }

  /// EHLO, AUTH and MAIL FROM.
  private func tellConversation(_ conversation: SMTPResult, _ steps: inout [DoctorStep]) throws(Stop) {
    let result = conversation.attemptResult(relay)
    let answered = { (step: AttemptResult.Step) in
      conversation.exchanges.last { $0.step == step && (200...299).contains($0.reply.code ?? 0) }?.reply
    }
    let kinds: [(AttemptResult.Step, DoctorStep.Kind)] = [
      (.hello, .hello), (.authenticate, .authenticate), (.mailFrom, .mailFrom),
    ]
    for (step, kind) in kinds where step != .authenticate || relay.user != nil {
      guard let reply = answered(step) else {
        if step == .authenticate, !conversation.exchanges.contains(where: { $0.step == .authenticate }) {
          throw Stop(kind, result.text, remedy: DoctorRemedy.noLogin(relay))
        }
        throw Stop(kind, result.answer, remedy: DoctorRemedy.remedy(result, relay, sender: sender))
      }
      let text = step == .hello ? reply.words.joined(separator: ", ") : reply.text
      steps.append(
        DoctorStep(
          kind, isOK: true, printableLine(text), remedy: step == .hello ? DoctorRemedy.shortName(relay) : ""))
    }
  }

  /// Looks at a certificate that isn't trusted, without a login.
  private func shownWithoutTrust() -> ShownCertificate? {
    guard let connection = try? SMTPConnection(relay, login: nil, trustsAll: true) else { return nil }
    // Wherever it ends later, the certificate was shown by then.
    _ = connection.dial()
    defer { connection.sayFarewell() }
    return connection.line.certificate
  }

  private func tell(_ certificate: ShownCertificate, now: Timestamp) -> DoctorStep {
    var detail = "\(certificate.subject); issued by \(certificate.issuer)"
    if !certificate.names.isEmpty { detail = "\(certificate.names); \(detail)" }
    guard let lastDay = certificate.lastDay else { return DoctorStep(.certificate, isOK: true, detail) }
    let days = lastDay.days(since: now.day(utcOffset: 0))
    let isOK = days >= Self.certificateWarningDays
    let span = days < 0 ? "expired on \(lastDay)" : "valid until \(lastDay), \(days) days left"
    return DoctorStep(
      .certificate, isOK: isOK, "\(detail); \(span)",
      remedy: isOK ? "" : DoctorRemedy.expiry(lastDay, now: now))
  }
}

/// One thing that the doctor tried, and how it went.
public struct DoctorStep: Sendable, Hashable {
  /// What was tried, in the order of trying.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case secret, resolve, connect, tls, certificate, hello, authenticate, mailFrom, recipient, reset, quit,
      test, identify, examine, robot, database

    /// The step as people who run a relay call it.
    public var words: String {
      switch self {
      case .secret: "password"
      case .resolve: "name"
      case .connect: "TCP"
      case .tls: "TLS"
      case .certificate: "certificate"
      case .hello: "EHLO"
      case .authenticate: "AUTH"
      case .mailFrom: "MAIL FROM"
      case .recipient: "RCPT TO"
      case .reset: "RSET"
      case .quit: "QUIT"
      case .test: "test mail"
      case .identify: "ID"
      case .examine: "EXAMINE"
      case .robot: "robot"
      case .database: "database"
      }
    }
  }

  /// What was tried.
  public var step: Kind
  /// Whether it went well.
  public var isOK: Bool
  /// What was found, or the relay's words: one printable line without secrets.
  public var detail: String
  /// What to do about it; empty where nothing is to be done or known.
  public var remedy: String

  package init(_ step: Kind, isOK: Bool, _ detail: String, remedy: String = "") {
    (self.step, self.isOK, self.detail, self.remedy) = (step, isOK, detail, remedy)
  }
}

extension DoctorStep {
  /// Whether a robot's secrets can be read and its server be reached; nothing is posted.
  public init(examining robot: Robot, at now: Timestamp) {
    let fault = RobotDoctor.fault(robot, at: now)
    self.init(
      .robot, isOK: fault == nil,
      "\(robot.kind.rawValue): \(fault ?? "its server can be reached; nothing was posted")",
      remedy: fault == nil ? "" : "see robots: in the configuration, and the files that it names")
  }

  /// How a test mail went.
  public init(_ result: AttemptResult, of message: Message) {
    let isOK = result.result == .accepted
    self.init(
      .test, isOK: isOK, isOK ? "sent to \(message.envelope.recipient): \(result.answer)" : result.answer,
      remedy: isOK ? "see whether it arrives, and not among the unwanted mail" : "")
  }
}

extension DoctorStep: CustomStringConvertible {
  /// `✓ TCP: …`, or `✗ AUTH: …` with the remedy on a line of its own.
  public var description: String {
    "\(isOK ? "✓" : "✗") \(step.words): \(detail)" + (remedy.isEmpty ? "" : "\n  → \(remedy)")
  }
}

/// The likely remedies, in the words of those who have to act.
enum DoctorRemedy {
  static let resolve = "check the host in relay.url, and this machine's name service (/etc/resolv.conf)"

  /// What to do about a certificate near or past its end.
  static func expiry(_ lastDay: CivilDate, now: Timestamp) -> String {
    "the relay's operator has to renew the certificate; if \(lastDay) is far off, this machine's clock is wrong "
      + "(it says \(now.day(utcOffset: 0)))"
  }

  /// What to do about the step that failed.
  static func remedy(
    _ result: AttemptResult, _ relay: Relay, sender: String, to recipient: String = ""
  ) -> String {
    switch AttemptMeaning(result, to: recipient) {
    case .loginRefused: return login
    case .senderRefused:
      let user = relay.user ?? "no login"
      return user == sender
        ? "the relay doesn't take mail from \(sender): is the mailbox allowed to send?"
        : "the sender must be the login: relay.from is \(sender), relay.user is \(user)"
    case .helloRefused: return "write relay.helo: with this machine's full name, such as duban.example.org"
    case .blocked:
      return
        "the relay blocks this machine or sender: ask its operator, with these words; is its name known to DNS?"
    case .unclear: return "ask the relay's operator, with these words, which rule this is"
    case .throttled, .quarterHourLimit, .dayLimit, .senderLimit, .recipientRate, .connectionLimit, .relayBusy:
      return "the relay asks us to wait: send less (delivery.perMinute, delivery.perDay), and try again later"
    default: return connection(result, relay)
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

  private static let login =
    "is the password the mailbox's authorisation code (授权码), not the web password? At 126.com and 163.com it is "
    + "made in the web mail, under 设置, POP3/SMTP/IMAP. Don't repeat a wrong one: each try prolongs the lock"

  private static func connection(_ result: AttemptResult, _ relay: Relay) -> String {
    let text = result.text
    switch result.step {
    case .connect:
      return relay.isLoopback
        ? "is the mail server on this machine running, and does it listen on port \(relay.port)?"
        : "is port \(relay.port) open from here? Networks often block it: ask for \(relay.host) port \(relay.port)"
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
