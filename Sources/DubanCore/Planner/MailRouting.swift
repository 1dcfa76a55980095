/// Who is reached where: the contacts' mailboxes, and who shares one.
struct MailRouting: Sendable {
  /// One contact's mailbox with the plans that it answers for.
  struct ContactMailbox: Sendable {
    let contact: Contact
    var plans: [String] = []
  }

  /// By address, in lower case.
  private(set) var contacts: [String: ContactMailbox] = [:]
  private var addressOfPlan: [String: String] = [:]
  private var addressOfContact: [Recipient: String] = [:]
  /// Everyone behind each address that isn't one person's alone.
  private var sharers: [String: Set<Recipient>] = [:]
  /// The shared addresses of everyone who has one.
  private var sharedAddresses: [Recipient: [String]] = [:]

  init(_ ledgers: [Ledger]) {
    var people: [String: Set<Recipient>] = [:]
    for ledger in ledgers {
      let contact = ledger.plan.contact
      // A contact of two plans with a mailbox for each still gets one digest a day, in the first.
      let address = addressOfContact[contact.recipient] ?? contact.email.inLowerCase
      contacts[address, default: ContactMailbox(contact: contact)].plans.append(ledger.plan.key)
      addressOfPlan[ledger.plan.key] = address
      addressOfContact[contact.recipient] = address
      people[address, default: []].insert(contact.recipient)
      for owner in ledger.owners {
        if let email = owner.email { people[email.inLowerCase, default: []].insert(owner.recipient) }
      }
    }
    sharers = people.filter { $0.value.count > 1 }
    for (address, group) in sharers {
      for person in group { sharedAddresses[person, default: []].append(address) }
    }
  }

  /// The address of a plan's contact.
  func contact(ofPlan plan: String) -> String? { addressOfPlan[plan] }

  /// Where an owner's reminders go. Those of a contact, or of somebody with a contact's mailbox, go into that contact's
  /// digest, which is named; others that go into a digest go into that of their plan.
  func route(to owner: Owner, unreachable: Set<String>) -> (route: Route, contact: String?) {
    let address = owner.email?.inLowerCase
    if let own = addressOfContact[owner.recipient] ?? address.flatMap({ contacts[$0] == nil ? nil : $0 }) {
      return (.digest(.isContact), own)
    }
    guard let email = owner.email, let address else { return (.digest(.noAddress), nil) }
    return (unreachable.contains(address) ? .digest(.refused(email)) : .mailbox(email), nil)
  }

  /// Whether this person's mailbox had its mail of that day.
  func wasMailed(_ recipient: Recipient, on day: CivilDate, _ history: History) -> Bool {
    if history.wasMailed(recipient, on: day) { return true }
    guard let addresses = sharedAddresses[recipient] else { return false }
    return addresses.contains { history.wasMailed(anyOf: sharers[$0] ?? [], on: day) }
  }
}

/// Where a person's reminders go.
public enum Route: Sendable, Hashable {
  /// Why reminders go into the contact's digest.
  public enum FallbackReason: Sendable, Hashable {
    /// The ledger has no address.
    case noAddress
    /// The address was refused for good.
    case refused(String)
    /// The person is a contact, or has the contact's mailbox, and gets one mail a day.
    case isContact
  }

  /// By a mail of its own to this address.
  case mailbox(String)
  /// Into the contact's digest.
  case digest(FallbackReason)
}

extension Route: CustomStringConvertible {
  /// A few English words; the mailbox itself is not among them.
  public var description: String {
    switch self {
    case .mailbox: "by mail"
    case .digest(.noAddress): "through the contact's digest: there is no address"
    case .digest(.refused): "through the contact's digest: the address was refused"
    case .digest(.isContact): "in the contact's own digest"
    }
  }
}
