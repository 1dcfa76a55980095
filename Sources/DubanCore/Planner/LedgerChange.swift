/// One difference between two states of a ledger.
public struct LedgerChange: Sendable, Hashable {
  /// What has changed.
  public enum Kind: Sendable, Hashable {
    /// A measure that wasn't there before.
    case added
    /// A measure that is gone: taken out, or lost.
    case removed
    case moved(from: [CivilDate], to: [CivilDate])
    case reassigned(from: [Recipient], to: [Recipient])
    /// Closed (销号).
    case closed
    case reopened
    /// Another number: everything that is known of it goes on under that.
    case renumbered(from: String)
    /// The plan's number or title was corrected; ``LedgerChange/item`` is then `report`.
    case renamed(from: String, to: String)
    /// Other report dates of the plan; ``LedgerChange/item`` is then `report`.
    case reports(from: [CivilDate], to: [CivilDate])
    /// Other words for the reports that come again and again; ``LedgerChange/item`` is then `report`.
    case recurringReports(from: [String], to: [String])
    /// A unit is called otherwise, its owners are the same; ``LedgerChange/item`` is then `report`.
    case unitRenamed(from: String, to: String)
    /// Another supervisor of an area or an owner, named by ``LedgerChange/title``; empty for none. As with the next one,
    /// ``LedgerChange/item`` is then `report`.
    case supervisor(from: String, to: String)
    /// Other words for the reports of the area that ``LedgerChange/title`` names.
    case areaReports(from: [String], to: [String])
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
  ///
  /// - Parameter unitName: what a unit of the older one is called now.
  public static func between(
    _ old: LedgerSnapshot, _ new: LedgerSnapshot, unitName: (String) -> String = { $0 }
  ) -> [LedgerChange] {
    let (old, renamed) = old.renamingUnits(unitName)
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
    func add(_ kind: Kind, of title: String = "") {
      changes.append(
        LedgerChange(
          plan: new.plan, item: ItemID.reportID, identity: ItemID.reportID, title: title, kind: kind))
    }
    for (former, name) in renamed.sorted(by: { $0.key < $1.key }) {
      add(.unitRenamed(from: former, to: name))
    }
    if (old.name ?? old.plan) != (new.name ?? new.plan) {
      add(.renamed(from: old.name ?? old.plan, to: new.name ?? new.plan))
    }
    if old.reports != new.reports { add(.reports(from: old.reports, to: new.reports)) }
    if old.recurringReports != new.recurringReports {
      add(.recurringReports(from: old.recurringReports ?? [], to: new.recurringReports ?? []))
    }
    if let old = old.supervised, let new = new.supervised {
      for name in Set(old.keys).union(new.keys).sorted(by: NaturalOrder.isBefore) {
        let (before, after) = (old[name] ?? .init(), new[name] ?? .init())
        if before.supervisor != after.supervisor {
          add(.supervisor(from: before.supervisor, to: after.supervisor), of: name)
        }
        if before.reports != after.reports {
          add(.areaReports(from: before.reports, to: after.reports), of: name)
        }
      }
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
    let name = "措施\(item)\(CleanText.quoted(title))"
    switch kind {
    case .added: return "新增\(name)。"
    case .removed: return "\(name)已不在台账中，请确认是有意删除还是遗漏。"
    case .moved(let old, let new): return "\(name)的到期日由\(Self.list(old))改为\(Self.list(new))，按新日期重新提醒。"
    case .reassigned(let old, let new): return "\(name)的责任人由\(Self.list(old))改为\(Self.list(new))。"
    case .closed: return "\(name)已销号，不再提醒。"
    case .reopened: return "\(name)由已销号改为未销号，恢复提醒。"
    case .renumbered(let old): return "\(name)原编号为\(old)，提醒记录和登记随之转到新编号。"
    case .renamed(let old, let new): return "方案由“\(old)”改为“\(new)”，提醒记录和登记不变。"
    case .reports(let old, let new): return "报送日期由\(Self.list(old))改为\(Self.list(new))。"
    case .recurringReports(let old, let new): return "定期报送由\(Self.list(old))改为\(Self.list(new))。"
    case .unitRenamed(let old, let new): return "责任单位“\(old)”改称“\(new)”，责任人不变，提醒记录和登记随之转到新名称，不重复提醒。"
    case .supervisor(let old, let new):
      return "\(title)的分管领导由\(old.isEmpty ? "无" : old)改为\(new.isEmpty ? "无" : new)。"
    case .areaReports(let old, let new): return "\(title)的定期报送由\(Self.list(old))改为\(Self.list(new))。"
    }
  }

  private static func list(_ phrases: [String]) -> String {
    phrases.isEmpty ? "无" : phrases.joined(separator: "、")
  }

  static func list(_ dates: [CivilDate]) -> String {
    dates.isEmpty ? "无日期" : dates.map { $0.chinese() }.joined(separator: "、")
  }

  private static func list(_ people: [Recipient]) -> String {
    people.isEmpty ? "无" : people.map { "\($0.unit)\($0.person)" }.joined(separator: "、")
  }
}

/// What the contact last heard of a ledger: just enough to see later what has changed.
public struct LedgerSnapshot: Sendable, Equatable, Codable {
  /// One measure.
  public struct Line: Sendable, Hashable, Codable {
    /// As it is numbered; nil where that is its identity.
    public var number: String?
    /// As the ledger words it, in full.
    public var title: String
    /// The nominal dates, as `YYYY-MM-DD`.
    public var dates: [CivilDate]
    /// Its owners, as `unit` and `person`.
    public var owners: [Person]
    /// Its status.
    public var status: String
  }

