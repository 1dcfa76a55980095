/// What a reminder is about, told apart from everything else that the service follows.
public struct ItemID: Sendable, Hashable {
  /// The kinds of item.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case measure
    /// What every responsible unit owes the contact on a report date.
    case report
    /// One recurring obligation inside a measure.
    case duty
    /// What a supervisor (分管领导) is told of their units and areas once a week.
    case summary
  }

  /// The plan's key (``Plan/key``).
  public var plan: String
  /// Whether it is a measure, a duty inside one, a report or a summary.
  public var kind: Kind
  /// For people: the measure's number (`3.1`), the measure's number with the duty's (`8.1#1`), or `report`.
  public var id: String
  /// The same with ``Measure/identity`` in place of the number: what makes the item the one it is.
  public var identity: String

  /// An id of these parts; without an identity it is the number.
  public init(plan: String, kind: Kind, id: String, identity: String? = nil) {
    self.plan = plan
    self.kind = kind
    self.id = id
    self.identity = identity ?? id
  }

  /// The item that a measure is.
  public init(_ measure: Measure, ofPlan plan: String) {
    self.init(plan: plan, kind: .measure, id: measure.id, identity: measure.identity)
  }

  /// The item that a duty inside this measure is: by its number for people, and by its wording
  /// (``Measure/dutyIdentities``).
  func duty(number: Int, identity own: String) -> ItemID {
    ItemID(plan: plan, kind: .duty, id: "\(id)#\(number)", identity: "\(identity)#\(own)")
  }

  /// Whether both are the same item, however it is numbered.
  public static func == (left: ItemID, right: ItemID) -> Bool {
    left.identity == right.identity && left.kind == right.kind && left.plan == right.plan
  }

  /// Mixes in what makes the item the one it is.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(plan)
    hasher.combine(kind)
    hasher.combine(identity)
  }

  /// The id of every report.
  public static let reportID = "report"
  /// The id of every supervisor's summary.
  public static let summaryID = "summary"
}

/// One due date of an item.
public struct Occurrence: Sendable, Hashable {
  /// What is due.
  public var item: ItemID
  /// The nominal date, which never moves; a deadline that is changed is another occurrence.
  public var due: CivilDate

  /// An occurrence of an item.
  public init(item: ItemID, due: CivilDate) {
    self.item = item
    self.due = due
  }
}

/// The order in which people expect numbered things: `2.1` before `10.1`.
public enum NaturalOrder {
  /// Whether `left` comes before `right`, comparing runs of digits as numbers.
  public static func isBefore(_ left: String, _ right: String) -> Bool {
    var (a, b) = (left.utf8[...], right.utf8[...])
    while let x = a.first, let y = b.first {
      switch (isDigit(x), isDigit(y)) {
      case (true, true):
        let (m, n) = (takeNumber(&a), takeNumber(&b))
        if m.count != n.count { return m.count < n.count }
        if !m.elementsEqual(n) { return m.lexicographicallyPrecedes(n) }
      case (true, false): return true
      case (false, true): return false
      case (false, false):
        if x != y { return x < y }
        a.removeFirst()
        b.removeFirst()
      }
    }
    return a.isEmpty && b.isEmpty ? left < right : a.isEmpty
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// The digits at the start, without leading zeros.
  private static func takeNumber(_ text: inout Substring.UTF8View) -> Substring.UTF8View {
    let run = text.prefix(while: isDigit)
    text = text[run.endIndex...]
    return run.drop { $0 == 0x30 }
  }
}
