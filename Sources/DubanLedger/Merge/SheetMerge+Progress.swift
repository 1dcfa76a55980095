import DubanCore

/// What a row brings to 进展情况: where the ledger still says what the unit said last, the unit's new words replace it, and
/// nobody else's are written over.
extension SheetMerge {
  /// The progress of a measure that is the unit's alone; nil where the row brings none.
  mutating func progress(_ row: FilledRow, _ measure: Measure, _ said: inout MergedRow) -> String? {
    guard let text = words(row, of: nil) else { return nil }
    let (current, original) = (measure.progress.trimmedWhitespace, row.originalProgress ?? "")
    let isKept = "\n\(current)\n".contains("\n\(text)\n")
    if text == said.progress { return sayAgain(row, measure, isKept: isKept) }
    let asked = said.request.isEmpty ? "" : Self.words(said.request)
    let isOwn =
      current == said.progress || current != original && current.hasPrefix(said.progress + "\n")
    let progress: String
    if current == text {
      progress = current
    } else if !said.progress.isEmpty, isOwn {
      // What is below the unit's words stays there.
      let below = Self.lines(String(current.dropFirst(said.progress.count)))
      progress = ([text] + below.filter { !Self.lines(text).contains($0) }).joined(separator: "\n")
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
    said.say(text)
    return progress == current ? nil : progress
  }

  /// The progress of a measure that several units share, where what each wrote is in a line of its own, under its name;
  /// nil where the row brings none.
  mutating func progress(
    _ row: FilledRow, _ measure: Measure, of unit: String, _ said: inout MergedRow
  ) -> String? {
    guard let line = words(row, of: unit) else { return nil }
    var current = Self.lines(measure.progress)
    let isKept = current.contains(line)
    // The state of an earlier version has the whole cell.
    if said.progress == line || said.progress == row.progress.text {
      return sayAgain(row, measure, isKept: isKept)
    }
    let last = said.progress
    said.say(line)
    if isKept { return nil }
    let place = current.lastIndex { $0.hasPrefix("\(unit)：") && ($0 == last || line.hasPrefix($0)) }
    if let place, !Self.lines(row.progress.text).contains(current[place]) {
      current[place] = line
    } else {
      current.append(line)
    }
    return current.joined(separator: "\n")
  }

  /// What the unit has written into the sheet since it was made, in a measure that several units share as its line; nil for
  /// nothing.
  ///
  /// - Parameter sharing: the unit, where it isn't the measure's only one.
  private func words(_ row: FilledRow, of sharing: String?) -> String? {
    let (text, original) = (row.progress.text, row.originalProgress ?? "")
    guard let sharing else { return text.isEmpty || text == original ? nil : text }
    let (label, old) = ("\(sharing)：", Set(Self.lines(original)))
    let new = Self.lines(text).filter { !old.contains($0) }
      .map { $0.hasPrefix(label) ? String($0.dropFirst(label.count)) : $0 }
    return new.isEmpty ? nil : label + new.joined(separator: " ")
  }

  /// Whether a row brings words that are neither those that the unit said last nor older ones.
  func bringsWords(_ row: FilledRow, of sharing: String?, _ said: MergedRow) -> Bool {
    guard let words = words(row, of: sharing), !isOlder(row, of: sharing, than: said) else { return false }
    return words != said.progress && row.progress.text != said.progress
  }

  /// Whether a row says what the unit has said before and replaced since, in a sheet that doesn't know of the newer words:
  /// an older copy, whatever the order of the files.
  func isOlder(_ row: FilledRow, of sharing: String?, than said: MergedRow) -> Bool {
    guard let words = words(row, of: sharing), said.earlier?.contains(words) == true else { return false }
    return !"\n\(row.originalProgress ?? "")\n".contains("\n\(said.progress)\n")
  }

  /// Says that an older copy's row is left out. Where it says of the status what isn't known yet, a person decides.
  mutating func keepNewer(_ row: FilledRow, _ measure: Measure, _ said: MergedRow, _ before: MergedRow) {
    guard said.left == before.left, Self.saysDone(said) == Self.saysDone(before) else {
      return clash(measure.id, row.progress, "进展情况", ledger: measure.progress)
    }
    diagnostics.append(
      .warning, at: row.progress.location,
      "\(measure.id) says “\(row.progress.text.excerpt)”, which its unit has replaced by "
        + "“\(said.progress.excerpt)” since, and stays as it is",
      help: "it seems an older copy; if the unit means it anew, let it fill in a new sheet")
  }

  /// Two sheets of one unit in one merge: nothing but the order of the files says which is newer.
  mutating func noteOrder(_ row: FilledRow, _ measure: Measure, _ before: MergedRow) {
    diagnostics.append(
      .warning, at: row.progress.location,
      "\(measure.id) says “\(row.progress.text.excerpt)” in this sheet and “\(before.progress.excerpt)” in one "
        + "before it, and this one counts",
      help: "if the other one is newer, write its words into the ledger")
  }

  private static func lines(_ text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).map(String.init)
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
