import Foundation

/// The cells that the ruled lines of a page's table enclose.
struct PDFGrid: Sendable {
  typealias Rule = PDFRules.Rule

  /// A cell, maybe merged over several columns and rows.
  struct Cell: Sendable, Hashable {
    var columns: Range<Int>
    var rows: Range<Int>
  }

  /// Where the columns begin from left to right, and at last where the table ends.
  private(set) var columns: [Double]
  /// The same for the rows, from top to bottom.
  private(set) var rows: [Double]
  /// By their first row, then their first column.
  private(set) var cells: [Cell] = []
  /// Rows with a cell whose lines don't close, or not to a rectangle.
  private(set) var openRows: Set<Int> = []

  var left: Double { columns[0] }
  var right: Double { columns[columns.count - 1] }
  var top: Double { rows[0] }
  var bottom: Double { rows[rows.count - 1] }
  var area: Double { (right - left) * (bottom - top) }

  func holds(_ word: PDFWords.Word) -> Bool {
    word.center > left && word.center < right && word.middle > top && word.middle < bottom
  }

  func row(at height: Double) -> Int { max(0, min(rows.count - 2, (rows.lastIndex { $0 <= height } ?? 0))) }

  /// The columns of a cell in which a word at that place is.
  func column(at place: Double) -> Int {
    max(0, min(columns.count - 2, (columns.lastIndex { $0 <= place } ?? 0)))
  }

  /// Lines whose ends or sides come this close touch: double lines, the corners that Word leaves free.
  private static let tolerance = 3.0
  /// Columns and rows of a table at most: more is a drawing.
  private static let most = 300

  /// The tables of a page, smaller ones first: what is in one of them may be in a larger one's cell.
  static func grids(_ rules: [Rule]) -> [PDFGrid] {
    groups(joined(rules)).compactMap(PDFGrid.init).sorted { $0.area < $1.area }
  }

  /// The lines with those made one that go on in the same place: borders of cells drawn one by one, dashes.
  private static func joined(_ rules: [Rule]) -> [Rule] {
    var joined: [Rule] = []
    for rule in rules.sorted(by: {
      ($0.isHorizontal ? 0 : 1, $0.place, $0.from) < ($1.isHorizontal ? 0 : 1, $1.place, $1.from)
    }) {
      if let last = joined.last, last.isHorizontal == rule.isHorizontal, rule.place - last.place < 0.3,
        rule.from - last.to < tolerance, rule.from >= last.from
      {
        joined[joined.count - 1].to = max(last.to, rule.to)
      } else {
        joined.append(rule)
      }
    }
    return joined
  }

  /// Lines that touch one another, directly or through others.
  private static func groups(_ rules: [Rule]) -> [[Rule]] {
    let across = rules.indices.filter { rules[$0].isHorizontal }
    let down = rules.indices.filter { !rules[$0].isHorizontal }
    var sets = DisjointSets(rules.count)
    for first in across {
      for second in down where touch(rules[first], rules[second]) { sets.join(first, second) }
    }
    return Dictionary(grouping: rules.indices) { sets.root($0) }.values.map { $0.map { rules[$0] } }
  }

  private static func touch(_ across: Rule, _ down: Rule) -> Bool {
    down.place > across.from - tolerance && down.place < across.to + tolerance
      && across.place > down.from - tolerance && across.place < down.to + tolerance
  }

  /// The table of lines that touch one another; nil where they enclose fewer than two columns.
  private init?(_ rules: [Rule]) {
    let (across, down) = (rules.filter(\.isHorizontal), rules.filter { !$0.isHorizontal })
    // Tables may be open at their sides.
    let columns = Self.places(down.map(\.place) + across.flatMap { [$0.from, $0.to] }.extremes)
    let rows = Self.places(across.map(\.place) + down.flatMap { [$0.from, $0.to] }.extremes)
    guard !across.isEmpty, (3...Self.most).contains(columns.count), (2...Self.most).contains(rows.count)
    else {
      return nil
    }
    (self.columns, self.rows) = (columns, rows)
    findCells(
      right: Self.walls(down, at: Array(columns[1..<(columns.count - 1)]), along: rows),
      below: Self.walls(across, at: Array(rows[1..<(rows.count - 1)]), along: columns))
    dropEmptyLines()
    guard self.columns.count > 2, self.rows.count > 1 else { return nil }
  }

