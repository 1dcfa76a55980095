import DubanCore

/// Makes the ledger's values of what was read: numbers, titles, duties, and the pairs of persons and units.
struct LedgerBuilder {
  private(set) var areas: [Area] = []
  private(set) var owners: [Owner] = []
  private(set) var findings: [ImportFinding] = []
  /// The lines of each measure, by its id.
  private(set) var places: [String: ImportedPlan.Place] = [:]
  private let deadlines: DeadlineReader
  /// Whether the plan names persons at all.
  private let namesPersons: Bool

  init(_ drafts: [ImportedArea], deadlines: DeadlineReader) {
    self.deadlines = deadlines
    let (drafts, joined) = Self.bringingNamesTogether(Self.leading(drafts))
    findings = joined
    let closings = drafts.flatMap(\.measures).compactMap(\.closing)
    let parties = closings.flatMap(\.parties)
    namesPersons = parties.contains { !$0.persons.isEmpty }
    if !parties.isEmpty, !namesPersons {
      findings.doubt(
        [], "no measure names a person: each unit stands under owners by its own name",
        help: "write the persons' names, or the unit's own mailbox")
    }
    addOwners(closings)
    var reported: Set<Closing> = []
    for (offset, draft) in drafts.enumerated() {
      var area = Area(
        index: offset + 1, name: draft.name, problems: draft.problems, goal: draft.goal, measures: [])
      for measure in draft.measures {
        add(measure, to: &area, isCounted: draft.countsAnew)
        if let closing = measure.closing, reported.insert(closing).inserted { report(closing, of: measure) }
      }
      areas.append(area)
    }
  }

  /// The same with the first unit as the lead where a note says so (第一责任单位为牵头单位), and in what
  /// follows it where that counts there too (下同).
  private static func leading(_ drafts: [ImportedArea]) -> [ImportedArea] {
    var (drafts, isForAll) = (drafts, false)
    for area in drafts.indices {
      for measure in drafts[area].measures.indices {
        guard var closing = drafts[area].measures[measure].closing else { continue }
        let notes = closing.leftOver.filter(UnitList.saysWhoLeads)
        closing.leftOver.removeAll(where: UnitList.saysWhoLeads)
        isForAll = isForAll || notes.contains { $0.contains("下同") }
        if isForAll || !notes.isEmpty, closing.lead == nil { closing.lead = closing.units.first }
        drafts[area].measures[measure].closing = closing
      }
    }
    return drafts
  }

  /// The same with each unit under its full name, where the document has a short one too.
  private static func bringingNamesTogether(
    _ drafts: [ImportedArea]
  ) -> (drafts: [ImportedArea], findings: [ImportFinding]) {
    let closings = drafts.flatMap(\.measures).compactMap(\.closing)
    var seen: Set<String> = []
    let unitNames = UnitNames(closings.flatMap(\.units).filter { seen.insert($0).inserted })
    let names = unitNames.fullNames
    var findings: [ImportFinding] = []
    for (short, others) in unitNames.unclear.sorted(by: { $0.key < $1.key }) {
      for closing in closings where closing.units.contains(short) {
        findings.doubt(
          closing.lines, "“\(short)” may be \(Self.quoted(others))", help: "write the unit's full name")
      }
    }
    if names.isEmpty { return (drafts, findings) }
    for (short, full) in names.sorted(by: { $0.key < $1.key }) {
      findings.note(
        closings.first { $0.units.contains(short) }?.lines ?? [],
        "“\(short)” and “\(full)” were taken for one unit, under the longer name",
        help: "write the shorter one where they are two")
    }
    var drafts = drafts
    for area in drafts.indices {
      for measure in drafts[area].measures.indices { drafts[area].measures[measure].closing?.rename(names) }
    }
    return (drafts, findings)
  }

  /// A stub for each person, and for each unit of a measure that names nobody: a person only adds addresses.
  private mutating func addOwners(_ closings: [Closing]) {
    var seen: Set<Owner> = []
    for closing in closings {
      let pairs =
        closing.persons.isEmpty
        ? closing.units.map { (person: $0, unit: $0) } : closing.parties.flatMap { closing.pairs(of: $0) }
      for (person, unit) in pairs {
        let owner = Owner(person: person, unit: unit, email: nil)
        if seen.insert(owner).inserted { owners.append(owner) }
      }
    }
  }

  private mutating func add(_ draft: ImportedMeasure, to area: inout Area, isCounted: Bool) {
    var closing = draft.closing ?? Closing()
    if closing.deadlines.isEmpty { readDeadline(in: draft, into: &closing) }
    let used = Set(area.measures.map(\.number))
    var number = (isCounted ? nil : draft.number) ?? (used.max() ?? 0) + 1
    if used.contains(number) {
      let free = (used.max() ?? 0) + 1
      findings.doubt(
        draft.lines,
        "number \(number) is taken in area \(area.index): “\(draft.opening.excerpt)” became \(free)",
        help: "compare the numbers with the document")
      number = free
    }
    let (title, text) = draft.titleAndText
    let (duties, unread) = DutyFinder.duties(in: draft.text)
    for words in unread {
      findings.doubt(
        draft.lines, "“\(words)” may be a recurring duty, and is not in duties",
        help: "add {what: …, every: …} if it is one")
    }
    if BracketedClosing.count(in: draft.text) > 0 {
      findings.doubt(
        draft.lines,
        "“\(draft.opening.excerpt)” names units or deadlines inside its text, which stay there",
        help: "make measures of its parts if they have their own")
    }
    let id = "\(area.index).\(number)"
    places[id] = ImportedPlan.Place(
      first: draft.lines.first?.number ?? 1, lines: Set((draft.lines + closing.lines).map(\.number)))
    var measure = Measure(
      id: id, number: number, title: title, text: text, units: closing.units, persons: closing.persons,
      deadline: Deadline(reading: deadlines.read(closing.deadlines.joined(separator: "；"))), duties: duties)
    // The units of a list don't differ where all lead, or all help.
    measure.lead = closing.lead == closing.units.first && closing.units.count > 1 ? closing.lead : nil
    measure.supporting = closing.supporting.count < closing.units.count ? closing.supporting : []
    if let word = draft.status {
      if let status = StatusWords.status(word) {
        measure.status = status
        measure.isReturned = StatusWords.isReturned(word)
      } else {
        let doubt = StatusWords.doubt(word, of: "measure \(id)")
        findings.doubt(draft.lines, doubt.message, help: doubt.help)
      }
    }
    area.measures.append(measure)
  }

