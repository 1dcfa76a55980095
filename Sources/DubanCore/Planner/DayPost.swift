/// Collects one day's reminders into mails: one per mailbox, and one digest per contact. Empty again after each day.
struct DayPost {
  /// A reminder on its way.
  private struct Entry {
    let reminder: Reminder
    let place: Place
    /// The place of its plan among all plans' keys.
    let plan: Int
    /// Where it comes among the others of the day, as far as a number says it.
    let rank: UInt64

    init(_ reminder: Reminder, _ place: Place, plan: Int) {
      self.reminder = reminder
      self.place = place
      self.plan = plan
      let due = UInt64(UInt32(bitPattern: reminder.occurrence.due.dayNumber ^ .min))
      rank = due << 32 | DayPost.rank(reminder.occurrence.item.kind) << 30 | UInt64(plan)
    }
  }

  /// Where a reminder goes.
  private enum Place {
    case box(Int)
    case entrusted(desk: Int)
    case escalated(desk: Int)

    /// In a digest, the owners' mails come before what has to be passed on, where nothing else tells them apart.
    var rank: Int {
      switch self {
      case .box: 0
      case .entrusted: 1
      case .escalated: 2
      }
    }
  }

  private struct Box {
    /// The first of its people by name, and whose address it has.
    var person: Int
    var owner: Int
    var copies: Set<String> = []
    var reminders: [Reminder] = []
    var notes: [OwnerNote] = []
  }

  /// In the order of their mailboxes, each with the places of its plans.
  private let desks: [(desk: Routes.Desk, plans: Set<Int>)]
  /// Each desk's place among them, by mailbox.
  private let deskPlaces: [String: Int]
  /// In the ledgers' order, each plan's place among all plans' keys, and its contact's desk.
  private let plans: [(place: Int, desk: Int?)]
  private var addressees: Addressees
  private var entries: [Entry] = []
  private var boxes: [Box] = []
  private var boxOfMailbox: [Int: Int] = [:]
  /// The box of everyone who has one: a person whom two ledgers give two addresses still gets one mail a day.
  private var boxOfPerson: [Int: Int] = [:]

  init(_ ledgers: [Ledger], _ routes: Routes, _ exceptions: Exceptions, _ unreachable: Set<String>) {
    let keys = Set(ledgers.map(\.plan.key)).sorted()
    let places = Dictionary(uniqueKeysWithValues: zip(keys, keys.indices))
    let sorted = routes.desks.sorted { $0.key < $1.key }
    desks = sorted.map { ($0.value, Set($0.value.plans.compactMap { places[$0] })) }
    let deskPlaces = Dictionary(uniqueKeysWithValues: zip(sorted.map(\.key), sorted.indices))
    self.deskPlaces = deskPlaces
    plans = ledgers.map { ledger in
      let key = ledger.plan.key
      return (places[key] ?? 0, routes.desk(ofPlan: key).flatMap { deskPlaces[$0] })
    }
    addressees = Addressees(routes, exceptions, unreachable: unreachable)
  }

  /// An owner's number, by which reminders are addressed.
  mutating func number(of owner: Owner) -> Int { addressees.number(of: owner) }

  /// A reminder of an item of the plan at that place of the ledgers, for an owner: into the mailbox's mail of the day,
  /// or into a digest.
  mutating func add(_ reminder: Reminder, to owner: Int, _ plan: Int) {
    let place: Place? =
      switch addressees.all[owner].way {
      case .mailbox(let mailbox): .box(box(of: owner, mailbox))
      case .ownDesk(let desk): deskPlaces[desk].map(Place.entrusted)
      case .deskOfPlan: plans[plan].desk.map(Place.entrusted)
      }
    if let place { entries.append(Entry(reminder, place, plan: plans[plan].place)) }
  }

  /// A step past the owners, to the contact.
  mutating func escalate(_ reminder: Reminder, _ plan: Int) {
    guard let desk = plans[plan].desk else { return }
    entries.append(Entry(reminder, .escalated(desk: desk), plan: plans[plan].place))
  }

  /// A note for an owner. Who can't be mailed is told by the contact, whose digest says the same.
  mutating func add(_ note: OwnerNote) {
    let owner = number(of: note.owner)
    guard case .mailbox(let mailbox) = addressees.all[owner].way else { return }
    let box = box(of: owner, mailbox)
    boxes[box].notes.append(note)
  }

  /// The box of an owner's mail: the person's, or that of everyone with the mailbox.
  private mutating func box(of owner: Int, _ mailbox: Int) -> Int {
    let person = addressees.all[owner].person
    let box = boxOfPerson[person] ?? boxOfMailbox[mailbox] ?? boxes.count
    if box == boxes.count {
      boxes.append(Box(person: person, owner: owner))
      boxOfMailbox[mailbox] = box
    }
    boxOfPerson[person] = box
    let first = boxes[box].person
    if first != person, addressees.all[owner].recipient < addressees.all[first].recipient {
      (boxes[box].person, boxes[box].owner) = (person, owner)
    }
    if !addressees.all[owner].copies.isEmpty { boxes[box].copies.formUnion(addressees.all[owner].copies) }
    return box
  }

