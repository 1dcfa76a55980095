import DubanCore

/// Takes the fields out of a table's rows, and notes what can't be taken.
struct RowFields {
  private let table: Table
  private let map: ColumnMap
  private let readColumns: Set<Int>
  private let yearOfDeadlines: HeadingYear
  /// By column of units, what their heading makes of them.
  private let roles: [UnitRole]
  /// What cells were read as: a long ledger names the same units, persons and statuses again and again.
  private var namesOfCell: [ExactText: [String]] = [:]
  private var statusOfCell: [ExactText: String] = [:]
  private var statusOfProgress: [ExactText: Measure.Status?] = [:]
  /// Where the cells of the row that was asked about last are.
  private var places: (row: Int, cells: [Diagnostic.Location]) = (-1, [])
  private var log = DiagnosticLog()

  /// What was wrong with the cells so far.
  var diagnostics: [Diagnostic] { log.diagnostics }

  /// The fields of a table whose columns `map` knows.
  init(_ table: Table, _ map: ColumnMap) {
    self.table = table
    self.map = map
    readColumns = Set(Heading.allCases.flatMap { map.columns($0).map(\.index) })
    roles = map.columns(.units).map { UnitRole(heading: $0.words) }
    yearOfDeadlines = HeadingYear(map.column(.deadline)?.words ?? "")
  }

  func reads(_ column: Int) -> Bool { readColumns.contains(column) }

  /// The text of a field; nil where the cell is empty or holds no value.
  mutating func text(_ heading: Heading, _ row: Int) -> LocatedText? {
    column(heading, row).flatMap { text(row, $0) }
  }

  /// The column of a field; of progress by months, the last that is filled in.
  private func column(_ heading: Heading, _ row: Int) -> TableHeader.Column? {
    let columns = map.columns(heading)
    guard heading == .progress, columns.count > 1 else { return columns.first }
    return columns.first { !table.text(row, $0.index).isEmpty } ?? columns.first
  }

  /// The text of a field, its line breaks taken out.
  mutating func line(_ heading: Heading, _ row: Int) -> LocatedText? {
    text(heading, row).map { LocatedText($0.text.onOneLine, at: $0.location) }
  }

  /// The names in a field's columns; with `ownOnly`, without those that a merged cell brings down from above.
  mutating func names(_ heading: Heading, _ row: Int, ownOnly: Bool) -> [LocatedText] {
    if map.unitsHoldPersons, heading == .persons { return personsBehindUnits(row, ownOnly: ownOnly) }
    var names: [LocatedText] = []
    for column in map.columns(heading) where !(ownOnly && table.cell(row, column.index).continuesAbove) {
      guard let cell = text(row, column) else { continue }
      var read = self.names(of: cell.text)
      if map.unitsHoldPersons, heading == .units { read = read.map { ListCell.parted($0).name } }
      if heading == .persons, cell.text.saysNothing { continue }
      if read.count > 1,
        let ditto = read.first(where: { CarriedCells.isDitto(Array($0.utf8)[...]) })
      {
        report(
          .error, row, column.index, "“\(ditto)” stands among other names under “\(column.words.onOneLine)”",
          help: "write the names that are meant")
      }
      let isNamed = heading == .persons && read.count > 1
      names += read.filter { !(isNamed && NameWords.isPhone($0)) }.map {
        LocatedText([.email, .copies].contains(heading) ? Self.address($0) : $0, at: cell.location)
      }
    }
    return names
  }

  /// 沈默 of 平川区住建局（沈默）.
  private mutating func personsBehindUnits(_ row: Int, ownOnly: Bool) -> [LocatedText] {
    guard let column = map.column(.units), !(ownOnly && table.cell(row, column.index).continuesAbove),
      let cell = text(row, column)
    else { return [] }
    let parts = names(of: cell.text).map(ListCell.parted)
    if let alone = parts.first(where: { $0.aside == nil }), parts.contains(where: { $0.aside != nil }) {
      report(
        .warning, row, column.index, "“\(alone.name)” has no person in brackets, as the others do",
        help: "write who is responsible there")
    }
    return parts.compactMap(\.aside).flatMap(ListCell.names).map {
      LocatedText($0, at: cell.location)
    }
  }

  private mutating func names(of text: String) -> [String] {
    if ListCell.isPlain(text.utf8) { return ListCell.names(text) }
    if let known = namesOfCell[ExactText(text)] { return known }
    let names = ListCell.names(text)
    namesOfCell[ExactText(text)] = names
    return names
  }

  /// An address without what is around it: mailto:a@example.org, 邮箱：a@example.org, a＠example.org（工作）, 林一<a@example.org>.
  private static func address(_ text: String) -> String {
    var rest = text.halfWidth[...]
    if let open = rest.firstIndex(of: "<"), let close = rest.firstIndex(of: ">"), open < close {
      rest = rest[rest.index(after: open)..<close]
    }
    if let colon = rest.lastIndex(of: ":"),
      ["mailto", "邮箱", "电子邮箱", "email", "e-mail"].contains(rest[..<colon].lowercased())
    {
      rest = rest[rest.index(after: colon)...]
    }
    if rest.last == ")", let open = rest.lastIndex(of: "("), !rest[open...].contains("@") {
      rest = rest[..<open]
    }
    return String(rest).trimmedWhitespace
  }

