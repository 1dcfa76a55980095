/// Collects one day's reminders into mails: one per mailbox, and one digest per contact. Empty again after each day.
struct MailAssembler {
  /// An object, since sorting moves thousands of them.
  private final class RoutedReminder {
    let reminder: Reminder
    let destination: Destination

    init(_ reminder: Reminder, to destination: Destination) {
      (self.reminder, self.destination) = (reminder, destination)
    }

    /// Most urgent first: by date; measures before duties before reports on the same day; then by plan, and as
    /// numbered.
    static func isBefore(_ left: RoutedReminder, _ right: RoutedReminder) -> Bool {
      let (one, other) = (left.reminder.occurrence, right.reminder.occurrence)
      if one.due != other.due { return one.due < other.due }
      if one.item.kind != other.item.kind { return rank(one.item.kind) < rank(other.item.kind) }
      if one.item.plan != other.item.plan { return one.item.plan < other.item.plan }
      if one.item.id != other.item.id { return NaturalOrder.isBefore(one.item.id, other.item.id) }
      let (first, second) = (left.reminder.recipient, right.reminder.recipient)
      return first != second ? first < second : left.destination.rank < right.destination.rank
    }

    private static func rank(_ kind: ItemID.Kind) -> Int {
      switch kind {
      case .measure: 0
      case .duty: 1
      case .report: 2
      case .summary: 3
      }
    }
  }

  /// Where a reminder goes: into an owner's mail, or the digest of the contact with that address.
  private enum Destination: Equatable {
    case box(Int)
    case entrusted(String)
    case escalated(String)

    /// In a digest, the owners' mails come before what has to be passed on, where nothing else tells them apart.
    var rank: Int {
      switch self {
      case .box: 0
      case .entrusted: 1
      case .escalated: 2
      }
    }
  }

  /// One mail to owners: several people may share a mailbox.
  private struct Box {
    /// The first of its people by name, whose address it has.
    var owner: Owner
    var copies: Set<String> = []
    var reminders: [Reminder] = []
    var notes: [OwnerNote] = []
  }

  private let routing: MailRouting
  private let exceptions: Exceptions
  private let unreachable: Set<String>
  private var routes: [Owner: (route: MailRoute, contact: String?)] = [:]
  private var routed: [RoutedReminder] = []
  private var boxes: [Box] = []
  private var boxOfMailbox: [String: Int] = [:]
  /// The box of everyone who has one: a person whom two ledgers give two addresses still gets one mail a day.
  private var boxOfPerson: [Recipient: Int] = [:]

  init(_ routing: MailRouting, _ exceptions: Exceptions, unreachable: Set<String>) {
    self.routing = routing
    self.exceptions = exceptions
    self.unreachable = unreachable
  }

  /// A reminder for an owner: into the mailbox's mail of the day, or into a digest.
  mutating func add(_ reminder: Reminder, to owner: Owner) {
    let (route, contact) = route(to: owner)
    if case .mailbox(let mailbox) = route {
      routed.append(RoutedReminder(reminder, to: .box(box(of: owner, mailbox))))
    } else if let contact = contact ?? routing.contact(ofPlan: reminder.occurrence.item.plan) {
      routed.append(RoutedReminder(reminder, to: .entrusted(contact)))
    }
  }

  /// A step past the owners, to the contact.
  mutating func escalate(_ reminder: Reminder) {
    guard let contact = routing.contact(ofPlan: reminder.occurrence.item.plan) else { return }
    routed.append(RoutedReminder(reminder, to: .escalated(contact)))
  }

  /// A note for an owner. Who can't be mailed hears from the contact, whose digest says the same.
  mutating func add(_ note: OwnerNote) {
    guard case .mailbox(let mailbox) = route(to: note.owner).route else { return }
    boxes[box(of: note.owner, mailbox)].notes.append(note)
  }

  private mutating func route(to owner: Owner) -> (route: MailRoute, contact: String?) {
    if let known = routes[owner] { return known }
    let route = routing.route(to: owner, unreachable: unreachable)
    routes[owner] = route
    return route
  }

  /// The box of an owner's mail: the person's, or that of everyone with the mailbox.
  private mutating func box(of owner: Owner, _ mailbox: String) -> Int {
    let mailbox = mailbox.inLowerCase
    let box = boxOfPerson[owner.recipient] ?? boxOfMailbox[mailbox] ?? boxes.count
    if box == boxes.count {
      boxes.append(Box(owner: owner))
      boxOfMailbox[mailbox] = box
    }
    boxOfPerson[owner.recipient] = box
    if owner.recipient < boxes[box].owner.recipient { boxes[box].owner = owner }
    boxes[box].copies.formUnion(owner.copies + exceptions.applying(to: owner.person).flatMap(\.copies))
    return box
  }

