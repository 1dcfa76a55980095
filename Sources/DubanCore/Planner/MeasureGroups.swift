/// The measures of a ledger in groups that the reminder rule can't tell apart, but for whom they belong to and what was
/// sent: what it says of one measure on a day is remembered for its group.
struct MeasureGroups: Sendable {
  /// What makes the difference.
  private struct Inputs: Hashable {
    let deadline: Deadline
    let duties: [Duty]
    let status: Measure.Status
    let hasHead: Bool
    let hasSupervisor: Bool
    /// The area's name, where the policy has an exception for it.
    let area: String?
    /// The measure itself, where an exception or a decision is about it or somebody who answers for it.
    let alone: Int?
  }

  /// By group, what the first measure of it asks of its owners.
  private(set) var samples: [[Obligation]] = []
  /// By group, how many measures it has.
  private(set) var counts: [Int] = []
  /// By area and by measure, its group.
  private(set) var groups: [[Int]] = []

  init(_ builder: ObligationBuilder, decided: Set<String>) {
    var known: [Inputs: Int] = [:]
    var number = 0
    for area in builder.ledger.areas {
      groups.append(
        area.measures.map { measure in
          number += 1
          let inputs = Self.inputs(of: measure, in: area, builder, decided, number)
          if let group = known[inputs] {
            counts[group] += 1
            return group
          }
          known[inputs] = samples.count
          samples.append(builder.obligations(of: measure, in: area))
          counts.append(1)
          return samples.count - 1
        })
    }
  }

  private static func inputs(
    of measure: Measure, in area: Area, _ builder: ObligationBuilder, _ decided: Set<String>, _ number: Int
  ) -> Inputs {
    let exceptions = builder.exceptions
    let escalation = builder.policy.escalation
    let asksForHead = escalation.head != nil
    let asksForOwners = asksForHead || escalation.supervisor != nil || !exceptions.people.isEmpty
    let owners = asksForOwners ? builder.directory.owners(of: measure) : []
    let heads = builder.directory.heads(over: owners)
    let supervisors =
      escalation.supervisor == nil ? [] : builder.directory.supervisors(over: owners, in: area)
    let isAlone =
      decided.contains(measure.identity) || exceptions.measures.contains(measure.id)
      || !exceptions.people.isEmpty
        && (owners + heads + supervisors).contains { exceptions.people.contains($0.person) }
    return Inputs(
      deadline: measure.deadline, duties: measure.duties, status: measure.status,
      hasHead: asksForHead && !heads.isEmpty, hasSupervisor: !supervisors.isEmpty,
      area: exceptions.areas.contains(area.name) ? area.name : nil,
      alone: isAlone ? number : nil)
  }
}
