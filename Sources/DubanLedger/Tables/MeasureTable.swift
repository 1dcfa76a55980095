import DubanCore

/// Reads the rows of one table of measures into areas.
struct MeasureTable {
  private let table: Table
  private let header: TableHeader
  private let map: ColumnMap
  private var areas: MeasureAreas
  private var fields: RowFields
  /// Those in which it matters that a text is struck through.
  private let readColumns: [TableHeader.Column]
  /// The line or sheet's name that says the status of all measures below it, and whether it was said that it counts.
  private var title: (word: String, words: String, isSaid: Bool)?
  private let year: Int?

  /// Adds the table's measures to `areas`; says what is wrong with its rows.
  static func read(
    _ table: Table, _ header: TableHeader, _ map: ColumnMap, into areas: inout MeasureAreas
  ) -> [Diagnostic] {
    var reader = MeasureTable(
      table: table, header: header, map: map, areas: areas, fields: RowFields(table, map),
      readColumns: [Heading.measure, .units, .persons, .deadline, .due, .status].flatMap(map.columns),
      year: year(above: header, in: table))
    reader.areas.beginTable()
    reader.takeTitle(of: nil)
    for row in header.rows.upperBound..<max(header.rows.upperBound, table.rows.count) { reader.read(row) }
    areas = reader.areas
    return reader.fields.diagnostics
  }

  /// The only year that the table's titles and its sheet's name say: 2024年重点任务台账, 二○二四年, or 2024 alone. A day is
  /// something else.
  private static func year(above header: TableHeader, in table: Table) -> Int? {
    let titles =
      (0..<header.rows.lowerBound).map(table.firstText) + [table.caption, table.sheet].compactMap(\.self)
    let years = titles.filter { !$0.contains("月") }.flatMap { title in
      title.matches(of: /(20\d\d|二[〇○零][〇○零一二三四五六七八九]{2})(年?)/).map { match in
        var words = "\(match.1)年"[...]
        return (year: PlanDate.year(&words), isSaid: !match.2.isEmpty || match.0 == title[...])
      }
    }
    let isOne = Set(years.map(\.year)).count == 1 && years.contains(where: \.isSaid)
    return isOne ? years[0].year : nil
  }

  private mutating func read(_ row: Int) {
    if table.isColumnNumbers(row) || fields.passesOverExample(row) { return }
    let measure = map.column(.measure).map { table.cell(row, $0.index) } ?? .empty
    if table.isEmpty(measure) || table.isWords(row, map) {
      readWithoutMeasure(row)
    } else if !isRepeatedHeader(row) {
      readArea(row)
      let isSame = measure.continuesAbove && !fields.hasOwn(.text, row)
      if !isSame || !extend(row) { add(row) }
    }
  }

  /// Enters the row's area and takes in what the row says about it.
  private mutating func readArea(_ row: Int) {
    if let name = fields.line(.area, row) {
      areas.enter(name, at: table.location(row: row))
    } else if !areas.isInArea {
      let location = table.location(row: row)
      areas.enter(map.column(.area) == nil ? LocatedText(nameless, at: location) : nil, at: location)
    }
    if let problems = fields.text(.problems, row) { areas.addProblems(problems) }
    if let goal = fields.text(.goal, row) { areas.addGoal(goal) }
    if let reports = fields.text(.reports, row) { areas.addReports(reports) }
    guard let supervisor = fields.line(.supervisor, row), !supervisor.saysNothing else { return }
    if let other = areas.addSupervisor(supervisor) {
      fields.report(
        .warning, row, .supervisor,
        "the area has several supervisors, “\(other)” and “\(supervisor.text)”: none of them gets its summary",
        help: "write who supervises which unit into the 通讯录, in a column 分管领导")
    }
  }

  /// The area's name in a table without areas.
  private var nameless: String {
    let above = header.rows.lowerBound - 1
    return table.caption ?? (above < 0 ? nil : TableNote.areaTitle(table.firstText(above)))
      ?? table.nameOfSheet
  }

  /// Keeps what the line, or else the table's title or its sheet's name, says of all measures below.
  private mutating func takeTitle(of line: String?) {
    let above = (0..<header.rows.lowerBound).reversed().map(table.firstText)
    let titles = [line, table.caption].compactMap(\.self) + above + [table.sheet].compactMap(\.self)
    title = nil
    for words in titles {
      guard let word = StatusTitle.word(words) else { continue }
      title = (word, words, false)
      break
    }
  }

