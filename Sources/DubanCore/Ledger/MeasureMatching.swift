/// Finds out which measure of a ledger is which of those that were known before, whatever became of numbers, order and
/// sheets meanwhile.
///
/// From the surest to the least sure; what one step pairs the next ones don't see:
///
/// 1. the same title and units, and text and deadline too: under its number, or renumbered;
/// 2. the same title and units under the number, or renumbered where it is clear which it is;
/// 3. the same title under the number: given to others;
/// 4. the same title and units as one that had left the ledger: it is back;
/// 5. the same units and a title with a few words more or less (``Wording``): under the number, or renumbered where
///    nothing else it could be; but not one that was parted into several.
///
/// Whatever is left is another measure, also where number and unit are those of a known one: nobody is silenced by what
/// was decided about that, and the contact is asked.
public struct MeasureMatching: Sendable {
  /// The ledger's measures, in its order, and then all that are known and aren't in it any more.
  public let known: [KnownMeasure]

  /// Matches a ledger's measures with those known before.
  public init(_ ledger: Ledger, known before: [KnownMeasure]) {
    let now = ledger.areas.flatMap { $0.measures.map(KnownMeasure.init) }
    guard !before.isEmpty else {
      known = now
      return
    }
    var pairing = Pairing(before, now)
    pairing.pairAll()
    var taken = Set(before.map(\.identity))
    var measures = now
    for place in measures.indices {
      if let old = pairing.partner[place] {
        measures[place].identity = before[old].identity
      } else {
        measures[place].identity = Self.new(measures[place].number, besides: taken)
        taken.insert(measures[place].identity)
      }
    }
    let found = Set(pairing.partner.compactMap { $0 })
    let gone = before.indices.filter { !found.contains($0) }.map { place in
      var gone = before[place]
      gone.isPresent = false
      return gone
    }
    known = measures + gone
  }

  /// An identity that nothing of the plan ever had.
  private static func new(_ number: String, besides taken: Set<String>) -> String {
    guard taken.contains(number) else { return number }
    var count = 2
    while taken.contains("\(number)~\(count)") { count += 1 }
    return "\(number)~\(count)"
  }
}

/// Pairs the measures of two states of a ledger.
private struct Pairing {
  /// For each measure of the new state the place of the old one that it is.
  private(set) var partner: [Int?]
  private let before: [KnownMeasure]
  private let now: [KnownMeasure]
  private let plainBefore: [String]
  private let plainNow: [String]
  private var isTaken: [Bool]

  /// Looking for a title among so many others of its units is left: a ledger of other titles altogether is another one.
  private static let mostComparisons = 1_000_000
  /// So many new measures of its units are looked at for another part of one.
  private static let mostParts = 1000

  init(_ before: [KnownMeasure], _ now: [KnownMeasure]) {
    self.before = before
    self.now = now
    plainBefore = before.map { Wording.plain($0.title) }
    plainNow = now.map { Wording.plain($0.title) }
    partner = Array(repeating: nil, count: now.count)
    isTaken = Array(repeating: false, count: before.count)
  }

  mutating func pairAll() {
    pair { one, _ in [one.number, one.title, String(one.content)] + one.units }
    pair { one, _ in [one.title, String(one.content)] + one.units }
    pair { one, plain in [one.number, plain] + one.units }
    pair(onlyIfClear: true) { one, plain in [plain] + one.units }
    pair { one, plain in [one.number, plain] }
    pair(present: false) { one, _ in [one.title, String(one.content)] + one.units }
    pair(present: false, onlyIfClear: true) { one, plain in [plain] + one.units }
    pairReworded(underTheNumber: true)
    pairReworded(underTheNumber: false)
  }

  private func open(present: Bool) -> [Int] {
    before.indices.filter { !isTaken[$0] && before[$0].isPresent == present }
  }

  private var unpaired: [Int] { now.indices.filter { partner[$0] == nil } }

  private mutating func pair(_ old: Int, with new: Int) {
    isTaken[old] = true
    partner[new] = old
  }

  /// Pairs what has the same key, in order; only if clear: as many of it there as here.
  private mutating func pair(
    present: Bool = true, onlyIfClear: Bool = false, by key: (KnownMeasure, _ plain: String) -> [String]
  ) {
    let (unpaired, open) = (unpaired, open(present: present))
    guard !unpaired.isEmpty, !open.isEmpty else { return }
    let old = Dictionary(grouping: open) { key(before[$0], plainBefore[$0]) }
    let new = Dictionary(grouping: unpaired) { key(now[$0], plainNow[$0]) }
    for (key, places) in new {
      guard var candidates = old[key], !onlyIfClear || candidates.count == places.count else { continue }
      if candidates.count > 1 {
        candidates.sort { NaturalOrder.isBefore(before[$0].number, before[$1].number) }
      }
      for (old, new) in zip(candidates, places) { pair(old, with: new) }
    }
  }

  private mutating func pairReworded(underTheNumber: Bool) {
    func key(_ one: KnownMeasure) -> [String] { underTheNumber ? [one.number] + one.units : one.units }
    let (unpaired, open) = (unpaired, open(present: true))
    let old = Dictionary(grouping: open) { key(before[$0]) }
    let byUnits = Dictionary(grouping: unpaired) { now[$0].units }
    for (key, places) in Dictionary(grouping: unpaired, by: { key(now[$0]) }) {
      guard let candidates = old[key], candidates.count * places.count <= Self.mostComparisons else {
        continue
      }
      var found: [(old: Int, new: Int)] = []
      for new in places {
        for old in candidates where Wording.isAlike(plainBefore[old], plainNow[new]) {
          found.append((old, new))
        }
      }
      let (olds, news) = (Dictionary(grouping: found, by: \.old), Dictionary(grouping: found, by: \.new))
      for (old, new) in found where olds[old]?.count == 1 && news[new]?.count == 1 {
        if !isParted(old, new, among: byUnits[now[new].units] ?? []) { pair(old, with: new) }
      }
    }
  }

