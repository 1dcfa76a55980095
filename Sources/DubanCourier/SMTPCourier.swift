public import DubanMail

/// Delivers over SMTP (RFC 5321) to one relay, over one connection that it keeps.
///
/// The password is read at the first delivery, and at the first after ``close()``. A connection that the relay has
/// closed between two messages is replaced by a new one, before anything of the message but its envelope has gone out.
///
/// Where the relay takes commands in a row (RFC 2920), the envelope of the message that follows goes out together with
/// the end of the one before it (section 3.1), and a message takes one round trip. What comes in its place, also
/// ``close()``, ends the connection before that envelope has got a message.
public final class SMTPCourier: Courier {
  private let relay: Relay
  private var handle: RelayHandle?
  private var login: (user: String, secret: Secret)?
  /// Whether envelopes go ahead: until a relay says nothing to one, which has lost what came after the message.
  private var goesAhead = true

  /// A courier to this relay; dials nothing yet.
  public init(_ relay: Relay) { self.relay = relay }

  deinit { handle?.sayFarewell() }

  /// Hands one message over. What can't be sent over SMTP as it is (an address that isn't ASCII, a bare CR or LF)
  /// fails at ``DeliveryOutcome/Step/check``, before anything is dialled.
  public func deliver(_ message: Message, before next: Envelope?) -> DeliveryOutcome {
    if let fault = message.fault { return DeliveryOutcome(step: .check, result: .failed, text: fault) }
    do {
      let next = next?.fault == nil ? next : nil
      let handle = try usableHandle(for: message.envelope)
      let (isUsed, wentAhead) = (handle.isOpen, handle.ahead != nil)
      let ending = send(message, over: handle, before: next)
      if wentAhead, ending.isUnheard { goesAhead = false }
      // Said or done after the message before, it is no answer to this one.
      guard isUsed && ending.isHangUp || wentAhead && ending.isGoodbye else { return ending.outcome(relay) }
      return send(message, over: try newHandle(), before: next).outcome(relay)
    } catch let error as SecretError {
      return DeliveryOutcome(step: .secret, result: .failed, text: error.description)
    } catch let error as RelayHandle.SetupError {
      return DeliveryOutcome(step: .connect, result: .failed, text: printableLine(error.text))
    } catch {
      return DeliveryOutcome(step: .connect, result: .failed, text: printableLine(String(describing: error)))
    }
  }

  /// Ends the connection with QUIT.
  public func close() {
    handle?.sayFarewell()
    (handle, login) = (nil, nil)
  }

  private func send(
    _ message: Message, over handle: RelayHandle, before next: Envelope?
  ) -> RelayHandle.Ending {
    let ending = message.data.withUnsafeBytes {
      handle.send($0, in: message.envelope, before: goesAhead ? next : nil)
    }
    self.handle = handle.isOpen ? handle : nil
    return ending
  }

  /// The connection that stands and waits for nothing else, or a new one.
  private func usableHandle(for envelope: Envelope) throws -> RelayHandle {
    if let handle, handle.isReusable(for: envelope) { return handle }
    return try newHandle()
  }

  private func newHandle() throws -> RelayHandle {
    // Ends the old connection before the new one is made.
    handle = nil
    if let user = relay.user, login == nil { login = (user, try relay.secret()) }
    return try RelayHandle(relay, login: login)
  }
}
