/// Where a piece of a large table stands, and the measures in it: for what is found out at the end.
struct BulkPlaces {
  /// The line and the offset at which the piece begins.
  let line: Int
  let offset: Int
  /// The place of its first measure.
  let first: Int
  /// The measures' lines, counted from the piece's first; none where each stands in the line behind the one before.
  private var lines: [UInt32] = []
  private var firstLine = UInt32(0)
  private var count = UInt32(0)

  init(line: Int, offset: Int, first: Int) {
    self.line = line
    self.offset = offset
    self.first = first
  }

  /// Notes the next measure.
  mutating func add(line: UInt32) {
    if count == 0 { firstLine = line }
    if lines.isEmpty, line != firstLine + count { lines = (0..<count).map { firstLine + $0 } }
    if !lines.isEmpty || line != firstLine + count { lines.append(line) }
    count += 1
  }

  /// Notes the next measures, of which each stands in a line behind the one before.
  mutating func add(_ places: ArraySlice<BulkRows.Place>) {
    guard let first = places.first, let last = places.last else { return }
    let isWithoutGap = last.line - first.line + 1 == places.count
    if lines.isEmpty, isWithoutGap, count == 0 || first.line == firstLine + count {
      if count == 0 { firstLine = first.line }
      count += UInt32(places.count)
    } else {
      for place in places { add(line: place.line) }
    }
  }

  /// The line of a measure of the piece.
  func line(of measure: Int) -> Int {
    let place = measure - first
    return line + (lines.isEmpty ? Int(firstLine) + place : Int(lines[place]))
  }
}
