/// Labels below a heading, before its first measure: 责任领导：何清 for a chapter, 牵头单位：县财政局 for its section.
extension PlanAssembler {
  /// Those below the headings that an area stands under; nil without any. What the nearest heading says counts.
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
      if closing.units.isEmpty {
        (closing.parties, closing.lead, closing.supporting) = (own.parties, own.lead, own.supporting)
      }
      if closing.deadlines.isEmpty { closing.deadlines = own.deadlines }
      if closing.leaders.isEmpty { closing.leaders = own.leaders }
      closing.lines += own.lines
    }
    return closing.lines.isEmpty ? nil : closing
  }

  /// Gives the measures that have a closing of their own the rest of what the labels say, and asks about those whose units
  /// are others.
  mutating func closeWithLabels(_ area: Int) {
    guard let labels = areas[area].labels, !areas[area].isAside else { return }
    for index in areas[area].measures.indices {
      let measure = areas[area].measures[index]
      guard var closing = measure.closing else { continue }
      let opening = measure.opening.excerpt
      if closing.units.isEmpty, closing.vague.isEmpty, !labels.units.isEmpty {
        (closing.parties, closing.lead, closing.supporting) = (labels.parties, labels.lead, labels.supporting)
        doubt("“\(opening)” names no unit: those below its heading were taken", measure)
      } else if let lead = labels.lead ?? labels.units.first, !closing.units.isEmpty,
        !closing.units.contains(lead)
      {
        doubt(
          "“\(opening)” names its own units, and “\(lead.excerpt)” of its heading is none of them", measure)
      }
      if closing.deadlines.isEmpty, !labels.deadlines.isEmpty {
        closing.deadlines = labels.deadlines
        doubt("“\(opening)” names no deadline: that below its heading was taken", measure)
      }
      if closing.leaders.isEmpty { closing.leaders = labels.leaders }
      areas[area].measures[index].closing = closing
    }
    take(labels.lines)
  }

  private mutating func doubt(_ message: String, _ measure: ImportedMeasure) {
    findings.append(ImportFinding(.doubt, measure.lines, message, help: "compare with the document"))
  }
}
