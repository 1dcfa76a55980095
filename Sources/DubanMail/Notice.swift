/// Something that the service has to tell the contact besides the items: one line of the digest.
public struct Notice: Sendable, Hashable {
  /// What it is about; the digest groups by it, in this order.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// A mail that couldn't be delivered, or an address that was refused.
    case delivery
    /// The ledger, the configuration or a calendar is wrong or incomplete.
    case diagnostic
    /// The ledger changed.
    case change
    /// A person put something off, or marked it as done.
    case decision

    /// The heading, as the digest prints it.
    var heading: String {
      switch self {
      case .delivery: "投递异常"
      case .diagnostic: "台账与配置提示"
      case .change: "台账变动"
      case .decision: "人工处理记录"
      }
    }
  }

  /// What it is about.
  public var kind: Kind
  /// One Chinese sentence.
  public var text: String

  /// A notice of this kind.
  public init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }
}
