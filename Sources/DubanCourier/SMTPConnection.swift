internal import CCurl
public import DubanMail

/// A conversation with a relay over one connection (RFC 5321), used from one queue at a time.
final class SMTPConnection {
  /// The connection that lines go over.
  let line: LineConnection
  let transcript: SMTPTranscript
  private let limits: Relay.Limits
  private let logsIn: Bool
  /// Whether several commands may go out before the first is answered (RFC 2920).
  private var isPipelining = false

  /// A connection to this relay; `login` is the user and the secret. Dials nothing yet.
  ///
  /// `trustsAll` takes any certificate: for looking at one, and never together with a login or a message.
  init(
    _ relay: Relay, login: (user: String, secret: Secret)?, trustsAll: Bool = false
  ) throws(LineConnection.SetupError) {
    if let helo = relay.helo, !Relay.isHost(helo) {
      throw LineConnection.SetupError(text: "“\(helo)” is no name to greet with")
    }
    let transcript = SMTPTranscript(hiding: login.map { SecretMask(user: $0.user, $0.secret) } ?? .none)
    (self.transcript, limits, logsIn) = (transcript, relay.limits, login != nil)
    // libcurl greets with the URL's path.
    line = try LineConnection(
      relay, protocols: ("smtp", "smtps"), path: relay.helo ?? "", login: login,
      // TLS protects the password, so that the plain mechanisms are enough, and the only ones that NetEase offers.
      mechanisms: "AUTH=PLAIN;AUTH=LOGIN", trustsAll: trustsAll, dialled: transcript.note)
  }

  /// Connects, greets, protects and logs in, unless the connection is open; nil when it is.
  func dial() -> SMTPResult? {
    guard !line.isOpen else { return nil }
    do { try line.open() } catch { return result(error.code, error.detail) }
    // Where no login is offered libcurl goes on without.
    guard !logsIn || transcript.hasLoggedIn else {
      line.close()
      return result(CURLE_LOGIN_DENIED)
    }
    isPipelining = transcript.announces("PIPELINING")
    return nil
  }

  /// Sends one message, dialling first if need be, and waits for the answer. After anything but a yes the connection
  /// is over.
  ///
  /// Where the relay takes commands in a row (RFC 2920), all that come before the message go out together.
  func send(_ message: [UInt8], in envelope: Envelope, until deadline: SendDeadline? = nil) -> SMTPResult {
    use { timeout throws(LineConnection.Failure) in
      try ask(
        [
          (.mailFrom, "MAIL FROM:<\(envelope.reversePath)>"),
          (.recipient, "RCPT TO:<\(envelope.recipient)>"), (.data, "DATA"),
        ], timeout)
      if deadline != nil { line.giveUp(afterUnacknowledged: SendDeadline.mostUnacknowledged) }
      let whole = dotStuffed(message)
      var rest = whole.dropLast(deadline == nil ? 0 : Self.finalDot.count)
      while !rest.isEmpty {
        // Whatever the relay says before it has the dot is no answer to it.
        try expectSilence(timeout)
        let piece = Array(rest.prefix(Self.pieceSize))
        rest = rest.dropFirst(piece.count)
        try line.send(piece, timeout) { () throws(LineConnection.Failure) in try self.refuse(timeout) }
      }
      if let deadline { try complete(before: deadline, timeout) }
      transcript.ask(.finalDot)
      try line.readReply(timeout, isLast: transcript.receive)
      guard isYes else { throw refused() }
    }
  }

  /// After so many bytes of a message we look whether the relay has said something: an ordinary mail goes out in one.
  private static let pieceSize = 65_536

  /// What completes a message: without it the relay takes nothing (RFC 5321, section 4.1.1.4).
  private static let finalDot = Array(".\r\n".utf8)

  /// Sends the final dot alone, and not after the deadline, however long the rest has taken.
  private func complete(
    before deadline: SendDeadline, _ timeout: Timeout
  ) throws(LineConnection.Failure) {
    try expectSilence(timeout)
    guard !deadline.hasPassed else {
      throw LineConnection.Failure(code: CURLE_OPERATION_TIMEDOUT, detail: "the time for this claim was over")
    }
    try line.send(Self.finalDot, timeout)
  }

  /// Sends one command without a message, dialling first if need be.
  func command(_ line: String, _ step: AttemptResult.Step) -> SMTPResult {
    use { timeout throws(LineConnection.Failure) in try ask([(step, line)], timeout) }
  }

  /// Says QUIT, if the connection is open, and waits briefly for the answer, which it returns.
  @discardableResult
  func sayFarewell() -> Reply? {
    guard line.isReusable else { return nil }
    line.close()
    let timeout = Timeout.farewell(limits)
    var reply = Reply()
    do {
      try line.send(Array("QUIT\r\n".utf8), timeout)
      try line.readReply(timeout) { transcript.receive($0, into: &reply) }
    } catch {
      // The connection is dropped in any case.
    }
    return reply.lines.isEmpty ? nil : reply
  }

  private typealias Command = (step: AttemptResult.Step, line: String)

  private func use(_ talk: (Timeout) throws(LineConnection.Failure) -> Void) -> SMTPResult {
    transcript.begin()
    let timeout = Timeout(limits)
    let isNew = !line.isOpen
    if let failure = dial() { return failure }
    do throws(LineConnection.Failure) {
      if isNew { try expectSilence(timeout) }
      try talk(timeout)
      return result(CURLE_OK)
    } catch {
      line.close()
      return result(error.code, error.detail)
    }
  }

