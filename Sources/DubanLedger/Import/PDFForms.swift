/// Finds forms (督办单) on a PDF's pages: labels one below another, the value beside each.
enum PDFForms {
  private typealias Line = PDFLayout.Line
  private typealias Word = PDFWords.Word

  /// As many lines as a value may have above its label.
  private static let mostAbove = 8

  /// The lines of the form that begins in the line at `start`, and where it ends; nil where none does.
  static func form(_ lines: [PDFLayout.Line], from start: Int, margins: Set<Int>) -> (
    lines: [SourceLine], end: Int
  )? {
    guard let (left, right, first) = labelColumn(lines, from: start) else { return nil }
    func isLabel(_ line: Line) -> Bool {
      guard let words = line.segments.first else { return false }
      return words[0].left > left - line.em && words[words.count - 1].right < right + line.em
        && Line.text(of: words).count <= 10
    }
    func isValue(_ line: Line) -> Bool { line.left > right - line.em / 2 }
    var end = start
    while end < lines.count, margins.contains(lines[end].number) || isLabel(lines[end]) || isValue(lines[end])
    {
      end += 1
    }
    let body = lines[start..<end].filter { !margins.contains($0.number) }
    let starts = body.indices.filter { isLabel(body[$0]) }
    guard starts.count > 2, first < end else { return nil }
    // Where the labels of the second column stand: what stands there in other rows is a label too.
    let second = starts.flatMap { body[$0].segments.dropFirst().filter { isKnownLabel($0) } }
    let secondLeft = second.map { $0[0].left }.min() ?? .infinity
    let secondRight = second.map { $0[$0.count - 1].right }.max() ?? .infinity
    func isSecondLabel(_ words: [Word]) -> Bool {
      let em = words[0].em
      return isKnownLabel(words)
        || words[0].left > secondLeft - em && words[words.count - 1].right < secondRight + em
    }
    var table = PaperTable()
    var top = 0
    for (place, index) in starts.enumerated() {
      let next = place + 1 < starts.count ? starts[place + 1] : body.count
      // A value stands as far below the middle of its label as above it.
      let bottom = 2 * body[index].middle - body[top].middle + 0.4 * body[index].em
      let cut =
        (index + 1..<next).first { body[$0].page != body[index].page || body[$0].middle > bottom } ?? next
      append(
        Array(body[top..<(place + 1 < starts.count ? cut : body.count)]), label: body[index], isSecondLabel,
        to: &table)
      top = cut
    }
    return table.cards.map { ($0, end) }
  }

  /// Where the labels stand, and the first line that begins with one; nil where too few of the lines that follow do.
  private static func labelColumn(_ lines: [Line], from start: Int) -> (
    left: Double, right: Double, first: Int
  )? {
    let near = lines[start...].prefix(mostAbove)
    guard let first = near.firstIndex(where: { startsWithLabel($0) }),
      let label = lines[first].segments.first
    else { return nil }
    var (left, right) = (label[0].left, label[label.count - 1].right)
    // What stands above the first label is its value's.
    guard lines[start..<first].allSatisfy({ $0.left > right && $0.page == lines[first].page }) else {
      return nil
    }
    for line in lines[first...].prefix(16) where startsWithLabel(line) {
      guard let label = line.segments.first else { continue }
      let center = (label[0].left + label[label.count - 1].right) / 2
      let isAligned = abs(label[0].left - left) < line.em || abs(center - (left + right) / 2) < line.em
      if isAligned { (left, right) = (min(left, label[0].left), max(right, label[label.count - 1].right)) }
    }
    return (left, right, first)
  }

  private static func startsWithLabel(_ line: Line) -> Bool {
    let segments = line.segments
    return segments.count > 1 && segments.first.map(isKnownLabel) ?? false
  }

  private static func isKnownLabel(_ words: [Word]) -> Bool {
    PaperTable.label(Line.text(of: words).squeezed) != nil
  }

  /// Adds the row of those lines: each label of the label's line, with the words below and above it up to the next.
  private static func append(
    _ lines: [Line], label: Line, _ isSecondLabel: ([Word]) -> Bool, to table: inout PaperTable
  ) {
    let segments = label.segments
    let labels = segments.enumerated().filter { $0 == 0 || isSecondLabel($1) }.map(\.element)
    var cells: [PaperTable.Cell] = []
    for (index, words) in labels.enumerated() {
      let from = words[words.count - 1].right
      let to = index + 1 < labels.count ? labels[index + 1][0].left : Double.infinity
      var value = ""
      for line in lines {
        let own = line.words.filter { $0.left >= from && $0.left < to }
        guard !own.isEmpty else { continue }
        let text = Line.text(of: own)
        value =
          value.isEmpty ? text : NumberedParts.begins(text) ? value + "\n" + text : .unwrapped(value, text)
      }
      cells += [PaperTable.Cell(text: Line.text(of: words).squeezed), PaperTable.Cell(text: value)]
    }
    table.append(cells, lines: lines.compactMap(PDFLayout.source))
  }
}
