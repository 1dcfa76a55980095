/// Where everybody is reached, found out once for all days of a range. Owners have numbers here, so that sorting mail
/// into boxes compares no names.
struct Addressees {
  /// Where an owner's reminders go.
  enum Way {
    /// Into the mail of the mailbox with that number: several people may share one.
    case mailbox(Int)
    /// Into the digest on the owner's own desk.
    case ownDesk(String)
    /// Into the digest of whoever is the plan's contact.
    case deskOfPlan
  }

  /// One owner as a ledger has it.
  struct Addressee {
    let owner: Owner
    let recipient: Recipient
    /// The numbers of the person's and the unit's names.
    fileprivate let names: Names
    /// The number of the first addressee who is the same person of the same unit.
    let person: Int
    let way: Way
    /// Mailboxes that get a copy of everything.
    let copies: [String]
    /// Another addressee who is the same person of the same unit, such as one with another address.
    fileprivate var namesake: Int?
  }

  /// The numbers of two names: whoever has the same is the same person of the same unit.
  fileprivate struct Names: Hashable {
    let person: UInt32
    let unit: UInt32

    /// As one number, which takes half as long as two.
    func hash(into hasher: inout Hasher) { hasher.combine(UInt64(person) << 32 | UInt64(unit)) }
  }

  private let routes: Routes
  private let exceptions: Exceptions
  private let unreachable: Set<String>
  /// By number. Read field by field: a copy of an addressee costs more than anything else that a reminder needs.
  private(set) var all: [Addressee] = []
  private var names = NameTable()
  private var persons: [Names: Int] = [:]
  private var mailboxes = NameTable()
  /// The persons' numbers in the order of their names, and each one's place in it.
  private var order: [Int] = []
  private var ranks: [Int] = []

  init(_ routes: Routes, _ exceptions: Exceptions, unreachable: Set<String>) {
    self.routes = routes
    self.exceptions = exceptions
    self.unreachable = unreachable
  }

  /// An owner's number.
  mutating func number(of owner: Owner) -> Int {
    let names = Names(person: UInt32(names.take(owner.person)), unit: UInt32(names.take(owner.unit)))
    let person = persons[names]
    var next = person
    while let number = next {
      if all[number].owner == owner { return number }
      next = all[number].namesake
    }
    let number = all.count
    let copies = owner.copies + exceptions.applying(to: owner.person).flatMap(\.copies)
    all.append(
      Addressee(
        owner: owner, recipient: owner.recipient, names: names, person: person ?? number, way: way(to: owner),
        copies: copies, namesake: person.flatMap { all[$0].namesake }))
    if let person { all[person].namesake = number } else { persons[names] = number }
    return number
  }

  private mutating func way(to owner: Owner) -> Way {
    let (route, ownDesk) = routes.route(to: owner, unreachable: unreachable)
    guard case .mailbox(let email) = route else { return ownDesk.map(Way.ownDesk) ?? .deskOfPlan }
    return .mailbox(mailboxes.take(email.inLowerCase))
  }

  /// The places of persons in the order of their recipients, by number; what isn't a person's number has none.
  mutating func rankedPersons() -> [Int] {
    guard ranks.count < all.count else { return ranks }
    order += (ranks.count..<all.count).filter { all[$0].person == $0 }
    order.sort { all[$0].recipient < all[$1].recipient }
    ranks = Array(repeating: 0, count: all.count)
    for (rank, person) in order.enumerated() { ranks[person] = rank }
    return ranks
  }
}