  /// The status that the title above the row gives to those that have none of their own.
  private mutating func statusOfTitle(_ row: Int) -> LocatedText? {
    guard let title else { return nil }
    if !title.isSaid {
      self.title?.isSaid = true
      fields.report(
        .warning, row, .measure,
        "no status of its own: the measures under “\(title.words.excerpt)” count as “\(title.word)”",
        help: "write 状态 in each row where that isn't so, or rename the sheet or line")
    }
    return LocatedText(StatusCell.word(title.word, under: "状态"), at: table.location(row: row))
  }

  private mutating func add(_ row: Int) {
    var measure = LedgerDraft.Measure(location: table.location(row: row))
    reportStruck(row)
    var number = MeasureNumber(cell: fields.line(.id, row).map(MeasureNumber.plain), prefix: nil)
    if let column = map.column(.id)?.index { number.isMerged = table.cell(row, column).continuesAbove }
    if let id = number.cell, let column = map.column(.id)?.index, MeasureNumber.isDamaged(id.text) {
      fields.report(
        .warning, row, column, "the number “\(id.text)” is what a spreadsheet program made of another",
        help: "format the column as text and write the numbers again: what is recorded hangs on them")
    } else if let id = number.cell, let column = map.column(.id)?.index,
      table.cell(row, column).kind == .date || MeasureNumber.isDate(id.text)
    {
      fields.report(
        .warning, row, column, "the number “\(id.text)” is a date: Excel makes 1月2日 of 1-2",
        help: "format the column as text and write the numbers again: what is recorded hangs on them")
    }
    if let cell = fields.text(.measure, row) {
      if map.splitsMeasures {
        let parts = MeasureCell(cell.text)
        number.prefix = parts.number
        measure.title = LocatedText(parts.title, at: cell.location)
        measure.text = parts.text.isEmpty ? nil : LocatedText(parts.text, at: cell.location)
      } else {
        measure.title = LocatedText(cell.text.onOneLine, at: cell.location)
      }
    }
    if let text = fields.text(.text, row) {
      let before = measure.text.map { $0.text + "\n" } ?? ""
      measure.text = LocatedText(before + text.text, at: measure.text?.location ?? text.location)
    }
    measure.units = fields.neededNames(.units, row)
    if measure.units.count > 1 {
      let roles = fields.unitRoles(row)
      measure.lead = roles.lead
      if roles.supporting.count < measure.units.count { measure.supporting = roles.supporting }
    }
    measure.persons = fields.names(.persons, row, ownOnly: false)
    (measure.deadline, measure.due) = fields.days(row)
    measure.yearOfTitle = year
    measure.duties = fields.text(.duties, row).map { DutyCell.duties($0.text, at: $0.location) } ?? []
    measure.status = fields.status(row) ?? statusOfTitle(row)
    measure.progress = fields.text(.progress, row)
    addOwners(row, units: measure.units, persons: measure.persons)
    areas.add(measure, number)
  }

  /// Says what is struck through: the measure as a whole, or a day, unit or person that another may have replaced.
  private mutating func reportStruck(_ row: Int) {
    for column in readColumns where table.cell(row, column.index).struck == .part {
      fields.report(
        .warning, row, column.index,
        "a part of the cell is struck through and left out: “\(table.text(row, column.index).excerpt)” is read",
        help: "delete what is struck through")
    }
    guard let struck = readColumns.first(where: { table.cell(row, $0.index).struck == .whole }) else {
      return
    }
    let isMeasure = struck.heading == .measure
    fields.report(
      .warning, row, struck.index,
      "“\(table.text(row, struck.index).excerpt)” is struck through, and is read all the same",
      help: isMeasure
        ? "delete the row, or write 已销号 under 状态, if it no longer counts"
        : "write only what counts under “\(struck.words.onOneLine)”")
  }

