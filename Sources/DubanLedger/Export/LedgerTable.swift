import DubanCore

/// A ledger as rows of texts under headings: what its CSV and its workbook have in common.
///
/// ``TableLedger`` reads the rows back as the same areas, measures and owners.
enum LedgerTable {
  /// The columns of the measures. Those of supervisors and reports are there where an area has any.
  static func measureHeadings(_ areas: [Area]) -> [Heading] {
    var headings: [Heading] = [.id, .area, .problems, .goal]
    if areas.contains(where: { !$0.supervisor.isEmpty }) { headings.append(.supervisor) }
    if areas.contains(where: { !$0.reports.recurring.isEmpty }) { headings.append(.reports) }
    return headings + [.measure, .text, .units, .persons, .deadline, .due, .duties, .status, .progress]
  }

  /// The columns of the owners. Those of phones and supervisors are there where somebody has one.
  static func ownerHeadings(_ owners: [Owner]) -> [Heading] {
    var headings: [Heading] = [.persons, .units, .email, .copies, .head]
    if owners.contains(where: { !$0.phone.isEmpty }) { headings.append(.phone) }
    if owners.contains(where: { !$0.supervisor.isEmpty }) { headings.append(.supervisor) }
    return headings
  }

  /// A row of the measures' table.
  struct MeasureRow {
    /// The texts of ``LedgerTable/measureHeadings(_:)``; empty where nothing is to be said.
    var texts: [Heading: String]
    /// The measure; nil in the row of an area that has none.
    var measure: Measure?
  }

  /// The rows of the measures. What an area says about itself stands in its first row.
  static func rows(_ areas: [Area]) throws(ExportFailure) -> [MeasureRow] {
    var names: Set<String> = []
    for area in areas where !names.insert(area.name).inserted { throw .areaTwice(area.name) }
    return areas.flatMap { area in
      var rows = area.measures.map { MeasureRow(texts: texts($0, in: area), measure: $0) }
      if rows.isEmpty { rows = [MeasureRow(texts: [.area: area.name], measure: nil)] }
      rows[0].texts[.problems] = ProblemCell.text(area.problems)
      rows[0].texts[.goal] = area.goal
      rows[0].texts[.supervisor] = area.supervisor
      rows[0].texts[.reports] = area.reports.recurring.map(\.text).joined(separator: "；")
      return rows
    }
  }

  private static func texts(_ measure: Measure, in area: Area) -> [Heading: String] {
    [
      .id: measure.id, .area: area.name, .measure: measure.title, .text: measure.text,
      .units: UnitCell.text(measure), .persons: ListCell.text(measure.persons),
      .deadline: measure.deadline.text, .due: measure.deadline.decided?.description ?? "",
      .duties: DutyCell.text(measure.duties), .status: StatusWords.word(for: measure),
      .progress: measure.progress,
    ]
  }

  /// An owner's texts under ``ownerHeadings(_:)``.
  static func texts(_ owner: Owner) -> [Heading: String] {
    [
      .persons: ListCell.text([owner.person]), .units: ListCell.text([owner.unit]), .email: owner.email ?? "",
      .copies: owner.copies.joined(separator: "、"), .head: owner.isHead ? "是" : "",
      .phone: owner.phone, .supervisor: owner.supervisor,
    ]
  }
}

/// Why a ledger can't be written as a table.
public enum ExportFailure: Error, Equatable, CustomStringConvertible {
  /// Two areas have the same name, which a table would take for one.
  case areaTwice(String)
  /// A text is longer than a workbook's cell can hold (32767 characters); with the row's id and the column.
  case textTooLong(id: String, column: String)
  /// A text holds a character that XML has no place for.
  case unwritable(id: String, column: String)
  /// libxlsxwriter could not write the workbook, in its own words.
  case workbook(String)

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .areaTwice(let name):
      "two areas are named “\(name)”, which a table would join; give one another name, or write YAML"
    case .textTooLong(let id, let column):
      "“\(column)” of \(id) has more than 32767 characters, which no workbook holds; write CSV or YAML"
    case .unwritable(let id, let column):
      "“\(column)” of \(id) holds a character that no workbook can; write CSV or YAML"
    case .workbook(let reason): "the workbook could not be written: \(reason)"
    }
  }
}
