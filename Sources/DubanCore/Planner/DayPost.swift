/// Collects one day's reminders into mails: one per mailbox, and one digest per contact.
struct DayPost {
  private struct Box {
    var recipient: Recipient
    var address: String
    var copies: Set<String> = []
    var reminders: [Reminder] = []
    var notes: [OwnerNote] = []
  }

  private struct Tray {
    var entrusted: [Reminder] = []
    var escalated: [Reminder] = []
  }

  private let day: CivilDate
  private let routes: Routes
  private let unreachable: Set<String>
  private let exceptions: Exceptions
  private var boxes: [String: Box] = [:]
  /// The box of everyone who has one: a person whom two ledgers give two addresses still gets one mail a day.
  private var boxOfPerson: [Recipient: String] = [:]
  private var trays: [String: Tray] = [:]

  init(day: CivilDate, routes: Routes, unreachable: Set<String>, exceptions: Exceptions) {
    self.day = day
    self.routes = routes
    self.unreachable = unreachable
    self.exceptions = exceptions
  }

  /// A reminder for an owner: into the mailbox's mail of the day, or into a digest.
  mutating func add(_ reminder: Reminder, to owner: Owner) {
    let plan = reminder.occurrence.item.plan
    switch routes.route(to: owner, ofPlan: plan, unreachable: unreachable) {
    case (.mailbox(let email), _): open(email, of: owner) { $0.reminders.append(reminder) }
    case (.digest, let desk):
      if let desk { trays[desk, default: Tray()].entrusted.append(reminder) }
    }
  }

  /// A note for an owner. Who can't be mailed is told by the contact, whose digest says the same.
  mutating func add(_ note: OwnerNote) {
    if case (.mailbox(let email), _) = routes.route(
      to: note.owner, ofPlan: note.plan, unreachable: unreachable)
    {
      open(email, of: note.owner) { $0.notes.append(note) }
    }
  }

  private mutating func open(_ email: String, of owner: Owner, _ put: (inout Box) -> Void) {
    let key = boxOfPerson[owner.recipient] ?? email.lowercased()
    boxOfPerson[owner.recipient] = key
    var box = boxes[key] ?? Box(recipient: owner.recipient, address: email)
    if owner.recipient < box.recipient { (box.recipient, box.address) = (owner.recipient, email) }
    box.copies.formUnion(owner.copies)
    for exception in exceptions.applying(to: owner.person) { box.copies.formUnion(exception.copies) }
    put(&box)
    boxes[key] = box
  }

  /// A step past the owners: to a unit's head, or to the contact when `head` is nil.
  mutating func escalate(_ reminder: Reminder, to head: Owner?) {
    if let head { return add(reminder, to: head) }
    guard let desk = routes.desk(ofPlan: reminder.occurrence.item.plan) else { return }
    trays[desk, default: Tray()].escalated.append(reminder)
  }

  /// The mails.
  ///
  /// - Parameters:
  ///   - isForced: is asked whether the contact of these plans gets a digest though neither the week nor an item
  ///     asks for it.
  ///   - weeklyIsDue: is asked with the day of the contact's last digest.
  func mails(
    after history: History, isForced: ([String]) -> Bool, weeklyIsDue: (CivilDate?) -> Bool
  ) -> [PlannedMail] {
    let owners = boxes.values.sorted { ($0.recipient, $0.address) < ($1.recipient, $1.address) }.map { box in
      PlannedMail(
        on: day, kind: .reminders, recipient: box.recipient, address: box.address, copies: copies(of: box),
        reminders: Self.byUrgency(box.reminders), notes: box.notes)
    }
    let digests = routes.desks.sorted { $0.key < $1.key }.compactMap { key, desk -> PlannedMail? in
      let last = history.lastMail[desk.contact.recipient]
      if let last, last >= day { return nil }
      let tray = trays[key] ?? Tray()
      let today = owners.flatMap(\.reminders).filter { desk.plans.contains($0.occurrence.item.plan) }
      let isWeekly = weeklyIsDue(last)
      guard
        isForced(desk.plans) || isWeekly || !today.isEmpty || !tray.entrusted.isEmpty
          || !tray.escalated.isEmpty
      else {
        return nil
      }
      return PlannedMail(
        on: day, kind: .digest(plans: desk.plans, isWeekly: isWeekly), recipient: desk.contact.recipient,
        address: desk.contact.email,
        reminders: Self.byUrgency(today + tray.entrusted + tray.escalated),
        entrusted: Self.byUrgency(tray.entrusted), escalated: Self.byUrgency(tray.escalated))
    }
    return owners + digests
  }

  /// Each mailbox once, whatever its letter case, and not the one that gets the mail itself.
  private func copies(of box: Box) -> [String] {
    var seen: Set<String> = [box.address.lowercased()]
    return box.copies.sorted().filter { seen.insert($0.lowercased()).inserted }
  }

  /// Sorted by what they say, not by moving them about: places are smaller than reminders.
  private static func byUrgency(_ reminders: [Reminder]) -> [Reminder] {
    reminders.indices.sorted { isMoreUrgent(reminders[$0], reminders[$1]) }.map { reminders[$0] }
  }

  /// Most urgent first; measures before duties before reports on the same day; then as numbered.
  private static func isMoreUrgent(_ left: Reminder, _ right: Reminder) -> Bool {
    let (a, b) = (left.occurrence, right.occurrence)
    if a.due != b.due { return a.due < b.due }
    if a.item.kind != b.item.kind { return rank(a.item.kind) < rank(b.item.kind) }
    if a.item.plan != b.item.plan { return a.item.plan < b.item.plan }
    if a.item.id != b.item.id { return NaturalOrder.isBefore(a.item.id, b.item.id) }
    return left.recipient < right.recipient
  }

  private static func rank(_ kind: ItemID.Kind) -> Int {
    switch kind {
    case .measure: 0
    case .duty: 1
    case .report: 2
    }
  }
}