  /// Places that lie close together made one.
  static func places(_ places: [Double]) -> [Double] {
    var result: [Double] = []
    var last = -Double.infinity
    for place in places.sorted() {
      if place - last > tolerance { result.append(place) }
      last = place
    }
    return result
  }

  /// Whether a line parts two cells.
  private enum Wall {
    case closed
    case none
    /// It begins at the cell's edge and ends within the cell.
    case broken
  }

  /// For each inner place the spaces along it, and whether a line there closes them from end to end. A line under words
  /// leaves the cell's margins free.
  private static func walls(_ rules: [Rule], at places: [Double], along spaces: [Double]) -> [[Wall]] {
    places.map { place in
      let own = rules.filter { abs($0.place - place) <= tolerance }.sorted { $0.from < $1.from }
      return zip(spaces, spaces.dropFirst()).map { from, to in
        var (length, end) = (0.0, from)
        var isAtEdge = false
        for rule in own where rule.to > from && rule.from < to {
          length += max(0, min(rule.to, to) - max(rule.from, end))
          end = max(end, min(rule.to, to))
          let isLong = min(rule.to, to) - max(rule.from, from) > 2 * tolerance
          isAtEdge = isAtEdge || isLong && (rule.from - from < tolerance / 2 || to - rule.to < tolerance / 2)
        }
        let isClosed = to - from - length <= min(tolerance, (to - from) / 3)
        return isClosed ? .closed : isAtEdge ? .broken : .none
      }
    }
  }

  /// - Parameters:
  ///   - right: by inner column line, then by row.
  ///   - below: by inner row line, then by column.
  private mutating func findCells(right: [[Wall]], below: [[Wall]]) {
    let (width, height) = (columns.count - 1, rows.count - 1)
    var sets = DisjointSets(width * height)
    for row in 0..<height {
      for column in 0..<width {
        if column + 1 < width, right[column][row] != .closed {
          sets.join(row * width + column, row * width + column + 1)
          if right[column][row] == .broken { openRows.insert(row) }
        }
        if row + 1 < height, below[row][column] != .closed {
          sets.join(row * width + column, (row + 1) * width + column)
          if below[row][column] == .broken { openRows.formUnion([row, row + 1]) }
        }
      }
    }
    for spaces in Dictionary(grouping: 0..<(width * height), by: { sets.root($0) }).values {
      let (ofColumns, ofRows) = (spaces.map { $0 % width }, spaces.map { $0 / width })
      guard let left = ofColumns.min(), let last = ofColumns.max(), let top = ofRows.min(),
        let bottom = ofRows.max()
      else { continue }
      if (last - left + 1) * (bottom - top + 1) == spaces.count {
        cells.append(Cell(columns: left..<(last + 1), rows: top..<(bottom + 1)))
      } else {
        openRows.formUnion(top...bottom)
        cells += spaces.map {
          Cell(columns: ($0 % width)..<($0 % width + 1), rows: ($0 / width)..<($0 / width + 1))
        }
      }
    }
    cells.sort { ($0.rows.lowerBound, $0.columns.lowerBound) < ($1.rows.lowerBound, $1.columns.lowerBound) }
  }

