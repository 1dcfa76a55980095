/// Who is reached where: the contacts' desks, and who shares a mailbox.
struct Routes: Sendable {
  /// One contact's mailbox with the plans that it answers for.
  struct Desk: Sendable {
    let contact: Contact
    var plans: [String] = []
  }

  /// By mailbox, in lower case.
  private(set) var desks: [String: Desk] = [:]
  private var deskOfPlan: [String: String] = [:]
  private var deskOfContact: [Recipient: String] = [:]
  /// The contacts' names, which nearly no owner has.
  private var contacts = NameTable()
  /// Everyone behind each mailbox that isn't one person's alone.
  private var groups: [Set<Recipient>] = []
  /// The places among those of everyone in one.
  private var groupsOfPerson: [Recipient: [Int]] = [:]

  init(_ ledgers: [Ledger]) {
    var people = Sharers()
    for ledger in ledgers {
      let contact = ledger.plan.contact
      // A contact of two plans with a mailbox for each still gets one digest a day, in the first.
      let address = deskOfContact[contact.recipient] ?? contact.email.inLowerCase
      desks[address, default: Desk(contact: contact)].plans.append(ledger.plan.key)
      deskOfPlan[ledger.plan.key] = address
      deskOfContact[contact.recipient] = address
      _ = contacts.take(contact.person)
      people.add(contact.recipient, address)
      for owner in ledger.owners {
        if let email = owner.email { people.add(owner.recipient, email.inLowerCase) }
      }
    }
    groups = Array(people.groups.values)
    for (place, group) in groups.enumerated() {
      for person in group { groupsOfPerson[person, default: []].append(place) }
    }
  }

  /// The desk of a plan's contact.
  func desk(ofPlan plan: String) -> String? { deskOfPlan[plan] }

  private func desk(ofContact owner: Owner) -> String? {
    contacts.number(of: owner.person) == nil ? nil : deskOfContact[owner.recipient]
  }

  /// Where an owner's reminders go. Those of a contact, or of somebody with a contact's mailbox, pass that contact's
  /// desk; others that go into a digest pass the desk of their plan.
  func route(to owner: Owner, unreachable: Set<String>) -> (route: Route, ownDesk: String?) {
    let address = owner.email?.inLowerCase
    if let own = desk(ofContact: owner) ?? address.flatMap({ desks[$0] == nil ? nil : $0 }) {
      return (.digest(.isContact), own)
    }
    guard let email = owner.email, let address else { return (.digest(.noAddress), nil) }
    return (unreachable.contains(address) ? .digest(.refused(email)) : .mailbox(email), nil)
  }

  /// Whether this person's mailbox had its mail of that day.
  func wasMailed(_ recipient: Recipient, on day: CivilDate, _ history: History) -> Bool {
    if history.wasMailed(recipient, on: day) { return true }
    guard let places = groupsOfPerson[recipient] else { return false }
    return places.contains { history.wasMailed(anyOf: groups[$0], on: day) }
  }

  /// Who has one mailbox together. Most have one of their own, and cost nothing but its address.
  private struct Sharers {
    private var addresses = NameTable()
    /// By the address's number.
    private var first: [Recipient] = []
    private(set) var groups: [Int: Set<Recipient>] = [:]

    mutating func add(_ person: Recipient, _ address: String) {
      let number = addresses.take(address)
      guard number < first.count else { return first.append(person) }
      if first[number] != person { groups[number, default: [first[number]]].insert(person) }
    }
  }
}
