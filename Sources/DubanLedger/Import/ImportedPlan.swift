public import DubanCore

/// What a plan's text became.
public struct ImportedPlan: Sendable, Equatable {
  /// The ledger: all that is certain. Its owners have no addresses.
  public var ledger: Ledger
  /// Everything that is left out or isn't certain, by line.
  public var findings: [ImportFinding]

  /// Where a measure is in the source.
  public struct Place: Sendable, Equatable {
    /// The first line of its text, from 1.
    public var first: Int
    /// The lines of its text and of what says who and by when.
    public var lines: Set<Int>
  }

  /// Where each measure is, by its id.
  public var places: [String: Place] = [:]

  /// The sheet and row of each line, where the source is a workbook.
  var rows: [Int: Diagnostic.Location] = [:]

  /// Whether a person must look at something.
  public var needsPerson: Bool { findings.contains(where: \.needsPerson) }

  /// The findings as warnings about the file.
  public func diagnostics(file: String) -> [Diagnostic] {
    findings.map { $0.diagnostic(file: file, rows: rows) }
  }

  /// Where a line is, for a person who has the file open: its number, or its sheet and row.
  func words(ofLine number: Int) -> String {
    guard let row = rows[number] else { return "\(number)" }
    return "\(row.sheet.map { $0 + "!" } ?? "")\(row.line ?? number)"
  }

  /// By the measure's number, what isn't certain about it.
  public var doubts: [String: [ImportFinding]] {
    let measures = measuresByLine
    var doubts: [String: [ImportFinding]] = [:]
    for finding in findings where finding.needsPerson {
      let concerned = Set((finding.line...finding.lastLine).flatMap { measures[$0] ?? [] })
      for id in concerned { doubts[id, default: []].append(finding) }
    }
    return doubts
  }

  /// The numbers of the measures that a line of the source is a part of.
  private var measuresByLine: [Int: [String]] {
    var measures: [Int: [String]] = [:]
    for (id, place) in places { for line in place.lines { measures[line, default: []].append(id) } }
    return measures
  }

  /// How many measures were read, how many of them are sure, and how many places were left out that may belong into the
  /// ledger.
  public var counts: ImportCounts {
    let measures = ledger.areas.flatMap(\.measures)
    let doubts = doubts
    let toLookAt = measures.count { doubts[$0.id] != nil }
    return ImportCounts(
      read: measures.count, sure: measures.count - toLookAt, toLookAt: toLookAt,
      leftOut: findings.count { $0.kind == .leftOut })
  }

  /// The places that a person must look at, a row each: where, which measure it became, and what is said of it.
  public var placesToLookAt: [(line: String, understood: String, finding: ImportFinding)] {
    let measures = ledger.measures
    let order = Dictionary(zip(measures.map(\.id), measures.indices)) { first, _ in first }
    let byLine = measuresByLine
    return findings.filter(\.needsPerson).map { finding in
      let lines = finding.hasPlace ? finding.line...finding.lastLine : 0...0
      let first = lines.flatMap { byLine[$0] ?? [] }.compactMap { order[$0] }.min()
      let understood =
        first.map { measures[$0] }.map { "\($0.id) \($0.title.excerpt)" }
        ?? (finding.kind == .leftOut ? "未读入" : "")
      return (
        finding.hasPlace ? words(ofLine: finding.line) : "", understood,
        finding
      )
    }
  }

  /// Fills in the addresses of owners that a table of addresses (通讯录) names, by person and unit. Gives what was wrong
  /// with the table, where an address may be someone else's, and who isn't in it.
  public mutating func fillAddresses(from file: String) -> [Diagnostic] {
    var (draft, diagnostics) = TableLedger.read(file: file, for: .owners)
    var owners = ledger.owners
    for index in owners.indices {
      switch AddressEntry.of(owners[index], among: draft.owners) {
      case .found(let address): owners[index].email = address
      case .unsure(let diagnostic): diagnostics.append(diagnostic)
      case .missing:
        let (person, unit) = (owners[index].person, owners[index].unit)
        // A unit that names nobody is under owners by its own name.
        let name = person == unit ? "“\(unit)”" : "“\(person)” of “\(unit)”"
        diagnostics.append(
          .warning, at: Diagnostic.Location(file: file), "\(name) gets no address: the table has none",
          help: "add it to the table, or write it under owners")
      }
    }
    ledger = Ledger(
      plan: ledger.plan, reports: ledger.reports, recurringReports: ledger.recurringReports,
      received: ledger.received, owners: owners,
      areas: ledger.areas)
    return diagnostics
  }
}

