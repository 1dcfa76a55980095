/// Puts the lines of a cell of a PDF's table together.
enum PDFCell {
  struct Line: Sendable {
    var text: String
    var left: Double
    var right: Double
    var middle: Double
    /// The size of its characters.
    var em: Double

    init(_ words: [PDFWords.Word]) {
      text = PDFLayout.Line.text(of: words)
      left = words.first?.left ?? 0
      right = words.map(\.right).max() ?? 0
      middle = words.first?.middle ?? 0
      em = words.last?.em ?? 1
    }
  }

  /// Whether who and by when may be that of several rows: words of one of these cells are apart, or twice.
  ///
  /// - Parameters:
  ///   - cells: the lines of the cells with units, persons and the deadline.
  ///   - row: the lines of all cells, which tell how far apart they are within one.
  static func mayBeSeveral(_ cells: [[Line]], in row: [[Line]]) -> Bool {
    func steps(_ lines: [Line]) -> [Double] {
      zip(lines, lines.dropFirst()).map { $1.middle - $0.middle }.filter { $0 > 0 }
    }
    let step = row.flatMap(steps).min() ?? 0
    return cells.contains { lines in
      let words = lines.map(\.text).filter { $0.count > 1 }
      return steps(lines).contains { $0 > 1.6 * step } || Set(words).count < words.count
    }
  }

  /// A cell's lines as its paragraphs: a line that isn't full ends one, and so does a number at the next line's beginning.
  ///
  /// - Parameters:
  ///   - left: where its lines can begin.
  ///   - right: where its lines can end.
  static func text(of lines: [Line], left: Double, right: Double, _ heading: Heading?) -> String {
    if heading == .persons, let names = NameList.names(onLines: lines.map(\.text)) {
      return names.joined(separator: "\n")
    }
    var text = ""
    var number = 0
    for (index, line) in lines.enumerated() {
      // 2.6月底前 behind what 1. says
      let isNext = PlanMarker.itemNumber(line.text) == number + 1
      if index == 0 {
        text = line.text
        number += isNext ? 1 : 0
        continue
      }
      let before = lines[index - 1]
      let isNumbered = isNext && before.text.last.map(\.endsSentence) ?? false
      number += isNumbered ? 1 : 0
      // 县水利局 over 王维中
      let isPerson =
        heading == .units && NameList.endsAsUnit(before.text) && NameList.looksLikeName(line.text.squeezed)
        && !NameList.looksLikeUnit(line.text) && !isCutName(lines[index...].prefix(5).map(\.text))
      // 立行立改 over 11月15日前
      let isDeadline =
        heading == .deadline && !PlanDate.goesOn(before.text, with: line.text)
        && [before.text, line.text].allSatisfy(PlanDate.soundsLikeDeadline)
      let begins = isPerson || isDeadline || isNumbered || NumberedParts.begins(line.text)
      if begins || !isFull(before, line, left, right)
        || endsName(before.text, lines[index...].prefix(5).map(\.text).joined())
      {
        text += "\n" + line.text
      } else {
        text.unwrap(line.text)
      }
    }
    return text
  }

  /// Whether the first line is the beginning of a unit's name that goes on below: 人民政 over 府.
  private static func isCutName(_ lines: [String]) -> Bool {
    func first(_ lines: some Sequence<String>) -> String {
      lines.joined().parts(at: ["、", "，", "；"]).first ?? ""
    }
    return !NameList.endsAsUnit(first(lines.dropFirst().prefix(1))) && NameList.endsAsUnit(first(lines))
  }

  /// Whether the next line's first characters have no room behind a line. One with as much room before as behind it may
  /// are in the cell's middle: then both count.
  private static func isFull(_ line: Line, _ next: Line, _ left: Double, _ right: Double) -> Bool {
    let (before, behind) = (max(0, line.left - left), max(0, right - line.right))
    let isCentred = abs(before - behind) < 0.8 * line.em
    return (isCentred ? before + behind : behind) < (opening(next.text) + 0.2) * line.em
  }

  /// How wide the beginning of a line is that isn't parted, in characters: a number, or an ideograph; with the stops and
  /// closing brackets behind it, which begin no line.
  private static func opening(_ text: String) -> Double {
    let number = text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }
    let first = number.isEmpty ? 1 : Double(number.count) / 2
    let stops = text.dropFirst(max(1, number.count)).prefix { "、，。；：！？）》”".contains($0) }
    return max(1, first) + Double(min(2, stops.count))
  }

  /// Whether a full line ends with a unit's name and the next begins with another: 区公安分局 over 区教育局.
  private static func endsName(_ line: String, _ next: String) -> Bool {
    guard let last = line.parts(at: ["、", "，"]).last, let first = next.parts(at: ["、", "，"]).first,
      let place = first.first
    else { return false }
    return NameList.endsAsUnit(last) && NameList.endsAsUnit(first) && first.count > 2
      && ("省市县区州旗镇乡".contains(place) || last.first == place || NameList.namesPlace(first)
        || NameList.namesCountry(first))
  }
}
