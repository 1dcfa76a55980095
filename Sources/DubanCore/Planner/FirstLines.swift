/// The first lines of a list in the order of the agenda, and how many there are in all: a list that may be too long to
/// be made and sorted.
struct FirstLines {
  /// Where the measure of a line stands.
  struct Place: Hashable {
    let ledger: Int
    let area: Int
    let place: Int
  }

  private struct Line {
    let due: CivilDate?
    let item: ItemID
    let place: Place
  }

  /// How many lines are kept.
  private let most: Int
  /// In order.
  private var lines: [Line] = []
  /// How many lines there are.
  private(set) var count = 0

  init(most: Int) { self.most = most }

  /// The measures of the lines that are kept.
  var places: [Place] { lines.map(\.place) }

  /// One more line. The item is only asked for where the line may be among the first.
  mutating func offer(_ due: CivilDate?, at place: Place, _ item: () -> ItemID) {
    count += 1
    guard most > 0 else { return }
    if lines.count == most, let last = lines.last, AgendaItem.isLater(due, than: last.due) { return }
    let line = Line(due: due, item: item(), place: place)
    if lines.count == most {
      guard let last = lines.last, Self.isBefore(line, last) else { return }
      lines.removeLast()
    }
    var (low, high) = (0, lines.count)
    while low < high {
      let middle = (low + high) / 2
      if Self.isBefore(line, lines[middle]) { high = middle } else { low = middle + 1 }
    }
    lines.insert(line, at: low)
  }

  private static func isBefore(_ left: Line, _ right: Line) -> Bool {
    AgendaItem.isBefore((left.due, left.item), (right.due, right.item))
  }
}