  /// Takes out the lines between columns and rows at which no cell ends, such as those under words.
  private mutating func dropEmptyLines() {
    let begun = (Set(cells.map(\.columns.lowerBound)), Set(cells.map(\.rows.lowerBound)))
    let keptColumns = columns.indices.filter { $0 + 1 == columns.count || begun.0.contains($0) }
    let keptRows = rows.indices.filter { $0 + 1 == rows.count || begun.1.contains($0) }
    func moved(_ range: Range<Int>, _ kept: [Int]) -> Range<Int> {
      (kept.firstIndex { $0 >= range.lowerBound } ?? 0)..<(kept.firstIndex { $0 >= range.upperBound } ?? 0)
    }
    openRows = Set(openRows.compactMap { row in keptRows.lastIndex { $0 <= row } })
    cells = cells.map { Cell(columns: moved($0.columns, keptColumns), rows: moved($0.rows, keptRows)) }
    columns = keptColumns.map { columns[$0] }
    rows = keptRows.map { rows[$0] }
  }
}

/// Sets of numbers from 0 that share no element.
private struct DisjointSets {
  private var parents: [Int]

  init(_ count: Int) { parents = Array(0..<count) }

  /// The number by which the set that holds this one is known.
  mutating func root(_ number: Int) -> Int {
    var root = number
    while parents[root] != root {
      parents[root] = parents[parents[root]]
      root = parents[root]
    }
    return root
  }

  mutating func join(_ first: Int, _ second: Int) { parents[root(first)] = root(second) }
}

extension [Double] {
  fileprivate var extremes: [Double] { [self.min(), self.max()].compactMap { $0 } }
}

/// Collects the ruled lines of the pages that `pdftocairo -svg` draws, in points from a page's top left corner.
final class PDFRules: XMLPart.Handler {
  /// A horizontal or vertical line.
  struct Rule: Sendable, Hashable {
    var isHorizontal: Bool
    /// How far down it lies where it is horizontal, else how far to the right.
    var place: Double
    var from: Double
    var to: Double
  }

  /// Programs draw a line as a stroke, or as a filled rectangle of this thickness at most.
  private static let thickest = 3.0
  /// Lines kept of a page: a table of a hundred rows and ten columns has some 4000 pieces, a map any number.
  private static let most = 8000
  /// What is drawn elsewhere by reference: glyphs, the shapes that clip others, patterns.
  private static let apart: Set<Substring> = ["defs", "symbol", "clipPath", "mask", "pattern", "glyph"]

  private(set) var pages: [[Rule]] = []
  let isDone = false
  /// Depth within ``apart``.
  private var hidden = 0
  /// The last page with more lines than are kept; it counts as one without any.
  private var crowded = -1
  /// Of the groups that are open, how each places what it holds on the page.
  private var groups: [Transform] = []

  func begin(_ element: Substring, _ attributes: [String: String]) {
    if Self.apart.contains(element) {
      hidden += 1
      return
    }
    guard hidden == 0 else { return }
    switch element {
    // A single page is in the image itself, several in elements of their own.
    case "svg": pages.append([])
    case "pageSet": pages = []
    case "page": pages.append([])
    case "g": groups.append(Transform(attributes["transform"], within: groups.last))
    case "path" where !pages.isEmpty: add(attributes)
    default: break
    }
  }

  func end(_ element: Substring) {
    if Self.apart.contains(element) { hidden = max(0, hidden - 1) }
    if hidden == 0, element == "g" { groups.removeLast(min(1, groups.count)) }
  }

  func characters(_ text: String) {}

  private func add(_ attributes: [String: String]) {
    let page = pages.count - 1
    guard let drawing = attributes["d"], page != crowded else { return }
    let transform = Transform(attributes["transform"], within: groups.last)
    let isStroked = Self.paints("stroke", attributes) ?? false
    let isFilled = Self.paints("fill", attributes) ?? true
    for points in Self.figures(drawing) {
      let points = points.map(transform.place)
      if isStroked { pages[page] += zip(points, points.dropFirst()).compactMap(Self.rule) }
      if isFilled, let box = Self.thinBox(points) { pages[page].append(box) }
      if pages[page].count > Self.most {
        (pages[page], crowded) = ([], page)
        return
      }
    }
  }

