/// What people decided outside the ledger: kept in the state, never written into the ledger.
public struct Decisions: Sendable, Equatable {
  /// An item that is done, for one date or altogether.
  public struct Done: Sendable, Hashable {
    /// The plan's key (``Plan/key``).
    public var plan: String
    /// The item's identity (``ItemID/identity``).
    public var item: String
    /// The date it is done for; nil for every date.
    public var due: CivilDate?

    package init(plan: String, item: String, due: CivilDate?) {
      self.plan = plan
      self.item = item
      self.due = due
    }
  }

  /// A report that came in.
  public struct Received: Sendable, Hashable {
    /// The plan's key (``Plan/key``).
    public var plan: String
    /// The report's identity (``ItemID/identity``); nil for every report of that day.
    public var item: String?
    /// The unit that reported.
    public var unit: String
    /// The report date it was for.
    public var due: CivilDate

    package init(plan: String, item: String? = nil, unit: String, due: CivilDate) {
      self.plan = plan
      self.item = item
      self.unit = unit
      self.due = due
    }
  }

  /// An owner's word that an item is done, which nobody has confirmed yet: their own reminders wait.
  public struct Pause: Sendable, Hashable {
    /// The plan's key (``Plan/key``).
    public var plan: String
    /// The item's identity (``ItemID/identity``).
    public var item: String
    /// The date that it is said to be done for.
    public var due: CivilDate
    /// Who says so.
    public var owner: Recipient
    /// The day on which reminders go on.
    public var until: CivilDate

    package init(plan: String, item: String, due: CivilDate, owner: Recipient, until: CivilDate) {
      (self.plan, self.item, self.due, self.owner, self.until) = (plan, item, due, owner, until)
    }
  }

  /// What owners say is done.
  public var pauses: Set<Pause> = []
  /// Later dates that the contact agreed to; of one item the last counts.
  public var postponements: [Postponement] = []
  /// Other owners that the contact agreed to, in their order.
  public var handOvers: [HandOver] = []
  /// What is done.
  public var done: Set<Done>
  /// Until which of its dates an item is done, by plan and identity: a date that the ledger sets later is another.
  public var doneThrough: [[String]: CivilDate] = [:]
  /// What the ledger said of an item's status (``Measure/statusWords``) when it was last marked as done, by plan and
  /// identity; nothing for marks that were made before that was recorded.
  public var statusWhenDone: [[String]: String] = [:]
  /// The measure that each mark was made for, or that has the duty; nothing for marks that were made before that was
  /// recorded.
  public var madeFor: [Done: DecidedMeasure] = [:]
  /// Which reports came in.
  public var received: Set<Received>
  /// The service's first day, nil where that isn't known: nobody recorded before it which reports came in, so nobody is
  /// said to owe them.
  public var firstDay: CivilDate?
  private var snoozes: [[String]: Snooze]

  /// Decisions of these kinds; of several snoozes of one item, the last counts.
  public init(done: Set<Done> = [], snoozes: [Snooze] = [], received: Set<Received> = []) {
    self.done = done
    self.received = received
    self.snoozes = [:]
    for snooze in snoozes { put(off: snooze) }
  }

  /// Adds a snooze, in place of an earlier one of the same item.
  public mutating func put(off snooze: Snooze) { snoozes[[snooze.plan, snooze.item]] = snooze }

  /// The snooze that holds an item back on that day.
  public func snooze(of item: ItemID, on day: CivilDate) -> Snooze? {
    guard !snoozes.isEmpty, let snooze = snoozes[[item.plan, item.identity]], day < snooze.until else {
      return nil
    }
    return snooze
  }

  /// The day on which an owner's reminders go on; nil where none of theirs waits that day.
  func pause(of occurrence: Occurrence, for owner: Recipient, on day: CivilDate) -> CivilDate? {
    pauses.first { pause in
      pause.plan == occurrence.item.plan && pause.item == occurrence.item.identity
        && pause.due == occurrence.due
        && pause.owner == owner && day < pause.until
    }?.until
  }

  /// Drops what was decided about measures that have become others since, and the marks of those that a ledger calls open
  /// in other words than when they were made.
  public mutating func dropOutdated(by ledger: Ledger) {
    guard !statusWhenDone.isEmpty || !madeFor.isEmpty || !snoozes.isEmpty else { return }
    let plan = ledger.plan.key
    let measures = Dictionary(ledger.measures.map { ($0.identity, $0) }) { first, _ in first }
    func isAnother(_ item: String, than decided: DecidedMeasure?) -> Bool {
      guard let decided, let measure = measures[String(item.prefix { $0 != "#" })] else { return false }
      return !decided.isStill(measure)
    }
    for (key, words) in statusWhenDone where key[0] == plan {
      guard measures[key[1]]?.isOpenAgain(since: words) ?? false else { continue }
      drop(Done(plan: plan, item: key[1], due: nil))
    }
    for (mark, decided) in madeFor where mark.plan == plan && isAnother(mark.item, than: decided) {
      drop(mark)
    }
    for (key, snooze) in snoozes where key[0] == plan && isAnother(key[1], than: snooze.madeFor) {
      snoozes[key] = nil
    }
  }

