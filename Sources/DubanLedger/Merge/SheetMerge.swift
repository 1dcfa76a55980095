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

  /// What is to be changed, once for each measure, in the order of the files.
  public private(set) var changes: [Change] = []
  /// What clashes with the ledger, can't be read or isn't the unit's to say: errors keep a row's status and progress out,
  /// warnings don't.
  public internal(set) var diagnostics: [Diagnostic] = []
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
    /// Whether the unit asked for it in an earlier merge.
    public var isKnown: Bool
  }

  /// What units ask for: it needs a decision.
  public private(set) var requests: [Request] = []

  /// What sheets said when they were last merged, these ones among them: by unit, and in it by measures' identity.
  public internal(set) var said: [String: [String: MergedRow]]

  /// Of which units' measures this merge has taken words: units and measures' identities.
  private var heard: Set<[String]> = []

  private let plan: Plan
  private var measures: [Measure]

  /// Whether any sheet said anything, now or in earlier merges.
  public var saysAnything: Bool { said.values.contains { !$0.isEmpty } }

  /// A merge into these measures.
  ///
  /// - Parameter said: what sheets said in earlier merges.
  public init(into ledger: Ledger, said: [String: [String: MergedRow]] = [:]) {
    (plan, measures, self.said) = (ledger.plan, ledger.measures, said)
  }

  /// Whether a workbook is a sheet of `duban paper ledger --unit`: it says what the ledger said when it was made.
  public static func isSheet(_ bytes: [UInt8]) -> Bool {
    FilledSheet.rows(bytes, file: "").rows.contains { $0.originalStatus != nil && $0.originalProgress != nil }
  }

  /// Takes in a workbook's bytes.
  public mutating func add(_ bytes: [UInt8], file: String) {
    let (rows, titles, named, noticed) = FilledSheet.rows(bytes, file: file)
    diagnostics += noticed
    // Next year's plan has much the same measures and units.
    if let title = titles.first, !titles.contains(where: { Self.plain($0.text) == Self.plain(plan.title) }) {
      return diagnostics.append(
        .error, at: title.location,
        "this sheet is of the plan “\(title.text.onOneLine)”, and the ledger of “\(plan.title)”",
        help: "merge it into its own plan's ledger, or make the unit's sheet anew")
    }
    let unit = measures.contains { $0.units.contains(named ?? "") } ? named : mainUnit(rows)
    for row in rows { add(row, of: unit) }
  }

  /// The one unit of most of these rows; nil where there is none, or several. For a sheet without its notes, or of a unit
  /// that has another name by now.
  private func mainUnit(_ rows: [FilledRow]) -> String? {
    var counts: [String: Int] = [:]
    for row in rows {
      for unit in place(of: row).map({ measures[$0].units }) ?? [] { counts[unit, default: 0] += 1 }
    }
    let most = counts.filter { $0.value == counts.values.max() }
    return most.count == 1 ? most.keys.first : nil
  }

  /// Which measure a row is about, whatever number that has by now; nil for none, or where it could be several.
  private func place(of row: FilledRow) -> Int? {
    let title = Self.plain(row.title)
    if let identity = row.identity, let place = measures.firstIndex(where: { $0.identity == identity }),
      measures[place].isTitled(alike: row.title)
    {
      return place
    }
    let namesakes = measures.indices.filter { Self.plain(measures[$0].title) == title }
    return namesakes.first { measures[$0].id == row.id } ?? (namesakes.count == 1 ? namesakes[0] : nil)
  }

  private mutating func add(_ row: FilledRow, of unit: String?) {
    guard let place = place(of: row) else {
      return diagnostics.append(
        .error, at: row.status.location,
        "the ledger has no measure \(row.id) “\(row.title.excerpt)” any more, or several",
        help: "make the unit's sheet anew, or correct the number")
    }
    if let unit, !measures[place].units.contains(unit) {
      return diagnostics.append(
        .error, at: row.status.location, "\(row.id) is no measure of \(unit), whose sheet this is",
        help: "only the unit's own rows are taken; take this row out, or use the other unit's sheet")
    }
    let measure = measures[place]
    let sharing = measure.units.count > 1 ? unit : nil
    if measure.units.count > 1, sharing == nil {
      return diagnostics.append(
        .error, at: row.status.location,
        "\(measure.id) has several units, and the sheet doesn't say which one filled it in",
        help: "make the unit's sheet anew; its notes name the unit")
    }
    noteReopening(of: measure)
    let before = said[unit ?? ""]?[measure.identity] ?? MergedRow()
    var (said, change, noticed) = (before, Change(id: measure.id), diagnostics.count)
    if !contradicts(row, measure, &said) { change.status = status(row, measure, of: sharing, &said) }
    if isOlder(row, of: sharing, than: before) {
      keepNewer(row, measure, said, before)
      (said, change) = (said.leftOut(before), Change(id: measure.id))
    } else if let sharing {
      change.progress = progress(row, measure, of: sharing, &said)
    } else {
      change.progress = progress(row, measure, &said)
    }
    let refusals = diagnostics[noticed...].filter { $0.severity == .error }
    if !refusals.isEmpty {
      // Never half a row: 待销号 beside the words of before says what nobody said.
      diagnostics.replaceSubrange(noticed..., with: refusals)
      (said, change) = (said.leftOut(before), Change(id: measure.id))
    }
    if said.progress != before.progress {
      let isFirst = heard.insert([unit ?? "", measure.identity]).inserted
      if !isFirst { noteOrder(row, measure, before) }
    }
    let request = row.request.text
    if !request.isEmpty {
      let isKnown = request == said.request
      requests.append(
        Request(
          id: measure.id, unit: row.unit, text: request, location: row.request.location, isKnown: isKnown))
      let (words, current) = ((sharing ?? "") + Self.words(request), change.progress ?? measure.progress)
      if !isKnown, !current.contains(words) { change.progress = Self.joined(current, words) }
      said.request = request
    }
    self.said[unit ?? "", default: [:]][measure.identity] = said.isEmpty ? nil : said
    guard change.status != nil || change.progress != nil else { return }
    // A second sheet is compared with what the first has brought.
    measures[place].status = change.status ?? measure.status
    measures[place].progress = change.progress ?? measure.progress
    if let known = changes.firstIndex(where: { $0.id == change.id }) {
      changes[known].status = change.status ?? changes[known].status
      changes[known].progress = change.progress ?? changes[known].progress
    } else {
      changes.append(change)
    }
  }

  /// The status that a row brings; nil where it brings none.
  ///
  /// - Parameter sharing: the unit, where it isn't the measure's only one.
  private mutating func status(
    _ row: FilledRow, _ measure: Measure, of sharing: String?, _ said: inout MergedRow
  ) -> Measure.Status? {
    let (text, original) = (row.status.text, row.originalStatus.flatMap(StatusCell.known))
    if text.isEmpty || text == row.originalStatus || original != nil && StatusCell.known(text) == original {
      withdraw(row, measure, of: sharing, &said)
      return nil
    }
    // What an earlier merge of a unit's sheet has left goes on from there, and not back.
    let left = [said] + self.said.values.compactMap { $0[measure.identity] }
    func isOfNow(_ status: Measure.Status) -> Bool {
      measure.status == original ?? .open
        || left.contains { $0.left == measure.status.rawValue } && status.isFurther(than: measure.status)
    }
    // New words beside it make it a new statement where the office has changed the status since.
    let isAgain =
      text == said.status
      && !(bringsWords(row, of: sharing, said)
        && (said.isOver == true || measure.status != original ?? .open))
    if let sharing, sharing != measure.lead, let status = StatusCell.known(text),
      said.isOver != true || !isAgain && isOfNow(status), !counts(status, row, measure, of: sharing, &said)
    {
      return nil
    }
    if isAgain {
      // The office has changed it back, and the sheet was made after that: the unit may mean it anew.
      if measure.status == original ?? .open, StatusCell.known(text) != measure.status {
        clash(measure.id, row.status, "状态", ledger: measure.status.chinese)
      }
      return nil
    }
    guard var status = StatusCell.known(text) else {
      diagnostics.append(
        .error, at: row.status.location, "“\(text.excerpt)” is no status",
        help: "expected one of \(Self.expected.map(\.chinese).joined(separator: ", "))")
      return nil
    }
    if status == .closed, measure.status != .closed {
      // Only the office confirms.
      diagnostics.append(
        .warning, at: row.status.location,
        "\(measure.id) is called \(Measure.Status.closed.chinese) by its unit, and taken as \(Measure.Status.submitted.chinese)"
      )
      status = .submitted
    }
    // What is confirmed already has no need of the unit's word that it is done.
    let isNew = status != measure.status && !(status == .submitted && measure.status == .closed)
    guard !isNew || isOfNow(status) else {
      clash(measure.id, row.status, "状态", ledger: measure.status.chinese)
      return nil
    }
    (said.status, said.left, said.isOver) = (text, status.rawValue, nil)
    return isNew ? status : nil
  }

  mutating func clash(_ id: String, _ cell: LocatedText, _ field: String, ledger: String) {
    diagnostics.append(
      .error, at: cell.location,
      "\(field) of \(id) says “\(cell.text.excerpt)”, and the ledger “\(ledger.excerpt)”",
      help: "decide which one holds and write it into the ledger; this row's 状态 and 进展情况 stay out")
  }

  /// What a unit may say; the office confirms.
  private static let expected = Measure.Status.allCases.filter { $0 != .closed }

  static func words(_ request: String) -> String { "申请事项：\(request)" }

  static func joined(_ above: String, _ below: String) -> String {
    [above, below].filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// Without the line breaks and blanks that programs put in and take out.
  private static func plain(_ title: String) -> String {
    title.filter { !$0.isWhitespace && !"《》".contains($0) }
  }
}

