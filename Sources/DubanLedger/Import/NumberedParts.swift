/// The measures that stand in one cell: 1. … 2. …, or 一是 … on lines of their own.
enum NumberedParts {
  /// The measures with their numbers, without them in the text; one without a number where there are no parts.
  static func parts(_ cell: String) -> [(number: Int?, text: String)] {
    var parts: [(number: Int?, text: String)] = []
    let lines = cell.split(separator: "\n").map(String.init)
    for (index, line) in lines.enumerated() {
      if let (number, rest) = begin(line, after: parts.last?.number, before: lines[(index + 1)...]) {
        parts.append((number, rest))
      } else if parts.isEmpty {
        parts.append((nil, line))
      } else {
        parts[parts.count - 1].text = .unwrapped(parts[parts.count - 1].text, line)
      }
    }
    // An opening that isn't numbered is a label such as 主要措施：, or the measure whose steps the numbers are.
    if parts.count > 1, parts[0].number == nil {
      let opening = parts.removeFirst()
      if !opening.text.hasSuffix("："), !opening.text.hasSuffix(":") {
        let text = lines.drop { !begins($0) }.reduce("") { .unwrapped($0, $1) }
        return [(nil, opening.text.withoutEnd + "。" + text)]
      }
    }
    guard parts.count > 1 else { return parts }
    // 1. …；
    return parts.map {
      ($0.number, $0.text.last.map { "；;".contains($0) } ?? false ? $0.text.withoutEnd : $0.text)
    }
  }

  /// The parts that 1., 2. and so on begin in a cell of units, persons or deadlines, on lines or behind one another; none
  /// where the numbers don't count up from 1.
  static func counted(_ cell: String) -> [(number: Int?, text: String)] {
    var parts: [(number: Int?, text: String)] = []
    var isBorder = true
    var index = cell.startIndex
    while index < cell.endIndex {
      if isBorder, let (marker, _) = PlanMarker.read(String(cell[index...].prefix(12))),
        marker.ordinal == parts.count + 1
      {
        parts.append((marker.ordinal, ""))
        index = cell.index(index, offsetBy: marker.printed.count)
        continue
      }
      guard !parts.isEmpty else { return [] }
      isBorder = cell[index].isWhitespace || "；;，,、。".contains(cell[index])
      parts[parts.count - 1].text.append(cell[index])
      index = cell.index(after: index)
    }
    guard parts.count > 1 else { return [] }
    for part in parts.indices { parts[part].text = parts[part].text.withoutEnd }
    // 1、2.县财政局: both are for the same.
    for part in parts.indices.dropLast().reversed() where parts[part].text.isEmpty {
      parts[part].text = parts[part + 1].text
    }
    return parts
  }

  static func begins(_ line: String) -> Bool { begin(line, after: nil, before: []) != nil }

  private static func begin(
    _ line: String, after last: Int?, before rest: ArraySlice<String>
  ) -> (Int, String)? {
    let found = PlanMarker.read(line, after: [last ?? 0], subitem: last ?? 0) {
      rest.lazy.compactMap(PlanMarker.itemNumber).first
    }
    if let (marker, rest) = found { return (marker.ordinal, rest) }
    guard line.dropFirst().first == "是", let ordinal = ChineseNumeral.value(line.prefix(1)) else {
      return nil
    }
    return (ordinal, String(line.dropFirst(2)))
  }
}
