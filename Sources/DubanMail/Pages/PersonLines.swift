internal import DubanCore

/// What one person is reminded of.
struct PersonLines {
  let recipient: Recipient
  let lines: [ItemLine]

  /// Reminders by person: the people as they come first, each one's lines in the reminders' order.
  static func of(_ reminders: [Reminder]) -> [PersonLines] {
    var places: [Recipient: Int] = [:]
    var people: [[Reminder]] = []
    for reminder in reminders {
      let place = places[reminder.recipient, default: people.count]
      if place == people.count {
        places[reminder.recipient] = place
        people.append([])
      }
      people[place].append(reminder)
    }
    return people.compactMap { own in
      own.first.map { PersonLines(recipient: $0.recipient, lines: ItemLine.lines(of: own)) }
    }
  }
}
