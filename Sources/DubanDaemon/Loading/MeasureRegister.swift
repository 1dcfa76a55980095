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
