import DubanCore

/// Turns a draft into a checked ledger, or says everything that is wrong with it.
///
/// An error (the file can't be relied on) leaves no ledger; a warning (the rest is sound) does.
struct LedgerChecker {
  let file: String
  let today: CivilDate?
  let calendar: WorkdayCalendar
  var log: DiagnosticLog
  /// What people wrote and probably meant: looked for once for each wrong name, and for few of them, since each takes a
  /// look at all names.
  private var suggestions: [String: String?] = [:]
  private static let mostSuggestions = 20
  /// What units and persons as they are written amount to, where nothing is wrong with them: most measures of a long
  /// ledger have those of one that came before.
  var soundAssignments: [Assignment: Assignment] = [:]
  /// All that there are.
  var assignments: Set<Assignment> = []
  var deadlines: DeadlineReader
  /// When the plan was issued, where it says so.
  var issued: CivilDate?
  /// What the words of deadlines say: a long ledger has the same ones again and again.
  var readings: [ExactText: DeadlineReading] = [:]
  let unread: Set<LedgerDraft.Part>
  /// Each is said once.
  var unknownSupervisors: Set<String> = []

  /// Checks `draft`.
  ///
  /// - Parameters:
  ///   - draft: what the files say.
  ///   - file: the ledger's path as the user named it.
  ///   - calendar: the working days that deadlines are counted in.
  ///   - today: the day against which report dates count as past; nil judges none.
  ///   - noticed: what reading the files has already found.
  static func check(
    _ draft: LedgerDraft, file: String, calendar: WorkdayCalendar, today: CivilDate?,
    noticed: [Diagnostic] = []
  ) -> LedgerReading {
    var checker = LedgerChecker(
      file: file, today: today, calendar: calendar, log: DiagnosticLog(noticed),
      deadlines: DeadlineReader(issued: nil, calendar: calendar), unread: draft.unread)
    let ledger = checker.ledger(draft)
    return LedgerReading(
      ledger: checker.log.hasErrors ? nil : ledger, diagnostics: checker.log.diagnostics.inFileOrder())
  }

  private mutating func ledger(_ draft: LedgerDraft) -> Ledger? {
    let plan = plan(draft.plan)
    deadlines = DeadlineReader(issued: plan?.issued, calendar: calendar)
    issued = plan?.issued
    let reports = reports(draft.reports)
    let recurringReports = recurringReports(draft.recurringReports)
    let (owners, places) = owners(draft.owners)
    let directory = OwnerDirectory(owners)
    for draft in draft.owners {
      reportUnknownSupervisor(draft.supervisor?.text ?? "", at: draft.supervisor?.location, directory)
    }
    let areas = areas(draft.areas, directory, issued: plan?.issued)
    if unread.isEmpty { reportIdleOwners(directory, areas) { places[$0] } }
    let received = received(
      draft.received,
      reports: reports
        + areas.flatMap { $0.reports.feedbackDates(issued: plan?.issued, calendar).map(\.due) },
      recurring: (recurringReports + areas.flatMap(\.reports.recurring)).flatMap(\.rules), owners: owners)
    return plan.map {
      Ledger(
        plan: $0, reports: reports, recurringReports: recurringReports, received: received,
        directory: directory,
        areas: areas)
    }
  }

  mutating func error(
    _ location: Diagnostic.Location, _ message: @autoclosure () -> String,
    help: @autoclosure () -> String = ""
  ) {
    log.append(.error, at: location, message(), help: help())
  }

  mutating func warning(
    _ location: Diagnostic.Location, _ message: @autoclosure () -> String,
    help: @autoclosure () -> String = ""
  ) {
    log.append(.warning, at: location, message(), help: help())
  }

  /// “did you mean …?”, or what to do where no name is near.
  mutating func suggestion(
    for word: String, among names: some Sequence<String>, otherwise: @autoclosure () -> String
  ) -> String {
    if suggestions[word] == nil, suggestions.count < Self.mostSuggestions {
      // 审批局 is short for 临江县审批局, where no other unit ends like that.
      let longer = word.count > 1 ? Set(names.filter { $0.hasSuffix(word) || $0.hasPrefix(word) }) : []
      suggestions[word] = .some(longer.count == 1 ? longer.first : Nearest.word(to: word, among: names))
    }
    return (suggestions[word] ?? nil).map { "did you mean “\($0)”?" } ?? otherwise()
  }

  /// The text of a field that holds one line; an error when it breaks over lines, as mails put it into a header.
  mutating func line(_ field: LocatedText?, _ name: @autoclosure () -> String) -> String? {
    guard let field, !field.text.isEmpty else { return nil }
    if CleanText.holdsControls(field.text) {
      error(field.location, "\(name()) holds a line break or control character", help: "write it on one line")
    }
    return field.text
  }

  /// The text of a field that must be there.
  mutating func required(
    _ field: LocatedText?, _ name: @autoclosure () -> String, in location: Diagnostic.Location,
    help: String = ""
  ) -> String {
    if let text = line(field, name()) { return text }
    error(field?.location ?? location, "\(name()) is missing", help: help)
    return ""
  }

  /// The day that a field names; an error when it names none.
  mutating func date(_ field: LocatedText?, _ name: @autoclosure () -> String) -> CivilDate? {
    guard let field, !field.text.isEmpty else { return nil }
    // With the midnight that exports write behind it.
    if let date = CivilDate(DateCell.withoutMidnight(field.text)) { return date }
    let looksRight =
      field.text.utf8.count == 10 && field.text.split(separator: "-").map(\.utf8.count) == [4, 2, 2]
    error(
      field.location,
      looksRight ? "\(name()): there is no day “\(field.text)”" : "\(name()): “\(field.text)” is no date",
      help: "expected a date like 2022-12-31")
    return nil
  }

