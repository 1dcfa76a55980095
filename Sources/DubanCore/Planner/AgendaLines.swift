/// Gathers the lines of an agenda: people with exceptions of their own are followed apart, and shown together again.
struct AgendaLines {
  private struct Place: Hashable {
    let item: ItemID
    let due: CivilDate?
  }

  private var lines: [AgendaItem] = []
  /// Where the last measure's or duty's lines stand: what belongs together comes one after the other.
  private var places: [Place: Int] = [:]
  private var lastMeasure: String?
  private var reports: [Occurrence: AgendaItem] = [:]

  /// Adds a line of a measure or duty.
  mutating func add(_ line: AgendaItem) {
    let place = Place(item: line.item, due: line.due)
    if line.measure?.id != lastMeasure {
      lastMeasure = line.measure?.id
      places.removeAll(keepingCapacity: true)
    }
    if let known = places[place] {
      lines[known].owners.append(contentsOf: line.owners)
    } else {
      places[place] = lines.count
      lines.append(line)
    }
  }

  /// Adds the report of one owner, unless it came in.
  mutating func addReport(_ line: AgendaItem) {
    guard let due = line.due, line.silence != .received else { return }
    let occurrence = Occurrence(item: line.item, due: due)
    if reports[occurrence] == nil {
      reports[occurrence] = line
    } else {
      reports[occurrence]?.owners.append(contentsOf: line.owners)
    }
  }

  /// All lines, the nearest date first.
  func sorted() -> [AgendaItem] {
    let owing = reports.values.map { line in
      var line = line
      line.owners.sort()
      return line
    }
    return (lines + owing).sorted(by: AgendaItem.isBefore)
  }
}
