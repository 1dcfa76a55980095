import DubanCore

/// A sheet of forms (督办单): labels with their values beside them, a measure each; in place of rows under a header.
struct CardSheet {
  /// The forms, as tables of one row below their labels.
  private(set) var tables: [Table] = []
  /// What is in the forms and isn't read.
  private(set) var diagnostics: [Diagnostic] = []

  private let table: Table
  private var form = Form()
  private var title: String?
  /// A text alone in its row: the title of the next form, if one begins.
  private var lone: Place?

  private struct Place {
    var row: Int
    var column: Int
    var cell: Table.Cell
  }

  private struct Form {
    var labels: [Place] = []
    var values: [Place] = []
    var words: Set<String> = []
  }

  /// The forms of a sheet; nil where it isn't one of forms: two rows begin with a label, no two labels are side by side,
  /// and they name a measure and who does it or by when.
  init?(_ table: Table) {
    guard table.sheet != nil else { return nil }
    self.table = table
    var (rows, kinds) = (0, Set<Heading>())
    for row in table.rows.indices.prefix(TableHeader.rowsSearched) {
      let found = labels(row)
      let columns = found.map(\.label.column)
      let isSideBySide = zip(columns, columns.dropFirst()).contains { left, right in
        left + Int(table.cell(row, left).furtherColumns) + 1 == right
      }
      // Labels with nothing between are a table's header.
      if isSideBySide, found.allSatisfy({ $0.value == nil }) { return nil }
      let first = table.filled(row).first
      if first == columns.first, first != nil { rows += 1 }
      kinds.formUnion(found.compactMap { kind($0.label) })
    }
    let others = kinds.intersection([.units, .persons, .deadline]).count
    guard rows > 1, others > (kinds.contains(.measure) ? 0 : 1) else { return nil }
    for row in table.rows.indices { read(row) }
    if let lone { reportUnread([lone]) }
    finish()
    reportTransposed()
    if !kinds.contains(.measure) { reportMissing() }
  }

  private func text(_ place: Place) -> String { table.text(of: place.cell) }

  private func kind(_ label: Place) -> Heading? { Heading.named(text(label))?.heading }

  /// The labels in a row, each with the value in the same cell (`责任单位：…`), if there is one.
  private func labels(_ row: Int) -> [(label: Place, value: Place?)] {
    (0..<table.width(row)).compactMap { column in
      let cell = table.cell(row, column)
      if cell.count == 0 || cell.continuesAbove { return nil }
      if Heading.named(table.text(of: cell)) != nil {
        return (Place(row: row, column: column, cell: cell), nil)
      }
      let bytes = Array(table.bytes(of: cell))
      let colons = [Array("：".utf8), Array(":".utf8)].compactMap { colon in
        bytes.firstRange(of: colon)
      }
      guard let colon = colons.min(by: { $0.lowerBound < $1.lowerBound }), colon.lowerBound < 60 else {
        return nil
      }
      var (label, value) = (cell, cell)
      label.count = UInt32(colon.lowerBound)
      value.start += UInt32(colon.upperBound)
      value.count -= UInt32(colon.upperBound)
      guard Heading.named(table.text(of: label)) != nil else { return nil }
      return (Place(row: row, column: column, cell: label), Place(row: row, column: column, cell: value))
    }
  }

  private mutating func read(_ row: Int) {
    let found = labels(row)
    guard !found.isEmpty else { return readWithoutLabel(row) }
    for (number, (label, inner)) in found.enumerated() {
      let word = Heading.plain(text(label))
      if form.words.contains(word),
        kind(label) == .measure || word == form.labels.first.map(text).map(Heading.plain)
      {
        finish()
      }
      let end = number + 1 < found.count ? found[number + 1].label.column : table.width(row)
      var beside = (label.column + 1..<max(label.column + 1, end)).compactMap { column -> Place? in
        let cell = table.cell(row, column)
        return cell.count == 0 || cell.continuesAbove ? nil : Place(row: row, column: column, cell: cell)
      }
      var value = inner
      if value == nil, !beside.isEmpty { value = beside.removeFirst() }
      if form.labels.isEmpty, let above = lone {
        title = text(above)
        lone = nil
      }
      form.words.insert(word)
      form.labels.append(label)
      form.values.append(value ?? Place(row: row, column: label.column, cell: .empty))
      reportUnread(beside)
    }
  }

