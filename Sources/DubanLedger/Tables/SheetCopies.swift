internal import DubanCore

/// Measures that stand in two sheets: a summary beside its parts counts everything twice.
enum SheetCopies {
  /// One row, as far as copies are told by it.
  private struct Row: Hashable {
    /// The title without signs and spaces.
    let title: String
    let deadline: String
    let sheet: String
  }

  /// An error where a measure stands in two sheets with one deadline, a warning where the deadlines differ: then it may
  /// be another one of the same name.
  static func check(_ areas: [LedgerDraft.Area]) -> [Diagnostic] {
    var known: [[String]: [Row: Diagnostic.Location]] = [:]
    var same: [(copy: LedgerDraft.Measure, first: Diagnostic.Location)] = []
    var moved = same
    for measure in areas.flatMap(\.measures) {
      let title = measure.title?.text ?? ""
      let row = Row(
        title: letters(title), deadline: measure.deadline?.text ?? "", sheet: measure.location.sheet ?? "")
      let clause = letters(title.prefix { !"，,。；;：:".contains($0) })
      let keys = (measure.units.isEmpty ? [""] : measure.units.map(\.text)).map { [clause, $0] }
      let others = keys.flatMap { known[$0, default: [:]] }.filter { isCopy(row, of: $0.key) }
      let first = others.min { $0.value.line ?? 0 < $1.value.line ?? 0 }
      if let other = others.first(where: { isOneDay($0.key.deadline, row.deadline) }) {
        same.append((measure, other.value))
      } else if let first {
        moved.append((measure, first.value))
      } else {
        for key in keys where known[key]?[row] == nil { known[key, default: [:]][row] = measure.location }
      }
    }
    return [
      diagnostic(.error, same, "would count twice"),
      diagnostic(.warning, moved, "with different deadlines, and may count twice"),
    ].compactMap(\.self)
  }

  private static func diagnostic(
    _ severity: Diagnostic.Severity, _ copies: [(copy: LedgerDraft.Measure, first: Diagnostic.Location)],
    _ words: String
  ) -> Diagnostic? {
    guard let (copy, first) = copies.first else { return nil }
    let count = "\(copies.count) measure\(copies.count == 1 ? " does" : "s do")"
    return Diagnostic(
      severity, at: copy.location,
      "“\((copy.title?.text ?? "").excerpt)” stands in two sheets, as \(count)"
        + ", \(severity == .error ? "and " : "")\(words)",
      help:
        "the first is at \(first); keep the summary or its parts, and move the other sheets into another workbook"
    )
  }

  /// Whether the titles are the same, or one is the other cut short, in another sheet.
  private static func isCopy(_ row: Row, of other: Row) -> Bool {
    row.sheet != other.sheet && (row.title.hasPrefix(other.title) || other.title.hasPrefix(row.title))
  }

  private static func isOneDay(_ deadline: String, _ other: String) -> Bool {
    if letters(deadline) == letters(other) { return true }
    let reader = DeadlineReader(issued: nil)
    let (one, two) = (reader.read(deadline), reader.read(other))
    return one.status == .read && two.status == .read && one.readings == two.readings
  }

  private static func letters(_ text: some StringProtocol) -> String {
    String(text.filter { $0.isLetter || $0.isNumber })
  }
}
