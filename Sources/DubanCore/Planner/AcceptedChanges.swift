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

  /// A postponement of these parts.
  public init(plan: String, item: String, words: String, until: CivilDate, by: String) {
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

  /// A hand-over of these parts.
  public init(plan: String, item: String, words: String, former: String, successor: String) {
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
  /// What the ledger says of where it stands, as a text that changes with it.
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