/// What an import came to.
public struct ImportCounts: Sendable, Equatable, Encodable {
  /// Measures in the ledger.
  public var read: Int
  /// Those about which nothing is doubtful.
  public var sure: Int
  /// Those that a person must compare with the document.
  public var toLookAt: Int
  /// Places that were left out and may belong into the ledger.
  public var leftOut: Int

  /// The same for a person.
  public var words: String {
    "读入措施\(read)项，其中确定\(sure)项，请核对\(toLookAt)项" + (leftOut == 0 ? "" : "；另有\(leftOut)处未读入")
  }
}

/// An import as `duban import --json` prints it.
public struct ImportJSON: Encodable {
  private struct LeftOut: Encodable {
    let line: Int?
    let cell: String?
    let text, why: String
  }

  private let imported: ImportedPlan

  /// The JSON form of an import.
  public init(_ imported: ImportedPlan) { self.imported = imported }

  private enum Key: String, CodingKey { case plan, measures, leftOut, counts, place, doubt }

  /// Writes `{"plan","measures","leftOut","counts"}`: a measure as in `duban ledger --json`, with `place`, the first of
  /// the source's lines or the cell in which it begins, and `doubt`, null where there is none. What is left out has its
  /// `line` or `cell`, the `text` of its lines, and `why`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(PlanJSON(imported.ledger.plan), forKey: .plan)
    var measures = container.nestedUnkeyedContainer(forKey: .measures)
    let doubts = imported.doubts
    for measure in imported.ledger.areas.flatMap(\.measures) {
      let encoder = measures.superEncoder()
      try MeasureJSON(measure).encode(to: encoder)
      var fields = encoder.container(keyedBy: Key.self)
      if let first = imported.places[measure.id]?.first, let cell = cell(first) {
        try fields.encode(cell, forKey: .place)
      } else {
        try fields.encode(imported.places[measure.id]?.first, forKey: .place)
      }
      let words = doubts[measure.id].map { $0.map(\.message).joined(separator: "; ") }
      try fields.encode(words, forKey: .doubt)
    }
    let leftOut = imported.findings.filter { $0.kind == .leftOut }
    try container.encode(
      leftOut.map { finding in
        let cell = cell(finding.line)
        return LeftOut(
          line: cell == nil ? finding.line : nil, cell: cell, text: finding.text, why: finding.message)
      }, forKey: .leftOut)
    try container.encode(imported.counts, forKey: .counts)
  }

  /// The first cell of a workbook's row, such as `Sheet1!A12`.
  private func cell(_ line: Int) -> String? {
    imported.rows[line].map { row in "\(row.sheet.map { $0 + "!" } ?? "")A\(row.line ?? 1)" }
  }
}

/// Something about a plan's text that isn't in the imported ledger, or isn't certain there.
public struct ImportFinding: Sendable, Hashable {
  /// What a finding means for the person who imports.
  public enum Kind: String, Sendable, Hashable {
    /// Running text outside the measures (a preface, a heading, a page's number): left out, nothing to do.
    case aside
    /// Left out, and it may belong into the ledger.
    case leftOut
    /// In the ledger, and not certain there; or missing from the document.
    case doubt
  }

  /// What it means.
  public var kind: Kind
  /// The first of the source's lines that it is about, from 1.
  public var line: Int
  /// The last of them.
  public var lastLine: Int
  /// The column of the first line's text, from 1, in characters.
  public var column: Int
  /// What it is, with the text; English, quoting the document's own words.
  public var message: String
  /// What to do; empty where there is nothing to do.
  public var help: String

  /// The text of its lines.
  public var text: String
  /// Whether it is about certain lines, rather than the whole document.
  public var hasPlace: Bool

