import DubanCore

/// Makes the ledger's values of what was read: numbers, titles, duties, and the pairs of persons and units.
struct LedgerBuilder {
  private(set) var areas: [Area] = []
  private(set) var owners: [Owner] = []
  private(set) var findings: [ImportFinding] = []
  private let deadlines: DeadlineReader
  /// The persons whose unit is certain somewhere in the plan.
  private let paired: Set<String>
  /// Whether the plan names persons at all.
  private let namesPersons: Bool

  init(_ drafts: [ImportedArea], deadlines: DeadlineReader) {
    self.deadlines = deadlines
    let parties = drafts.flatMap(\.measures).flatMap { $0.closing?.parties ?? [] }
    paired = Set(parties.filter(\.isPaired).flatMap(\.persons))
    namesPersons = parties.contains { !$0.persons.isEmpty }
    if !parties.isEmpty, !namesPersons {
      findings.append(
        ImportFinding(
          .doubt, [], "no measure names a person", help: "add the persons to owners and to the measures"))
    }
    var seen: Set<Owner> = []
    for party in parties {
      for (person, unit) in party.pairs {
        let owner = Owner(person: person, unit: unit, email: nil)
        if seen.insert(owner).inserted { owners.append(owner) }
      }
    }
    var reported: Set<Closing> = []
    for (offset, draft) in drafts.enumerated() {
      var area = Area(
        index: offset + 1, name: draft.name, problems: draft.problems, goal: draft.goal, measures: [])
      for measure in draft.measures {
        add(measure, to: &area)
        if let closing = measure.closing, reported.insert(closing).inserted { report(closing, of: measure) }
      }
      areas.append(area)
    }
  }

  private mutating func add(_ draft: ImportedMeasure, to area: inout Area) {
    let closing = draft.closing ?? Closing()
    let used = Set(area.measures.map(\.number))
    var number = draft.number ?? (used.max() ?? 0) + 1
    if used.contains(number) {
      let free = (used.max() ?? 0) + 1
      findings.append(
        ImportFinding(
          .doubt, draft.lines,
          "number \(number) is taken in area \(area.index): “\(draft.opening.excerpt)” became \(free)",
          help: "compare the numbers with the document"))
      number = free
    }
    let (title, text) = draft.heading.map { ($0, draft.text) } ?? draft.text.sentence
    let (duties, unread) = DutyFinder.duties(in: draft.text)
    for words in unread {
      findings.append(
        ImportFinding(
          .doubt, draft.lines, "“\(words)” may be a recurring duty, and is not in duties",
          help: "add {what: …, every: …} if it is one"))
    }
    if BracketedClosing.count(in: draft.text) > 0 {
      findings.append(
        ImportFinding(
          .doubt, draft.lines,
          "“\(draft.opening.excerpt)” names units or deadlines inside its text, which stay there",
          help: "make measures of its parts if they have their own"))
    }
    area.measures.append(
      Measure(
        id: "\(area.index).\(number)", number: number, title: title, text: text, units: closing.units,
        persons: persons(of: closing),
        deadline: Deadline(reading: deadlines.read(closing.deadlines.joined(separator: "；"))), duties: duties)
    )
  }

  /// The persons that the ledger can name: those with a unit somewhere in the plan.
  private func persons(of closing: Closing) -> [String] {
    guard closing.parties.contains(where: { !$0.isPaired }) else { return closing.persons }
    let known = closing.persons.filter(paired.contains)
    // As long as the units they would look like pairs, which nobody printed.
    return known.count == closing.units.count ? [] : known
  }

  private mutating func report(_ closing: Closing, of measure: ImportedMeasure) {
    let lines = closing.lines.isEmpty ? measure.lines : closing.lines
    for party in closing.parties where !party.isPaired {
      let missing = party.persons.filter { !persons(of: closing).contains($0) }
      let out = missing.isEmpty ? "" : "; left out: \(missing.joined(separator: "、"))"
      findings.append(
        ImportFinding(
          missing.isEmpty ? .doubt : .leftOut, lines,
          "\(party.units.count) units and \(party.persons.count) persons are not paired "
            + "(\(party.units.joined(separator: "、"))／\(party.persons.joined(separator: "、")))\(out)",
          help: "add the persons to owners and to the measures, each with the unit"))
    }
    if !closing.isEmpty, closing.deadlines.isEmpty {
      findings.append(
        ImportFinding(.doubt, lines, "“\(measure.opening.excerpt)” has no deadline", help: "add one, or 长期"))
    }
    if closing.deadlines.count > 1 {
      findings.append(
        ImportFinding(
          .doubt, lines, "more than one deadline: \(closing.deadlines.joined(separator: "；"))",
          help: "split the measure if they belong to parts of it"))
    }
    if !closing.isEmpty, closing.persons.isEmpty, namesPersons {
      findings.append(
        ImportFinding(
          .doubt, lines, "“\(measure.opening.excerpt)” names no person",
          help: "add one for each unit to persons"))
    }
    if !closing.isEmpty, closing.units.isEmpty {
      findings.append(
        ImportFinding(.doubt, lines, "“\(measure.opening.excerpt)” names no unit", help: "add one to units"))
    }
    for deadline in closing.deadlines where !PlanDate.soundsLikeDeadline(deadline) {
      findings.append(
        ImportFinding(
          .doubt, lines, "“\(deadline.excerpt)” does not look like a deadline",
          help: "compare with the document"))
    }
    for doubt in closing.doubts {
      findings.append(ImportFinding(.doubt, lines, doubt, help: "compare with the document"))
    }
    for words in closing.leftOver {
      let isAside = words.first?.opensBracket ?? false
      findings.append(
        ImportFinding(
          isAside ? .aside : .leftOut, lines,
          "left out: “\(words.excerpt)” in the closing of “\(measure.opening.excerpt)”",
          help: isAside ? "" : "name the units if they are to be reminded"))
    }
  }
}