  /// An owner, without the address.
  public struct Person: Sendable, Hashable, Codable {
    /// As the ledger names it.
    public var unit: String
    /// As the ledger names them.
    public var person: String

    /// The owner as an addressee.
    public var recipient: Recipient { Recipient(person: person, unit: unit) }
  }

  /// What an area or an owner has besides measures.
  public struct Supervised: Sendable, Hashable, Codable {
    /// The supervisor's name; empty for none.
    public var supervisor = ""
    /// The words for an area's reports.
    public var reports: [String] = []
  }

  /// The plan's key.
  public var plan: String
  /// What it is called; nil where that is its key.
  public var name: String?
  /// The measures by their identities.
  public var measures: [String: Line]
  /// The report dates.
  public var reports: [CivilDate]
  /// The words for the reports that come again and again; nil for none, as snapshots of earlier versions have it.
  public var recurringReports: [String]?
  /// What areas (`领域“…”`) and owners (unit and person) have besides, of those that have any; nil in snapshots of earlier
  /// versions, which tell nothing of it.
  public var supervised: [String: Supervised]?

  /// A snapshot of a ledger.
  public init(_ ledger: Ledger) {
    plan = ledger.plan.key
    name = ledger.plan.name == plan ? nil : ledger.plan.name
    reports = ledger.reports
    recurringReports = ledger.recurringReports.isEmpty ? nil : ledger.recurringReports.map(\.text)
    supervised = Dictionary(
      ledger.areas.map {
        ("领域“\($0.name)”", Supervised(supervisor: $0.supervisor, reports: $0.reports.recurring.map(\.text)))
      } + ledger.owners.map { ($0.unit + $0.person, Supervised(supervisor: $0.supervisor)) }
    ) { first, _ in first }.filter { $0.value != Supervised() }
    let directory = ledger.directory
    let lines = ledger.areas.flatMap(\.measures).map { measure in
      (
        measure.identity,
        Line(
          number: measure.id == measure.identity ? nil : measure.id, title: measure.title,
          dates: measure.deadline.dueDates,
          owners: directory.owners(of: measure).map { Person(unit: $0.unit, person: $0.person) },
          status: measure.status.rawValue)
      )
    }
    measures = Dictionary(lines) { first, _ in first }
  }
}

extension LedgerSnapshot {
  /// The same with the names that its units have now, and those that were others, by the former ones.
  public func renamingUnits(
    _ current: (String) -> String
  ) -> (snapshot: LedgerSnapshot, renamed: [String: String]) {
    var (snapshot, renamed, keys) = (self, [String: String](), [String: String]())
    for (identity, line) in measures {
      for (place, owner) in line.owners.enumerated() {
        let name = current(owner.unit)
        guard name != owner.unit else { continue }
        renamed[owner.unit] = name
        keys[owner.unit + owner.person] = name + owner.person
        snapshot.measures[identity]?.owners[place].unit = name
      }
    }
    for (former, key) in keys {
      guard let value = supervised?[former] else { continue }
      snapshot.supervised?[former] = nil
      snapshot.supervised?[key] = value
    }
    return (snapshot, renamed)
  }
}

/// A number that tells whether two states of a ledger have the same snapshot: the same for the same ledger on every
/// machine, and different, but for one case in 2⁶⁴, as soon as anything in a snapshot differs.
public struct LedgerDigest: Sendable, Equatable {
  /// A hash of 64 bits (``StableHash``).
  public let value: UInt64

  /// Hashes what a ``LedgerSnapshot`` of the ledger has.
  public init(_ ledger: Ledger) {
    var hash = StableHash()
    hash.mix(ledger.plan.name)
    for day in ledger.reports { hash.mix(UInt64(bitPattern: Int64(day.dayNumber))) }
    for report in ledger.recurringReports { hash.mix(report.text) }
    // A ledger without any of it has the number that it always had.
    for area in ledger.areas
    where !area.supervisor.isEmpty || !area.reports.recurring.isEmpty {
      for text in [area.name, area.supervisor] + area.reports.recurring.map(\.text) { hash.mix(text) }
    }
    for owner in ledger.owners where !owner.supervisor.isEmpty {
      for text in [owner.unit, owner.person, owner.supervisor] { hash.mix(text) }
    }
    let directory = ledger.directory
    for area in ledger.areas {
      for measure in area.measures {
        for text in [measure.id, measure.identity, measure.title, measure.status.rawValue] { hash.mix(text) }
        hash.mix(StableHash.digest(measure.deadline.dueDates.map(\.description)))
        hash.mix(StableHash.digest(directory.owners(of: measure).flatMap { [$0.unit, $0.person] }))
      }
    }
    value = hash.value
  }
}
