import DubanCore

extension LedgerChecker {
  /// The owners, and where each of them stands.
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
