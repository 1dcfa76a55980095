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
    return isWorkbook(file) || [".csv", ".tsv"].contains { name.hasSuffix($0) }
  }

  /// Whether a file of that name is a workbook, of whatever program: its bytes say whether it can be read, and one that
  /// can't isn't text with thousands of odd characters. A workbook can be a whole ledger; CSV has no place for the plan's
  /// header.
  static func isWorkbook(_ file: String) -> Bool {
    let name = file.lowercased()
    return [".xlsx", ".xls", ".et", ".ett", ".xlsm", ".xlsb", ".ods", ".numbers", ".wps"].contains {
      name.hasSuffix($0)
    }
  }

  /// The part of a draft that is in a file, and what was wrong with the file.
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
    let (tables, diagnostics) = TableReader.read(bytes, file: file, limits: limits)
    return read(tables, diagnostics, file: file, for: part)
  }

  /// The part of a draft that a file's sheets hold, and what was wrong with them besides `noticed`.
  static func read(
    _ tables: [Table], _ noticed: [Diagnostic] = [], file: String, for part: Part
  ) -> (draft: LedgerDraft, diagnostics: [Diagnostic]) {
    var diagnostics = noticed
    var draft = LedgerDraft()
    var areas = MeasureAreas()
    var (hasMeasures, hasOwners) = (false, false)
    var unknown: [Table] = []
    var read: Set<String?> = []
    for sheet in tables where !sheet.rows.indices.allSatisfy(sheet.isBlank) {
      if PlanSheet.isPlan(sheet) {
        diagnostics += PlanSheet.read(sheet, into: &draft)
        continue
      }
      var headerEnd: Int?
      let forms = CardSheet(sheet)
      diagnostics += forms?.diagnostics ?? []
      for table in forms?.tables ?? TableBlocks.split(sheet) {
        guard let header = TableHeader(table) else {
          unknown.append(table)
          continue
        }
        read.insert(table.sheet)
        hasMeasures = hasMeasures || header.holdsMeasures
        hasOwners = hasOwners || header.holdsOwners
        diagnostics +=
          header.holdsMeasures
          ? readMeasures(table, header, into: &areas) : readOwners(table, header, into: &draft)
        diagnostics += unread(above: header, in: table)
        headerEnd = headerEnd ?? Int(table.rows[header.rows.upperBound - 1].line)
      }
      diagnostics += hidden(sheet) + sheet.covered
      if let headerEnd { diagnostics += SheetComment.warnings(sheet, below: headerEnd) }
    }
    if hasMeasures || hasOwners || tables.count > 1 {
      diagnostics += unknown.map { table in
        isUnread(table, isSheet: tables.count > 1 && !read.contains(table.sheet), part)
      }
    }
    draft.areas = areas.numbered()
    diagnostics += SheetCopies.check(draft.areas)
    diagnostics += merge(areas.owners, into: &draft)
    let isEmpty = part == .owners ? draft.owners.isEmpty : draft.areas.isEmpty
    if isEmpty, !diagnostics.hasErrors {
      let isFound = part == .owners ? hasOwners : hasMeasures
      let what = part == .owners ? "owners" : "measures"
      let likely = isFound ? nil : unknown.compactMap { LikelyHeader($0) }.max { $0.score < $1.score }
      diagnostics.append(
        Diagnostic(
          .error, at: likely?.location ?? Diagnostic.Location(file: file),
          isFound
            ? "the table of \(what) has no rows"
            : "no table of \(what) was found" + (likely.map { ": " + $0.words } ?? ""),
          help: isFound ? "" : (likely == nil ? "" : "rename the headings: ") + expected(part)))
    }
    if part == .whole, draft.plan == nil, !diagnostics.hasErrors { diagnostics.append(withoutPlan(file)) }
    if diagnostics.hasErrors {
      if draft.plan == nil, part == .whole { draft.unread.insert(.plan) }
      if draft.areas.isEmpty, part != .owners { draft.unread.insert(.areas) }
      if draft.owners.isEmpty { draft.unread.insert(.owners) }
    }
    return (draft, diagnostics)
  }

  /// The warning for a table whose header isn't known, beside one that is read.
  private static func isUnread(_ table: Table, isSheet: Bool, _ part: Part) -> Diagnostic {
    let likely = LikelyHeader(table)
    let what =
      isSheet
      ? "the sheet “\(table.sheet ?? "")”" : "the table that begins in row \(table.rows.first?.line ?? 1)"
    return Diagnostic(
      .warning, at: likely?.location ?? table.location,
      "\(what) is not read: \(likely?.words ?? "it has no header that is known")", help: expected(part))
  }

  /// A warning where several rows with several texts each are above the header: they may be a table of their own.
  private static func unread(above header: TableHeader, in table: Table) -> [Diagnostic] {
    let rows = (0..<header.rows.lowerBound).filter { row in
      let texts = (0..<table.width(row)).map { table.text(row, $0) }.filter { !$0.isEmpty }
      return texts.count > 2 && !texts.contains { $0.contains("：") || $0.contains(":") }
    }
    guard rows.count > 1 else { return [] }
    return [
      Diagnostic(
        .warning, at: table.location(rows[0], 0),
        "“\(table.firstText(rows[0]).excerpt)” and what follows above the header is not read: its headings aren't known",
        help: "move it below, or into a sheet of its own")
    ]
  }

  /// A warning where rows are hidden, which are read all the same.
  private static func hidden(_ sheet: Table) -> [Diagnostic] {
    guard let first = sheet.hiddenLines.first else { return [] }
    let more = sheet.hiddenLines.count - 1
    return [
      Diagnostic(
        .warning, at: sheet.location.at(line: first),
        "row \(first)\(more > 0 ? " and \(more) more are" : " is") hidden, and read all the same",
        help: "show the rows and look at them; delete those that don't belong to the ledger")
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
    var table = table
    return map.diagnostics + CarriedCells.fill(&table, header, map)
      + MeasureTable.read(table, header, map, into: &areas)
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

/// Reads a 通讯录: a table of persons, their units and addresses.
enum OwnerTable {
  /// The table's owners, and what is wrong with its rows.
  static func read(
    _ table: Table, _ header: TableHeader, _ map: ColumnMap
  ) -> (owners: [LedgerDraft.Owner], diagnostics: [Diagnostic]) {
    var fields = RowFields(table, map)
    var (owners, struck) = ([LedgerDraft.Owner](), [LedgerDraft.Owner]())
    for row in header.rows.upperBound..<max(header.rows.upperBound, table.rows.count) {
      let words = (0..<table.width(row)).lazy.map { table.text(row, $0) }.first { !$0.isEmpty }
      guard let words, !table.isColumnNumbers(row), !fields.passesOverExample(row) else { continue }
      let isLoneText = !fields.hasOwn(.units, row) && !fields.hasOwn(.email, row)
      if isLoneText, TableNote.isNote(words) { continue }
      let names = fields.names(.persons, row, ownOnly: false)
      guard let person = names.first, names.count == 1 else {
        if fields.hasOwn(.units, row) || fields.hasOwn(.email, row) || names.count > 1 {
          fields.report(
            .error, row, .persons,
            names.isEmpty
              ? "the row with “\(words.excerpt)” names nobody" : "the row names \(names.count) persons",
            help: "write one person a row")
        }
        continue
      }
      let isRepeatedHeader =
        Heading.named(person.text) != nil
        && fields.line(.units, row).map { Heading.named($0.text) != nil } ?? true
      if isRepeatedHeader { continue }
      var owner = LedgerDraft.Owner(location: table.location(row: row))
      owner.person = person
      owner.unit = fields.line(.units, row).map { LocatedText(unquoted($0.text), at: $0.location) }
      if owner.unit == nil, row > header.rows.upperBound, !table.isBlank(row - 1),
        let above = owners.last?.unit
      {
        // Written once for several persons, as a merged cell would be.
        owner.unit = above
        fields.report(
          .warning, row, .units,
          "the unit of “\(person.text)” is empty: “\(above.text)” is taken from the row above",
          help: "write it in each row, or merge its cell over the rows")
      }
      if isStruck(row, table, map) {
        fields.report(
          .warning, row, .persons, "“\(person.text)” is struck through: no address is taken from the row",
          help: "delete the row if the person is no owner any more")
        struck.append(owner)
        continue
      }
      let addresses = fields.names(.email, row, ownOnly: false)
      owner.email = addresses.first
      owner.copies = Array(addresses.dropFirst()) + fields.names(.copies, row, ownOnly: false)
      owner.head = fields.text(.head, row).map {
        LocatedText($0.text == "√" ? "是" : $0.text, at: $0.location)
      }
      owner.phone = fields.line(.phone, row)
      owner.supervisor = fields.line(.supervisor, row)
      owners.append(owner)
    }
    // A measure may still name them: then the contact gets their reminders.
    owners += struck.filter { gone in !owners.contains { $0.key == gone.key } }
    return (owners, fields.diagnostics)
  }

  private static func isStruck(_ row: Int, _ table: Table, _ map: ColumnMap) -> Bool {
    [Heading.persons, .email].flatMap(map.columns).contains { table.cell(row, $0.index).struck != .no }
  }

  /// A unit is one name, though it may be written as ``ListCell`` writes one with separators in it.
  private static func unquoted(_ text: String) -> String {
    let names = ListCell.names(text)
    return names.count == 1 ? names[0] : text
  }
}

/// The sheet 方案 of a workbook that is a whole ledger: the plan's header, a name and a value in each row.
enum PlanSheet {
  /// What a row of the header says, by the words in its first cell.
  enum Field: String, CaseIterable {
    case title = "方案名称"
    case number = "文号"
    case issued = "印发日期"
    case contactUnit = "联系单位"
    case contactPerson = "联系人"
    case contactPhone = "联系电话"
    case contactEmail = "联系邮箱"
    /// One date a row, as many rows as there are reports.
    case report = "报送日期"
    /// The words for reports that come again and again, one a row.
    case recurringReport = "定期报送"
    /// A report that came in, as many rows as there are: the date, a space and the unit.
    case received = "已收报送"
  }

  /// The words above the two columns, where the sheet is written by us.
  static let heading = ["项目", "内容"]

  /// Whether the table is such a sheet: it names the plan and has no third column.
  static func isPlan(_ table: Table) -> Bool {
    guard table.sheet != nil else { return false }
    let head = table.rows.indices.prefix(TableHeader.rowsSearched)
    let isPair = head.allSatisfy { row in
      (2..<max(2, table.width(row))).allSatisfy { table.isEmpty(row, $0) }
    }
    return isPair && head.contains { field(table, $0) == .title }
  }

  /// Reads the header into `draft`; says which rows aren't known.
  static func read(_ table: Table, into draft: inout LedgerDraft) -> [Diagnostic] {
    var plan = LedgerDraft.Plan(location: table.location)
    var contact: LedgerDraft.Contact?
    var seen: Set<Field> = []
    var diagnostics: [Diagnostic] = []
    for row in table.rows.indices where !table.isBlank(row) && table.text(row, 0) != heading[0] {
      guard let field = field(table, row) else {
        diagnostics.append(
          Diagnostic(
            .warning, at: table.location(row, 0), "the row “\(table.text(row, 0).excerpt)” is not read",
            help: "expected one of \(Field.allCases.map(\.rawValue).joined(separator: ", "))"))
        continue
      }
      if ![.report, .recurringReport, .received].contains(field), !seen.insert(field).inserted {
        diagnostics.append(
          Diagnostic(.error, at: table.location(row, 0), "“\(field.rawValue)” stands twice", help: "keep one")
        )
      }
      let value = LocatedText(table.text(row, 1), at: table.location(row, 1))
      if value.text.isEmpty { continue }
      let day = LocatedText(DateCell.iso(value.text), at: value.location)
      switch field {
      case .title: plan.title = value
      case .number: plan.number = value
      case .issued: plan.issued = day
      case .report: draft.reports.append(day)
      case .recurringReport: draft.recurringReports.append(value)
      case .received: draft.received.append(received(value))
      case .contactUnit, .contactPerson, .contactPhone, .contactEmail:
        var known = contact ?? LedgerDraft.Contact(location: table.location(row: row))
        switch field {
        case .contactUnit: known.unit = value
        case .contactPerson: known.person = value
        case .contactPhone: known.phone = value
        default: known.email = value
        }
        contact = known
      }
    }
    plan.contact = contact
    draft.plan = plan
    return diagnostics
  }

  /// `2022-12-27 规划建设部`; without a space, the checker says what is missing.
  private static func received(_ value: LocatedText) -> LedgerDraft.Received {
    var received = LedgerDraft.Received(location: value.location)
    let parts = value.text.split(separator: " ", maxSplits: 1).map(String.init)
    received.report = parts.first.map { LocatedText($0, at: value.location) }
    received.unit = parts.count == 2 ? LocatedText(parts[1], at: value.location) : nil
    return received
  }

  private static func field(_ table: Table, _ row: Int) -> Field? {
    Field(rawValue: Heading.plain(table.text(row, 0)))
  }
}