  /// Which of a row's units lead and which only help, by their columns' headings or the labels in their cells.
  mutating func unitRoles(_ row: Int) -> (lead: LocatedText?, supporting: [LocatedText]) {
    var (lead, supporting): (LocatedText?, [LocatedText]) = (nil, [])
    let columns = map.columns(.units)
    for (column, role) in zip(columns, roles) {
      guard let cell = text(row, column) else { continue }
      let labelled = UnitCell.mayHaveRoles(cell.text) ? UnitCell.roles(cell.text) : nil
      if let roles = labelled, roles.lead != nil || !roles.supporting.isEmpty {
        lead = lead ?? roles.lead.map { LocatedText($0, at: cell.location) }
        supporting += roles.supporting.map { LocatedText($0, at: cell.location) }
      } else if columns.count > 1, role != .responsible {
        let names = self.names(of: cell.text)
        if role == .supporting { supporting += names.map { LocatedText($0, at: cell.location) } }
        if role == .lead { lead = lead ?? names.first.map { LocatedText($0, at: cell.location) } }
      }
    }
    return (lead, supporting)
  }

  /// The names in a field that must be there; an empty one, so that its absence has a place, where there are none.
  mutating func neededNames(_ heading: Heading, _ row: Int) -> [LocatedText] {
    let names = names(heading, row, ownOnly: false)
    guard names.isEmpty, let column = map.column(heading) else { return names }
    return [LocatedText("", at: location(row, column.index))]
  }

  /// The words for when the measure is due, and the day that was decided since.
  ///
  /// 调整后时限 may hold words as 完成时限 does, such as 2022年12月底前: they take the place of the older ones.
  mutating func days(_ row: Int) -> (deadline: LocatedText?, due: LocatedText?) {
    for column in map.columns(.due) {
      guard let text = text(row, column), !text.saysNothing, !Self.unchanged.contains(text.text) else {
        continue
      }
      if column.isDecided, ["待定", "未定", "待明确", "待确定"].contains(text.text) { continue }
      let day = LocatedText(DateCell.iso(text.text), at: text.location)
      let isWords = day.text.contains { $0.isLetter && !$0.isASCII }
      if !isWords { return (deadline(row), day) }
      return (text, nil)
    }
    return (deadline(row), nil)
  }

  /// What says under 调整后时限 that the older day holds.
  private static let unchanged: Set<String> = [
    "未延期", "不延期", "无延期", "未调整", "不调整", "无调整", "未变更", "不变更", "无变更", "不变", "无变化", "未变化", "否", "同原时限", "按原时限",
    "未申请", "未申请延期",
  ]

  /// 完成时限, which must be words or a date cell: Excel turns `2022.10` into the number 2022.1.
  private mutating func deadline(_ row: Int) -> LocatedText? {
    guard let column = map.column(.deadline) else { return nil }
    guard let text = text(row, column) else { return LocatedText("", at: location(row, column.index)) }
    guard table.cell(row, column.index).kind == .number else {
      let words = DateCell.withoutMidnight(text.text)
      if let doubt = yearOfDeadlines.doubt(words) {
        report(.warning, row, column.index, doubt, help: "write the day with its year")
      }
      return LocatedText(yearOfDeadlines.phrase(words), at: text.location)
    }
    let date = Double(text.text).flatMap { SerialDay.words($0, style: .day, from1904: false) }
    let hint = text.text.contains(".") ? "" : date.map { " (as a date, \($0))" } ?? ""
    report(
      .error, row, column.index,
      "the deadline is the bare number \(text.text)\(hint), which may have lost digits",
      help: "format the cell as text or as a date, and write the deadline again")
    return LocatedText("", at: text.location)
  }

  /// 状态, in the ledger's own word; where that is empty, what 完成情况 says and no more, such as 已完成.
  mutating func status(_ row: Int) -> LocatedText? {
    let own = statusWord(row)
    guard let column = column(.progress, row), table.cell(row, column.index).kind != .fault else {
      return own
    }
    let progress = table.text(row, column.index)
    if progress.isEmpty { return own }
    guard let known = status(ofProgress: progress, isSecond: own != nil) else {
      if own == nil, StatusCell.speaksOfCompletion(progress) {
        report(
          .warning, row, column.index,
          "“\(progress.excerpt)” speaks of completion, but names no status: the measure counts as open",
          help: "write 已完成, 已销号 or 进行中 under 状态")
      }
      if let own, StatusWords.status(own.text)?.isDone == true, StatusCell.speaksOfWorkAhead(progress) {
        reportContradiction(progress, row, column)
      }
      return own
    }
    guard let own else { return LocatedText(known.rawValue, at: location(row, column.index)) }
    if let status = StatusWords.status(own.text), status.isDone != known.isDone,
      !(status == .submitted && StatusCell.awaitsConfirmation(progress))
    {
      reportContradiction(progress, row, column)
    }
    return own
  }

