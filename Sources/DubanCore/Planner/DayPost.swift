/// Collects one day's reminders into mails: one per mailbox, and one digest per contact.
struct DayPost {
  private struct Box {
    var recipient: Recipient
    var address: String
    var copies: Set<String> = []
    var reminders: [Reminder] = []
  }

  private struct Desk {
    var contact: Contact
    var plans: [String] = []
    var entrusted: [Reminder] = []
    var escalated: [Reminder] = []
  }

  private let day: CivilDate
  private let unreachable: Set<String>
  private let overrides: [PolicyOverride]
  private var boxes: [String: Box] = [:]
  private var desks: [String: Desk] = [:]
  private var deskOfPlan: [String: String] = [:]

  init(day: CivilDate, unreachable: Set<String>, overrides: [PolicyOverride]) {
    self.day = day
    self.unreachable = unreachable
    self.overrides = overrides
  }

  mutating func open(for ledger: Ledger) {
    let address = ledger.plan.contact.email.lowercased()
    desks[address, default: Desk(contact: ledger.plan.contact)].plans.append(ledger.plan.key)
    deskOfPlan[ledger.plan.key] = address
  }

  /// A reminder for an owner; without a usable mailbox, or with the contact's own, it goes into the digest.
  mutating func add(_ reminder: Reminder, to owner: Owner) {
    let address = owner.email.map { $0.lowercased() }
    guard let email = owner.email, let address, !unreachable.contains(address), desks[address] == nil else {
      if let desk = deskOfPlan[reminder.occurrence.item.plan] { desks[desk]?.entrusted.append(reminder) }
      return
    }
    var box = boxes[address] ?? Box(recipient: owner.recipient, address: email)
    box.recipient = min(box.recipient, owner.recipient)
    box.copies.formUnion(owner.copies)
    for exception in overrides where exception.scope == .owner(owner.person) {
      box.copies.formUnion(exception.copies)
    }
    box.reminders.append(reminder)
    boxes[address] = box
  }

  /// A step past the owners: to a unit's head, or to the contact when `head` is nil.
  mutating func escalate(_ reminder: Reminder, to head: Owner?) {
    if let head { return add(reminder, to: head) }
    if let desk = deskOfPlan[reminder.occurrence.item.plan] { desks[desk]?.escalated.append(reminder) }
  }

  /// The mails.
  ///
  /// - Parameters:
  ///   - isForced: whether the contacts get a digest though neither their week nor an item asks for it.
  ///   - weeklyIsDue: is asked with the day of the contact's last digest.
  func mails(
    after history: History, isForced: Bool, weeklyIsDue: (CivilDate?) -> Bool
  ) -> [PlannedMail] {
    let owners = boxes.values.sorted { ($0.recipient, $0.address) < ($1.recipient, $1.address) }.map { box in
      PlannedMail(
        on: day, kind: .reminders, recipient: box.recipient, address: box.address,
        copies: box.copies.sorted(),
        reminders: box.reminders.sorted(by: Self.isMoreUrgent))
    }
    let digests = desks.values.sorted { $0.contact.email < $1.contact.email }.compactMap {
      desk -> PlannedMail? in
      let last = history.lastMail[desk.contact.recipient]
      if let last, last >= day { return nil }
      let today = owners.flatMap(\.reminders).filter { desk.plans.contains($0.occurrence.item.plan) }
      let isWeekly = weeklyIsDue(last)
      guard isForced || isWeekly || !today.isEmpty || !desk.entrusted.isEmpty || !desk.escalated.isEmpty
      else {
        return nil
      }
      return PlannedMail(
        on: day, kind: .digest(plans: desk.plans, isWeekly: isWeekly), recipient: desk.contact.recipient,
        address: desk.contact.email,
        reminders: (today + desk.entrusted + desk.escalated).sorted(by: Self.isMoreUrgent),
        entrusted: desk.entrusted.sorted(by: Self.isMoreUrgent),
        escalated: desk.escalated.sorted(by: Self.isMoreUrgent))
    }
    return owners + digests
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
