internal import DubanCore

/// What goes out today to people who are reminded of the same thing.
struct OutgoingGroup {
  /// More nobody reads in a mail.
  static let mostGroups = 100

  let what: String
  let ids: String
  var receivers: [Recipient]

  /// The people by what they are reminded of, in their order: all groups that a digest shows, and one more where there
  /// are more.
  static func groups(_ people: [PersonLines], on today: CivilDate) -> [OutgoingGroup] {
    var groups: [OutgoingGroup] = []
    // By the items' numbers, which are quickly said: nearly always different ones for everybody.
    var places: [String: [Int]] = [:]
    for person in people {
      let ids = ids(of: person.lines)
      let alike = places[ids] ?? []
      let isFull = groups.count > Self.mostGroups
      if isFull, alike.isEmpty { continue }
      let what = Headline(person.lines, on: today).text
      if let place = alike.first(where: { groups[$0].what == what }) {
        groups[place].receivers.append(person.recipient)
      } else if !isFull {
        places[ids, default: []].append(groups.count)
        groups.append(OutgoingGroup(what: what, ids: ids, receivers: [person.recipient]))
      }
    }
    return groups
  }

  private static func ids(of lines: [ItemLine]) -> String {
    lines.filter { !$0.isReport }.prefix(20).map { $0.number }
      .joined(separator: "、")
  }
}