  private func result(_ code: CURLcode, _ detail: String = "") -> SMTPResult {
    SMTPResult(code: code, detail: detail, exchanges: transcript.exchanges, reached: line.reached)
  }

  /// Sends commands, together or one by one, and waits for a yes to each.
  private func ask(_ commands: [Command], _ timeout: Timeout) throws(LineConnection.Failure) {
    for (number, command) in commands.enumerated() {
      transcript.ask(command.step)
      if number == 0 || !isPipelining {
        if line.incoming.count > 0 { try refuse(timeout) }
        let together = isPipelining ? commands : [command]
        try line.send(together.flatMap { Array("\($0.line)\r\n".utf8) }, timeout)
      }
      try line.readReply(timeout, isLast: transcript.receive)
      guard isYes else { throw refused(before: isPipelining ? commands[(number + 1)...] : []) }
    }
  }

  /// Whether the last command, or the message, got the answer that lets us go on.
  private var isYes: Bool {
    guard let last = transcript.exchanges.last, let code = last.reply.code else { return false }
    return last.step == .data ? code == 354 : (200...299).contains(code)
  }

  /// What ends the conversation after any answer but a yes. After a no we take leave, when the commands that are with
  /// the relay already are answered: nothing depends on these answers.
  private func refused(before rest: ArraySlice<Command> = []) -> LineConnection.Failure {
    let code = transcript.exchanges.last?.reply.code ?? 0
    if code >= 400, code != 421 {
      let timeout = Timeout.farewell(limits)
      do throws(LineConnection.Failure) {
        for command in rest { try giveUp(command, timeout) }
        sayFarewell()
      } catch {
        // The relay has closed, or is out of step; the connection is dropped in any case.
      }
    }
    return LineConnection.Failure(code: CURLE_WEIRD_SERVER_REPLY)
  }

  /// Reads the answer to a command that came to nothing. Where DATA is answered by 354 all the same, a lone dot is due
  /// (RFC 2920, section 3.1).
  private func giveUp(_ command: Command, _ timeout: Timeout) throws(LineConnection.Failure) {
    var (reply, last) = (Reply(), Reply())
    try line.readReply(timeout) { transcript.receive($0, into: &reply) }
    guard command.step == .data, reply.code == 354 else { return }
    try line.send(Array(".\r\n".utf8), timeout)
    try line.readReply(timeout) { transcript.receive($0, into: &last) }
  }

  /// Makes sure that the relay has said nothing that we didn't ask for.
  private func expectSilence(_ timeout: Timeout) throws(LineConnection.Failure) {
    if line.incoming.count == 0 { guard try line.receive() else { return } }
    try refuse(timeout)
  }

  /// Ends the conversation because of what the relay says before it is asked. That is on record as the answer to
  /// the last command: a no is one whenever it comes, and a yes before its time is none.
  private func refuse(_ timeout: Timeout) throws(LineConnection.Failure) {
    transcript.forgetAnswer()
    try line.readReply(timeout, isLast: transcript.receive)
    throw LineConnection.Failure(code: CURLE_WEIRD_SERVER_REPLY)
  }
}

/// Delivers over SMTP (RFC 5321) to one relay, over one connection that it keeps.
///
/// The password is read at the first delivery, and at the first after ``close()``. A connection that the relay has
/// closed between two messages is replaced by a new one, before anything of the message but its envelope has gone out.
public final class SMTPCourier: Courier {
  private let relay: Relay
  private var connection: SMTPConnection?
  private var login: (user: String, secret: Secret)?

  /// A courier to this relay; dials nothing yet.
  public init(_ relay: Relay) { self.relay = relay }

  deinit { connection?.sayFarewell() }

  /// Hands one message over. What can't be sent over SMTP as it is (an address that isn't ASCII, a bare CR or LF)
  /// fails at ``AttemptResult/Step/check``, before anything is dialled.
  public func deliver(_ message: Message, until deadline: SendDeadline?) -> AttemptResult {
    if let fault = message.fault { return AttemptResult(step: .check, result: .failed, text: fault) }
    do {
      if let connection, connection.line.isReusable {
        let result = send(message, over: connection, until: deadline)
        // Closed after the message before, the relay has said nothing about this one.
        if !result.isHangUp { return result.attemptResult(relay) }
      }
      return send(message, over: try newConnection(), until: deadline).attemptResult(relay)
    } catch let error as SecretError {
      return AttemptResult(step: .secret, result: .failed, text: error.description)
    } catch let error as LineConnection.SetupError {
      return AttemptResult(step: .connect, result: .failed, text: printableLine(error.text))
    } catch {
      return AttemptResult(step: .connect, result: .failed, text: printableLine(String(describing: error)))
    }
  }

  /// Ends the connection with QUIT.
  public func close() {
    connection?.sayFarewell()
    (connection, login) = (nil, nil)
  }

  private func send(
    _ message: Message, over connection: SMTPConnection, until deadline: SendDeadline?
  ) -> SMTPResult {
    let result = connection.send(message.data, in: message.envelope, until: deadline)
    self.connection = connection.line.isOpen ? connection : nil
    return result
  }

  private func newConnection() throws -> SMTPConnection {
    // Ends the old connection before the new one is made.
    connection = nil
    if let user = relay.user, login == nil { login = (user, try relay.secret()) }
    return try SMTPConnection(relay, login: login)
  }
}
