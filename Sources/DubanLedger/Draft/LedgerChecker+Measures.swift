import DubanCore

extension LedgerChecker {
  mutating func areas(
    _ drafts: [LedgerDraft.Area], _ directory: OwnerDirectory, issued: CivilDate?
  ) -> [Area] {
    if drafts.isEmpty, !unread.contains(.areas) {
      error(
        Diagnostic.Location(file: file, line: 1, column: 1), "the ledger has no areas",
        help: "write areas: with their measures, or measures: with the name of a table")
    }
    var places: [String: Diagnostic.Location] = [:]
    return drafts.enumerated().map { offset, draft in
      var measures: [Measure] = []
      for (position, draft) in draft.measures.enumerated() {
        let checked = measure(draft, number: position + 1, owners: directory.owners, directory)
        if !checked.id.isEmpty, let first = places.updateValue(draft.location, forKey: checked.id) {
          places[checked.id] = first
          reportTwice(checked.id, at: draft.id?.location ?? draft.location, first: first)
        }
        measures.append(checked)
      }
      var area = area(draft, index: offset + 1, measures)
      area.supervisor = line(draft.supervisor, "the supervisor of “\(area.name)”") ?? ""
      reportUnknownSupervisor(area.supervisor, at: draft.supervisor?.location, directory)
      area.reports = areaReports(draft, of: "the area “\(area.name)”", issued: issued)
      return area
    }
  }

  /// An area with its measures, which were checked before.
  mutating func area(_ draft: LedgerDraft.Area, index: Int, _ measures: [Measure]) -> Area {
    let name = required(draft.name, "the area's name", in: draft.location)
    if measures.isEmpty { warning(draft.location, "the area “\(name)” has no measures") }
    return Area(
      index: index, name: name, problems: draft.problems.map(\.text).filter { !$0.isEmpty },
      goal: draft.goal?.text ?? "", measures: measures)
  }

  mutating func reportTwice(_ id: String, at place: Diagnostic.Location, first: Diagnostic.Location) {
    error(place, "the id “\(id)” is given twice", help: "the first measure with it is at \(first)")
  }

  mutating func measure(
    _ draft: LedgerDraft.Measure, number: Int, owners: [Owner], _ directory: OwnerDirectory
  ) -> Measure {
    let id = required(draft.id, "the measure's id", in: draft.location, help: "write id: like \"1.1\"")
    if id.contains(where: \.isWhitespace) {
      error(draft.id?.location ?? draft.location, "the id “\(id)” has a space in it")
    }
    let name = id.isEmpty ? "the measure" : "measure \(id)"
    let title = required(draft.title, "the title of \(name)", in: draft.location)
    let assignment = checkAssignment(draft, name: name, owners: owners, directory)
    var measure = Measure(
      id: id, number: id.split(separator: ".").last.flatMap { Int($0) } ?? number, title: title,
      text: draft.text?.text ?? "", units: assignment.units, persons: assignment.persons,
      deadline: deadline(draft, of: name), duties: draft.duties.compactMap { duty($0, of: name) },
      status: status(draft.status, of: name), progress: draft.progress?.text ?? "")
    if [.open, .inProgress].contains(measure.status),
      let oddity = measure.deadline.oddity(of: name, issued: issued)
    {
      warning(
        draft.deadline?.location ?? draft.location, oddity,
        help: "correct the words, or write due: YYYY-MM-DD if the day is meant")
    }
    measure.isReturned = StatusWords.isReturned(draft.status?.text ?? "")
    measure.lead = part([draft.lead].compactMap { $0 }, of: measure.units, name: name).first
    measure.supporting = part(draft.supporting, of: measure.units, name: name)
    checkPairs(measure, at: draft.persons.first?.location, name: name, directory)
    measure.putLeadFirst(directory)
    return measure
  }

  /// The units that lead or help: each must be one of the measure's.
  private mutating func part(_ fields: [LocatedText], of units: [String], name: String) -> [String] {
    fields.compactMap { field in
      if units.contains(field.text) || field.text.isEmpty { return field.text.isEmpty ? nil : field.text }
      warning(
        field.location, "“\(field.text)” leads or supports \(name), and is none of its units",
        help: "write it under units: too")
      return nil
    }
  }

