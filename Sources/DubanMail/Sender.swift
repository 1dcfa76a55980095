/// Who the mails come from: the relay's account, as `relay.from` names it.
public struct Sender: Sendable, Hashable {
  /// The name that people see.
  public let name: String
  /// The mailbox, which is also the reverse path.
  public let address: MailAddress

  /// A sender with this name and mailbox.
  ///
  /// - Throws: ``MailError/unusableAddress(_:)``.
  public init(name: String, address: String) throws {
    self.name = name
    self.address = try MailAddress(address)
  }
}