  /// The mails of the day, after which the post is empty.
  ///
  /// - Parameters:
  ///   - isForced: is asked whether the contact of these plans gets a digest though neither the week nor an item
  ///     asks for it.
  ///   - weeklyIsDue: is asked with the day of the contact's last digest.
  mutating func mails(
    on day: CivilDate, after history: History, isForced: ([String]) -> Bool,
    weeklyIsDue: (CivilDate?) -> Bool
  ) -> [PlannedMail] {
    let sorted = byUrgency()
    reserveBoxes()
    // Put into the boxes as they are sorted, they lie sorted in each.
    // (Read where they lie: an entry that is copied has twenty references to count.)
    entries.withUnsafeBufferPointer { entries in
      for index in sorted {
        if case .box(let box) = entries[index].place { boxes[box].reminders.append(entries[index].reminder) }
      }
    }
    let mails = ownersMails(on: day) + digests(sorted, on: day, after: history, isForced, weeklyIsDue)
    entries.removeAll(keepingCapacity: true)
    boxes.removeAll(keepingCapacity: true)
    boxOfMailbox.removeAll(keepingCapacity: true)
    boxOfPerson.removeAll(keepingCapacity: true)
    return mails
  }

  /// Makes room in each box for what is put into it.
  private mutating func reserveBoxes() {
    var counts = Array(repeating: 0, count: boxes.count)
    for index in entries.indices {
      if case .box(let box) = entries[index].place { counts[box] += 1 }
    }
    for (box, count) in counts.enumerated() { boxes[box].reminders.reserveCapacity(count) }
  }

  private mutating func ownersMails(on day: CivilDate) -> [PlannedMail] {
    let ranks = addressees.rankedPersons()
    boxes.sort { ranks[$0.person] < ranks[$1.person] }
    return boxes.map { box in
      let address = addressees.all[box.owner].owner.email ?? ""
      return PlannedMail(
        on: day, kind: .reminders, recipient: addressees.all[box.person].recipient, address: address,
        copies: Self.copies(of: box, address), reminders: box.reminders, notes: box.notes)
    }
  }

  private func digests(
    _ sorted: [Int], on day: CivilDate, after history: History, _ isForced: ([String]) -> Bool,
    _ weeklyIsDue: (CivilDate?) -> Bool
  ) -> [PlannedMail] {
    desks.enumerated().compactMap { place, entry -> PlannedMail? in
      let (desk, plans) = entry
      let last = history.lastMail[desk.contact.recipient]
      if let last, last >= day { return nil }
      var (all, entrusted, escalated) = ([Int](), [Int](), [Int]())
      for index in sorted {
        switch entries[index].place {
        case .box where plans.contains(entries[index].plan): all.append(index)
        case .entrusted(place):
          all.append(index)
          entrusted.append(index)
        case .escalated(place):
          all.append(index)
          escalated.append(index)
        default: break
        }
      }
      let isWeekly = weeklyIsDue(last)
      guard isForced(desk.plans) || isWeekly || !all.isEmpty else { return nil }
      return PlannedMail(
        on: day, kind: .digest(plans: desk.plans, isWeekly: isWeekly), recipient: desk.contact.recipient,
        address: desk.contact.email, reminders: all.map { entries[$0].reminder },
        entrusted: entrusted.map { entries[$0].reminder }, escalated: escalated.map { entries[$0].reminder })
    }
  }

  /// Each mailbox once, whatever its letter case, and not the one that gets the mail itself.
  private static func copies(of box: Box, _ address: String) -> [String] {
    guard !box.copies.isEmpty else { return [] }
    var seen: Set<String> = [address.lowercased()]
    return box.copies.sorted().filter { seen.insert($0.lowercased()).inserted }
  }

  /// The places of all entries, most urgent first: by date; measures before duties before reports on the same day; then
  /// by plan, and as numbered.
  ///
  /// Sorted by numbers as far as that goes. Within a date, a plan's items come as the ledger has them, which is nearly
  /// always the order of their own numbers already.
  private func byUrgency() -> [Int] {
    entries.withUnsafeBufferPointer { entries in
      let ranks = entries.indices.map { entries[$0].rank }
      var sorted = entries.indices.sorted { (ranks[$0], $0) < (ranks[$1], $1) }
      var start = 0
      while start < sorted.count {
        let rank = ranks[sorted[start]]
        let end = sorted[start...].firstIndex { ranks[$0] != rank } ?? sorted.count
        sorted[start..<end].sort { Self.isBefore($0, $1, entries) }
        start = end
      }
      return sorted
    }
  }

  /// The order of what is due on the same day and of the same kind and plan.
  private static func isBefore(_ left: Int, _ right: Int, _ entries: UnsafeBufferPointer<Entry>) -> Bool {
    let (leftID, rightID) = (
      entries[left].reminder.occurrence.item.id, entries[right].reminder.occurrence.item.id
    )
    if leftID != rightID { return NaturalOrder.isBefore(leftID, rightID) }
    let (first, second) = (entries[left].reminder.recipient, entries[right].reminder.recipient)
    if first != second { return first < second }
    return (entries[left].place.rank, left) < (entries[right].place.rank, right)
  }

  private static func rank(_ kind: ItemID.Kind) -> UInt64 {
    switch kind {
    case .measure: 0
    case .duty: 1
    case .report: 2
    }
  }
}
