extension DocumentTable {
  /// The lines of forms (存在问题 | …, 整改措施 | …, 责任单位 | … | 完成时限 | …): each label with the value beside it, who and by
  /// when last; nil for a table of another kind.
  var cards: [SourceLine]? {
    var lines: [SourceLine] = []
    var (labels, kinds): ([String], Set<Heading>) = ([], [])
    // The form that is being read: its task's name, what is to be done, then who and by when.
    var name: SourceLine?
    var (tasks, closings): ([SourceLine], [SourceLine]) = ([], [])
    func finish() {
      // A name with nothing to do below it is what is to be done.
      if let name { tasks.append(name.saying("整改措施：" + name.text, place: .body)) }
      lines += tasks + closings
      (name, tasks, closings, labels) = (nil, [], [], [])
    }
    var rowsOfLabels = 0
    for row in table.rows.indices {
      let cells = (0..<table.width(row)).filter { !table.cell(row, $0).continuesAbove }
        .map { table.text(row, $0) }.filter { !$0.isEmpty }
      guard let line = self.lines[row].first, let first = cells.first else { continue }
      guard let label = Self.label(first) else {
        // The form's title, a note, or a field that the ledger has no place for: 领导批示.
        guard cells.count == 1 || cells.count == 2 && first.count <= 8 else { return nil }
        tasks.append(line.saying(cells.joined(separator: "："), place: .aside))
        continue
      }
      if label == .measure && labels.contains(first) || labels.contains(first) && labels.first == first {
        finish()
      }
      rowsOfLabels += 1
      // Labels side by side are a table's headings.
      if cells.count > 2, cells.allSatisfy({ Self.label($0) != nil }) { return nil }
      var place = 0
      while place < cells.count {
        guard let label = Self.label(cells[place]) else {
          // 受理时间 | 2023年3月6日: a field that the ledger has no place for.
          guard place > 0, place + 1 < cells.count, cells[place].count <= 8,
            Self.label(cells[place + 1]) == nil
          else { return nil }
          tasks.append(line.saying("\(cells[place])：\(cells[place + 1])", place: .aside))
          place += 2
          continue
        }
        labels.append(cells[place])
        kinds.insert(label)
        let value = place + 1 < cells.count && Self.label(cells[place + 1]) == nil ? cells[place + 1] : ""
        place += value.isEmpty ? 1 : 2
        if label == .id || value.isEmpty { continue }
        let words = cells[place - 2].squeezed
        let printed = Self.printed(words, label)
        if label == .measure, name == nil, !["措施", "举措", "内容", "要求"].contains(where: words.hasSuffix),
          NumberedParts.parts(value).count == 1
        {
          name = line.saying(value, place: .body)
          continue
        }
        var paragraphs = value.split(separator: "\n").map(String.init)
        if [.measure, .text].contains(label), let task = name {
          paragraphs = Self.named(paragraphs, task.text)
          name = nil
        }
        let said = paragraphs.enumerated().map { index, text in
          line.saying(index == 0 ? "\(printed)\(text)" : text, place: .body)
        }
        if [.units, .persons, .deadline].contains(label) {
          closings += said
        } else {
          tasks += said
        }
      }
    }
    let isOfMeasures = kinds.contains(.measure) && !kinds.isDisjoint(with: [.units, .persons, .deadline])
    finish()
    return isOfMeasures && rowsOfLabels > 1 ? lines : nil
  }

  /// The label as running text has it: its own words, or the usual ones for what it announces.
  private static func printed(_ name: String, _ heading: Heading) -> String {
    if PlanLabel.read(name + "：") != nil { return name + "：" }
    let usual =
      switch heading {
      case .goal: "整改目标"
      case .problems: "存在问题"
      case .measure, .text: "整改措施"
      case .units: ["责任单位", "牵头单位", "配合单位"].first { UnitRole(heading: $0) == UnitRole(heading: name) }
      case .deadline: "完成时限"
      default: nil as String?
      }
    return (usual ?? name) + "："
  }

