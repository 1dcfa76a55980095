/// Finds where the rows of a PDF's table begin whose numbers stand in the middle of their cells: a row ends as far below
/// its number as it begins above it.
///
/// A row that goes over a page's end has its number at the top of its first part, and the next page begins with the rest.
struct PDFRowCuts {
  /// The indices of lines with which rows begin.
  private(set) var cuts: Set<Int> = []
  /// Those among them that the lines' places leave open.
  private(set) var unsure: Set<Int> = []

  private let body: [PDFLayout.Line]
  /// Whether cells that may be merged over several rows are all that a line holds.
  private let isOwn: (Int) -> Bool

  /// Looks at the lines of `body` between its titles and pages' ends; `starts` are those with a number.
  init(
    _ starts: [Int], _ body: [PDFLayout.Line], _ titles: Set<Int>, _ isShared: (PDFWords.Word) -> Bool
  ) {
    let own = Set(body.indices.filter { !body[$0].words.allSatisfy(isShared) })
    self.body = body
    isOwn = own.contains
    var first = 0
    while first < body.count {
      if titles.contains(body[first].number) {
        first += 1
        continue
      }
      let end =
        body[first...].firstIndex {
          titles.contains($0.number) || $0.page != body[first].page
        } ?? body.count
      let isPageEnd = end < body.count && !titles.contains(body[end].number)
      let numbers = starts.filter { (first..<end).contains($0) }
      let isPageStart = first > 0 && !titles.contains(body[first - 1].number)
      if !numbers.isEmpty { cut(first..<end, numbers, isPageStart, isPageEnd) }
      first = end
    }
  }

  /// Cuts the lines of a page between titles.
  private mutating func cut(_ lines: Range<Int>, _ numbers: [Int], _ isPageStart: Bool, _ isPageEnd: Bool) {
    let own = lines.filter(isOwn)
    let whole = tops(own, numbers, mayContinue: isPageStart, isBroken: false)
    let broken = isPageEnd ? tops(own, numbers, mayContinue: isPageStart, isBroken: true) : nil
    let found = whole ?? broken ?? fromAbove(own, numbers)
    let isSure = (whole == nil) != (broken == nil) || whole == broken && whole != nil
    for top in found {
      // What stands above the page's first own line belongs to its row too.
      let index = top == own.first ? lines.lowerBound : top
      cuts.insert(index)
      if !isSure { unsure.insert(index) }
    }
  }

  /// The first line of each number's row, from the last row upwards; nil where the places of the numbers don't fit.
  private func tops(_ own: [Int], _ numbers: [Int], mayContinue: Bool, isBroken: Bool) -> [Int]? {
    let places = numbers.map { number in own.firstIndex(of: number) }
    var tops: [Int] = []
    var end = own.count - 1
    for (row, place) in places.enumerated().reversed() {
      guard let place, end >= place else { return nil }
      var top = place
      if !(isBroken && row == places.count - 1) {
        let wanted = 2 * body[own[place]].middle - body[own[end]].middle
        let lowest = row > 0 ? (places[row - 1] ?? 0) + 1 : 0
        guard lowest <= place else { return nil }
        func distance(_ index: Int) -> Double { abs(body[own[index]].middle - wanted) }
        top = (lowest...place).min { distance($0) < distance($1) } ?? place
        guard distance(top) < 0.5 * body[own[place]].em else { return nil }
      }
      tops.insert(own[top], at: 0)
      end = top - 1
    }
    return mayContinue || tops.first == own.first ? tops : nil
  }

  /// The same from the first row downwards, as far as it goes.
  private func fromAbove(_ own: [Int], _ numbers: [Int]) -> [Int] {
    guard var top = own.first else { return [] }
    var tops = [top]
    for (before, after) in zip(numbers, numbers.dropFirst()) {
      let bottom = 2 * body[before].middle - body[top].middle + 0.4 * body[before].em
      top = own.first { $0 > before && $0 <= after && body[$0].middle > bottom } ?? after
      tops.append(top)
    }
    return tops
  }
}
