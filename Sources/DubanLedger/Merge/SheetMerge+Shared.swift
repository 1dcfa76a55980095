public import DubanCore

/// When what a unit says of a measure's status isn't the measure's yet.
extension SheetMerge {
  /// Whether what one of several units, which doesn't lead, says of the status is the measure's: that work has begun, or
  /// that it is done where the others have said so too. Otherwise the status stays, and it is named who has said what.
  mutating func counts(
    _ status: Measure.Status, _ row: FilledRow, _ measure: Measure, of unit: String, _ said: inout MergedRow
  ) -> Bool {
    if status == .inProgress, !measure.status.isDone { return true }
    if status.isDone, measure.status.isDone { return true }
    if measure.status.isDone, withdraw(row, measure, of: unit, &said) { return false }
    if tell(row, measure, of: unit, isDone: status.isDone) { return true }
    (said.status, said.isOver) = (row.status.text, nil)
    return false
  }

  /// What a unit's last sheet says counts: one that doesn't say any more that the measure is done takes the word back. Where
  /// the ledger has it as done by then, a person decides.
  ///
  /// - Parameter sharing: the unit, where it isn't the measure's only one.
  /// - Returns: whether a word is taken back.
  @discardableResult
  mutating func withdraw(
    _ row: FilledRow, _ measure: Measure, of sharing: String?, _ said: inout MergedRow
  ) -> Bool {
    guard Self.saysDone(said), !Self.saysDone(row.status.text) else { return false }
    if measure.status.isDone {
      clash(measure.id, row.status, "状态", ledger: measure.status.chinese)
    } else if let sharing {
      said.status = ""
      tell(row, measure, of: sharing, isDone: false)
    }
    return true
  }

  /// Where the office has opened a measure again that sheets had made 待销号, what they said is older than that.
  mutating func noteReopening(of measure: Measure) {
    let identity = measure.identity
    guard Self.isReopened(measure, said) else { return }
    for unit in said.keys where said[unit]?[identity] != nil {
      said[unit]?[identity]?.left = ""
      said[unit]?[identity]?.isOver = true
    }
  }

  private static func isReopened(_ measure: Measure, _ said: [String: [String: MergedRow]]) -> Bool {
    !measure.status.isDone
      && said.values.contains { $0[measure.identity]?.left == Measure.Status.submitted.rawValue }
  }

  /// The units whose sheets said last that a measure is done.
  public static func reported(_ measure: Measure, _ said: [String: [String: MergedRow]]) -> [String] {
    if isReopened(measure, said) { return [] }
    return measure.units.filter { said[$0]?[measure.identity].map(saysDone) ?? false }
  }

  /// Names who has reported a measure as done and who hasn't; nothing, and true, where all have.
  @discardableResult
  private mutating func tell(
    _ row: FilledRow, _ measure: Measure, of unit: String, isDone: Bool
  ) -> Bool {
    let others = Self.reported(measure, said)
    let done = measure.units.filter { $0 == unit ? isDone : others.contains($0) }
    let missing = measure.units.filter { !done.contains($0) }
    if missing.isEmpty { return true }
    diagnostics.append(
      .warning, at: row.status.location,
      "\(measure.id) is shared, and \(unit) says “\(row.status.text.excerpt)”: reported as done by "
        + "\(Self.listed(done)), not by \(Self.listed(missing)), and the status stays “\(measure.status.chinese)”",
      help: measure.status.isDone
        ? "ask the unit whether it is done, and write it into the ledger"
        : measure.lead.map { "it changes once \($0), which leads, or every unit has reported it as done" }
          ?? "it changes once every unit has reported it as done, or write it into the ledger")
    return false
  }

  /// Whether a row says that the measure is done, and asks for something in the same breath: nobody knows which is meant.
  /// A request that is older than the word that it is done is one that was settled.
  mutating func contradicts(_ row: FilledRow, _ measure: Measure, _ said: inout MergedRow) -> Bool {
    let (status, request) = (row.status.text, row.request.text)
    guard !request.isEmpty, status != row.originalStatus, Self.saysDone(status), measure.status != .closed,
      request != said.request || request == said.asked
    else {
      said.asked = nil
      return false
    }
    (said.asked, said.status) = (request, "")
    diagnostics.append(
      .warning, at: row.status.location,
      "\(measure.id) says “\(status.excerpt)” and asks “\(request.excerpt)” at once, and the status "
        + "stays “\(measure.status.chinese)”",
      help: "ask the unit which one holds, and empty the other cell")
    return true
  }

  static func saysDone(_ said: MergedRow) -> Bool { said.isOver != true && saysDone(said.status) }

  private static func saysDone(_ status: String) -> Bool { StatusCell.known(status)?.isDone ?? false }

  private static func listed(_ units: [String]) -> String {
    units.isEmpty ? "none" : units.joined(separator: "、")
  }
}

extension Measure.Status {
  fileprivate var isDone: Bool { self == .submitted || self == .closed }
}
