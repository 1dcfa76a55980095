/// The reminders inside a mail, in order: they are there already, or each is made when it is asked for.
///
/// A mail may carry hundreds of thousands: the contact's on the first day of a large ledger.
public struct ReminderRecords: Sendable {
  private enum Source: Sendable {
    case made([ReminderRecord])
    case maker(@Sendable (Int) -> ReminderRecord)
  }

  private let source: Source
  /// How many there are.
  public let endIndex: Int

  /// These records.
  public init(_ records: [ReminderRecord]) {
    source = .made(records)
    endIndex = records.count
  }

  /// So many records, each made when it is asked for; the same one must come whenever it is.
  public init(count: Int, _ make: @escaping @Sendable (Int) -> ReminderRecord) {
    source = .maker(make)
    endIndex = count
  }
}

extension ReminderRecords: RandomAccessCollection {
  /// 0.
  public var startIndex: Int { 0 }

  /// The record at that place.
  public subscript(position: Int) -> ReminderRecord {
    switch source {
    case .made(let records): records[position]
    case .maker(let make): make(position)
    }
  }
}

extension ReminderRecords: Hashable {
  /// Whether both hold the same records in the same order.
  public static func == (left: ReminderRecords, right: ReminderRecords) -> Bool { left.elementsEqual(right) }

  /// Mixes in how many there are, which is enough to tell most apart.
  public func hash(into hasher: inout Hasher) { hasher.combine(endIndex) }
}

extension ReminderRecords: ExpressibleByArrayLiteral {
  /// A list of these records.
  public init(arrayLiteral records: ReminderRecord...) { self.init(records) }
}