  /// The mails of the day, after which the assembler is empty.
  ///
  /// - Parameters:
  ///   - isForced: is asked whether the contact of these plans gets a digest though neither the week nor an item
  ///     asks for it.
  ///   - weeklyIsDue: is asked with the day of the contact's last digest.
  mutating func mails(
    on day: CivilDate, after history: History, isForced: ([String]) -> Bool,
    weeklyIsDue: (CivilDate?) -> Bool
  ) -> [PlannedMail] {
    routed.sort(by: RoutedReminder.isBefore)
    for one in routed {
      if case .box(let box) = one.destination { boxes[box].reminders.append(one.reminder) }
    }
    let mails = ownersMails(on: day) + digests(on: day, after: history, isForced, weeklyIsDue)
    routed.removeAll(keepingCapacity: true)
    boxes.removeAll(keepingCapacity: true)
    boxOfMailbox.removeAll(keepingCapacity: true)
    boxOfPerson.removeAll(keepingCapacity: true)
    return mails
  }

  private func ownersMails(on day: CivilDate) -> [PlannedMail] {
    boxes.sorted { $0.owner.recipient < $1.owner.recipient }.map { box in
      let address = box.owner.email ?? ""
      return PlannedMail(
        on: day, kind: .reminders, recipient: box.owner.recipient, address: address,
        copies: Self.copies(of: box, address), reminders: box.reminders, notes: box.notes)
    }
  }

  /// In the order of the contacts' mailboxes.
  private func digests(
    on day: CivilDate, after history: History, _ isForced: ([String]) -> Bool,
    _ weeklyIsDue: (CivilDate?) -> Bool
  ) -> [PlannedMail] {
    routing.contacts.sorted { $0.key < $1.key }.compactMap { address, mailbox -> PlannedMail? in
      let last = history.lastMail[mailbox.contact.recipient]
      if let last, last >= day { return nil }
      var (all, entrusted, escalated) = ([Reminder](), [Reminder](), [Reminder]())
      let plans = Set(mailbox.plans)
      for one in routed {
        switch one.destination {
        case .box where plans.contains(one.reminder.occurrence.item.plan): all.append(one.reminder)
        case .entrusted(address):
          all.append(one.reminder)
          entrusted.append(one.reminder)
        case .escalated(address):
          all.append(one.reminder)
          escalated.append(one.reminder)
        default: break
        }
      }
      let isWeekly = weeklyIsDue(last)
      guard isForced(mailbox.plans) || isWeekly || !all.isEmpty else { return nil }
      var mail = PlannedMail(
        on: day, kind: .digest(plans: mailbox.plans, isWeekly: isWeekly),
        recipient: mailbox.contact.recipient, address: mailbox.contact.email, reminders: all,
        entrusted: entrusted, escalated: escalated, since: last)
      let people = Set(entrusted.map(\.recipient))
      for (owner, route) in routes where !people.isEmpty && people.contains(owner.recipient) {
        if case .digest(let reason) = route.route { mail.fallbacks[owner.recipient] = reason }
      }
      return mail
    }
  }

  /// Each mailbox once, whatever its letter case, and not the one that gets the mail itself.
  private static func copies(of box: Box, _ address: String) -> [String] {
    var seen: Set<String> = [address.lowercased()]
    return box.copies.sorted().filter { seen.insert($0.lowercased()).inserted }
  }
}

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

  func contact(ofPlan plan: String) -> String? { addressOfPlan[plan] }

  /// Where an owner's reminders go. Those of a contact, or of a person with a contact's mailbox, go into that contact's
  /// digest, which is named; others that go into a digest go into that of their plan.
  func route(to owner: Owner, unreachable: Set<String>) -> (route: MailRoute, contact: String?) {
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
public enum MailRoute: Sendable, Hashable {
  /// Why reminders go into the contact's digest.
  public enum FallbackReason: Sendable, Hashable {
    case noAddress
    /// The address was refused for good.
    case refused(String)
    /// The person is a contact, or has the contact's mailbox, and gets one mail a day.
    case isContact
  }

  /// By a mail of its own to this address.
  case mailbox(String)
  case digest(FallbackReason)
}

extension MailRoute: CustomStringConvertible {
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
