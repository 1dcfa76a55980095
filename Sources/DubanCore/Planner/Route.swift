/// Where a person's reminders go.
public enum Route: Sendable, Hashable {
  /// Why reminders go into the contact's digest.
  public enum Detour: Sendable, Hashable {
    /// The ledger has no address.
    case noAddress
    /// The address was refused for good.
    case refused(String)
    /// The person is a contact, or has the contact's mailbox, and gets one mail a day.
    case isContact
  }

  /// To a mailbox.
  case mailbox(String)
  /// Into the contact's digest.
  case digest(Detour)
}

extension Route: CustomStringConvertible {
  /// A few English words; the mailbox itself is not among them.
  public var description: String {
    switch self {
    case .mailbox: "by mail"
    case .digest(.noAddress): "through the contact's digest: there is no address"
    case .digest(.refused): "through the contact's digest: the address was refused"
    case .digest(.isContact): "in the contact's own digest"
    }
  }
}
