import DubanCore

/// Reads the rows of one table of measures into areas.
struct MeasureTable {
  private let table: Table
  private let header: TableHeader
  private let map: ColumnMap
  private var areas: MeasureAreas
  private var fields: RowFields

  /// Adds the table's measures to `areas`; says what is wrong with its rows.
  static func read(
    _ table: Table, _ header: TableHeader, _ map: ColumnMap, into areas: inout MeasureAreas
  ) -> [Diagnostic] {
    var reader = MeasureTable(
      table: table, header: header, map: map, areas: areas, fields: RowFields(table, map))
    reader.areas.beginTable()
    for row in header.rows.upperBound..<max(header.rows.upperBound, table.rows.count) { reader.read(row) }
    areas = reader.areas
    return reader.fields.diagnostics
  }

  private mutating func read(_ row: Int) {
    let measure = map.column(.measure).map { table.cell(row, $0.index) } ?? .empty
    if table.text(of: measure).isEmpty || table.isWords(row, map) {
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
  }

  /// The area's name in a table without areas.
  private var nameless: String {
    let above = header.rows.lowerBound - 1
    return table.caption ?? (above < 0 ? nil : TableNote.areaTitle(table.firstText(above)))
      ?? table.nameOfSheet
  }

  private mutating func add(_ row: Int) {
    var measure = LedgerDraft.Measure(at: table.location(row: row))
    if let column = map.column(.measure)?.index, table.cell(row, column).isStruck {
      fields.report(
        .warning, row, column,
        "“\(table.text(row, column).excerpt)” is struck through, and is read all the same",
        help: "delete the row, or write 已销号 under 状态, if it no longer counts")
    }
    var number = MeasureNumber(cell: fields.line(.id, row), prefix: nil)
    if let column = map.column(.id)?.index { number.isMerged = table.cell(row, column).continuesAbove }
    if let id = number.cell, let column = map.column(.id)?.index,
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
    let roles = fields.unitRoles(row)
    if measure.units.count > 1 {
      measure.lead = roles.lead
      if roles.supporting.count < measure.units.count { measure.supporting = roles.supporting }
    }
    measure.persons = fields.names(.persons, row, ownOnly: false)
    measure.deadline = fields.deadline(row)
    measure.due = fields.date(.due, row)
    measure.duties = fields.text(.duties, row).map { DutyCell.duties($0.text, at: $0.location) } ?? []
    measure.status = fields.status(row)
    measure.progress = fields.text(.progress, row)
    addOwners(row, units: measure.units, persons: measure.persons)
    areas.add(measure, number)
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
        var owner = LedgerDraft.Owner(at: person.location)
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

  private func isRepeatedHeader(_ row: Int) -> Bool {
    let texts = (0..<table.width(row)).lazy.map { table.text(row, $0) }.filter { !$0.isEmpty }
    return texts.allSatisfy { Heading.named($0) != nil } && texts.count > 1
  }

  /// A row that has no measure: the title of an area, more about the area, a note, or a mistake.
  private mutating func readWithoutMeasure(_ row: Int) {
    let columns = (0..<table.width(row)).filter { column in
      !table.cell(row, column).continuesAbove && !table.text(row, column).isEmpty
    }
    guard let first = columns.first, !isRepeatedHeader(row) else { return }
    let words = table.text(row, first)
    if TableNote.isNote(words) || TableNote.isLabel(words) { return }
    if columns.count == 1, TableNote.isDay(words) { return }
    let aboutArea = [Heading.area, .problems, .goal, .id].compactMap { map.column($0)?.index }
    if columns.count == 1, map.column(.area) == nil, let name = TableNote.areaTitle(words) {
      areas.enter(LocatedText(name, at: table.location(row, first)), at: table.location(row: row))
    } else if columns == [map.column(.id)?.index] {
      // A number that waits for its measure.
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
