extension PlanAssembler {
  /// Takes the measure of a row; what doesn't fit is left out.
  mutating func read(_ row: PlanTable.Row, under index: Int) {
    guard let cells = row.cells, let text = cells[.measure] else {
      findings.append(
        ImportFinding(
          .leftOut, row.lines, "left out: the row “\(row.printed.excerpt)” doesn't fit the table's headings",
          help: "add its measure by hand"))
      return
    }
    let area: Int
    if let name = cells[.area] {
      area = enter(.cell(name), name: name)
    } else if let currentArea, case .cell = areas[currentArea].key {
      area = currentArea
    } else {
      area = enterArea(of: index)
    }
    if let problem = cells[.problem], !areas[area].problems.contains(problem) {
      areas[area].problems.append(problem)
    }
    if let goal = cells[.goal], goal != areas[area].goal {
      if areas[area].goal.isEmpty {
        areas[area].goal = goal
      } else {
        findings.append(
          ImportFinding(
            .leftOut, row.lines, "left out: a second goal of its area, “\(goal.excerpt)”",
            help: "an area has one goal: add it there"))
      }
    }
    var closing = Closing()
    closing.lines = row.lines
    for (column, label) in [
      (PlanTable.Column.units, PlanLabel.units), (.persons, .persons), (.deadline, .deadline),
    ] {
      if let value = cells[column] { closing.add(label, value) }
    }
    if let other = cells[.other] { closing.leftOver.append(other) }
    let number = cells[.number].flatMap { Int($0.withoutEnd) }
    if number == nil, let words = cells[.number] { closing.leftOver.append(words) }
    areas[area].measures.append(
      ImportedMeasure(number: number, text: text, lines: row.lines, closing: closing))
    take(row.lines)
  }
}
