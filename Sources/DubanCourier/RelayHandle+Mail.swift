internal import CCurl
internal import DubanMail

extension RelayHandle {
  /// Sends one message, dialling first if need be, and waits for the answer. After anything but a yes the connection
  /// is over.
  ///
  /// Where the relay takes commands in a row (RFC 2920), all that stand before the message go out together, and those
  /// for the `next` one with the end of this one: the transfer of a message may be the first of a group (section 3.1).
  /// They are answered when the next message is sent; anything else ends the connection.
  func send(
    _ message: UnsafeRawBufferPointer, in envelope: Envelope, before next: Envelope?
  ) -> Ending {
    use { patience throws(Break) in
      let wentAhead = ahead == envelope
      ahead = nil
      try ask(Self.commands(for: envelope), areSent: wentAhead, patience)
      let following = isPipelining ? next.map { Self.bytes(Self.commands(for: $0)) } ?? [] : []
      let sent = try send(message, before: following, patience)
      if sent > 0 { ahead = next }
      conversation.ask(.finalDot)
      try readReply(patience, hear: conversation.hear)
      guard isYes else { throw refused() }
      // With a part of the commands the relay can do nothing.
      if sent < following.count, sent > 0 { isOpen = false }
    }
  }

  /// Sends the message with its dot, and along with the dot what follows, where there is room for it at once; how many
  /// bytes of it went out.
  private func send(
    _ message: UnsafeRawBufferPointer, before following: [UInt8], _ patience: Patience
  ) throws(Break) -> Int {
    var (pieces, piece, sent) = (DotStuffing(message), [UInt8](), 0)
    piece.reserveCapacity(min(message.count, DotStuffing.pieceSize) + following.count + 64)
    while pieces.next(into: &piece) {
      let end = piece.count
      // In one record with the dot, so that what the relay says while we wait to send it isn't an answer to the dot.
      if pieces.isOver, end + following.count <= Self.longestRecord { piece += following }
      // Whatever the relay says before it has the dot is no answer to it.
      try hearNothing(patience)
      sent = try send(piece, atLeast: end, patience, hearingNothing: true) - end
    }
    return sent
  }

  /// Sends one command without a message, dialling first if need be.
  func command(_ line: String, _ step: DeliveryOutcome.Step) -> Ending {
    use { patience throws(Break) in try ask([(step, line)], patience) }
  }

  /// Says QUIT, if the connection stands, and waits briefly for the answer, which it returns.
  @discardableResult
  func sayFarewell() -> Reply? {
    guard isReusable else { return nil }
    isOpen = false
    let patience = Patience.farewell(limits)
    var reply = Reply()
    do {
      try send(Array("QUIT\r\n".utf8), patience)
      try readReply(patience) { conversation.overhear($0, &reply) }
    } catch {
      // The connection is dropped in any case.
    }
    return reply.lines.isEmpty ? nil : reply
  }

  private typealias Command = (step: DeliveryOutcome.Step, line: String)

  private static func commands(for envelope: Envelope) -> [Command] {
    [
      (.mailFrom, "MAIL FROM:<\(envelope.reversePath)>"), (.recipient, "RCPT TO:<\(envelope.recipient)>"),
      (.data, "DATA"),
    ]
  }

  private static func bytes(_ commands: some Sequence<Command>) -> [UInt8] {
    commands.reduce(into: []) { $0 += "\($1.line)\r\n".utf8 }
  }

  private func use(_ talk: (Patience) throws(Break) -> Void) -> Ending {
    conversation.begin()
    let patience = Patience(limits)
    let isNew = !isOpen
    if let failure = dial() { return failure }
    do throws(Break) {
      if isNew { try hearNothing(patience) }
      try talk(patience)
      return ending(CURLE_OK)
    } catch {
      isOpen = false
      return ending(error.code, error.detail)
    }
  }

  /// Sends commands, together or one by one, unless they are with the relay, and waits for a yes to each.
  private func ask(_ commands: [Command], areSent: Bool = false, _ patience: Patience) throws(Break) {
    for (number, command) in commands.enumerated() {
      conversation.ask(command.step)
      if !areSent, number == 0 || !isPipelining {
        if incoming.count > 0 { try hearNothing(patience) }
        try send(Self.bytes(isPipelining ? commands : [command]), patience)
      }
      try readReply(patience, hear: conversation.hear)
      guard isYes else { throw refused(before: isPipelining ? commands[(number + 1)...] : []) }
    }
  }

  /// Whether the last command, or the message, got the answer that lets us go on.
  private var isYes: Bool {
    guard let last = conversation.exchanges.last, let code = last.reply.code else { return false }
    return last.step == .data ? code == 354 : (200...299).contains(code)
  }

  /// What ends the conversation after any answer but a yes. After a no we take leave, when the commands that are with
  /// the relay already are answered: nothing depends on these answers.
  private func refused(before rest: ArraySlice<Command> = []) -> Break {
    let code = conversation.exchanges.last?.reply.code ?? 0
    if code >= 400, code != 421 {
      let patience = Patience.farewell(limits)
      do throws(Break) {
        for command in rest { try concede(command, patience) }
        sayFarewell()
      } catch {
        // The relay has closed, or is out of step; the connection is dropped in any case.
      }
    }
    return Break(code: CURLE_WEIRD_SERVER_REPLY)
  }

  /// Reads the answer to a command that came to nothing. Where DATA is answered by 354 all the same, a lone dot is due
  /// (RFC 2920, section 3.1).
  private func concede(_ command: Command, _ patience: Patience) throws(Break) {
    var (reply, last) = (Reply(), Reply())
    try readReply(patience) { conversation.overhear($0, &reply) }
    guard command.step == .data, reply.code == 354 else { return }
    try send(Array(".\r\n".utf8), patience)
    try readReply(patience) { conversation.overhear($0, &last) }
  }

  /// Makes sure that the relay has said nothing that we didn't ask for. What it says instead stands in the record as
  /// the answer to the last command: a no is one whenever it comes, and a yes before its time is none.
  func hearNothing(_ patience: Patience) throws(Break) {
    if incoming.count == 0 { guard try takeIn() else { return } }
    conversation.forgetAnswer()
    try readReply(patience, hear: conversation.hear)
    throw Break(code: CURLE_WEIRD_SERVER_REPLY)
  }
}
