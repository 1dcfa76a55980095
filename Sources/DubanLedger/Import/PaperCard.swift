extension PaperTable {
  /// The lines of forms (存在问题 | …, 整改措施 | …, 责任单位 | … | 完成时限 | …): each label with the value beside it, who and by
  /// when last; nil for a table of another kind.
  var cards: [SourceLine]? {
    var lines: [SourceLine] = []
    // The form that is being read: what is to be done, then who and by when.
    var (tasks, closings): ([SourceLine], [SourceLine]) = ([], [])
    var (labels, kinds): (Set<String>, Set<Heading>) = ([], [])
    var rowsOfLabels = 0
    for row in table.rows.indices {
      let cells = (0..<table.width(row)).filter { !table.cell(row, $0).continuesAbove }
        .map { table.text(row, $0) }.filter { !$0.isEmpty }
      guard let line = self.lines[row].first, let first = cells.first else { continue }
      guard let label = Self.label(first) else {
        // The form's title, or a note.
        guard cells.count == 1 else { return nil }
        tasks.append(line.saying(first, place: .aside))
        continue
      }
      if label == .measure && labels.contains(first) || labels.contains(first) && labels.first == first {
        lines += tasks + closings
        (tasks, closings, labels) = ([], [], [])
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
        labels.insert(cells[place])
        kinds.insert(label)
        let value = place + 1 < cells.count && Self.label(cells[place + 1]) == nil ? cells[place + 1] : ""
        place += value.isEmpty ? 1 : 2
        if label == .id || value.isEmpty { continue }
        let name = cells[place - 2].squeezed
        let paragraphs = value.split(separator: "\n").enumerated().map { index, text in
          line.saying(index == 0 ? "\(name)：\(text)" : String(text), place: .body)
        }
        if [.units, .persons, .deadline].contains(label) {
          closings += paragraphs
        } else {
          tasks += paragraphs
        }
      }
    }
    let isOfMeasures = kinds.contains(.measure) && !kinds.isDisjoint(with: [.units, .persons, .deadline])
    return isOfMeasures && rowsOfLabels > 1 ? lines + tasks + closings : nil
  }

  /// What a form's label announces; nil for what isn't one that is known.
  private static func label(_ text: String) -> Heading? {
    guard (2...12).contains(text.count) else { return nil }
    if let heading = PlanColumns.heading(text) { return heading }
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
