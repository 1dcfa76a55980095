public import DubanCore

/// Reads a ledger: a YAML file, and the tables that its `owners:` and `measures:` may name.
public struct LedgerReader {
  private let file: String
  private var yaml = YAMLReader()
  private var draft = LedgerDraft()
  private var noticed: [Diagnostic] = []
  private var tables: [String] = []
  private var tableStamps: [FileStamp] = []

  /// The ledger in `file`, or everything that is wrong with it.
  ///
  /// - Parameters:
  ///   - file: the path as the user named it; tables are looked up relative to its folder.
  ///   - calendar: the working days that deadlines are counted in.
  ///   - today: the day against which report dates count as past; nil judges none.
  public static func read(
    file: String, calendar: WorkdayCalendar, today: CivilDate?
  ) -> LedgerReading {
    if TableLedger.isWorkbook(file) {
      switch SourceFile.bytes(file, limit: TableLimits.standard.fileBytes) {
      case .success(let bytes): return read(workbook: bytes, file: file, calendar: calendar, today: today)
      case .failure(let diagnostic):
        return LedgerChecker.check(
          LedgerDraft(), file: file, calendar: calendar, today: today, noticed: [diagnostic])
      }
    }
    if TableLedger.isTable(file) {
      return LedgerReading(
        ledger: nil,
        diagnostics: [
          Diagnostic(
            .error, at: Diagnostic.Location(file: file), "a CSV table holds no plan's header",
            help: "write a ledger.yaml with plan: and reports:, and name this table under measures:")
        ])
    }
    let (root, diagnostics) = YAMLDocument.read(file)
    return read(root, noticed: diagnostics, file: file, calendar: calendar, today: today)
  }

  /// The draft that a file's ledger is made from, with the places of everything in it, and the ledger.
  static func drafted(file: String, calendar: WorkdayCalendar) -> (draft: LedgerDraft, reading: LedgerReading)
  {
    let reading = read(file: file, calendar: calendar, today: nil)
    if TableLedger.isWorkbook(file) { return (TableLedger.read(file: file, for: .whole).draft, reading) }
    guard let root = YAMLDocument.read(file).0, case .mapping = root.content else {
      return (LedgerDraft(), reading)
    }
    var reader = LedgerReader(file: file)
    reader.readLedger(root)
    return (reader.draft, reading)
  }

  /// The ledger in `bytes`, as if they were in `file`.
  public static func read(
    _ bytes: [UInt8], file: String, calendar: WorkdayCalendar, today: CivilDate?
  ) -> LedgerReading {
    let (root, diagnostics) = YAMLDocument.parse(bytes, file: file)
    return read(root, noticed: diagnostics, file: file, calendar: calendar, today: today)
  }

  /// The ledger in a workbook's bytes, as if they were in `file`.
  public static func read(
    workbook bytes: [UInt8], file: String, calendar: WorkdayCalendar, today: CivilDate?
  ) -> LedgerReading {
    let (draft, noticed) = TableLedger.read(bytes, file: file, for: .whole)
    return LedgerChecker.check(draft, file: file, calendar: calendar, today: today, noticed: noticed)
  }

  private static func read(
    _ root: YAMLValue?, noticed: [Diagnostic], file: String, calendar: WorkdayCalendar, today: CivilDate?
  ) -> LedgerReading {
    guard let root else { return LedgerReading(ledger: nil, diagnostics: noticed) }
    guard case .mapping = root.content else {
      let problem = Diagnostic(
        .error, at: root.location, "the ledger is \(root.kind)",
        help: "expected the keys plan, reports, owners and areas")
      return LedgerReading(ledger: nil, diagnostics: noticed + [problem])
    }
    var reader = LedgerReader(file: file)
    reader.readLedger(root)
    var reading = LedgerChecker.check(
      reader.draft, file: file, calendar: calendar, today: today,
      noticed: noticed + reader.yaml.diagnostics + reader.noticed)
    reading.tables = reader.tables
    reading.tableStamps = reader.tableStamps
    return reading
  }

  private init(file: String) { self.file = file }

