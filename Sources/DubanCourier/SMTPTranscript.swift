internal import CCurl
internal import DubanText

/// What is said between us and the relay during one use of a connection. Until we are logged in libcurl reports it,
/// through a callback on the thread that dials; what is said from then on ``SMTPConnection`` notes itself.
///
/// It keeps the name of each command and the replies, never a command's text: an AUTH command is a password.
final class SMTPTranscript {
  /// One command and what was answered.
  struct Exchange {
    /// How far the conversation was.
    var step: AttemptResult.Step
    /// What the relay said; empty while it hasn't.
    var reply = Reply()
  }

  /// Everything so far, in order; the banner answers no command, but is first.
  private(set) var exchanges: [Exchange] = []
  /// libcurl's own remarks about TLS, for the doctor.
  private(set) var tlsRemark: String?
  /// libcurl says QUIT where it gives up: the answer to that must not pass for the answer to the last command.
  private var saysFarewell = false

  /// A relay may quote a command that it doesn't understand, and the password with it.
  private let mask: SecretMask

  /// A record without what `mask` hides.
  init(hiding mask: SecretMask) { self.mask = mask }

  /// Starts the record anew.
  func begin() { (exchanges, saysFarewell) = ([], false) }

  /// Takes note of a command of ours, or of the end of the message.
  func ask(_ step: AttemptResult.Step) { exchanges.append(Exchange(step: step)) }

  /// Takes note of one more line of the answer to it; whether that was the last one.
  func receive(_ line: ArraySlice<UInt8>) -> Bool {
    noteReply(Array(line))
    return exchanges.last?.reply.isOver ?? false
  }

  /// Adds one more line to a reply that isn't to be kept here; whether that was the last one.
  func receive(_ line: ArraySlice<UInt8>, into reply: inout Reply) -> Bool {
    reply.append(text(of: Array(line)))
    return reply.isOver
  }

  /// Forgets the answer to the last command: another came in its place.
  func forgetAnswer() {
    if let last = exchanges.popLast() { ask(last.step) }
  }

  /// Whether the relay's last EHLO reply announces this extension (RFC 5321, section 4.1.1.1).
  func announces(_ keyword: String) -> Bool {
    let reply = exchanges.last { $0.step == .hello }?.reply
    // The first line is the relay's name.
    return reply?.words.dropFirst().contains { $0.uppercased() == keyword } ?? false
  }

  /// Whether the relay has taken our login.
  var hasLoggedIn: Bool {
    exchanges.contains { $0.step == .authenticate && (200...299).contains($0.reply.code ?? 0) }
  }

  /// Takes note of what libcurl sent or received while it dialled.
  func note(_ type: curl_infotype, _ bytes: [UInt8]) {
    switch type {
    case CURLINFO_HEADER_OUT: noteCommand(bytes)
    case CURLINFO_HEADER_IN where !saysFarewell: noteReply(bytes)
    case CURLINFO_TEXT:
      // libcurl remarks on many things with every mail.
      if bytes.starts(with: "SSL connection using ".utf8) {
        tlsRemark = printableLine(String(decoding: bytes.dropFirst(21), as: UTF8.self))
      }
    default: break
    }
  }

  private func noteCommand(_ bytes: [UInt8]) {
    // An answer to a 334 challenge is part of a password and no command, whatever its letters look like.
    if exchanges.last?.reply.code == 334 {
      exchanges.append(Exchange(step: .authenticate))
      return
    }
    let verb = String(decoding: bytes.prefix { $0 > 0x20 }, as: UTF8.self).uppercased()
    switch verb {
    case "EHLO", "HELO": exchanges.append(Exchange(step: .hello))
    case "STARTTLS": exchanges.append(Exchange(step: .startTLS))
    case "AUTH": exchanges.append(Exchange(step: .authenticate))
    case "MAIL": exchanges.append(Exchange(step: .mailFrom))
    case "RCPT": exchanges.append(Exchange(step: .recipient))
    case "DATA": exchanges.append(Exchange(step: .data))
    case "QUIT": saysFarewell = true
    default: exchanges.append(Exchange(step: exchanges.last?.step ?? .connect))
    }
  }

