/// Reminders that read like an array: some are there already, and those of ``ContactSteps`` are made when they are
/// asked for.
public struct ReminderList: Sendable {
  /// Those that are there already.
  public private(set) var made: [Reminder]
  private var steps: ContactSteps?

  /// These reminders.
  public init(_ reminders: [Reminder]) { made = reminders }

  /// The reminders of these steps.
  public init(_ steps: ContactSteps) {
    made = []
    self.steps = steps
  }

  /// The same after these reminders.
  func after(_ reminders: [Reminder]) -> ReminderList {
    var list = self
    list.made = reminders + made
    return list
  }

  /// The key of each, without making any.
  public var keys: [String] {
    made.map(\.key) + (steps.map { steps in (0..<steps.count).map(steps.key) } ?? [])
  }

  /// Those of these items that any of the reminders is about, without making any.
  public func items(among wanted: Set<ItemID>) -> Set<ItemID> {
    var found = wanted.intersection(made.map(\.occurrence.item))
    if let steps, !wanted.isEmpty {
      for place in 0..<steps.count {
        let item = steps.item(place)
        if wanted.contains(item) { found.insert(item) }
      }
    }
    return found
  }
}

extension ReminderList: RandomAccessCollection {
  /// 0.
  public var startIndex: Int { 0 }
  /// How many there are.
  public var endIndex: Int { made.count + (steps?.count ?? 0) }

  /// The reminder at that place.
  public subscript(position: Int) -> Reminder {
    guard position >= made.count, let steps else { return made[position] }
    return steps.reminder(position - made.count)
  }
}

extension ReminderList: Equatable {
  /// Whether both hold the same reminders in the same order.
  public static func == (left: ReminderList, right: ReminderList) -> Bool { left.elementsEqual(right) }
}
