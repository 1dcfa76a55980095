/// A person as an addressee: the same person in the same unit is one recipient, whatever the address.
public struct Recipient: Sendable, Hashable, Comparable {
  /// The person's name.
  public var person: String
  /// The unit the person answers for.
  public var unit: String

  /// A recipient of these parts.
  public init(person: String, unit: String) {
    self.person = person
    self.unit = unit
  }

  /// By unit, then by person.
  public static func < (left: Recipient, right: Recipient) -> Bool {
    (left.unit, left.person) < (right.unit, right.person)
  }
}

extension Owner {
  /// The owner as an addressee.
  public var recipient: Recipient { Recipient(person: person, unit: unit) }
}

extension Contact {
  /// The contact as an addressee.
  public var recipient: Recipient { Recipient(person: person, unit: unit) }
}
