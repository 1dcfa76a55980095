import DubanCore

/// What a row brings to 进展情况: where the ledger still says what the unit said last, the unit's new words replace it, and
/// nobody else's are written over.
extension SheetMerge {
  /// The progress of a measure that is the unit's alone; nil where the row brings none.
  mutating func progress(_ row: FilledRow, _ measure: Measure, _ said: inout MergedRow) -> String? {
    let (text, current) = (row.progress.text, measure.progress.trimmedWhitespace)
    let original = row.originalProgress ?? ""
    if text.isEmpty || text == original { return nil }
    let isKept = "\n\(current)\n".contains("\n\(text)\n")
    if text == said.progress { return sayAgain(row, measure, isKept: isKept) }
    let asked = said.request.isEmpty ? "" : Self.words(said.request)
    let isOwn =
      current == said.progress || current != original && current.hasPrefix(said.progress + "\n")
    let progress: String
    if current == text {
      progress = current
    } else if !said.progress.isEmpty, isOwn {
      // What stands below the unit's words stays there.
      progress = text + current.dropFirst(said.progress.count)
    } else if current.hasPrefix(text + "\n") {
      progress = current
    } else if current == original {
      progress = text
    } else if said.progress.isEmpty, current == Self.joined(original, asked) {
      progress = Self.joined(text, asked)
    } else {
      clash(measure.id, row.progress, "进展情况", ledger: current)
      return nil
    }
    said.progress = text
    return progress == current ? nil : progress
  }

  /// The progress of a measure that several units share, where what each wrote stands in a line of its own, under its name;
  /// nil where the row brings none.
  mutating func progress(
    _ row: FilledRow, _ measure: Measure, of unit: String, _ said: inout MergedRow
  ) -> String? {
    func lines(_ text: String) -> [String] { text.split(whereSeparator: \.isNewline).map(String.init) }
    let (text, label) = (row.progress.text, "\(unit)：")
    let old = Set(lines(row.originalProgress ?? ""))
    let new = lines(text).filter { !old.contains($0) }
      .map { $0.hasPrefix(label) ? String($0.dropFirst(label.count)) : $0 }
    guard !new.isEmpty else { return nil }
    let line = label + new.joined(separator: " ")
    var current = lines(measure.progress)
    let isKept = current.contains(line)
    // The state of an earlier version has the whole cell.
    if said.progress == line || said.progress == text { return sayAgain(row, measure, isKept: isKept) }
    let last = said.progress
    said.progress = line
    if isKept { return nil }
    let place = current.lastIndex { $0.hasPrefix(label) && ($0 == last || line.hasPrefix($0)) }
    if let place, !lines(text).contains(current[place]) {
      current[place] = line
    } else {
      current.append(line)
    }
    return current.joined(separator: "\n")
  }

  /// A row that says what it said when it was last merged says nothing new. Where the office has written something else, and
  /// the sheet was made after that, the unit may mean it anew.
  private mutating func sayAgain(_ row: FilledRow, _ measure: Measure, isKept: Bool) -> String? {
    let current = measure.progress.trimmedWhitespace
    if !isKept, current == row.originalProgress ?? "" {
      clash(measure.id, row.progress, "进展情况", ledger: current)
    }
    return nil
  }
}
