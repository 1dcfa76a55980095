import DubanCore

/// Reads a spreadsheet or CSV file as a ledger, or as the part of one that a ledger's header names.
enum TableLedger {
  /// What the file is read for.
  enum Part {
    /// The whole ledger, with the plan's header in a sheet 方案.
    case whole
    /// `measures:` of a ledger.
    case measures
    /// `owners:` of a ledger.
    case owners
  }

  /// Whether a file of that name is read as a table.
  static func isTable(_ file: String) -> Bool {
    let name = file.lowercased()
    return [".csv", ".tsv", ".xlsx"].contains { name.hasSuffix($0) }
  }

  /// Whether a file of that name can be a whole ledger: CSV has no place for the plan's header.
  static func isWorkbook(_ file: String) -> Bool { file.lowercased().hasSuffix(".xlsx") }

  /// Whether the file's bytes, or its name, say that it is a workbook of some kind, though no .xlsx: such a one isn't text
  /// with thousands of odd characters.
  static func isForeignWorkbook(_ file: String) -> Bool {
    let name = file.lowercased()
    return [".xls", ".et", ".ett", ".xlsm", ".xlsb", ".ods", ".numbers", ".wps"].contains {
      name.hasSuffix($0)
    }
  }

  /// The part of a draft that stands in a file, and what was wrong with the file.
  static func read(file: String, for part: Part) -> (draft: LedgerDraft, diagnostics: [Diagnostic]) {
    switch SourceFile.bytes(file, limit: TableLimits.standard.fileBytes) {
    case .success(let bytes): read(bytes, file: file, for: part)
    case .failure(let diagnostic): (LedgerDraft(), [diagnostic])
    }
  }

  /// The part of a draft that `bytes` hold, and what was wrong with them.
  static func read(
    _ bytes: [UInt8], file: String, for part: Part, limits: TableLimits = .standard
  ) -> (draft: LedgerDraft, diagnostics: [Diagnostic]) {
    var (tables, diagnostics) = TableReader.read(bytes, file: file, limits: limits)
    var draft = LedgerDraft()
    var areas = MeasureAreas()
    var (hasMeasures, hasOwners) = (false, false)
    for table in tables.flatMap(TableBlocks.split) where !table.rows.indices.allSatisfy(table.isBlank) {
      if PlanSheet.isPlan(table) {
        diagnostics += PlanSheet.read(table, into: &draft)
      } else if let header = TableHeader(table) {
        hasMeasures = hasMeasures || header.holdsMeasures
        hasOwners = hasOwners || header.holdsOwners
        diagnostics +=
          header.holdsMeasures
          ? readMeasures(table, header, into: &areas) : readOwners(table, header, into: &draft)
      } else if tables.count > 1 {
        diagnostics.append(
          Diagnostic(
            .warning, at: table.location,
            "the sheet “\(table.sheet ?? "")” is not read: it has no header that is known",
            help: expected(part)))
      }
    }
    draft.areas = areas.areas
    diagnostics += copies(draft.areas)
    diagnostics += merge(areas.owners, into: &draft)
    let isEmpty = part == .owners ? draft.owners.isEmpty : draft.areas.isEmpty
    if isEmpty, !diagnostics.hasErrors {
      let isFound = part == .owners ? hasOwners : hasMeasures
      let what = part == .owners ? "owners" : "measures"
      diagnostics.append(
        Diagnostic(
          .error, at: Diagnostic.Location(file: file),
          isFound ? "the table of \(what) has no rows" : "no table of \(what) was found",
          help: isFound ? "" : expected(part)))
    }
    if part == .whole, draft.plan == nil, !diagnostics.hasErrors { diagnostics.append(withoutPlan(file)) }
    if diagnostics.hasErrors {
      if draft.plan == nil, part == .whole { draft.unread.insert(.plan) }
      if draft.areas.isEmpty, part != .owners { draft.unread.insert(.areas) }
      if draft.owners.isEmpty { draft.unread.insert(.owners) }
    }
    return (draft, diagnostics)
  }

  /// A summary beside its parts counts everything twice: an error for the first measure that stands in two sheets.
  private static func copies(_ areas: [LedgerDraft.Area]) -> [Diagnostic] {
    var places: [[String]: Diagnostic.Location] = [:]
    var copies: [(copy: LedgerDraft.Measure, first: Diagnostic.Location)] = []
    for measure in areas.flatMap(\.measures) {
      let place = measure.location
      let key = [measure.title?.text ?? "", measure.deadline?.text ?? ""] + measure.units.map(\.text)
      guard let first = places[key] else {
        places[key] = place
        continue
      }
      if first.sheet != place.sheet { copies.append((measure, first)) }
    }
    guard let (copy, first) = copies.first else { return [] }
    return [
      Diagnostic(
        .error, at: copy.location,
        "“\((copy.title?.text ?? "").excerpt)” stands in two sheets, as \(copies.count) measure\(copies.count == 1 ? " does" : "s do"), and would count twice",
        help:
          "the first is at \(first); keep the summary or its parts, and move the other sheets into another workbook"
      )
    ]
  }

  private static func withoutPlan(_ file: String) -> Diagnostic {
    Diagnostic(
      .error, at: Diagnostic.Location(file: file), "the workbook has no sheet with the plan's header",
      help:
        "add a sheet with \(PlanSheet.Field.allCases.map(\.rawValue).joined(separator: ", ")) in its first column, "
        + "or name the workbook under measures: of a ledger.yaml")
  }

  private static func readMeasures(
    _ table: Table, _ header: TableHeader, into areas: inout MeasureAreas
  ) -> [Diagnostic] {
    let map = ColumnMap(table, header, needed: [.measure, .units, .deadline])
    if map.diagnostics.hasErrors { return map.diagnostics }
    return map.diagnostics + MeasureTable.read(table, header, map, into: &areas)
  }

  private static func readOwners(
    _ table: Table, _ header: TableHeader, into draft: inout LedgerDraft
  ) -> [Diagnostic] {
    let map = ColumnMap(table, header, needed: [.persons, .units, .email])
    if map.diagnostics.hasErrors { return map.diagnostics }
    let (owners, diagnostics) = OwnerTable.read(table, header, map)
    draft.owners += owners
    return map.diagnostics + diagnostics
  }

  /// Adds owners unless the draft has them; an error for each whose address is another one there.
  static func merge(_ owners: [LedgerDraft.Owner], into draft: inout LedgerDraft) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    let places = Dictionary(
      draft.owners.enumerated().map { ($0.element.key, $0.offset) }, uniquingKeysWith: { first, _ in first })
    for owner in owners {
      guard let known = places[owner.key].map({ draft.owners[$0] }) else {
        draft.owners.append(owner)
        continue
      }
      guard let address = owner.email, let first = known.email, first.text != address.text else { continue }
      diagnostics.append(
        Diagnostic(
          .error, at: address.location,
          "“\(owner.person?.text ?? "")” has the address “\(address.text)” here and another in the owners' list",
          help: "the other is at \(first.location); keep one"))
    }
    return diagnostics
  }

  private static func expected(_ part: Part) -> String {
    part == .owners
      ? "expected a row with headings such as 责任人, 责任单位 and 邮箱"
      : "expected a row with headings such as 序号, 领域, 整改措施, 责任单位, 责任人 and 完成时限"
  }
}