  private mutating func reportContradiction(_ progress: String, _ row: Int, _ column: TableHeader.Column) {
    let words =
      map.column(.status).map { table.text(row, $0.index) }
      ?? map.ticks.first { !table.text(row, $0.column).isEmpty }?.status ?? ""
    report(
      .warning, row, column.index,
      "“\(progress.excerpt)” under “\(column.words.onOneLine)” contradicts the status, “\(words.excerpt)”, which counts",
      help: "correct the one that is out of date")
  }

  /// What 完成情况 says, where it is a status and no sentence; beside another status only the shortest words are looked at.
  private mutating func status(ofProgress text: String, isSecond: Bool) -> Measure.Status? {
    guard text.utf8.count <= (isSecond ? 36 : 108) else { return nil }
    if let known = statusOfProgress[ExactText(text)] { return known }
    let known = StatusCell.known(text)
    statusOfProgress[ExactText(text)] = .some(known)
    return known
  }

  private mutating func statusWord(_ row: Int) -> LocatedText? {
    if !map.ticks.isEmpty { return ticked(row) }
    guard let column = map.column(.status), let text = text(row, column), !text.saysNothing else {
      return nil
    }
    if let known = statusOfCell[ExactText(text.text)] { return LocatedText(known, at: text.location) }
    let word = StatusCell.word(text.text, under: column.words)
    statusOfCell[ExactText(text.text)] = word
    return LocatedText(word, at: text.location)
  }

  /// The status whose column has a tick in the row; open where several have one or something else is there, which is
  /// said.
  private mutating func ticked(_ row: Int) -> LocatedText? {
    let marked = map.ticks.filter { !table.text(row, $0.column).saysNothing }
    guard let first = marked.first else { return nil }
    if let other = marked.first(where: { !StatusCell.isTick(table.text(row, $0.column)) }) {
      report(
        .warning, row, other.column,
        "“\(table.text(row, other.column).excerpt)” under “\(other.status)” is no tick: the measure counts as open",
        help: "write √ under the status that holds, and nothing under the others")
      return LocatedText(Measure.Status.open.rawValue, at: location(row, other.column))
    }
    if marked.count == 1 {
      return LocatedText(StatusCell.word(first.status, under: ""), at: location(row, first.column))
    }
    report(
      .warning, row, marked[1].column,
      "“\(first.status)” and “\(marked[1].status)” are both ticked: the measure counts as open",
      help: "leave one tick")
    return LocatedText(Measure.Status.open.rawValue, at: location(row, first.column))
  }

  /// Whether the row itself, not a merged cell from above, has something in that field.
  func hasOwn(_ heading: Heading, _ row: Int) -> Bool {
    guard let column = column(heading, row) else { return false }
    return !table.cell(row, column.index).continuesAbove && !table.text(row, column.index).isEmpty
  }

  /// Whether the row only shows how the form is to be filled in, which is said.
  mutating func passesOverExample(_ row: Int) -> Bool {
    guard table.isExample(row) else { return false }
    report(
      .warning, row, 0, "the row with “\(table.firstText(row))” is an example, and is not read",
      help: "delete it, or take that word out if it is meant")
    return true
  }

  /// Notes what is wrong with a field.
  mutating func report(
    _ severity: Diagnostic.Severity, _ row: Int, _ heading: Heading, _ message: String, help: String = ""
  ) {
    report(severity, row, map.column(heading)?.index ?? 0, message, help: help)
  }

  /// Notes what is wrong with a cell.
  mutating func report(
    _ severity: Diagnostic.Severity, _ row: Int, _ column: Int, _ message: String, help: String = ""
  ) {
    log.append(severity, at: table.location(row, column), message, help: help)
  }

  private mutating func text(_ row: Int, _ column: TableHeader.Column) -> LocatedText? {
    let cell = table.cell(row, column.index)
    let text = table.text(of: cell)
    if text.isEmpty { return nil }
    guard cell.kind == .fault else { return LocatedText(text, at: location(row, column.index)) }
    if !cell.continuesAbove {
      let fault = Self.fault(text, under: column.words.onOneLine, at: table.location(row, column.index))
      report(.error, row, column.index, fault.message, help: fault.help)
    }
    return nil
  }

  private mutating func location(_ row: Int, _ column: Int) -> Diagnostic.Location {
    if places.row != row { places = (row, table.locations(row: row)) }
    return column < places.cells.count ? places.cells[column] : table.location(row, column)
  }

  /// What is wrong with a cell that holds no value.
  static func fault(_ text: String, under heading: String, at place: Diagnostic.Location) -> Diagnostic {
    Diagnostic(
      .error, at: place,
      text == "="
        ? "the formula under “\(heading)” was saved without its result"
        : "the cell under “\(heading)” holds “\(text.excerpt)”, which is no value",
      help: "open the workbook in Excel or WPS, mend the formula or write the value, and save it")
  }
}

extension Measure.Status {
  /// Whether the unit or the coordinator calls it done.
  fileprivate var isDone: Bool { self == .submitted || self == .closed }
}
