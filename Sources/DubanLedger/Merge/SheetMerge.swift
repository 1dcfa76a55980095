public import DubanCore

/// What sheets that units filled in change in a ledger: 状态, 进展情况 and what they ask for, and nothing else.
public struct SheetMerge: Sendable {
  /// A measure with what it is to say.
  public struct Change: Sendable, Equatable {
    /// The measure's number.
    public var id: String
    /// Its new status; nil where that stays.
    public var status: Measure.Status?
    /// Its new progress; nil where that stays.
    public var progress: String?
  }

  /// What is to be changed, in the order of the files.
  public private(set) var changes: [Change] = []
  /// What clashes with the ledger, can't be read or isn't the unit's to say: errors keep a cell out, warnings don't.
  public private(set) var diagnostics: [Diagnostic] = []
  /// What a unit asks for.
  public struct Request: Sendable, Equatable {
    /// The measure's number.
    public var id: String
    /// The unit; nil where the workbook doesn't say.
    public var unit: String?
    /// Its words.
    public var text: String
    /// The cell.
    public var location: Diagnostic.Location
    /// Whether the ledger's 进展情况 holds it already, from an earlier merge.
    public var isKnown: Bool
  }

  /// What units ask for: it needs a decision.
  public private(set) var requests: [Request] = []

  private var measures: [Measure]

  /// A merge into these measures.
  public init(into ledger: Ledger) { measures = ledger.measures }

  /// Takes in a workbook's bytes.
  public mutating func add(_ bytes: [UInt8], file: String) {
    let (rows, named, noticed) = FilledSheet.rows(bytes, file: file)
    diagnostics += noticed
    let unit = measures.contains { $0.units.contains(named ?? "") } ? named : mainUnit(rows)
    for row in rows { add(row, of: unit) }
  }

  /// The unit of most of these rows; nil where none of them is known. For a sheet without its notes, or of a unit that has
  /// another name by now.
  private func mainUnit(_ rows: [FilledRow]) -> String? {
    var counts: [String: Int] = [:]
    for row in rows {
      for unit in measures.first(where: { $0.id == row.id })?.units ?? [] { counts[unit, default: 0] += 1 }
    }
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }

  private mutating func add(_ row: FilledRow, of unit: String?) {
    guard let place = measures.firstIndex(where: { $0.id == row.id }),
      Self.plain(measures[place].title) == Self.plain(row.title)
    else {
      return diagnostics.append(
        Diagnostic(
          .error, at: row.status.location,
          "the ledger has no measure \(row.id) “\(row.title.excerpt)” any more",
          help: "make the unit's sheet anew, or correct the number"))
    }
    if let unit, !measures[place].units.contains(unit) {
      return diagnostics.append(
        Diagnostic(
          .error, at: row.status.location, "\(row.id) is no measure of \(unit), whose sheet this is",
          help: "only the unit's own rows are taken; take this row out, or use the other unit's sheet"))
    }
    var change = Change(id: row.id)
    if let status = status(row, measures[place]) { change.status = status }
    let progress = progress(row, measures[place])
    if !row.request.text.isEmpty {
      let words = "申请事项：\(row.request.text)"
      let current = progress ?? measures[place].progress
      requests.append(
        Request(
          id: row.id, unit: row.unit, text: row.request.text, location: row.request.location,
          isKnown: measures[place].progress.contains(words)))
      if !current.contains(words) { change.progress = current.isEmpty ? words : "\(current)\n\(words)" }
    }
    if change.progress == nil { change.progress = progress }
    guard change.status != nil || change.progress != nil else { return }
    // A second sheet is compared with what the first has brought.
    measures[place].status = change.status ?? measures[place].status
    measures[place].progress = change.progress ?? measures[place].progress
    changes.append(change)
  }

  /// The status that a row brings; nil where it brings none.
  private mutating func status(_ row: FilledRow, _ measure: Measure) -> Measure.Status? {
    let original = row.originalStatus.flatMap(StatusCell.known)
    if row.status.text.isEmpty || row.status.text == row.originalStatus { return nil }
    guard var status = StatusCell.known(row.status.text) else {
      diagnostics.append(
        Diagnostic(
          .error, at: row.status.location, "“\(row.status.text.excerpt)” is no status",
          help: "expected one of \(Measure.Status.allCases.map(StatusCell.word).joined(separator: ", "))"))
      return nil
    }
    if status == measure.status || status == original { return nil }
    if status == .closed {
      // Only the office confirms.
      diagnostics.append(
        Diagnostic(
          .warning, at: row.status.location,
          "\(row.id) is called \(StatusCell.word(.closed)) by its unit, and taken as \(StatusCell.word(.submitted))"
        ))
      status = .submitted
      if measure.status == .submitted { return nil }
    }
    guard original == nil ? measure.status == .open : measure.status == original else {
      clash(row.id, row.status, "状态", ledger: StatusCell.word(measure.status))
      return nil
    }
    return status
  }

  private mutating func progress(_ row: FilledRow, _ measure: Measure) -> String? {
    let (text, current) = (row.progress.text, measure.progress.trimmedWhitespace)
    if text.isEmpty || text == current || text == row.originalProgress { return nil }
    guard (row.originalProgress ?? "") == current else {
      clash(row.id, row.progress, "进展情况", ledger: current)
      return nil
    }
    return text
  }

  private mutating func clash(_ id: String, _ cell: LocatedText, _ field: String, ledger: String) {
    diagnostics.append(
      Diagnostic(
        .error, at: cell.location,
        "\(field) of \(id) says “\(cell.text.excerpt)”, and the ledger meanwhile “\(ledger.excerpt)”",
        help: "decide which one holds and write it into the ledger; the ledger's stays"))
  }

  /// Without the line breaks and blanks that programs put in and take out.
  private static func plain(_ title: String) -> String { title.filter { !$0.isWhitespace } }
}