  /// The address that a field names; an error when mail can't go there.
  mutating func address(_ field: LocatedText?, _ name: String) -> String? {
    guard let field, !field.saysNothing else { return nil }
    if let problem = MailAddress.problem(in: field.text) {
      error(
        field.location, "\(name): “\(field.text)” \(problem)",
        help: "expected an address like name@example.org")
    }
    return field.text
  }
}

extension LocatedText {
  var saysNothing: Bool { text.saysNothing }
}

extension String {
  /// Whether it is empty, or says that there is nothing: “/”, “—”, 无.
  var saysNothing: Bool {
    unicodeScalars.allSatisfy { "/／-—－_".unicodeScalars.contains($0) }
      || utf8.count <= 6 && ["无", "暂无", "空"].contains(self)
  }
}

extension LedgerChecker {
  /// The owners, and where each of them is.
  mutating func owners(
    _ drafts: [LedgerDraft.Owner]
  ) -> (owners: [Owner], places: [Diagnostic.Location]) {
    if drafts.isEmpty, !unread.contains(.owners) {
      error(
        Diagnostic.Location(file: file, line: 1, column: 1), "nobody stands under owners",
        help: "write owners: with person, unit and email of everyone a measure names")
    }
    var owners: [Owner] = []
    var ownerPlaces: [Diagnostic.Location] = []
    var places: [Recipient: Diagnostic.Location] = [:]
    for draft in drafts {
      let person = required(draft.person, "the owner's person", in: draft.location)
      let name = person.isEmpty ? "the owner" : "the owner “\(person)”"
      let unit = required(draft.unit, "the unit of \(name)", in: draft.location)
      let email = address(draft.email, "the address of \(name)")
      let copies = draft.copies.compactMap { address($0, "a copy address of \(name)") }
      if email == nil {
        warning(
          draft.email?.location ?? draft.location, "\(name) has no address",
          help: "write email:, or else the contact gets this person's reminders")
      }
      let key = Recipient(person: person, unit: unit)
      if !person.isEmpty, let first = places.updateValue(draft.location, forKey: key) {
        places[key] = first
        error(
          draft.location, "\(name) of “\(unit)” stands twice", help: "the first is at \(first); keep one")
        continue
      }
      var owner = Owner(
        person: person, unit: unit, email: email, copies: copies, isHead: isHead(draft.head, name))
      owner.phone = line(draft.phone, "the phone of \(name)") ?? ""
      owner.supervisor = line(draft.supervisor, "the supervisor of \(name)") ?? ""
      owners.append(owner)
      ownerPlaces.append(draft.location)
    }
    return (owners, ownerPlaces)
  }

  private mutating func isHead(_ field: LocatedText?, _ name: String) -> Bool {
    guard let field, !field.saysNothing else { return false }
    if ["true", "yes", "是"].contains(field.text) { return true }
    if !["false", "no", "否"].contains(field.text) {
      error(field.location, "whether \(name) is head: “\(field.text)” is neither true nor false")
    }
    return false
  }

  /// Warns of a supervisor who can't be written to: no owner is called so, or several are.
  mutating func reportUnknownSupervisor(
    _ name: String, at location: Diagnostic.Location?, _ directory: OwnerDirectory
  ) {
    guard let location, !name.isEmpty, directory.supervisor(name) == nil,
      unknownSupervisors.insert(name).inserted
    else { return }
    warning(
      location,
      directory.hasPerson(name)
        ? "several owners are called “\(name)”: nobody gets the supervisor's summary"
        : "the supervisor “\(name)” doesn't stand under owners, and gets no summary",
      help: "write the supervisor under owners: once, with unit and email")
  }

  /// Warns of owners whom no measure names: most often a name or unit that is spelt in two ways. A unit's head
  /// hears of the whole unit and needn't be named, nor does a supervisor. Says nothing beside errors, which are most
  /// often the cause.
  mutating func reportIdleOwners(
    _ directory: OwnerDirectory, _ areas: [Area], at location: (Int) -> Diagnostic.Location
  ) {
    guard !log.hasErrors else { return }
    var isBusy = Array(repeating: false, count: directory.owners.count)
    for assignment in assignments {
      for place in directory.places(of: assignment) { isBusy[place] = true }
    }
    guard isBusy.contains(false) else { return }
    let measures = Dictionary(
      areas.flatMap(\.measures).flatMap { measure in measure.units.map { ($0, [measure.id]) } },
      uniquingKeysWith: +)
    let supervisors = Set(directory.owners.map(\.supervisor) + areas.map(\.supervisor))
    for (place, owner) in directory.owners.enumerated() {
      guard !isBusy[place], !owner.isHead, !owner.person.isEmpty, !supervisors.contains(owner.person) else {
        continue
      }
      if let ofUnit = measures[owner.unit] {
        warning(
          location(place),
          "the owner “\(owner.person)” of “\(owner.unit)” is reminded of nothing: \(ofUnit.prefix(5).joined(separator: ", ")) of this unit only \(ofUnit.count == 1 ? "names" : "name") others as persons",
          help: "write a person for each unit there, where this one is to be reminded")
        continue
      }
      warning(
        location(place), "no measure names the owner “\(owner.person)” of “\(owner.unit)”",
        help: "take the owner out, or see whether a measure spells the name or unit in another way")
    }
  }
}
