import DubanCore

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
      var owner = LedgerDraft.Owner(at: table.location(row: row))
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
