/// Who answers for a measure: many measures of a ledger have the same.
public struct Assignment: Sendable, Hashable {
  /// 责任单位; `units[i]` is the unit of `persons[i]` where both are as long.
  public var units: [String]
  /// 责任人.
  public var persons: [String]

  /// An assignment to these.
  public init(units: [String], persons: [String]) {
    self.units = units
    self.persons = persons
  }
}
