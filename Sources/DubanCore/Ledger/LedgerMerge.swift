/// Brings the changes of somebody who had an older version of a ledger into the one in force, row by row.
public enum LedgerMerge {
  /// What came of it.
  public enum Result: Sendable, Equatable {
    /// Both sides' changes together.
    case merged(Ledger)
    /// Rows that both have changed, each in another way: `措施4.1“…”`, `责任人张三（某局）`, `方案信息`.
    case conflict([String])
  }

  /// Merges: what `theirs` changed of `base` is changed in `ours` too.
  public static func merge(base: Ledger, theirs: Ledger, ours: Ledger) -> Result {
    let known = MeasureMatching(base, known: []).known
    let theirs = theirs.identified(by: MeasureMatching(theirs, known: known).known)
    let ours = ours.identified(by: MeasureMatching(ours, known: known).known)
    var conflicts: [String] = []
    var merged = ours
    let before = Dictionary(base.measures.map { ($0.identity, $0) }) { first, _ in first }
    let mine = Dictionary(ours.measures.map { ($0.identity, $0) }) { first, _ in first }
    let other = Dictionary(theirs.measures.map { ($0.identity, $0) }) { first, _ in first }
    var changed: [String: Measure?] = [:]
    for identity in Set(before.keys).union(other.keys) where before[identity] != other[identity] {
      if mine[identity] != before[identity], mine[identity] != other[identity] {
        let measure = other[identity] ?? mine[identity] ?? before[identity]
        conflicts.append("措施\(measure?.id ?? "")“\(measure?.title ?? "")”")
      } else {
        changed[identity] = .some(other[identity])
      }
    }
    merged.take(changed, from: theirs)
    if Set(merged.measures.map(\.id)).count < merged.measureCount { conflicts.append("编号重复的措施") }
    merged.owners = rows(
      base.owners, theirs.owners, ours.owners, key: { "\($0.person)（\($0.unit)）" }, name: "责任人", &conflicts)
    func single<Value: Equatable>(_ path: WritableKeyPath<Ledger, Value>, _ name: String) {
      let (old, new) = (base[keyPath: path], theirs[keyPath: path])
      guard old != new, merged[keyPath: path] != new else { return }
      if merged[keyPath: path] == old { merged[keyPath: path] = new } else { conflicts.append(name) }
    }
    single(\.plan, "方案信息")
    single(\.reports, "报送日期")
    single(\.recurringReports, "定期报送")
    single(\.received, "报送登记")
    for area in theirs.areas {
      let old = base.areas.first { $0.name == area.name }
      guard let place = merged.areas.firstIndex(where: { $0.name == area.name }),
        [old?.goal, old?.problems.joined()] != [area.goal, area.problems.joined()]
      else { continue }
      let own = merged.areas[place]
      if [own.goal, own.problems.joined()] == [old?.goal, old?.problems.joined()] {
        (merged.areas[place].goal, merged.areas[place].problems) = (area.goal, area.problems)
      } else if [own.goal, own.problems.joined()] != [area.goal, area.problems.joined()] {
        conflicts.append("领域“\(area.name)”")
      }
    }
    return conflicts.isEmpty ? .merged(merged) : .conflict(conflicts.sorted())
  }

  /// Three lists of rows, by key: `ours` with what `theirs` changed.
  private static func rows<Row: Equatable>(
    _ base: [Row], _ theirs: [Row], _ ours: [Row], key: (Row) -> String, name: String,
    _ conflicts: inout [String]
  ) -> [Row] {
    func byKey(_ rows: [Row]) -> [String: Row] {
      Dictionary(rows.map { (key($0), $0) }) { first, _ in first }
    }
    let (old, new, own) = (byKey(base), byKey(theirs), byKey(ours))
    var result = ours
    for changed in Set(old.keys).union(new.keys).sorted() where old[changed] != new[changed] {
      if own[changed] == new[changed] { continue }
      guard own[changed] == old[changed] else {
        conflicts.append(name + changed)
        continue
      }
      result.removeAll { key($0) == changed && new[changed] == nil }
      if let row = new[changed] {
        if let place = result.firstIndex(where: { key($0) == changed }) {
          result[place] = row
        } else {
          result.append(row)
        }
      }
    }
    return result
  }
}

extension Ledger {
  /// Puts measures in the place of others of their identity, takes those out that are nil, and adds the rest to their
  /// areas.
  fileprivate mutating func take(_ changed: [String: Measure?], from other: Ledger) {
    var left = changed
    for area in areas.indices {
      areas[area].measures = areas[area].measures.compactMap { measure in
        guard let new = left.removeValue(forKey: measure.identity) else { return measure }
        return new
      }
    }
    for area in other.areas {
      for measure in area.measures {
        guard case .some(.some(let new)) = left[measure.identity] else { continue }
        if let place = areas.firstIndex(where: { $0.name == area.name }) {
          areas[place].measures.append(new)
        } else {
          var fresh = area
          fresh.measures = [new]
          areas.append(fresh)
        }
      }
    }
  }
}
