/// The measures that stand in one cell: 1. … 2. …, or 一是 … on lines of their own.
enum NumberedParts {
  /// A measure with its number, and without it in the text.
  struct Part {
    /// nil where the cell has no parts.
    var number: Int?
    var text: String
    /// The number and what stands straight behind it, where the two may be one figure: 1.5米以上围挡.
    var figure: String?
  }

  /// The measures of a cell; one where there are no parts.
  static func parts(_ cell: String) -> [Part] {
    var parts: [Part] = []
    let lines = cell.split(separator: "\n").map(String.init)
    var first = 0
    for (index, line) in lines.enumerated() {
      let last = parts.last?.number
      if let (marker, rest) = begin(line, after: last, before: lines[(index + 1)...]),
        !marker.isFigure(unlessAfter: last ?? 0)
      {
        if last == nil { first = index }
        parts.append(
          Part(number: marker.ordinal, text: rest, figure: marker.isUnsure ? marker.printed + rest : nil))
      } else if parts.isEmpty {
        parts.append(Part(number: nil, text: line))
      } else {
        parts[parts.count - 1].text = .unwrapped(parts[parts.count - 1].text, line)
      }
    }
    // An opening that isn't numbered is a label such as 主要措施：, or the measure whose steps the numbers are.
    if parts.count > 1, parts[0].number == nil {
      let opening = parts.removeFirst()
      if !opening.text.hasSuffix("："), !opening.text.hasSuffix(":") {
        let text = lines[first...].reduce("") { .unwrapped($0, $1) }
        return [Part(number: nil, text: opening.text.withoutEnd + "。" + text)]
      }
    }
    guard parts.count > 1 else { return parts }
    // 1. …；
    for part in parts.indices where parts[part].text.last.map({ "；;".contains($0) }) ?? false {
      parts[part].text = parts[part].text.withoutEnd
    }
    return parts
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
  ) -> (marker: PlanMarker, rest: String)? {
    let found = PlanMarker.read(line, after: [last ?? 0], subitem: last ?? 0) {
      Array(rest.lazy.compactMap(PlanMarker.itemNumber).prefix(2))
    }
    if let found { return found }
    guard line.dropFirst().first == "是", let ordinal = ChineseNumeral.value(line.prefix(1)) else {
      return nil
    }
    let marker = PlanMarker(level: .part, ordinal: ordinal, printed: String(line.prefix(2)))
    return (marker, String(line.dropFirst(2)))
  }
}
