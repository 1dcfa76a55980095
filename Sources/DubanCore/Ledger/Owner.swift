/// 责任人 of a 责任单位: a person with an address.
public struct Owner: Sendable, Hashable {
  /// The person's name.
  public var person: String
  /// The unit the person answers for.
  public var unit: String
  /// The mailbox; nil where nobody knows it yet, and then the contact gets this person's reminders.
  public var email: String?
  /// Who gets a copy of every mail (deputies).
  public var copies: [String]
  /// Whether this is the unit's head (第一责任人), who hears of overdue measures of the whole unit.
  public var isHead: Bool

  /// An owner of these parts.
  public init(person: String, unit: String, email: String?, copies: [String] = [], isHead: Bool = false) {
    self.person = person
    self.unit = unit
    self.email = email
    self.copies = copies
    self.isHead = isHead
  }
}