  /// Whether a person must look at it.
  public var needsPerson: Bool { kind != .aside }

  /// A finding about lines of the source; about the whole document where there are none.
  init(_ kind: Kind, _ lines: [SourceLine], _ message: String, help: String = "") {
    self.kind = kind
    let first = lines.min { $0.number < $1.number }
    line = first?.number ?? 1
    lastLine = lines.map(\.number).max() ?? 1
    column = first?.column ?? 1
    hasPlace = first != nil
    text = lines.map { $0.text.replacing("\t", with: " ").collapsed }.joined(separator: " ")
    self.message = message
    self.help = help
  }

  /// The finding as a warning about the file; `rows` are those of a workbook's lines.
  func diagnostic(file: String, rows: [Int: Diagnostic.Location]) -> Diagnostic {
    let place = rows[line].map { Diagnostic.Location(file: file, sheet: $0.sheet, line: $0.line, column: 1) }
    let last = rows[lastLine]?.line ?? lastLine
    let isSameSheet = rows[line]?.sheet == rows[lastLine]?.sheet
    let through = lastLine > line && isSameSheet ? " (to \(place == nil ? "line" : "row") \(last))" : ""
    return Diagnostic(
      .warning, at: place ?? Diagnostic.Location(file: file, line: line, column: column), message + through,
      help: help)
  }
}

extension [ImportFinding] {
  /// Adds what isn't certain in the ledger.
  mutating func doubt(
    _ lines: [SourceLine], _ message: String, help: String = "compare with the document"
  ) {
    append(ImportFinding(.doubt, lines, message, help: help))
  }

  /// Adds what is left out; without `help`, an aside.
  mutating func leaveOut(_ lines: [SourceLine], _ words: String, help: String? = nil) {
    append(ImportFinding(help == nil ? .aside : .leftOut, lines, "left out: " + words, help: help ?? ""))
  }

  /// Adds how something was read that needs nobody.
  mutating func note(_ lines: [SourceLine], _ message: String, help: String = "") {
    append(ImportFinding(.aside, lines, message, help: help))
  }
}

/// What a table of addresses (通讯录) has for an owner of an imported plan.
enum AddressEntry {
  case found(String)
  /// An address that may be someone else's, or none at all.
  case unsure(Diagnostic)
  case missing

  /// The address of the owner's person and unit, also under the unit's longer or shorter name.
  static func of(_ owner: Owner, among entries: [LedgerDraft.Owner]) -> AddressEntry {
    let namesakes = entries.filter { $0.person?.text == owner.person && !($0.email?.saysNothing ?? true) }
    let own = namesakes.filter { $0.unit?.text == owner.unit }
    let likely = own.isEmpty ? namesakes.filter { isSame($0.unit?.text ?? "", owner.unit) } : own
    guard let first = likely.first?.email else {
      guard let other = namesakes.first, let email = other.email else { return .missing }
      return unsure(
        owner, email, "the table has one for “\(owner.person)” of “\(other.unit?.text ?? "")”",
        help: "write the address under owners if it is the same person's")
    }
    if let second = likely.lazy.compactMap(\.email).first(where: { $0.text != first.text }) {
      return unsure(
        owner, second, "the table has \(first.text) and \(second.text)",
        help: "write the right one under owners")
    }
    if let problem = MailAddress.problem(in: first.text) {
      return unsure(
        owner, first, "“\(first.text)” \(problem)", help: "correct it in the table, or write it under owners")
    }
    return .found(first.text)
  }

  private static func unsure(
    _ owner: Owner, _ cell: LocatedText, _ reason: String, help: String
  ) -> AddressEntry {
    .unsure(
      Diagnostic(
        .warning, at: cell.location, "“\(owner.person)” of “\(owner.unit)” gets no address: \(reason)",
        help: help))
  }

  /// Whether two names are one unit's: 市场监督管理局 and 涧西区市场监督管理局, 县发改局 and 县发展和改革局.
  private static func isSame(_ one: String, _ other: String) -> Bool {
    let (short, long) = one.count < other.count ? (one, other) : (other, one)
    return short.count > 3 && long.hasSuffix(short) || !UnitNames([one, other]).fullNames.isEmpty
  }
}
