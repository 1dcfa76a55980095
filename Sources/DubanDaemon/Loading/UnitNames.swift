import DubanCore
import DubanOutbox

/// What units are called now that the state knows under former names: who was reminded, answered and reported is the same
/// person in the same unit.
struct UnitNames {
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
