/// The office and mailbox that reports go to (联系人, 邮箱).
public struct Contact: Sendable, Equatable {
  /// The office.
  public var unit: String
  /// The person who answers.
  public var person: String
  /// The telephone number as printed.
  public var phone: String
  /// The mailbox.
  public var email: String

  /// A contact of these parts.
  public init(unit: String, person: String, phone: String, email: String) {
    self.unit = unit
    self.person = person
    self.phone = phone
    self.email = email
  }
}
