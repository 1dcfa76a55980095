public import DubanMail

/// Delivers over SMTP (RFC 5321) to one relay, over one connection that it keeps.
///
/// The password is read at the first delivery, and at the first after ``close()``. A connection that the relay has
/// closed between two messages is replaced by a new one, before anything of the message has gone out.
public final class SMTPCourier: Courier {
  private let relay: Relay
  private var handle: RelayHandle?
  private var login: (user: String, secret: Secret)?

  /// A courier to this relay; dials nothing yet.
  public init(_ relay: Relay) { self.relay = relay }

  deinit { handle?.sayFarewell() }

  /// Hands one message over. What can't be sent over SMTP as it is (an address that isn't ASCII, a bare CR or LF)
  /// fails at ``DeliveryOutcome/Step/check``, before anything is dialled.
  public func deliver(_ message: Message) -> DeliveryOutcome {
    if let fault = message.fault { return DeliveryOutcome(step: .check, result: .failed, text: fault) }
    do {
      let handle = try usableHandle()
      let (from, to) = (message.envelope.reversePath, message.envelope.recipient)
      let ending = message.data.withUnsafeBytes { handle.send(from: from, to: to, $0) }
      self.handle = handle.isOpen ? handle : nil
      return ending.outcome(relay)
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

  /// The connection that stands, or a new one.
  private func usableHandle() throws -> RelayHandle {
    if let handle, handle.isReusable { return handle }
    // Ends the old connection before the new one is made.
    handle = nil
    if let user = relay.user, login == nil { login = (user, try relay.secret()) }
    return try RelayHandle(relay, login: login)
  }
}
