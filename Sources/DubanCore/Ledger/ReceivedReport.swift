/// A unit's report that came in, as the ledger's keeper noted it.
public struct ReceivedReport: Sendable, Hashable {
  /// The unit that reported.
  public var unit: String
  /// The report date it was for.
  public var report: CivilDate

  /// The report of a unit for a report date.
  public init(unit: String, report: CivilDate) {
    self.unit = unit
    self.report = report
  }
}
