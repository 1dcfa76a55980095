internal import CCurl

/// How one use of a connection ended: facts only.
struct SMTPResult {
  var code: CURLcode
  /// What there is to say beside the code, mostly libcurl's words.
  var detail: String
  var exchanges: [SMTPTranscript.Exchange]
  /// How far the connection itself came.
  var reached: LineConnection.Reached

  /// What this means for a message that was to be sent, to this relay.
  func outcome(_ relay: Relay) -> AttemptResult {
    let last = answeredLast
    if let last, let code = last.reply.code {
      // Any 2yz is a yes (RFC 5321, section 4.3.1).
      if last.step == .finalDot, (200...299).contains(code) {
        return answered(.accepted, last, code)
      }
      if code >= 400, step == last.step { return answered(.refused, last, code) }
    }
    if code == CURLE_LOGIN_DENIED, last?.step == .hello {
      return AttemptResult(
        step: .authenticate, result: .refused,
        text: "the relay offers no way to log in that we use (PLAIN, LOGIN)")
    }
    return AttemptResult(step: step, result: .failed, text: failure(relay))
  }

  /// Whether the relay closed before it answered anything.
  var isHangUp: Bool {
    exchanges.count == 1 && exchanges[0].reply.lines.isEmpty
      && [CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR].contains(code)
  }

  /// The exchange that tells. When EHLO is refused, libcurl tries HELO; a relay that closes meanwhile has given its
  /// answer to EHLO.
  private var answeredLast: SMTPTranscript.Exchange? {
    guard let last = exchanges.last, last.step == .hello, last.reply.lines.isEmpty,
      let before = exchanges.dropLast().last, before.step == .hello
    else { return exchanges.last }
    return before
  }

  private func answered(
    _ result: AttemptResult.Result, _ exchange: SMTPTranscript.Exchange, _ code: Int
  ) -> AttemptResult {
    AttemptResult(
      step: exchange.step, result: result, code: code, enhanced: exchange.reply.enhanced,
      text: exchange.reply.text)
  }

  private var step: AttemptResult.Step {
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST: return .resolve
    case CURLE_COULDNT_CONNECT: return .connect
    case CURLE_USE_SSL_FAILED: return .startTLS
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE,
      CURLE_SSL_CERTPROBLEM,
      CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
      return .tls
    default: break
    }
    if let last = exchanges.last {
      let isHandshaking = last.step == .startTLS && last.reply.code == 220 && reached < .secured
      return isHandshaking ? .tls : last.step
    }
    switch reached {
    case .nothing: return .resolve
    case .resolved: return .connect
    case .connected, .secured: return .greeting
    }
  }

  /// Whether something was said that is no usable answer to the last command.
  private var isOdd: Bool {
    guard let last = exchanges.last, !last.reply.lines.isEmpty else { return false }
    switch (last.step, last.reply.code) {
    case (_, nil): return true
    case (.data, let code): return code != 354
    case (.authenticate, let code): return ![235, 334].contains(code)
    case (_, let code?): return !(200...299).contains(code)
    }
  }

  /// What failed, where, in libcurl's own words too, and what was said in place of a reply.
  private func failure(_ relay: Relay) -> String {
    let what =
      switch code {
      case CURLE_COULDNT_RESOLVE_HOST: "the relay's name \(relay.host) isn't known"
      case CURLE_COULDNT_CONNECT: "no connection to \(relay.host) port \(relay.port)"
      case CURLE_OPERATION_TIMEDOUT: "no answer in time"
      case CURLE_USE_SSL_FAILED: "the relay offers no encryption (STARTTLS), so nothing was sent"
      case CURLE_PEER_FAILED_VERIFICATION: "the relay's certificate can't be trusted"
      case CURLE_SSL_CACERT_BADFILE: "the file of trusted certificates can't be used"
      case CURLE_SSL_CONNECT_ERROR: "encryption (TLS) failed"
      case _ where isOdd: "the relay's answer can't be used"
      case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE:
        "the connection was lost"
      default: "the relay's answer can't be used"
      }
    // How libcurl says that the other side closed: no more than we say already.
    let detail = detail.isEmpty || detail.hasPrefix("response reading failed") ? "" : ": \(detail)"
    let said = isOdd ? exchanges.last.map { "; it said “\($0.reply.lines.joined(separator: " "))”" } : nil
    return printableLine("\(what) (\(step.words))\(detail)\(said ?? "")")
  }
}

extension AttemptResult.Step {
  /// The step as people who run a relay call it.
  public var words: String {
    switch self {
    case .check: "checking the message"
    case .secret: "reading the password"
    case .resolve: "looking up the relay"
    case .connect: "connecting"
    case .tls: "setting up TLS"
    case .greeting: "greeting"
    case .hello: "EHLO"
    case .startTLS: "STARTTLS"
    case .authenticate: "AUTH"
    case .mailFrom: "MAIL FROM"
    case .recipient: "RCPT TO"
    case .data: "DATA"
    case .finalDot: "end of DATA"
    case .store: "writing to the Maildir"
    }
  }
}