  /// Whether a measure became several, each with words more: 夜间窗口 is neither 夜间窗口（大厅） nor 夜间窗口（社区）.
  private func isParted(_ old: Int, _ new: Int, among others: [Int]) -> Bool {
    func isPart(_ new: Int) -> Bool {
      plainNow[new].count > plainBefore[old].count && Wording.isAlike(plainBefore[old], plainNow[new])
    }
    return isPart(new) && others.prefix(Self.mostParts).contains { $0 != new && isPart($0) }
  }
}

/// Whether two titles say the same.
enum Wording {
  /// What counts, orders or reverses: a title with one of these more says something else.
  private static let telling = Set("二两三四五六七八九十百千万第不未非停止０１２３４５６７８９")

  /// The letters and digits of a title, without spaces and punctuation.
  static func plain(_ title: String) -> String {
    title.filter { $0.isLetter || $0.isNumber }
  }

  /// Whether the longer of two plain titles is the other with a few characters more: at most two in five, of which none
  /// counts, orders or reverses anything and none is a Latin letter.
  static func isAlike(_ left: String, _ right: String) -> Bool {
    let (short, long) = left.count <= right.count ? (left, right) : (right, left)
    guard !short.isEmpty, short.count * 5 >= long.count * 3 else { return false }
    var rest = Substring(short)
    for character in long {
      if character == rest.first {
        rest.removeFirst()
      } else if telling.contains(character) || character.isASCII {
        return false
      }
    }
    return rest.isEmpty
  }
}

extension Measure {
  /// Whether a title is this one's, perhaps in a few words more or less.
  public func isTitled(alike other: String) -> Bool {
    let (own, other) = (Wording.plain(title), Wording.plain(other))
    return own == other || Wording.isAlike(own, other)
  }
}

/// A measure as the state remembers it: what to know it by when the ledger has changed.
public struct KnownMeasure: Sendable, Hashable {
  /// Its ``Measure/identity``.
  public var identity: String
  /// As it was last numbered.
  public var number: String
  /// As it was last worded.
  public var title: String
  /// Whom it was given to: its units, or its persons where it names no unit; in the order of their names.
  public var units: [String]
  /// A number for its text and the words of its deadline: tells apart what has one title and one unit.
  public var content: Int64
  /// Whether the ledger last in force has it.
  public var isPresent: Bool

  package init(
    identity: String, number: String, title: String, units: [String], content: Int64, isPresent: Bool
  ) {
    self.identity = identity
    self.number = number
    self.title = title
    self.units = units
    self.content = content
    self.isPresent = isPresent
  }

  init(_ measure: Measure) {
    var hash = StableHash()
    hash.mix(measure.text)
    hash.mix(measure.deadline.text)
    self.init(
      identity: measure.identity, number: measure.id, title: measure.title,
      units: measure.answering.sorted(),
      content: Int64(bitPattern: hash.value), isPresent: true)
  }
}

extension Ledger {
  /// Whether this is an earlier ledger of which the plan's number or title was corrected: the day of issue is the same,
  /// and of the measures four in five say what they said, to the same units with the same deadline. Without a day of
  /// issue it takes an alike title too, for next year's plan may repeat this year's measures.
  public func isCorrection(of earlier: Ledger) -> Bool {
    guard plan.issued == earlier.plan.issued,
      plan.issued != nil || plan.title == earlier.plan.title
        || Wording.isAlike(Wording.plain(plan.title), Wording.plain(earlier.plan.title))
    else { return false }
    func words(_ measure: Measure) -> [String] {
      [measure.title, measure.text, measure.deadline.text] + measure.units + measure.persons
    }
    var before = Dictionary(grouping: earlier.measures, by: words).mapValues(\.count)
    let same = measures.count { measure in
      guard let left = before[words(measure)], left > 0 else { return false }
      before[words(measure)] = left - 1
      return true
    }
    return same > 0 && same * 5 >= max(measureCount, earlier.measureCount) * 4
  }

  /// A number that differs, but for one case in 2⁶⁴, as soon as anything differs by which measures are known; the
  /// same on every machine.
  public var measuresPrint: String {
    var hash = StableHash()
    for area in areas {
      for measure in area.measures {
        for text in [measure.id, measure.title, measure.text, measure.deadline.text] { hash.mix(text) }
        for list in [measure.units, measure.persons] {
          hash.mix(UInt64(list.count))
          for name in list { hash.mix(name) }
        }
      }
    }
    return String(hash.value, radix: 16)
  }

  /// The same ledger with each measure's identity, as these say it; of a measure that none of them is, its number.
  public func identified(by known: [KnownMeasure]) -> Ledger {
    let identities = Dictionary(
      known.lazy.filter { $0.isPresent && $0.identity != $0.number }.map { ($0.number, $0.identity) }
    ) { first, _ in first }
    let isSame = areas.allSatisfy { area in
      area.measures.allSatisfy { $0.identity == identities[$0.id] ?? $0.id }
    }
    guard !isSame else { return self }
    var ledger = self
    for area in areas.indices {
      for place in areas[area].measures.indices {
        let number = areas[area].measures[place].id
        ledger.areas[area].measures[place].identity = identities[number] ?? number
      }
    }
    return ledger
  }
}

/// Brings the changes of a person who had an older version of a ledger into the one in force, row by row.
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
