/// Who hears of a measure: all measures with one assignment have the same crew.
struct Crew {
  /// One person of it.
  struct Member {
    /// In the day's post.
    let number: Int
    let recipient: Recipient
    /// Everyone who answers for the measure, without this person.
    let fellows: [Recipient]
  }

  let owners: [Member]
  /// The heads of the owners' units.
  let heads: [Member]
  let contact: Recipient
  fileprivate let recipients: [Recipient]

  /// Everyone who answers for the measure, without the contact.
  var fellowsOfContact: [Recipient] { recipients.filter { $0 != contact } }
}

/// The crews of a ledger's assignments, each put together when it is first asked for.
struct Crews {
  private let builder: ObligationBuilder
  private var store: MeasureStore?
  private var known: [Crew?] = []
  /// What was known of the other stores.
  private var others: [ObjectIdentifier: [Crew?]] = [:]

  init(_ builder: ObligationBuilder) { self.builder = builder }

  /// Turns to the assignments of a store.
  mutating func enter(_ next: MeasureStore) {
    guard store !== next else { return }
    if let store { others[ObjectIdentifier(store)] = known }
    store = next
    known =
      others.removeValue(forKey: ObjectIdentifier(next))
      ?? Array(repeating: nil, count: next.assignments.count)
  }

  /// The crew of an assignment of the store, whose members have their numbers in the post.
  mutating func crew(_ assignment: UInt32, _ post: inout DayPost) -> Crew {
    if let crew = known[Int(assignment)] { return crew }
    let assigned = store.map { $0.assignments[Int(assignment)] }
    let crew = make(assigned ?? Assignment(units: [], persons: []), &post)
    known[Int(assignment)] = crew
    return crew
  }

  private func make(_ assignment: Assignment, _ post: inout DayPost) -> Crew {
    let owners = builder.directory.owners(of: assignment)
    let recipients = owners.map(\.recipient)
    func fellows(of recipient: Recipient) -> [Recipient] { recipients.filter { $0 != recipient } }
    func member(_ owner: Owner) -> Crew.Member {
      Crew.Member(
        number: post.number(of: owner), recipient: owner.recipient, fellows: fellows(of: owner.recipient))
    }
    return Crew(
      owners: owners.map(member), heads: builder.directory.heads(over: owners).map(member),
      contact: builder.ledger.plan.contact.recipient, recipients: recipients)
  }
}