  /// What is to be done, under the task's name: a sentence before it, or before each where several are numbered.
  private static func named(_ paragraphs: [String], _ task: String) -> [String] {
    guard paragraphs.contains(where: NumberedParts.begins) else {
      return paragraphs.enumerated().map { $0 == 0 ? task.withoutEnd + "。" + $1 : $1 }
    }
    return paragraphs.map { paragraph in
      PlanMarker.read(paragraph).map { $0.marker.printed + task.withoutEnd + "：" + $0.rest } ?? paragraph
    }
  }

  /// What a form's label announces; nil for what isn't one that is known.
  static func label(_ text: String) -> Heading? {
    guard (2...12).contains(text.count) else { return nil }
    if let heading = PlanColumns.heading(text) { return heading }
    // 工作要求, 督办要求
    if text.squeezed.hasSuffix("要求"), text.count <= 6 { return .text }
    return ["问题序号", "任务序号", "清单编号", "备注", "问题来源"].contains(text.squeezed) ? .id : nil
  }
}

extension SourceLine {
  /// The line with other words, as a line of running text.
  fileprivate func saying(_ words: String, place: Place) -> SourceLine {
    var line = self
    (line.text, line.place) = (words.collapsed, place)
    return line
  }
}

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
      return words.left > left - line.em && words.right < right + line.em
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
    // Where the labels of the second column are: what is there in other rows is a label too.
    let second = starts.flatMap { body[$0].segments.dropFirst().filter { isKnownLabel($0) } }
    let secondLeft = second.map(\.left).min() ?? .infinity
    let secondRight = second.map(\.right).max() ?? .infinity
    func isSecondLabel(_ words: [Word]) -> Bool {
      let em = words[0].em
      return isKnownLabel(words)
        || words.left > secondLeft - em && words.right < secondRight + em
    }
    var table = DocumentTable()
    var top = 0
    for (place, index) in starts.enumerated() {
      let next = place + 1 < starts.count ? starts[place + 1] : body.count
      // A value is as far below the middle of its label as above it.
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

  /// Where the labels are, and the first line that begins with one; nil where too few of the lines that follow do.
  private static func labelColumn(_ lines: [Line], from start: Int) -> (
    left: Double, right: Double, first: Int
  )? {
    let near = lines[start...].prefix(mostAbove)
    guard let first = near.firstIndex(where: { startsWithLabel($0) }),
      let label = lines[first].segments.first
    else { return nil }
    var (left, right) = (label.left, label.right)
    // What is above the first label is its value's.
    guard lines[start..<first].allSatisfy({ $0.left > right && $0.page == lines[first].page }) else {
      return nil
    }
    for line in lines[first...].prefix(16) where startsWithLabel(line) {
      guard let label = line.segments.first else { continue }
      let center = (label.left + label.right) / 2
      let isAligned = abs(label.left - left) < line.em || abs(center - (left + right) / 2) < line.em
      if isAligned { (left, right) = (min(left, label.left), max(right, label.right)) }
    }
    return (left, right, first)
  }

  private static func startsWithLabel(_ line: Line) -> Bool {
    let segments = line.segments
    return segments.count > 1 && segments.first.map(isKnownLabel) ?? false
  }

  private static func isKnownLabel(_ words: [Word]) -> Bool {
    DocumentTable.label(Line.text(of: words).squeezed) != nil
  }

  /// Adds the row of those lines: each label of the label's line, with the words below and above it up to the next.
  private static func append(
    _ lines: [Line], label: Line, _ isSecondLabel: ([Word]) -> Bool, to table: inout DocumentTable
  ) {
    let segments = label.segments
    let labels = segments.enumerated().filter { $0 == 0 || isSecondLabel($1) }.map(\.element)
    var cells: [DocumentTable.Cell] = []
    for (index, words) in labels.enumerated() {
      let from = words.right
      let to = index + 1 < labels.count ? labels[index + 1].left : Double.infinity
      var value = ""
      for line in lines {
        let own = line.words.filter { $0.left >= from && $0.left < to }
        guard !own.isEmpty else { continue }
        let text = Line.text(of: own)
        if !value.isEmpty, NumberedParts.begins(text) { value += "\n" + text } else { value.unwrap(text) }
      }
      cells += [DocumentTable.Cell(text: Line.text(of: words).squeezed), DocumentTable.Cell(text: value)]
    }
    table.append(cells, lines: lines.compactMap(PDFLayout.source))
  }
}