  /// Whether an element draws its outline or fills its inside; nil where it doesn't say. Cairo says it in `style`, or since
  /// 1.17 in attributes.
  private static func paints(_ part: String, _ attributes: [String: String]) -> Bool? {
    if let value = attributes[part] { return value != "none" }
    for declaration in (attributes["style"] ?? "").split(separator: ";") {
      let words = declaration.split(separator: ":").map { $0.trimmedWhitespace }
      if words.count == 2, words[0] == part { return words[1] != "none" }
    }
    return nil
  }

  private static func rule(_ from: Point, _ to: Point) -> Rule? {
    let (width, height) = (abs(to.x - from.x), abs(to.y - from.y))
    if height < 0.5, width > height {
      return Rule(
        isHorizontal: true, place: (from.y + to.y) / 2, from: min(from.x, to.x), to: max(from.x, to.x))
    }
    guard width < 0.5, height > width else { return nil }
    return Rule(
      isHorizontal: false, place: (from.x + to.x) / 2, from: min(from.y, to.y), to: max(from.y, to.y))
  }

  /// The line that a filled figure looks like.
  private static func thinBox(_ points: [Point]) -> Rule? {
    guard points.count >= 4, let left = points.map(\.x).min(), let right = points.map(\.x).max(),
      let top = points.map(\.y).min(), let bottom = points.map(\.y).max(),
      min(right - left, bottom - top) <= thickest
    else { return nil }
    if right - left > bottom - top {
      return Rule(isHorizontal: true, place: (top + bottom) / 2, from: left, to: right)
    }
    return Rule(isHorizontal: false, place: (left + right) / 2, from: top, to: bottom)
  }

  private typealias Point = (x: Double, y: Double)

  /// The corners of each figure of a path's `d`; figures with curves are left out.
  private static func figures(_ drawing: String) -> [[Point]] {
    var figures: [[Point]] = []
    var points: [Point] = []
    var isCurved = false
    var numbers: [Double] = []
    func finish() {
      if points.count > 1, !isCurved { figures.append(points) }
      points = []
      isCurved = false
    }
    for word in drawing.split(separator: " ") {
      switch word {
      case "M": finish()
      case "L": break
      case "Z": if let first = points.first { points.append(first) }
      case "C": isCurved = true
      default:
        // A damaged file can place a line anywhere; no page is larger than this.
        guard let number = Double(word), abs(number) < 100_000 else { return [] }
        numbers.append(number)
        if numbers.count == 2 {
          points.append((numbers[0], numbers[1]))
          numbers = []
        }
      }
    }
    finish()
    return figures
  }

  /// `matrix(a,b,c,d,e,f)`: places a point at (ax + cy + e, bx + dy + f).
  private struct Transform {
    private var values: [Double] = [1, 0, 0, 1, 0, 0]

    init(_ text: String?, within outer: Transform?) {
      let words = text.map { $0.hasPrefix("matrix(") ? $0.dropFirst(7).dropLast() : "" } ?? ""
      let own = words.split { $0 == "," || $0 == " " }.compactMap { Double($0) }.filter(\.isFinite)
      if own.count == 6 { values = own }
      guard let outer else { return }
      let (from, to) = (values, outer.values)
      values = [
        to[0] * from[0] + to[2] * from[1], to[1] * from[0] + to[3] * from[1],
        to[0] * from[2] + to[2] * from[3], to[1] * from[2] + to[3] * from[3],
        to[0] * from[4] + to[2] * from[5] + to[4], to[1] * from[4] + to[3] * from[5] + to[5],
      ]
    }

    func place(_ point: Point) -> Point {
      (
        x: values[0] * point.x + values[2] * point.y + values[4],
        y: values[1] * point.x + values[3] * point.y + values[5]
      )
    }
  }
}
