/// One difference between two states of a ledger.
public struct LedgerChange: Sendable, Hashable {
  /// What has changed.
  public enum Kind: Sendable, Hashable {
    /// A measure that wasn't there before.
    case added
    /// A measure that is gone: taken out, or lost.
    case removed
    /// Other dates.
    case moved(from: [CivilDate], to: [CivilDate])
    /// Other owners.
    case reassigned(from: [Recipient], to: [Recipient])
    /// Closed (销号).
    case closed
    /// Open again.
    case reopened
    /// Another number: everything that is known of it goes on under that.
    case renumbered(from: String)
    /// Other report dates of the plan; ``LedgerChange/item`` is then `report`.
    case reports(from: [CivilDate], to: [CivilDate])
  }

  /// The plan's key.
  public var plan: String
  /// The measure's number.
  public var item: String
  /// The measure's identity; `report` for the plan's report dates.
  public var identity: String
  /// The measure's title.
  public var title: String
  /// The measure as it was; nil where it wasn't there.
  public var before: LedgerSnapshot.Line?
  /// The measure as it is; nil where it is gone.
  public var after: LedgerSnapshot.Line?
  /// What has changed.
  public var kind: Kind
}

extension LedgerChange {
  /// Everything that differs, by the measures' identities; a measure may be named more than once.
  public static func between(_ old: LedgerSnapshot, _ new: LedgerSnapshot) -> [LedgerChange] {
    var changes: [LedgerChange] = []
    let ids = Set(old.measures.keys).union(new.measures.keys).sorted(by: NaturalOrder.isBefore)
    for id in ids {
      let (before, after) = (old.measures[id], new.measures[id])
      func add(_ kind: Kind, _ line: LedgerSnapshot.Line) {
        changes.append(
          LedgerChange(
            plan: new.plan, item: line.number ?? id, identity: id, title: line.title, before: before,
            after: after,
            kind: kind))
      }
      switch (before, after) {
      case (nil, let line?): add(.added, line)
      case (let line?, nil): add(.removed, line)
      case (let before?, let after?):
        for kind in kinds(before, after) { add(kind, after) }
        if before.number != after.number { add(.renumbered(from: before.number ?? id), after) }
      case (nil, nil): break
      }
    }
    if old.reports != new.reports {
      changes.append(
        LedgerChange(
          plan: new.plan, item: ItemID.reportID, identity: ItemID.reportID, title: "",
          kind: .reports(from: old.reports, to: new.reports)
        ))
    }
    return changes
  }

  private static func kinds(_ before: LedgerSnapshot.Line, _ after: LedgerSnapshot.Line) -> [Kind] {
    var kinds: [Kind] = []
    if before.dates != after.dates { kinds.append(.moved(from: before.dates, to: after.dates)) }
    if Set(before.owners) != Set(after.owners) {
      kinds.append(.reassigned(from: before.owners.map(\.recipient), to: after.owners.map(\.recipient)))
    }
    let closed = Measure.Status.closed.rawValue
    if before.status != closed, after.status == closed { kinds.append(.closed) }
    if before.status == closed, after.status != closed { kinds.append(.reopened) }
    return kinds
  }
}

extension LedgerChange: CustomStringConvertible {
  /// One Chinese sentence for the contact.
  public var description: String {
    let name = "措施\(item)“\(title)”"
    switch kind {
    case .added: return "新增\(name)。"
    case .removed: return "\(name)已不在台账中，请确认是有意删除还是遗漏。"
    case .moved(let old, let new): return "\(name)的到期日由\(Self.list(old))改为\(Self.list(new))，按新日期重新提醒。"
    case .reassigned(let old, let new): return "\(name)的责任人由\(Self.list(old))改为\(Self.list(new))。"
    case .closed: return "\(name)已销号，不再提醒。"
    case .reopened: return "\(name)由已销号改为未销号，恢复提醒。"
    case .renumbered(let old): return "\(name)原编号为\(old)，提醒记录和登记随之转到新编号。"
    case .reports(let old, let new): return "报送日期由\(Self.list(old))改为\(Self.list(new))。"
    }
  }

  static func list(_ dates: [CivilDate]) -> String {
    dates.isEmpty ? "无日期" : dates.map { $0.chinese() }.joined(separator: "、")
  }

  private static func list(_ people: [Recipient]) -> String {
    people.isEmpty ? "无" : people.map { "\($0.unit)\($0.person)" }.joined(separator: "、")
  }
}
