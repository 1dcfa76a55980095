/// One due date of an item.
public struct Occurrence: Sendable, Hashable {
  /// The item.
  public var item: ItemID
  /// The nominal date, which never moves; a deadline that is changed is another occurrence.
  public var due: CivilDate

  /// An occurrence of an item.
  public init(item: ItemID, due: CivilDate) {
    self.item = item
    self.due = due
  }
}