  private func noteReply(_ bytes: [UInt8]) {
    if exchanges.isEmpty { exchanges.append(Exchange(step: .greeting)) }
    exchanges[exchanges.count - 1].reply.append(text(of: bytes))
  }

  /// A line of the relay's without its line end and our secrets.
  private func text(of bytes: [UInt8]) -> String {
    let line = bytes.last == 0x0A ? bytes.dropLast(bytes.dropLast().last == 0x0D ? 2 : 1) : bytes[...]
    // Chinese relays answer in GB18030 (GBK, GB2312) as often as in UTF-8.
    let text =
      String(validating: line, as: UTF8.self)
      ?? Transcoder.utf8(line, from: "GB18030").flatMap {
        $0.isWhole ? String(decoding: $0.bytes, as: UTF8.self) : nil
      }
      ?? String(decoding: line, as: UTF8.self)
    return mask.hide(in: text, isAboutLogin: exchanges.last?.step == .authenticate)
  }
}

/// What the relay said to one command (RFC 5321, section 4.2): one or several lines of `250-text`, the last `250 text`.
struct Reply: Sendable, Hashable {
  /// More lines than any honest reply has; what comes after is read by libcurl and forgotten by us.
  static let mostLines = 100

  /// The lines as they came, without line ends.
  private(set) var lines: [String] = []
  /// The code of the last line, once that line is there; nil for ever where a line doesn't belong to the reply.
  private(set) var code: Int?
  /// Whether the last line is there, or one that keeps us from knowing which it is.
  private(set) var isOver = false
  private var firstCode: Int?

  /// Takes one more line.
  ///
  /// All lines of a reply have the same code, and a blank or a dash behind it (RFC 5321, section 4.2.1). What else comes
  /// makes the reply unusable: an answer to another command may have got into it.
  mutating func append(_ line: String) {
    let bytes = Array(line.utf8)
    let digits = bytes.prefix(3)
    let isCoded =
      digits.count == 3 && digits.allSatisfy { (0x30...0x39).contains($0) }
      // RFC 5321, section 4.2.1: another first digit means nothing.
      && (0x32...0x35).contains(bytes[0]) && (bytes.count == 3 || bytes[3] == 0x20 || bytes[3] == 0x2D)
    let own = isCoded ? digits.reduce(0) { $0 * 10 + Int($1 - 0x30) } : nil
    if own == nil || firstCode ?? own != own {
      isOver = true
    } else if !isOver {
      firstCode = own
      isOver = bytes.count == 3 || bytes[3] == 0x20
      if isOver { code = own }
    }
    if lines.count < Self.mostLines { lines.append(line) }
  }

  /// The words of all lines, without their codes, as one printable line.
  var text: String { printableLine(words.joined(separator: " ")) }

  /// The words of each line, without the code.
  var words: [Substring] {
    lines.map(Self.words)
  }

  private static func words(_ line: String) -> Substring {
    let isCoded = line.utf8.count >= 3 && line.utf8.prefix(3).allSatisfy { (0x30...0x39).contains($0) }
    return isCoded ? Substring(line.unicodeScalars.dropFirst(4)) : line[...]
  }

  /// The enhanced status code (RFC 3463) at the start of the words, where the relay gives one.
  var enhanced: String? {
    guard let words = lines.last.map(Self.words) else { return nil }
    let first = words.utf8.drop { $0 == 0x20 }.prefix { $0 != 0x20 }
    guard [0x32, 0x34, 0x35].contains(first.first) else { return nil }
    let parts = first.split(separator: 0x2E, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count == 1,
      parts.dropFirst().allSatisfy({
        (1...3).contains($0.count) && $0.allSatisfy { (0x30...0x39).contains($0) }
      })
    else { return nil }
    return String(Substring(first))
  }
}

/// How one use of a connection ended: facts only.
struct SMTPResult {
  var code: CURLcode
  /// What there is to say beside the code, mostly libcurl's words.
  var detail: String
  var exchanges: [SMTPTranscript.Exchange]
  /// How far the connection itself came.
  var reached: LineConnection.Reached

  /// What this means for a message that was to be sent, to this relay.
  func attemptResult(_ relay: Relay) -> AttemptResult {
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

  /// The exchange that decides. When EHLO is refused, libcurl tries HELO; a relay that closes meanwhile has given its
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