/// What a unit's sheet said of a measure when it was last merged. A cell that says the same again says nothing new,
/// whatever became of the ledger since.
public struct MergedRow: Codable, Sendable, Equatable {
  /// The texts of the cells, and of 进展情况 in a measure that several units share the line that came of it; empty for those
  /// that were left as they were.
  var (status, progress, request) = ("", "", "")
  /// The status that the ledger had after that (``Measure/Status``); empty where the sheet said nothing of it.
  var left = ""
  /// The request that came together with the word that the measure is done; nil where none did.
  var asked: String?
  /// Whether the office has opened the measure again since; nil for no.
  var isOver: Bool?
  /// What `progress` said before, oldest first; nil for nothing.
  var earlier: [String]?

  /// How much is remembered of that: a year of months, and some.
  private static let mostEarlier = 20

  /// Replaces the words, and remembers them.
  mutating func say(_ words: String) {
    let before = (earlier ?? []).filter { $0 != words } + [progress].filter { !$0.isEmpty }
    earlier = before.isEmpty ? nil : before.suffix(Self.mostEarlier)
    progress = words
  }

  /// What is remembered where the row is left out, but for its request.
  fileprivate func leftOut(_ before: MergedRow) -> MergedRow {
    var row = before
    (row.request, row.asked) = (request, asked)
    return row
  }

  fileprivate var isEmpty: Bool { self == MergedRow() }
}

extension Measure.Status {
  fileprivate func isFurther(than other: Self) -> Bool {
    let order: [Self] = [.open, .inProgress, .submitted, .closed]
    return order.firstIndex(of: self) ?? 0 > order.firstIndex(of: other) ?? 0
  }
}