  private mutating func readLedger(_ root: YAMLValue) {
    let fields = yaml.fields(
      of: root, "the ledger",
      keys: ["plan", "reports", "recurringReports", "received", "owners", "areas", "measures"])
    draft.plan = fields["plan"].map { readPlan($0) }
    draft.reports = yaml.texts(fields["reports"], "reports")
    draft.recurringReports = yaml.texts(fields["recurringReports"], "recurringReports")
    draft.received = yaml.list(fields["received"], "received").map { value in
      let fields = yaml.fields(of: value, "a received report", keys: ["unit", "report"])
      var received = LedgerDraft.Received(location: value.location)
      received.unit = yaml.text(fields["unit"], "unit")
      received.report = yaml.text(fields["report"], "report")
      return received
    }
    if let owners = fields["owners"] { readOwners(owners) }
    if let areas = fields["areas"], let measures = fields["measures"] {
      yaml.error(
        measures.location, "the ledger has both areas and measures",
        help: "keep areas: (in line \(areas.location.line ?? 1)), or measures: with the name of a table")
      draft.areas = yaml.list(areas, "areas").map { readArea($0) }
      return
    }
    draft.areas = yaml.list(fields["areas"], "areas").map { readArea($0) }
    notice(SheetCopies.check(draft.areas))
    if let name = yaml.text(fields["measures"], "measures (the name of a table)"), let table = table(name) {
      let (part, diagnostics) = TableLedger.read(file: table, for: .measures)
      draft.areas += part.areas
      draft.unread.formUnion(part.unread.subtracting(draft.owners.isEmpty ? [] : [.owners]))
      notice(diagnostics + TableLedger.merge(part.owners, into: &draft))
    }
  }

  private mutating func readPlan(_ value: YAMLValue) -> LedgerDraft.Plan {
    let fields = yaml.fields(of: value, "plan", keys: ["title", "number", "issued", "contact", "contacts"])
    var plan = LedgerDraft.Plan(location: value.location)
    plan.title = yaml.text(fields["title"], "title")
    plan.number = yaml.text(fields["number"], "number")
    plan.issued = yaml.text(fields["issued"], "issued")
    plan.contact = fields["contact"].map { readContact($0) }
    if let value = fields["contacts"] { plan.contacts = yaml.list(value, "contacts").map { readContact($0) } }
    return plan
  }

  private mutating func readContact(_ value: YAMLValue) -> LedgerDraft.Contact {
    let fields = yaml.fields(of: value, "contact", keys: ["unit", "person", "phone", "email"])
    var contact = LedgerDraft.Contact(location: value.location)
    contact.unit = yaml.text(fields["unit"], "unit")
    contact.person = yaml.text(fields["person"], "person")
    contact.phone = yaml.text(fields["phone"], "phone")
    contact.email = yaml.text(fields["email"], "email")
    return contact
  }

  private mutating func readOwners(_ value: YAMLValue) {
    if case .text(let name) = value.content {
      guard let table = table(LocatedText(name, at: value.location)) else { return }
      let (part, diagnostics) = TableLedger.read(file: table, for: .owners)
      draft.owners += part.owners
      draft.unread.formUnion(part.unread)
      notice(diagnostics)
      return
    }
    for value in yaml.list(value, "owners") {
      let fields = yaml.fields(
        of: value, "an owner", keys: ["person", "unit", "email", "copies", "head", "phone", "supervisor"])
      var owner = LedgerDraft.Owner(location: value.location)
      owner.person = yaml.text(fields["person"], "person")
      owner.unit = yaml.text(fields["unit"], "unit")
      owner.email = yaml.text(fields["email"], "email")
      owner.copies = yaml.texts(fields["copies"], "copies")
      owner.head = yaml.text(fields["head"], "head")
      owner.phone = yaml.text(fields["phone"], "phone")
      owner.supervisor = yaml.text(fields["supervisor"], "supervisor")
      draft.owners.append(owner)
    }
  }