  /// Who answers for a measure, checked against the owners.
  mutating func checkAssignment(
    _ draft: LedgerDraft.Measure, name: String, owners: [Owner], _ directory: OwnerDirectory
  ) -> Assignment {
    let written = Assignment(units: draft.units.map(\.text), persons: draft.persons.map(\.text))
    if let sound = soundAssignments[written] { return sound }
    let before = log.count
    let units = Self.joined(
      names(draft.units, "units", of: name, in: draft.location), isKnown: directory.hasUnit
    ).flatMap { Self.parted($0, isKnown: directory.hasUnit) }.map { unit(meant: $0, of: name, directory) }
    for unit in units
    where !draft.persons.isEmpty && !directory.hasUnit(unit.text) && Self.isKindOfUnits(unit.text) {
      warning(
        unit.location, "“\(unit.text)” of \(name) is no one unit's name: nobody answers for it",
        help: "write the units that are meant, or take it out")
    }
    let persons = persons(draft.persons, of: name, in: draft.location, units: units, directory)
    let assignment = Assignment(units: units.map(\.text), persons: persons.map(\.text))
    checkPersons(assignment, at: persons, name: name, owners: owners, directory)
    if log.count == before { soundAssignments[written] = assignment }
    assignments.insert(assignment)
    return assignment
  }

  /// 相关部门, 各乡镇: units in general, so that nobody answers. 施工单位 may be an owner's name in the ledger.
  private static func isKindOfUnits(_ unit: String) -> Bool {
    ["各", "有关", "相关", "其他", "所有", "全体"].contains(where: unit.hasPrefix) && NameList.isVague(unit)
  }

  /// Many plans name only units: then the units' owners answer, and the contact where a unit has none.
  private mutating func persons(
    _ fields: [LocatedText], of name: String, in location: Diagnostic.Location, units: [LocatedText],
    _ directory: OwnerDirectory
  ) -> [LocatedText] {
    guard fields.isEmpty else {
      let persons = Self.joined(
        names(fields, "persons", of: name, in: location), isKnown: directory.hasPerson
      ).flatMap { Self.parted($0, isKnown: directory.hasPerson) }.map {
        person(meant: $0, of: name, directory)
      }
      // 副局长 江篱: a post in front of a name, or the unit, is nobody besides.
      guard persons.contains(where: { directory.hasPerson($0.text) }) else { return persons }
      return persons.filter { field in
        directory.hasPerson(field.text)
          || !NameWords.isPost(field.text) && !NameWords.isPhone(field.text) && !directory.hasUnit(field.text)
      }
    }
    if let unknown = units.first(where: { !directory.hasUnit($0.text) }), !directory.owners.isEmpty {
      let help = suggestion(
        for: unknown.text, among: directory.owners.lazy.map(\.unit),
        otherwise: "add an owner of that unit, with an address")
      warning(
        unknown.location, "\(name) has no persons, and “\(unknown.text)” no owner: the contact is reminded",
        help: help)
      return []
    }
    warning(
      location, "\(name) has no persons: the owners of its units are reminded, or else the contact",
      help: "write persons: with a name for each unit")
    return []
  }

  /// The owner whom a text names with something around the name: 副局长江篱, 江篱（局长）.
  private mutating func person(
    meant field: LocatedText, of name: String, _ directory: OwnerDirectory
  ) -> LocatedText {
    if directory.hasPerson(field.text) { return field }
    guard
      let person = directory.spelling(ofPerson: field.text)
        ?? NameWords.person(
          field.text, isKnown: directory.hasPerson,
          isUnit: { words, name in
            words.count > 1 && directory.namesakes(name).contains { $0.unit.hasSuffix(words) }
          })
    else { return field }
    reportOthers(field, of: name, person)
    return LocatedText(person, at: field.location)
  }

  /// The owners' unit that a text names with something around it: 财政局等.
  private mutating func unit(
    meant field: LocatedText, of name: String, _ directory: OwnerDirectory
  ) -> LocatedText {
    if directory.hasUnit(field.text) { return field }
    guard let unit = NameWords.unit(field.text, isKnown: directory.hasUnit) else { return field }
    reportOthers(field, of: name, unit)
    return LocatedText(unit, at: field.location)
  }

  private mutating func reportOthers(_ field: LocatedText, of name: String, _ known: String) {
    guard NameWords.namesOthers(field.text) else { return }
    warning(
      field.location, "“\(field.text)” of \(name) names others too: only “\(known)” is read",
      help: "write the others' names as well, or take “等” out")
  }

  /// 许⏎诺 is one person, whose name a narrow column broke: neither part is an owner's name, and both together are.
  private static func joined(_ fields: [LocatedText], isKnown: (String) -> Bool) -> [LocatedText] {
    fields.reduce(into: []) { joined, field in
      guard let last = joined.last, !isKnown(field.text), !isKnown(last.text), isKnown(last.text + field.text)
      else { return joined.append(field) }
      joined[joined.count - 1] = LocatedText(last.text + field.text, at: last.location)
    }
  }

