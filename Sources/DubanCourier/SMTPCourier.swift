public import DubanMail

/// Delivers over SMTP (RFC 5321) to one relay, over one connection that it keeps.
///
/// The password is read when a connection handle is made: at the first delivery, and at the first after ``close()``.
public final class SMTPCourier: Courier {
  private let relay: Relay
  private var handle: RelayHandle?

  /// A courier to this relay; dials nothing yet.
  public init(_ relay: Relay) { self.relay = relay }

  deinit { handle?.sayFarewell() }

  /// Hands one message over. What can't be sent over SMTP as it is (an address that isn't ASCII, a bare CR or LF)
  /// fails at ``DeliveryOutcome/Step/check``, before anything is dialled.
  public func deliver(_ message: Message) -> DeliveryOutcome {
    if let fault = message.fault { return DeliveryOutcome(step: .check, result: .failed, text: fault) }
    do {
      let handle = try handle ?? makeHandle()
      self.handle = handle
      let (from, to) = (message.envelope.reversePath, message.envelope.recipient)
      let ending = try message.data.withUnsafeBytes { bytes throws(RelayHandle.SetupError) in
        try handle.send(from: from, to: to, bytes)
      }
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
    handle = nil
  }

  private func makeHandle() throws -> RelayHandle {
    guard let user = relay.user else { return try RelayHandle(relay, login: nil) }
    return try RelayHandle(relay, login: (user, relay.secret()))
  }
}
