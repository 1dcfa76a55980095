internal import DubanCore

/// What one person is reminded of.
struct PersonLines {
  let recipient: Recipient
  let lines: [ItemLine]

  /// Reminders by person: the people as they come first, each one's lines in the reminders' order.
  static func of(_ reminders: [Reminder]) -> [PersonLines] {
    var (persons, units) = (NameTable(), NameTable())
    var numbers: [UInt64: Int] = [:]
    var counts: [Int] = []
    let people = reminders.map { reminder in
      let recipient = reminder.recipient
      let names = UInt64(persons.take(recipient.person)) << 32 | UInt64(units.take(recipient.unit))
      let number = numbers[names, default: counts.count]
      if number == counts.count {
        numbers[names] = number
        counts.append(0)
      }
      counts[number] += 1
      return number
    }
    // The reminders' places, person after person; a reminder that is copied has twenty references to count.
    var ends = counts
    for person in ends.indices.dropFirst() { ends[person] += ends[person - 1] }
    var places = Array(repeating: 0, count: reminders.count)
    var next = zip(ends, counts).map { $0 - $1 }
    for (place, person) in people.enumerated() {
      places[next[person]] = place
      next[person] += 1
    }
    return zip(ends, counts).map { end, count in
      let own = places[end - count..<end]
      return PersonLines(
        recipient: reminders[own[own.startIndex]].recipient,
        lines: ItemLine.lines(of: own.lazy.map { reminders[$0] }))
    }
  }
}
