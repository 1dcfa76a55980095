/// What a measure shares with others of its ledger, by number: two measures with the same deadline have the same number
/// there.
public struct MeasureRecord: Sendable, BitwiseCopyable {
  /// Which of the store's ``MeasureStore/assignments``.
  public var assignment: UInt32
  /// Which of the store's ``MeasureStore/deadlines``.
  public var deadline: UInt32
  /// Which of the store's ``MeasureStore/duties``.
  public var duties: UInt32
  /// Where it stands.
  public var status: Measure.Status
}

/// The measures of a ledger, and what they share, each once: what hangs on a deadline or an assignment alone is worked
/// out once for all measures that have it.
public final class MeasureStore: Sendable {
  /// In the plan's order.
  public let measures: [Measure]
  /// By place, what each shares.
  public let records: [MeasureRecord]
  /// The deadlines, each once.
  public let deadlines: [Deadline]
  /// Who answers, each combination once.
  public let assignments: [Assignment]
  /// The lists of duties, each once.
  public let duties: [[Duty]]

  /// A store of these measures.
  public init(_ measures: some Collection<Measure>) {
    var deadlines = DistinctValues<Deadline>()
    var assignments = DistinctValues<Assignment>()
    var duties = DistinctValues<[Duty]>()
    var records: [MeasureRecord] = []
    records.reserveCapacity(measures.count)
    for measure in measures {
      records.append(
        MeasureRecord(
          assignment: assignments.place(of: Assignment(units: measure.units, persons: measure.persons)),
          deadline: deadlines.place(of: measure.deadline), duties: duties.place(of: measure.duties),
          status: measure.status))
    }
    self.measures = Array(measures)
    (self.records, self.deadlines) = (records, deadlines.values)
    (self.assignments, self.duties) = (assignments.values, duties.values)
  }
}

/// Values that recur, each kept once and known by its place.
struct DistinctValues<Value: Hashable & Sendable> {
  /// In the order in which they came.
  private(set) var values: [Value] = []
  private var places: [Value: UInt32] = [:]

  /// The place of a value, which is taken in where it is new.
  mutating func place(of value: Value) -> UInt32 {
    if let place = places[value] { return place }
    let place = UInt32(values.count)
    values.append(value)
    places[value] = place
    return place
  }
}
