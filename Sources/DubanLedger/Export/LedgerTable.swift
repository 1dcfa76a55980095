public import DubanCore

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

  /// The columns of the owners. Those of phones and supervisors are there where anyone has one.
  static func ownerHeadings(_ owners: [Owner]) -> [Heading] {
    var headings: [Heading] = [.persons, .units, .email, .copies, .head]
    if owners.contains(where: { !$0.phone.isEmpty }) { headings.append(.phone) }
    if owners.contains(where: { !$0.supervisor.isEmpty }) { headings.append(.supervisor) }
    return headings
  }

  struct MeasureRow {
    /// The texts of ``LedgerTable/measureHeadings(_:)``; empty where nothing is to be said.
    var texts: [Heading: String]
    /// The measure; nil in the row of an area that has none.
    var measure: Measure?
  }

  /// The rows of the measures. What an area says about itself is in its first row.
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
      .duties: DutyCell.text(measure.duties), .status: measure.statusWord,
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

/// Writes a ledger's measures and, under them, its owners as CSV (RFC 4180).
///
/// UTF-8 with a mark, or else Excel takes it for GBK. A cell that a spreadsheet program would take for a formula gets an
/// apostrophe in front (``CSVGuard``). The plan's header and the reports have no place in it: a ledger's YAML that
/// names the file under `measures:` keeps those.
public enum LedgerCSV {
  /// The CSV's bytes.
  public static func bytes(_ ledger: Ledger) throws(ExportFailure) -> [UInt8] {
    var text = "\u{FEFF}"
    let headings = LedgerTable.measureHeadings(ledger.areas)
    text += line(headings.map(\.title))
    for row in try LedgerTable.rows(ledger.areas) { text += line(headings.map { row.texts[$0] ?? "" }) }
    if !ledger.owners.isEmpty {
      let headings = LedgerTable.ownerHeadings(ledger.owners)
      text += "\r\n" + line(headings.map(\.title))
      for owner in ledger.owners {
        let texts = LedgerTable.texts(owner)
        text += line(headings.map { texts[$0] ?? "" })
      }
    }
    return Array(text.utf8)
  }

  /// One line of the file, its line break included.
  static func line(_ fields: [String]) -> String {
    fields.map { quoted(CSVGuard.guarded($0)) }.joined(separator: ",") + "\r\n"
  }

  private static func quoted(_ field: String) -> String {
    let needsQuotes = field.utf8.contains { byte in
      byte == UInt8(ascii: ",") || byte == CSVReader.quote || byte == 0x0A || byte == 0x0D || byte == 0x09
        || byte == UInt8(ascii: ";")
    }
    return needsQuotes ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
  }
}