  private mutating func drop(_ mark: Done) {
    done.remove(mark)
    if mark.due == nil { doneThrough[[mark.plan, mark.item]] = nil }
  }

  /// Whether anything was put off.
  var hasSnoozes: Bool { !snoozes.isEmpty || !pauses.isEmpty }

  /// Whether the item was put off, for whatever days and whomever.
  func hasSnooze(of item: ItemID) -> Bool {
    !snoozes.isEmpty && snoozes[[item.plan, item.identity]] != nil
      || pauses.contains { $0.plan == item.plan && $0.item == item.identity }
  }

  /// The identities of the measures of a plan that decisions are about: about the measure itself or a duty inside it.
  func measures(ofPlan plan: String) -> Set<String> {
    let items =
      done.filter { $0.plan == plan }.map(\.item) + snoozes.values.filter { $0.plan == plan }.map(\.item)
      + doneThrough.keys.filter { $0[0] == plan }.map { $0[1] }
    return Set(items.map { String($0.prefix { $0 != "#" }) })
  }

  func isDone(_ occurrence: Occurrence) -> Bool {
    let (plan, item) = (occurrence.item.plan, occurrence.item.identity)
    if !doneThrough.isEmpty, let last = doneThrough[[plan, item]], occurrence.due <= last { return true }
    guard !done.isEmpty else { return false }
    return isDone(occurrence.item)
      || done.contains(Done(plan: plan, item: item, due: occurrence.due))
  }

  /// Whether an item is done for good, whatever its dates.
  func isDone(_ item: ItemID) -> Bool {
    !done.isEmpty && done.contains(Done(plan: item.plan, item: item.identity, due: nil))
  }

  /// Whether a measure is done for every date of its own; none is whose duties or rules go on.
  public func isDone(_ measure: Measure, ofPlan plan: String) -> Bool {
    guard !done.isEmpty || !doneThrough.isEmpty, measure.duties.isEmpty,
      measure.deadline.decided != nil || measure.deadline.reading.recurrences.isEmpty
    else { return false }
    return isDone(ItemID(measure, ofPlan: plan), on: measure.deadline.dueDates)
  }

  /// Whether an item is done on all of these days; without any, for good.
  public func isDone(_ item: ItemID, on dates: [CivilDate]) -> Bool {
    dates.isEmpty ? isDone(item) : dates.allSatisfy { isDone(Occurrence(item: item, due: $0)) }
  }

  /// The identities of the measures of a ledger that are done.
  public func finished(in ledger: Ledger) -> Set<String> {
    Set(ledger.measures.filter { isDone($0, ofPlan: ledger.plan.key) }.map(\.identity))
  }

  func isReceived(_ report: Occurrence, from unit: String) -> Bool {
    if received.isEmpty { return false }
    let (plan, item) = (report.item.plan, report.item.identity)
    return received.contains(Received(plan: plan, item: item, unit: unit, due: report.due))
      || received.contains(Received(plan: plan, unit: unit, due: report.due))
  }
}

/// A person's decision to be reminded later.
public struct Snooze: Sendable, Hashable {
  /// The plan's key (``Plan/key``).
  public var plan: String
  /// The item's identity (``ItemID/identity``).
  public var item: String
  /// Reminders go on from this day.
  public var until: CivilDate
  /// Who decided.
  public var by: String
  /// The reason that was given, in one line; empty without one.
  public var why: String
  /// The measure that was put off, or that has the duty; nil where that wasn't recorded.
  public var madeFor: DecidedMeasure?

  package init(
    plan: String, item: String, until: CivilDate, by: String, why: String, madeFor: DecidedMeasure? = nil
  ) {
    self.plan = plan
    self.item = item
    self.until = until
    self.by = by
    self.why = why
    self.madeFor = madeFor
  }
}

/// What a measure was when a decision was made about it. Its identity outlives a new unit, and several new wordings one after
/// the other; what was decided outlives neither, for it would silence what nobody meant.
public struct DecidedMeasure: Sendable, Hashable {
  /// As it was worded.
  public var title: String
  /// Whom it was given to: its units, or its persons where it named no unit.
  public var units: [String]

  package init(title: String, units: [String]) { (self.title, self.units) = (title, units) }

  /// A measure of a ledger.
  public init(_ measure: Measure) {
    self.init(title: measure.title, units: measure.answering)
  }

  /// Whether a measure of the same identity says the same, perhaps in a few words more or less, and is still given to one of
  /// these units.
  public func isStill(_ measure: Measure) -> Bool {
    isGiven(measure) && measure.isTitled(alike: title)
  }

  /// Whether a measure is given to one of these units.
  public func isGiven(_ measure: Measure) -> Bool { isGiven(to: measure.units + measure.persons) }

  /// Whether one of these units is among those, or nobody knows for which it was.
  public func isGiven(to others: [String]) -> Bool { units.isEmpty || !Set(units).isDisjoint(with: others) }
}