  /// A title, a signature, or more of what is above.
  private mutating func readWithoutLabel(_ row: Int) {
    let cells = (0..<table.width(row)).filter {
      !table.isEmpty(row, $0) && !table.cell(row, $0).continuesAbove
    }
    guard let first = cells.first else { return }
    if TableNote.isNote(table.text(row, first)) { return }
    if let lone, !form.labels.isEmpty { reportUnread([lone]) }
    lone = cells.count == 1 ? Place(row: row, column: first, cell: table.cell(row, first)) : nil
    if cells.count > 1, !form.labels.isEmpty {
      reportUnread(cells.map { Place(row: row, column: $0, cell: table.cell(row, $0)) })
    }
  }

  private mutating func reportUnread(_ places: [Place]) {
    guard let first = places.first else { return }
    diagnostics.append(
      Diagnostic(
        .warning, at: table.location(first.row, first.column),
        "“\(text(first).excerpt)” is not read: it stands beside no label of the form that is known",
        help: "name the field in a way that is known, such as 督办事项, 责任单位, 责任人, 完成时限, 状态, or leave it so"))
  }

  /// Makes a table of the form that ends, and begins the next.
  private mutating func finish() {
    defer { form = Form() }
    guard !form.labels.isEmpty else { return }
    var card = Table(file: table.file, sheet: table.sheet)
    card.bytes = table.bytes
    card.caption = title
    for places in [form.labels, form.values] {
      let measure = zip(form.labels, places).first { kind($0.0) == .measure }?.1 ?? places[0]
      card.rows.append(
        Table.Row(firstCell: UInt32(card.cells.count), line: table.rows[measure.row].line, start: 0))
      for place in places {
        var cell = place.cell
        cell.furtherColumns = 0
        card.cells.append(cell)
        card.origins.append((Int(table.rows[place.row].line), place.column + 1))
      }
    }
    tables.append(card)
  }

  /// Several values beside each label are a table on its side, of which only the first measure was read.
  private mutating func reportTransposed() {
    let values = table.rows.indices.compactMap { row -> [Int]? in
      guard let label = labels(row).first?.label.column else { return nil }
      return labels(row).count > 1
        ? []
        : Array(
          (label + 1..<max(label + 1, table.width(row))).filter { !table.isEmpty(row, $0) }.dropFirst())
    }
    // Beside a value, the label of another is words: a table on its side has a number or a day there.
    let further = zip(table.rows.indices.filter { !labels($0).isEmpty }, values)
    guard values.allSatisfy({ !$0.isEmpty }),
      let (row, columns) = further.first(where: { row, columns in
        table.text(row, columns[0]).contains(where: \.isNumber) || table.text(row, columns[0]) == "长期"
      })
    else { return }
    diagnostics.append(
      Diagnostic(
        .error, at: table.location(row, columns[0]),
        "“\(table.text(row, columns[0]).excerpt)” is a further value beside the label “\(table.firstText(row).excerpt)”",
        help: "a form holds one measure: write several as rows below headings, 整改措施, 责任单位, 责任人, 完成时限"))
  }

  /// Says that no label of a measure is known, with those that aren't known.
  private mutating func reportMissing() {
    tables = []
    let unknown = table.rows.indices.prefix(TableHeader.rowsSearched).filter { row in
      labels(row).isEmpty && table.filled(row).count > 1
    }
    let row = unknown.first ?? 0
    let names = unknown.prefix(4).map { "“\(table.firstText($0).excerpt)”" }.joined(separator: ", ")
    diagnostics.append(
      Diagnostic(
        .error, at: table.location(row, 0),
        "the form names no measure" + (names.isEmpty ? "" : ": no label that is known is \(names)"),
        help: "call it 督办事项 or 整改措施, beside 责任单位, 责任人 and 完成时限"))
  }
}