  /// Takes the deadline from the measure's sentences, where one is there for certain; lists several.
  private mutating func readDeadline(in draft: ImportedMeasure, into closing: inout Closing) {
    let found = SentenceDeadlines.phrases(in: draft.text, reader: deadlines)
    if found.count == 1 {
      closing.deadlines = found
      findings.doubt(
        draft.lines,
        "“\(draft.opening.excerpt)” has its deadline in its sentence: “\(found[0])” was taken")
    } else if found.count > 1 {
      findings.doubt(
        draft.lines,
        "“\(draft.opening.excerpt)” may have its deadline in its sentences: \(Self.quoted(found))",
        help: "write the one that holds as its deadline")
    }
  }

  private static func quoted(_ words: some Sequence<String>) -> String {
    words.map { "“\($0)”" }.joined(separator: ", ")
  }

  private mutating func report(_ closing: Closing, of measure: ImportedMeasure) {
    let lines = closing.lines.isEmpty ? measure.lines : closing.lines
    let opening = measure.opening.excerpt
    let reading = deadlines.read(closing.deadlines.joined(separator: "；"))
    for party in closing.parties where !closing.isPaired(party) {
      let names = "\(party.units.joined(separator: "、"))／\(party.persons.joined(separator: "、"))"
      let others = party.units.dropFirst().filter { !closing.supporting.contains($0) }
      if party.persons.count == 1 {
        findings.doubt(
          lines,
          "“\(party.persons[0])” answers for “\(party.units[0])” alone in “\(opening)”: nobody is reminded for \(Self.quoted(others))",
          help: "name a person for each unit, or write those that only help under supporting: too")
      } else {
        findings.doubt(
          lines,
          "\(party.units.count) units and \(party.persons.count) persons of “\(opening)” are not paired (\(names)): they stand under owners with \(party.persons.count == party.units.count ? "the units in their order, also those that only help" : "the first unit")",
          help: "write the right unit under owners where that is wrong")
      }
    }
    if !closing.leaders.isEmpty {
      findings.leaveOut(
        lines, "\(Self.quoted(closing.leaders)), who lead or watch over “\(opening)” and aren't reminded"
      )
    }
    if !closing.vague.isEmpty {
      findings.leaveOut(
        lines, "\(Self.quoted(closing.vague)) in the closing of “\(opening)” are no one unit's name",
        help: "name the units if they are to be reminded")
    }
    if !closing.isEmpty, closing.deadlines.isEmpty,
      SentenceDeadlines.phrases(in: measure.text, reader: deadlines).isEmpty
    {
      let words = Self.quoted(SentenceDeadlines.all(in: measure.text))
      findings.doubt(
        lines,
        "“\(opening)” has no deadline"
          + (words.isEmpty ? "" : ": \(words) in its sentences can't be read for certain"),
        help: words.isEmpty ? "add one, or 长期" : "write it as its deadline, with its year")
    }
    if closing.deadlines.count > 1 {
      findings.doubt(
        lines, "more than one deadline: \(closing.deadlines.joined(separator: "；"))",
        help: "split the measure if they belong to parts of it")
    }
    if !closing.isEmpty, closing.persons.isEmpty, closing.leaders.isEmpty, namesPersons {
      findings.doubt(
        lines, "“\(opening)” names no person",
        help: "add one for each unit to persons")
    }
    if !closing.isEmpty, closing.units.isEmpty {
      findings.doubt(lines, "“\(opening)” names no unit", help: "add one to units")
    }
    if !closing.deadlines.isEmpty, [.unread, .invalid, .none].contains(reading.status) {
      findings.doubt(
        lines, "“\(reading.text.excerpt)” does not look like a deadline that can be read",
        help: "compare with the document, or write the day as due:")
    } else if !closing.deadlines.isEmpty, let doubt = Deadline(reading: reading).doubt(of: "“\(opening)”") {
      findings.doubt(lines, doubt, help: Deadline.howToDecide)
    } else if let oddity = Deadline(reading: reading).oddity(of: "“\(opening)”", issued: deadlines.issued) {
      findings.doubt(lines, oddity)
    } else if reading.dueDates.count > 1, closing.deadlines.contains(where: { $0.namesTwoDays }) {
      findings.doubt(
        lines, "“\(reading.text.excerpt)” names two days without a sign between them",
        help: "take out the one that doesn't hold")
    }
    for doubt in closing.doubts {
      findings.doubt(lines, doubt)
    }
    for words in closing.leftOver {
      let isAside = words.first?.opensBracket ?? false
      findings.leaveOut(
        lines, "“\(words.excerpt)” in the closing of “\(opening)”",
        help: isAside ? nil : "name the units if they are to be reminded")
    }
  }
}

extension String {
  /// Whether a day or month is behind another one's 前 with nothing between: text that was struck out shows so.
  fileprivate var namesTwoDays: Bool { contains(/前\d/) }
}