  private mutating func readArea(_ value: YAMLValue) -> LedgerDraft.Area {
    let fields = yaml.fields(
      of: value, "an area",
      keys: [
        "name", "problems", "goal", "measures", "supervisor", "recurringReports", "assigned", "feedback",
      ])
    var area = LedgerDraft.Area(location: value.location)
    area.name = yaml.text(fields["name"], "name")
    area.problems = yaml.texts(fields["problems"], "problems")
    area.goal = yaml.text(fields["goal"], "goal")
    area.supervisor = yaml.text(fields["supervisor"], "supervisor")
    area.recurringReports = yaml.texts(fields["recurringReports"], "recurringReports")
    area.assigned = yaml.text(fields["assigned"], "assigned")
    if let value = fields["feedback"], case .text = value.content {
      area.rhythm = yaml.text(value, "feedback")
    } else {
      area.feedback = yaml.list(fields["feedback"], "feedback").map { value in
        let fields = yaml.fields(of: value, "feedback", keys: ["what", "after"])
        var feedback = LedgerDraft.Feedback(location: value.location)
        feedback.what = yaml.text(fields["what"], "what")
        feedback.after = yaml.text(fields["after"], "after")
        return feedback
      }
    }
    area.measures = yaml.list(fields["measures"], "measures").map { readMeasure($0) }
    return area
  }

  private mutating func readMeasure(_ value: YAMLValue) -> LedgerDraft.Measure {
    let fields = yaml.fields(
      of: value, "a measure",
      keys: [
        "id", "title", "text", "units", "lead", "supporting", "persons", "deadline", "due", "duties",
        "status", "progress",
      ])
    var measure = LedgerDraft.Measure(location: value.location)
    measure.id = yaml.text(fields["id"], "id")
    measure.title = yaml.text(fields["title"], "title")
    measure.text = yaml.text(fields["text"], "text")
    measure.units = yaml.texts(fields["units"], "units")
    measure.lead = yaml.text(fields["lead"], "lead")
    measure.supporting = yaml.texts(fields["supporting"], "supporting")
    measure.persons = yaml.texts(fields["persons"], "persons")
    measure.deadline = yaml.text(fields["deadline"], "deadline")
    measure.due = yaml.text(fields["due"], "due")
    measure.status = yaml.text(fields["status"], "status")
    measure.progress = yaml.text(fields["progress"], "progress")
    measure.duties = yaml.list(fields["duties"], "duties").map { value in
      let fields = yaml.fields(of: value, "a duty", keys: ["what", "every", "rule"])
      var duty = LedgerDraft.Duty(location: value.location)
      duty.what = yaml.text(fields["what"], "what")
      duty.every = yaml.text(fields["every"], "every")
      duty.rule = yaml.text(fields["rule"], "rule")
      return duty
    }
    return measure
  }

  /// Takes over what was noticed in a table; one that both `owners:` and `measures:` name is read twice.
  private mutating func notice(_ diagnostics: [Diagnostic]) {
    let known = Set(noticed)
    noticed += diagnostics.filter { !known.contains($0) }
  }

  /// The path of the table that the ledger names; nil, with an error, when its name isn't a table's.
  private mutating func table(_ name: LocatedText) -> String? {
    if TableLedger.isTable(name.text) {
      let table = RelativePath.resolve(name.text, from: file)
      if !tables.contains(table) {
        tables.append(table)
        // Noted before it is opened.
        tableStamps.append(FileStamp(table))
      }
      return table
    }
    yaml.error(
      name.location, "“\(name.text.excerpt)” is no table",
      help: "expected the name of a file that ends in .csv, .tsv or .xlsx")
    return nil
  }
}

/// What came of reading a ledger.
public struct LedgerReading: Sendable, Equatable {
  /// The checked ledger; nil when ``diagnostics`` holds an error.
  public var ledger: Ledger?
  /// Everything that is wrong, in the files' order.
  public var diagnostics: [Diagnostic]
  /// The tables that the ledger names, whether or not they could be read.
  public var tables: [String] = []
  /// How each of them looked before it was opened.
  public var tableStamps: [FileStamp] = []

  /// A ledger with what was noticed while reading it.
  public init(ledger: Ledger?, diagnostics: [Diagnostic]) {
    self.ledger = ledger
    self.diagnostics = diagnostics
  }
}
