public import DubanCore
public import DubanCourier

/// The `relay:` section: where mail is handed over, and where the password is.
public struct RelaySettings: Sendable {
  /// The relay, ready for a courier. It reads the password when it dials, not before: the commands that only read
  /// work for users who may not see it.
  public var relay: Relay
  /// The file that holds the password, where somebody logs in.
  public var secretFile: SecretFile
  /// Where the configuration names the relay's certificate authorities, if it does.
  var authoritiesPlace: Diagnostic.Location?
  /// Where the configuration speaks of the login.
  var place: Diagnostic.Location

  /// Reads the password now and keeps it, before the process becomes the state directory's owner, who may not be
  /// allowed to read its file.
  public mutating func holdSecret() throws(SecretError) {
    guard relay.user != nil else { return }
    relay = relay.holding(try relay.secret())
  }

  /// What is wrong with the password's file, as far as this user can see: a file that others may read is no business of
  /// whoever only checks.
  public func secretDiagnostics() -> [Diagnostic] {
    guard relay.user != nil else { return [] }
    do {
      _ = try relay.secret()
      return []
    } catch {
      return error.isForbidden ? [] : [Diagnostic(.error, at: place, "\(error)")]
    }
  }
}
