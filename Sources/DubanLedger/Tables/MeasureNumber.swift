import DubanCore

/// What a row says about its measure's number: the cell under 序号, and the number that the measure begins with.
struct MeasureNumber {
  /// The cell under 序号; nil where it is empty or there is no such column.
  var cell: LocatedText?
  /// `1、加快…` begins with 1.
  var prefix: Int?

  /// The areas with an id for each measure.
  ///
  /// Numbers like `1.1`, and whole numbers that never recur, are ids as they stand. Whole numbers that are one for
  /// each area count the areas; those that begin anew in each area count its measures. Without any, measures are
  /// counted.
  static func numbered(_ entries: [MeasureAreas.Entry]) -> [LedgerDraft.Area] {
    let scheme = Scheme(entries)
    return entries.enumerated().map { index, entry in
      var area = entry.area
      let areaNumber = entry.numbers.lazy.compactMap(\.whole).first
      let positions = entry.positions
      for (position, number) in entry.numbers.enumerated() {
        let id =
          switch scheme {
          case .asTheyStand: number.cell?.text ?? ""
          case .countingAreas: "\(areaNumber ?? index + 1).\(positions[position])"
          case .countingMeasures: "\(index + 1).\(number.whole ?? positions[position])"
          }
        area.measures[position].id = LocatedText(
          id, at: number.cell?.location ?? area.measures[position].location)
      }
      return area
    }
  }

  /// What the numbers under 序号 count.
  private enum Scheme {
    case asTheyStand, countingAreas, countingMeasures

    init(_ entries: [MeasureAreas.Entry]) {
      let all = entries.flatMap(\.numbers)
      let cells = all.compactMap(\.cell?.text)
      let areWhole = all.compactMap(\.whole).count == cells.count
      let areWholesOfAreas = entries.map { Set($0.numbers.compactMap(\.whole)).count }
      if cells.count == all.count, Set(cells).count == all.count {
        self = .asTheyStand
      } else if areWhole, areWholesOfAreas.allSatisfy({ $0 <= 1 }) {
        self = .countingAreas
      } else if areWhole, zip(areWholesOfAreas, entries).allSatisfy({ $0 == $1.numbers.count }) {
        self = .countingMeasures
      } else {
        self = .asTheyStand
      }
    }
  }

  /// The cell as a whole number; nil for any other text.
  private var whole: Int? {
    guard let text = cell?.text, text.utf8.count <= 6, text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return Int(text)
  }
}

extension MeasureAreas.Entry {
  /// The numbers of the measures within their area: those that they begin with where all have one of their own, or
  /// else their places.
  fileprivate var positions: [Int] {
    let prefixes = numbers.compactMap(\.prefix)
    return Set(prefixes).count == numbers.count ? prefixes : Array(1..<numbers.count + 1)
  }
}
