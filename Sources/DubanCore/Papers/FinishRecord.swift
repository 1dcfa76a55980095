/// A ledger as it was in force from a day on.
public struct LedgerVersion: Sendable, Equatable {
  /// The first day.
  public var from: CivilDate
  /// The ledger.
  public var ledger: Ledger

  /// A version of these parts.
  public init(from: CivilDate, ledger: Ledger) { (self.from, self.ledger) = (from, ledger) }
}

/// Since when the measures of a plan are done, as far as the record of the ledger and of what people decided says.
public struct FinishRecord: Sendable, Equatable {
  /// The first day of the record: what was done before it has no date.
  public private(set) var since: CivilDate?
  /// The day since which a measure is reported as done or closed, by identity, without a break up to the end.
  private var days: [String: CivilDate] = [:]
  /// The day since which a measure is closed, likewise.
  private var closed: [String: CivilDate] = [:]
  /// The day on which somebody marked a date of a measure as done; by identity and date.
  private var marks: [Mark: CivilDate] = [:]

  private struct Mark: Hashable {
    var item: String
    var due: CivilDate
  }

  /// The record that these versions make, the earliest first.
  public init(_ versions: [LedgerVersion]) {
    since = versions.first?.from
    for version in versions {
      func since(_ before: [String: CivilDate], _ states: [Measure.Status]) -> [String: CivilDate] {
        let measures = version.ledger.measures.filter { states.contains($0.status) }
        return Dictionary(
          measures.map { ($0.identity, before[$0.identity] ?? version.from) }, uniquingKeysWith: min)
      }
      days = since(days, [.submitted, .closed])
      closed = since(closed, [.closed])
    }
  }

  /// Takes in that somebody marked a date of an item as done.
  public mutating func mark(_ item: String, due: CivilDate, on day: CivilDate) {
    marks[Mark(item: item, due: due)] = day
  }

  /// When a date of a measure was done: it is closed, marked, or reported as done by its day. nil where it isn't.
  func finished(_ measure: Measure, due: CivilDate) -> Finish? {
    let marked = marks[Mark(item: measure.identity, due: due)]
    if measure.status == .submitted, marked == nil {
      // Of what was reported before there was a record, nobody knows that it came late.
      return days[measure.identity].flatMap { $0 <= due || $0 == since ? .reported : nil }
    }
    guard measure.status == .closed else { return marked.map { $0 <= due ? .inTime : .late } }
    guard let day = [days[measure.identity], marked].compactMap({ $0 }).min() else { return .undated }
    if day <= due { return .inTime }
    return day == since ? .undated : .late
  }

  /// When the office settled a date: closed or marked, and not only reported as done; nil where it isn't, or nobody knows.
  func settled(_ measure: Measure, due: CivilDate) -> CivilDate? {
    let closed = closed[measure.identity].flatMap { $0 == since ? nil : $0 }
    return [closed, marks[Mark(item: measure.identity, due: due)]].compactMap(\.self).min()
  }

  /// How a date was met; `reported`: by its day, and nobody has confirmed it yet.
  enum Finish { case inTime, late, undated, reported }
}
