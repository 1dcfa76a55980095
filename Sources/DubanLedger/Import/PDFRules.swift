import Foundation

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
    // A single page stands in the image itself, several in elements of their own.
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

  private struct Point {
    var x: Double
    var y: Double
  }

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
          points.append(Point(x: numbers[0], y: numbers[1]))
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
      Point(
        x: values[0] * point.x + values[2] * point.y + values[4],
        y: values[1] * point.x + values[3] * point.y + values[5])
    }
  }
}
