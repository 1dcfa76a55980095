/// The issued document (方案) that a ledger is made from.
public struct Plan: Sendable, Equatable {
  /// The document's title.
  public var title: String
  /// The document's number, such as `洛开〔2022〕19号`; empty where it has none.
  public var number: String
  /// The date of issue: phrases without a year mean its year.
  public var issued: CivilDate?
  /// Where reports go and who answers questions.
  public var contact: Contact

  /// A plan of these parts.
  public init(title: String, number: String, issued: CivilDate?, contact: Contact) {
    self.title = title
    self.number = number
    self.issued = issued
    self.contact = contact
  }

  /// What tells this plan from others: its number, or its title where it has none.
  public var key: String { number.isEmpty ? title : number }
}
