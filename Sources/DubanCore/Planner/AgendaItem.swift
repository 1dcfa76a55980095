/// One line of what is coming: an item with its next date, and where it stands.
public struct AgendaItem: Sendable, Equatable {
  /// The item.
  public var item: ItemID
  /// What it is about, with the ledger's words.
  public var subject: Reminder.Subject
  /// Who answers for it.
  public var owners: [Recipient]
  /// The date; nil for an item without one.
  public var due: CivilDate?
  /// Days from the day of the agenda to the date; negative when overdue.
  public var daysLeft: Int?
  /// Where it stands.
  public var light: Light
  /// Set where no reminder will go out although the item is open, and why.
  public var silence: Silence?
  /// Since when it is overdue for so long that the contact is to step in; nil while it isn't.
  public var escalatedSince: CivilDate?

  /// A line of these parts.
  public init(
    item: ItemID, subject: Reminder.Subject, owners: [Recipient], due: CivilDate?, daysLeft: Int?,
    light: Light, silence: Silence?, escalatedSince: CivilDate? = nil
  ) {
    self.item = item
    self.subject = subject
    self.owners = owners
    self.due = due
    self.daysLeft = daysLeft
    self.light = light
    self.silence = silence
    self.escalatedSince = escalatedSince
  }

  /// The measure that the line is about; nil for a report.
  public var measure: Measure? {
    switch subject {
    case .measure(let measure, _), .duty(_, let measure, _): measure
    case .report: nil
    }
  }

  /// The area's name; empty for a report.
  public var area: String {
    switch subject {
    case .measure(_, let area), .duty(_, _, let area): area
    case .report: ""
    }
  }

  /// What is to be done, in one line.
  public var title: String {
    switch subject {
    case .measure(let measure, _): measure.title
    case .duty(let duty, _, _): duty.what
    case .report: "报送整改情况"
    }
  }
}

extension AgendaItem {
  /// The nearest date first, items without a date last, then as numbered.
  public static func isBefore(_ left: AgendaItem, _ right: AgendaItem) -> Bool {
    isBefore((left.due, left.item), (right.due, right.item))
  }

  /// The same of lines that aren't made yet.
  static func isBefore(_ left: (due: CivilDate?, item: ItemID), _ right: (due: CivilDate?, item: ItemID))
    -> Bool
  {
    if left.due != right.due { return isLater(right.due, than: left.due) }
    if left.item.plan != right.item.plan { return left.item.plan < right.item.plan }
    if left.item.id != right.item.id { return NaturalOrder.isBefore(left.item.id, right.item.id) }
    return left.item.kind.rawValue < right.item.kind.rawValue
  }
  /// Whether a line with the one date stands after all lines with the other.
  static func isLater(_ due: CivilDate?, than other: CivilDate?) -> Bool {
    guard let other else { return false }
    return due.map { $0 > other } ?? true
  }
}
