/// Who and by when in a heading, and in labels below it before its first measure: 责任领导：何清 for a chapter, 牵头单位：县财政局 for
/// its section.
extension PlanAssembler {
  /// Those below the headings that an area is under; nil without any. What the nearest heading says counts.
  func labels(overArea index: Int) -> Closing? {
    var closing = Closing()
    var at: Int? = index
    while let node = at {
      at = tree.nodes[node].parent
      guard !tree.isLeaf(node) else { continue }
      var own = Closing()
      for element in tree.nodes[node].elements {
        guard case .label(let label, let value, _) = element, label.isClosing else { break }
        own.add(label, value)
      }
      let isWhole =
        (closing.parties.isEmpty || own.parties.isEmpty)
        && (closing.deadlines.isEmpty || own.deadlines.isEmpty)
        && (closing.leaders.isEmpty || own.leaders.isEmpty)
        && own.leftOver.isEmpty && own.vague.isEmpty && own.doubts.isEmpty
      if closing.parties.isEmpty {
        (closing.parties, closing.lead, closing.supporting) = (own.parties, own.lead, own.supporting)
      }
      if closing.deadlines.isEmpty { closing.deadlines = own.deadlines }
      if closing.leaders.isEmpty { closing.leaders = own.leaders }
      if isWhole { closing.lines += own.lines }
    }
    return closing.isEmpty && closing.leaders.isEmpty ? nil : closing
  }

  /// Closes the measures without a closing of their own with the one in their area's heading.
  mutating func closeWithHeading(_ area: Int) {
    guard let overall = areas[area].overall, !areas[area].isAside, !areas[area].measures.isEmpty else {
      return
    }
    let open = areas[area].open
    let completed = areas[area].measures.indices.filter { index in
      areas[area].measures[index].closing?.complete(with: overall).isEmpty == false
    }
    let isMixed = open.count + completed.count < areas[area].measures.count
    for index in open + completed {
      if open.contains(index) { areas[area].measures[index].closing = overall }
      if isMixed {
        findings.doubt(
          areas[area].measures[index].lines,
          "“\(areas[area].measures[index].opening.excerpt)” names no \(open.contains(index) ? "unit, person" : "unit") or deadline: those of its heading were taken"
        )
      }
    }
    for measure in areas[area].measures where isMixed || !completed.isEmpty {
      ask(measure, leaving: overall, help: "add the unit if it leads this one too")
    }
    if open.isEmpty, completed.isEmpty, let line = overall.lines.first {
      findings.leaveOut(
        overall.lines,
        "who and by when in the heading “\(line.text.excerpt)”, whose measures say it themselves",
        help: "add what counts for all of them")
    }
  }

  /// Gives the measures that have a closing of their own the rest of what the labels say, and asks about those whose units
  /// are others.
  mutating func closeWithLabels(_ area: Int) {
    guard let labels = areas[area].labels, !areas[area].isAside else { return }
    for index in areas[area].measures.indices {
      let taken = areas[area].measures[index].closing?.complete(with: labels) ?? []
      if areas[area].measures[index].closing?.leaders.isEmpty == true {
        areas[area].measures[index].closing?.leaders = labels.leaders
      }
      let measure = areas[area].measures[index]
      let opening = measure.opening.excerpt
      if taken.contains(.units) {
        findings.doubt(measure.lines, "“\(opening)” names no unit: those below its heading were taken")
      } else {
        ask(measure, leaving: labels, help: "compare with the document")
      }
      if taken.contains(.deadlines) {
        findings.doubt(measure.lines, "“\(opening)” names no deadline: that below its heading was taken")
      }
    }
    // What no measure has in full stays to be listed: the persons' lines alone, where each measure names its own.
    let closings = areas[area].measures.compactMap(\.closing)
    let isTaken = closings.contains { closing in
      Set(labels.units).isSubset(of: closing.units) && Set(labels.deadlines).isSubset(of: closing.deadlines)
        && Set(labels.leaders).isSubset(of: closing.leaders)
    }
    let hasPersons = closings.contains { Set(labels.persons).isSubset(of: $0.persons) }
    if isTaken {
      take(labels.lines.filter { line in hasPersons || !labels.persons.contains { line.text.contains($0) } })
    }
  }

  /// Asks about a measure that names its own units: it may or may not leave the heading's lead aside.
  private mutating func ask(_ measure: ImportedMeasure, leaving heading: Closing, help: String) {
    guard let lead = heading.lead ?? heading.units.first, let own = measure.closing, !own.units.isEmpty,
      !own.units.contains(lead)
    else { return }
    findings.doubt(
      measure.lines,
      "“\(measure.opening.excerpt)” names its own units, and “\(lead.excerpt)” of its heading is none of them",
      help: help)
  }
}