/// A later date for an item that the contact agreed to: it holds until the ledger's own words change.
public struct Postponement: Sendable, Hashable {
  /// The plan's key (``Plan/key``).
  public var plan: String
  /// The item's identity (``ItemID/identity``).
  public var item: String
  /// What the ledger said of the deadline then (``Deadline/words``).
  public var words: String
  /// The new date.
  public var until: CivilDate
  /// Who agreed.
  public var by: String

  package init(plan: String, item: String, words: String, until: CivilDate, by: String) {
    (self.plan, self.item, self.words, self.until, self.by) = (plan, item, words, until, by)
  }
}

/// Another owner of an item that the contact agreed to: it holds until the ledger names others.
public struct HandOver: Sendable, Hashable {
  /// The plan's key (``Plan/key``).
  public var plan: String
  /// The item's identity (``ItemID/identity``).
  public var item: String
  /// Whom the ledger named then (``Measure/assignmentWords``).
  public var words: String
  /// Who had it.
  public var former: String
  /// Who has it now.
  public var successor: String

  package init(plan: String, item: String, words: String, former: String, successor: String) {
    (self.plan, self.item, self.words) = (plan, item, words)
    (self.former, self.successor) = (former, successor)
  }
}

extension Deadline {
  /// What the ledger says about the date, as a text that changes with it.
  public var words: String { decided.map { "\(text)|\($0)" } ?? text }
}

extension Measure {
  /// Whom the ledger names, as a text that changes with it.
  public var assignmentWords: String { "\(units.joined(separator: "、"))|\(persons.joined(separator: "、"))" }

  /// Whether it names those that ``assignmentWords`` named, in whatever order: of version 0.1.0 the lead needn't be first.
  fileprivate func isAssigned(asIn words: String) -> Bool {
    func named(_ words: String) -> [String] {
      let lists = words.split(separator: "|", omittingEmptySubsequences: false)
        .map { $0.split(separator: "、").map(String.init) }
      guard lists.count == 2, lists[0].count == lists[1].count else {
        return lists.map { $0.sorted().joined(separator: "、") }
      }
      return zip(lists[0], lists[1]).map { "\($0)|\($1)" }.sorted()
    }
    return named(words) == named(assignmentWords)
  }
}

extension Measure {
  /// What the ledger says of its state, as a text that changes with it.
  public var statusWords: String { isReturned ? "returned" : status.rawValue }

  /// Whether the ledger has called it open in other words since it said these: then that is the newer word.
  public func isOpenAgain(since words: String) -> Bool {
    (status == .open || status == .inProgress) && statusWords != words
  }
}

extension Measure {
  /// What the contact agreed to besides the ledger, in English; nil where that is nothing.
  public var agreedChanges: String? {
    let words = [
      deadline.isPostponed ? "postponed: the ledger says “\(deadline.text)”" : nil,
      formerOwners.isEmpty ? nil : "handed over by \(formerOwners.joined(separator: "、"))",
    ].compactMap { $0 }
    return words.isEmpty ? nil : words.joined(separator: "; ")
  }
}

extension Ledger {
  /// Who is meant by the name of a measure's new owner; nil for nobody, or more than one.
  public func successor(_ name: String, of measure: Measure) -> Owner? {
    directory.successor(name, of: measure)
  }

  /// The same with what the contact agreed to, as far as the ledger still says what it said then.
  func applying(_ decisions: Decisions) -> Ledger {
    let postponed = decisions.postponements.filter { $0.plan == plan.key }
    let handedOver = decisions.handOvers.filter { $0.plan == plan.key }
    guard !postponed.isEmpty || !handedOver.isEmpty else { return self }
    let directory = directory
    var ledger = self
    for area in ledger.areas.indices {
      for place in ledger.areas[area].measures.indices {
        let identity = ledger.areas[area].measures[place].identity
        ledger.areas[area].measures[place].take(
          postponed.last { $0.item == identity }, handedOver.filter { $0.item == identity }, directory)
      }
    }
    return ledger
  }
}

extension Measure {
  fileprivate mutating func take(
    _ postponement: Postponement?, _ handOvers: [HandOver], _ directory: OwnerDirectory
  ) {
    if let postponement, postponement.words == deadline.words {
      deadline.decided = postponement.until
      deadline.isPostponed = true
    }
    // All go by what the ledger says, before the first changes it.
    let asLedger = self
    for handOver in handOvers where asLedger.isAssigned(asIn: handOver.words) {
      let owners = directory.owners(of: self)
      guard let former = owners.firstIndex(where: { $0.person == handOver.former }),
        let successor = directory.successor(handOver.successor, of: self)
      else { continue }
      var all = owners
      all[former] = successor
      (units, persons) = (all.map(\.unit), all.map(\.person))
      formerOwners.append(handOver.former)
    }
  }
}

extension OwnerDirectory {
  /// Who is meant by a new owner's name: the only one of that name, or the only one in the measure's units.
  func successor(_ name: String, of measure: Measure) -> Owner? {
    let all = namesakes(name)
    let own = all.filter { measure.units.contains($0.unit) }
    return all.count == 1 ? all[0] : own.count == 1 ? own[0] : nil
  }
}