  /// Takes the row as part of the measure above, with which it shares a merged cell; false where there is none above.
  private mutating func extend(_ row: Int) -> Bool {
    let units = fields.names(.units, row, ownOnly: true)
    let persons = fields.names(.persons, row, ownOnly: true)
    let progress = fields.hasOwn(.progress, row) ? fields.text(.progress, row) : nil
    let isExtended = areas.changeLast { measure in
      measure.units = (measure.units + units).filter { !$0.text.isEmpty }
      measure.persons = (measure.persons + persons).filter { !$0.text.isEmpty }
      if let progress {
        let before = measure.progress.map { $0.text + "\n" } ?? ""
        measure.progress = LocatedText(
          before + progress.text, at: measure.progress?.location ?? progress.location)
      }
    }
    guard isExtended else { return false }
    for heading in [Heading.deadline, .due, .duties, .status] where fields.hasOwn(heading, row) {
      fields.report(
        .error, row, heading, "one merged measure has a second “\(heading.wordings.first ?? "")”",
        help: "unmerge it and write the measure once for each row")
    }
    addOwners(row, units: units, persons: persons)
    return true
  }

  private mutating func addOwners(_ row: Int, units: [LocatedText], persons: [LocatedText]) {
    guard map.column(.email) != nil, !persons.contains(where: \.text.isEmpty) else { return }
    let addresses = fields.names(.email, row, ownOnly: false)
    guard addresses.isEmpty || addresses.count == persons.count else {
      fields.report(
        .error, row, .email, "\(addresses.count) addresses and \(persons.count) persons can't be paired",
        help: "write as many addresses as persons, in the same order")
      return
    }
    for (position, person) in persons.enumerated() {
      let ofPerson = units.count == persons.count ? [units[position]] : units
      for unit in ofPerson {
        var owner = LedgerDraft.Owner(location: person.location)
        owner.person = person
        owner.unit = unit
        owner.email = addresses.isEmpty ? nil : addresses[position]
        if !areas.add(owner) {
          fields.report(
            .error, row, .email, "“\(person.text)” has another address here than in a row above",
            help: "write the same address in each row, or keep the addresses in a sheet of their own")
        }
      }
    }
  }

  /// Whether the row's number waits for its measure, with a status that was filled down and what formulas make of it.
  private mutating func isPrepared(_ row: Int, _ columns: [Int]) -> Bool {
    let derived = header.columns.filter { $0.heading == .derived }.map(\.index)
    let others = columns.filter { $0 != map.column(.id)?.index && !derived.contains($0) }
    guard others.count < columns.count else { return false }
    return others.isEmpty
      || others == [map.column(.status)?.index] && fields.status(row)?.text == Measure.Status.open.rawValue
  }

  private func isRepeatedHeader(_ row: Int) -> Bool {
    let columns = table.filled(row)
    return columns.count > 1 && columns.allSatisfy { Heading.named(table.text(row, $0)) != nil }
  }

  /// A row that has no measure: the title of an area, more about the area, a note, or a mistake.
  private mutating func readWithoutMeasure(_ row: Int) {
    let columns = table.filled(row).filter { !table.cell(row, $0).continuesAbove }
    guard let first = columns.first, !isRepeatedHeader(row) else { return }
    let words = table.text(row, first)
    let area = table.areaTitle(row, map)
    if columns.count == 1 || area != nil { takeTitle(of: words) }
    if columns.count == 1, area == nil, StatusTitle.word(words) != nil { return }
    if TableNote.isNote(words) || TableNote.isLabel(words) || table.isCount(row) { return }
    if columns.count == 1, TableNote.isDay(words) { return }
    let aboutArea = [Heading.area, .problems, .goal, .supervisor, .reports, .id].compactMap {
      map.column($0)?.index
    }
    if let name = area {
      areas.enter(LocatedText(name, at: table.location(row, first)), at: table.location(row: row))
    } else if isPrepared(row, columns) {
      return
    } else if columns.allSatisfy(aboutArea.contains) {
      readArea(row)
    } else if columns.count == 1, !fields.reads(first) {
      fields.report(.warning, row, first, "“\(words.excerpt)” is not read: no measure stands in this row")
    } else {
      fields.report(
        .error, row, first,
        "the row with “\(words.excerpt)” has no “\(map.column(.measure)?.words.onOneLine ?? "")”",
        help: table.sheet == nil
          ? "write everything in each row: CSV doesn't keep merged cells, .xlsx does"
          : "write the measure, or merge its cell over all its rows")
    }
  }
}
