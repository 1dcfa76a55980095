public import DubanCore

/// Tries the way to the relay step by step, up to the point where a mail would be handed over, and sends none.
public struct Doctor: Sendable {
  /// A certificate that ends within so many days is reported: long enough for a relay's operator to act.
  public static let certificateWarningDays = 14

  private let relay: Relay
  private let sender: String
  private let recipient: String?

  /// A doctor for this relay and this sender's address.
  ///
  /// - Parameter recipient: whom the relay is asked about (RCPT TO), without sending: Postfix tells there what it thinks
  ///   of our name and address (`smtpd_delay_reject`). nil: nobody.
  public init(_ relay: Relay, sender: String, recipient: String? = nil) {
    (self.relay, self.sender, self.recipient) = (relay, sender, recipient)
  }

  /// Goes through the steps; the first that fails is the last, but that a certificate which isn't trusted is shown.
  /// Waits within the relay's limits.
  public func examine(now: Timestamp) -> [DoctorStep] {
    var steps: [DoctorStep] = []
    do throws(Stop) {
      guard isPlainAddress(sender) else {
        throw Stop(.mailFrom, "relay.from “\(printableLine(sender))” is no plain ASCII address")
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
    let result = connection.command("MAIL FROM:<\(sender)>", .mailFrom)
    try tellConnection(result, connection, now: now, &steps)
    try tellConversation(result, &steps)
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
    guard isPlainAddress(recipient) else { return }
    let ending = connection.command("RCPT TO:<\(recipient)>", .recipient)
    guard let reply = ending.exchanges.last?.reply, (200...299).contains(reply.code ?? 0) else {
      let outcome = ending.outcome(relay)
      throw Stop(
        .recipient, Self.words(outcome), remedy: DoctorRemedy.remedy(outcome, relay, sender: sender))
    }
    steps.append(DoctorStep(.recipient, isOK: true, reply.text))
  }

  /// TCP and TLS.
  private func tellConnection(
    _ result: SMTPResult, _ connection: SMTPConnection, now: Timestamp, _ steps: inout [DoctorStep]
  ) throws(Stop) {
    let outcome = result.outcome(relay)
    let remedy = DoctorRemedy.remedy(outcome, relay, sender: sender)
    guard ![.resolve, .connect].contains(outcome.step) else {
      throw Stop(.connect, outcome.text, remedy: remedy)
    }
    steps.append(
      DoctorStep(
        .connect, isOK: true, "connected to \(connection.line.peer ?? relay.host) port \(relay.port)"))
    guard relay.security != .none else { return }
    if outcome.step == .greeting { throw Stop(.hello, Self.words(outcome), remedy: remedy) }
    if [.tls, .startTLS].contains(outcome.step) {
      if let shown = shownWithoutTrust() { steps.append(tell(shown, now: now)) }
      throw Stop(.tls, outcome.text, remedy: remedy)
    }
    // Whatever ended before TLS stood is told by the step where it ended.
    guard result.reached == .secured else { return }
    steps.append(DoctorStep(.tls, isOK: true, connection.transcript.tlsRemark ?? "protected"))
    if let certificate = connection.line.certificate { steps.append(tell(certificate, now: now)) }
  }

  /// EHLO, AUTH and MAIL FROM.
  private func tellConversation(_ result: SMTPResult, _ steps: inout [DoctorStep]) throws(Stop) {
    let outcome = result.outcome(relay)
    let answered = { (step: AttemptResult.Step) in
      result.exchanges.last { $0.step == step && (200...299).contains($0.reply.code ?? 0) }?.reply
    }
    let kinds: [(AttemptResult.Step, DoctorStep.Kind)] = [
      (.hello, .hello), (.authenticate, .authenticate), (.mailFrom, .mailFrom),
    ]
    for (step, kind) in kinds where step != .authenticate || relay.user != nil {
      guard let reply = answered(step) else {
        let code = outcome.code.map { "\($0) " } ?? ""
        if step == .authenticate, !result.exchanges.contains(where: { $0.step == .authenticate }) {
          throw Stop(kind, outcome.text, remedy: DoctorRemedy.noLogin(relay))
        }
        throw Stop(kind, code + outcome.text, remedy: DoctorRemedy.remedy(outcome, relay, sender: sender))
      }
      let text = step == .hello ? reply.words.joined(separator: ", ") : reply.text
      steps.append(
        DoctorStep(
          kind, isOK: true, printableLine(text), remedy: step == .hello ? DoctorRemedy.shortName(relay) : ""))
    }
  }

  private static func words(_ outcome: AttemptResult) -> String {
    (outcome.code.map { "\($0) " } ?? "") + outcome.text
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