  /// 江篱和白芷 are two persons, or 财政局和教育局 two units, where both are owners' and none is named like that.
  private static func parted(_ field: LocatedText, isKnown: (String) -> Bool) -> [LocatedText] {
    guard !isKnown(field.text) else { return [field] }
    for joint in ["以及", "和", "与", "及", "并", "·"] {
      for range in field.text.ranges(of: joint) where isKnown(String(field.text[..<range.lowerBound])) {
        let first = LocatedText(String(field.text[..<range.lowerBound]), at: field.location)
        let rest = LocatedText(String(field.text[range.upperBound...]), at: field.location)
        let others = parted(rest, isKnown: isKnown)
        if others.allSatisfy({ isKnown($0.text) }) { return [first] + others }
      }
    }
    return [field]
  }

  private mutating func names(
    _ fields: [LocatedText], _ what: String, of name: String, in location: Diagnostic.Location
  ) -> [LocatedText] {
    let named = fields.filter { field in line(field, "an entry of the \(what) of \(name)") != nil }
    if named.isEmpty {
      error(
        fields.first?.location ?? location, "\(name) has no \(what)",
        help: "write \(what): with the name of each, or fill in the cell")
    } else if named.count < fields.count, let empty = fields.first(where: \.text.isEmpty) {
      error(empty.location, "an entry of the \(what) of \(name) is empty")
    }
    return named
  }

  /// As many persons as units pair in their order. Otherwise each unit that doesn't only help needs one of the persons, or
  /// nobody there is reminded.
  private mutating func checkPairs(
    _ measure: Measure, at location: Diagnostic.Location?, name: String, _ directory: OwnerDirectory
  ) {
    let (units, people) = (measure.units.count, measure.persons.count)
    guard units > 1, people > 0, units != people, let location else { return }
    let answering = measure.units.filter { !measure.supporting.contains($0) }
    if people > 1, answering.count != people {
      warning(
        location, "\(units) units and \(people) persons of \(name) can't be paired",
        help: "write as many persons as units, in the same order, or one unit")
      return
    }
    let named = Set(directory.owners(of: measure).map(\.unit))
    let alone = answering.filter { !named.contains($0) }
    guard !alone.isEmpty, alone.count < answering.count else { return }
    warning(
      location, "no person of \(name) is named for \(alone.map { "“\($0)”" }.joined(separator: ", "))",
      help: "name one for each unit, or write those that only help under supporting: too")
  }

  private mutating func checkPersons(
    _ measure: Assignment, at persons: [LocatedText], name: String, owners: [Owner],
    _ directory: OwnerDirectory
  ) {
    guard !owners.isEmpty else { return }
    for (position, field) in persons.enumerated() {
      // As if this person were alone in it, so that the directory's own rule decides.
      var share = measure
      share.persons = [field.text]
      if measure.units.count == persons.count { share.units = [measure.units[position]] }
      let units = share.units
      let answering = units.map { "“\($0)”" }.joined(separator: ", ")
      let namesakes = directory.namesakes(field.text)
      let known = namesakes.map { "“\($0.unit)”" }.joined(separator: ", ")
      let found = directory.owners(of: share)
      if namesakes.isEmpty {
        let help = suggestion(
          for: field.text, among: owners.lazy.map(\.person),
          otherwise: "add the person with unit and address to owners")
        error(field.location, "“\(field.text)”, a person of \(name), is no owner", help: help)
      } else if found.isEmpty {
        error(
          field.location,
          "“\(field.text)”, a person of \(name), is an owner for \(known), but not for \(answering)",
          help: "correct the unit, or add the owner of that unit")
      } else if !units.isEmpty, !found.contains(where: { units.contains($0.unit) }) {
        warning(
          field.location,
          "“\(field.text)”, a person of \(name), is an owner for \(known), not for \(answering)",
          help: "units and persons pair by position: see whether they are in the same order")
      }
    }
  }
}

extension Measure {
  /// The lead unit and its people before those who help: they are written to, asked and named first.
  fileprivate mutating func putLeadFirst(_ directory: OwnerDirectory) {
    guard let lead, let place = units.firstIndex(of: lead) else { return }
    if persons.count == units.count {
      // Each person answers for the unit at the same place.
      persons.insert(persons.remove(at: place), at: 0)
    } else {
      let own = persons.filter { directory.namesakes($0).contains { $0.unit == lead } }
      persons = own + persons.filter { !own.contains($0) }
    }
    units.insert(units.remove(at: place), at: 0)
  }
}
