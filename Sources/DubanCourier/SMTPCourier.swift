public import DubanMail

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
  public func deliver(_ message: Message) -> AttemptResult { deliver(message, until: nil) }

  /// The same, and the message isn't completed after the deadline.
  public func deliver(_ message: Message, until deadline: SendDeadline?) -> AttemptResult {
    if let fault = message.fault { return AttemptResult(step: .check, result: .failed, text: fault) }
    do {
      if let connection, connection.line.isReusable {
        let result = send(message, over: connection, until: deadline)
        // Closed after the message before, the relay has said nothing about this one.
        if !result.isHangUp { return result.outcome(relay) }
      }
      return send(message, over: try newConnection(), until: deadline).outcome(relay)
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
