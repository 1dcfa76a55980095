public import DubanCore
public import DubanOutbox

/// The state's register of measures: by it each measure is known again, however the ledger was changed meanwhile.
extension ActiveConfiguration {
  /// The same with each measure's identity by the register, which stays as it is.
  public func identified(by outbox: Outbox) throws(OutboxError) -> ActiveConfiguration {
    try known(to: outbox).identified { (ledger) throws(OutboxError) in
      let plan = ledger.plan.key
      if try outbox.measuresPrint(ofPlan: plan) == ledger.measuresPrint {
        return try outbox.renumberedMeasures(ofPlan: plan)
      }
      return MeasureMatching(ledger, known: try outbox.measures(ofPlan: plan)).known
    }
  }

  /// The same, and what is in force is taken into the register.
  public func registered(in outbox: Outbox, at now: Timestamp) throws(OutboxError) -> ActiveConfiguration {
    if try outbox.fact(Self.secretKey) == nil {
      let random = (0..<2).map { _ in String(UInt64.random(in: 0 ... .max), radix: 16) }.joined()
      _ = try outbox.rememberOnce(Self.secretKey, random, at: now)
    }
    return try known(to: outbox).identified {
      (ledger) throws(OutboxError) in
      let plan = ledger.plan.key
      try outbox.rememberMeasures(ofPlan: plan, print: ledger.measuresPrint, at: now) { known in
        MeasureMatching(ledger, known: known).known
      }
      return try outbox.renumberedMeasures(ofPlan: plan)
    }
  }

  private static let secretKey = "mail/secret"

  private func known(to outbox: Outbox) throws(OutboxError) -> ActiveConfiguration {
    var known = try LedgerArchive(outbox).withKnownPlans(self)
    known.messageSecret = try outbox.fact(Self.secretKey)?.value ?? ""
    return known
  }

  private func identified(
    by known: (Ledger) throws(OutboxError) -> [KnownMeasure]
  ) throws(OutboxError) -> ActiveConfiguration {
    var identified = self
    for (place, ledger) in ledgers.enumerated() {
      identified.ledgers[place] = ledger.identified(by: try known(ledger))
    }
    return identified
  }

  /// The identities of whatever has that number now, such as `3.1` or `8.1#1`, in any plan; the number itself where
  /// nothing has it.
  public func identities(of number: String) -> Set<String> {
    let measure = number.prefix { $0 != "#" }
    let duty = Int(number.dropFirst(measure.count + 1))
    let found = ledgers.flatMap(\.measures).filter { $0.id == measure }.compactMap { one -> String? in
      guard let duty else { return one.identity }
      let duties = one.dutyIdentities
      return duties.indices.contains(duty - 1) ? "\(one.identity)#\(duties[duty - 1])" : nil
    }
    return found.isEmpty ? [number] : Set(found)
  }

  /// The number that an item of a plan has now, such as `3.1` or `8.1#1`; nil where nothing in force has its identity.
  func number(ofPlan plan: String, identity: String) -> String? {
    let known = identity.prefix { $0 != "#" }
    let ledger = ledgers.first { $0.plan.key == plan }
    guard let measure = ledger?.measures.first(where: { $0.identity == known }) else { return nil }
    let duty = identity.dropFirst(known.count + 1)
    guard !duty.isEmpty else { return measure.id }
    return measure.dutyIdentities.firstIndex { $0 == duty }.map { "\(measure.id)#\($0 + 1)" }
  }

  /// The same under the numbers in force, which is how people see them and speak of them.
  public func renumbered<One: AboutItem>(_ all: [One]) -> [One] {
    all.map { one in
      var one = one
      one.item = number(ofPlan: one.plan, identity: one.identity) ?? one.item
      return one
    }
  }
}

/// What the state keeps of an item, under the number that it had then.
public protocol AboutItem {
  var plan: String { get }
  var item: String { get set }
  var identity: String { get }
}

extension Decision: AboutItem {}
extension Proposal: AboutItem {}

/// What units are called now that the state knows under former names: who was reminded, answered and reported is the same
/// person in the same unit.
struct UnitRenames {
  private static let prefix = "unit-name/"
  /// A name that changes more often than that goes in a circle.
  private static let longestChain = 20

  /// The new names by plan and former name.
  private var names: [String: [String: String]] = [:]

  /// The names as they are, or were at a moment.
  init(_ outbox: Outbox, before moment: Timestamp? = nil) throws(OutboxError) {
    for fact in try outbox.facts(withPrefix: Self.prefix) where moment.map({ fact.at < $0 }) ?? true {
      let parts = fact.value.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      if parts.count == 3 { names[parts[0], default: [:]][parts[1]] = parts[2] }
    }
  }

  func current(_ unit: String, ofPlan plan: String) -> String {
    guard let names = names[plan] else { return unit }
    var name = unit
    for _ in 0..<Self.longestChain {
      guard let next = names[name] else { break }
      name = next
    }
    return name
  }

  /// What a person is called as an addressee, whatever the plan.
  func currentNames(of recipient: Recipient) -> Set<Recipient> {
    Set(
      names.keys.map { Recipient(person: recipient.person, unit: current(recipient.unit, ofPlan: $0)) }
        + [recipient])
  }

  /// What the state takes in where a ledger comes into the place of another.
  static func facts(of ledger: Ledger, after earlier: Ledger) -> [String: String?] {
    let plan = ledger.plan.key
    var facts: [String: String?] = [:]
    for (former, name) in ledger.renamedUnits(since: earlier) {
      // A unit that has its former name back isn't called otherwise any more.
      facts.updateValue(nil, forKey: key(plan, name))
      facts[key(plan, former)] = [plan, former, name].joined(separator: "\n")
    }
    return facts
  }

  private static func key(_ plan: String, _ unit: String) -> String { "\(prefix)\(plan)/\(unit)" }
}
