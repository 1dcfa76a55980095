import DubanCore

/// Gathers the areas, measures and owners that tables of measures speak of.
struct MeasureAreas {
  /// An area with what its measures are numbered by.
  struct AreaMeasures {
    var area: LedgerDraft.Area
    var numbers: [MeasureNumber] = []
    /// The cells of problems and goals that were taken in: a merged or repeated cell counts once.
    var seen: Set<String> = []
  }

  private(set) var entries: [AreaMeasures] = []
  private(set) var owners: [LedgerDraft.Owner] = []
  private var places: [String: Int] = [:]
  private var ownerPlaces: [[String]: Int] = [:]
  /// The place of the area that rows belong to.
  private(set) var current: Int?
  private var hasMeasureInTable = false
  /// How many tables were begun.
  private var tables = 0

  /// The areas with their measures' ids, once all are there.
  mutating func numbered() -> [LedgerDraft.Area] {
    MeasureNumber.number(&entries)
    return entries.map(\.area)
  }

  /// Starts another table: nothing is carried over from the one before.
  mutating func beginTable() {
    current = nil
    hasMeasureInTable = false
    tables += 1
  }

  /// Makes the area of that name the one that rows belong to.
  mutating func enter(_ name: LocatedText?, at location: Diagnostic.Location) {
    if let current, let name, entries[current].area.name?.text == name.text { return }
    hasMeasureInTable = false
    if let name {
      if let known = places[name.text] {
        current = known
        return
      }
      places[name.text] = entries.count
    }
    var area = LedgerDraft.Area(location: location)
    area.name = name
    current = entries.count
    entries.append(AreaMeasures(area: area))
  }

  /// Whether rows belong to an area.
  var isInArea: Bool { current != nil }

  mutating func addProblems(_ cell: LocatedText) {
    guard let current, entries[current].seen.insert("problems " + cell.text).inserted else { return }
    entries[current].area.problems += ProblemCell.problems(cell.text).map {
      LocatedText($0, at: cell.location)
    }
  }

  /// Adds a goal to the area; several go one a line.
  mutating func addGoal(_ cell: LocatedText) {
    guard let current, entries[current].seen.insert("goal " + cell.text).inserted else { return }
    if let goal = entries[current].area.goal {
      entries[current].area.goal = LocatedText(goal.text + "\n" + cell.text, at: goal.location)
    } else {
      entries[current].area.goal = cell
    }
  }

  /// Adds the words of reports that come again and again to the area.
  mutating func addReports(_ cell: LocatedText) {
    guard let current else { return }
    for words in cell.text.split(whereSeparator: { "；;\n".contains($0) }).map({ String($0).trimmedWhitespace }
    )
    where !words.isEmpty && entries[current].seen.insert("reports " + words).inserted {
      entries[current].area.recurringReports.append(LocatedText(words, at: cell.location))
    }
  }

  /// Makes a person the area's supervisor; where that is another one already, nobody is, and their name is returned.
  mutating func addSupervisor(_ cell: LocatedText) -> String? {
    guard let current, entries[current].seen.insert("supervisor " + cell.text).inserted else { return nil }
    guard let other = entries[current].area.supervisor else {
      entries[current].area.supervisor = cell
      return nil
    }
    entries[current].area.supervisor = LocatedText("", at: other.location)
    return other.text.isEmpty ? nil : other.text
  }

  mutating func add(_ measure: LedgerDraft.Measure, _ number: MeasureNumber) {
    guard let current else { return }
    var number = number
    number.table = tables
    entries[current].area.measures.append(measure)
    entries[current].numbers.append(number)
    hasMeasureInTable = true
  }

  /// Changes the measure of the row before; false where there is none.
  mutating func changeLast(_ change: (inout LedgerDraft.Measure) -> Void) -> Bool {
    guard let current, hasMeasureInTable, let last = entries[current].area.measures.indices.last else {
      return false
    }
    change(&entries[current].area.measures[last])
    return true
  }

  /// Adds an owner unless the same person of the same unit is there; says whether the addresses agree.
  mutating func add(_ owner: LedgerDraft.Owner) -> Bool {
    guard let known = ownerPlaces[owner.key] else {
      ownerPlaces[owner.key] = owners.count
      owners.append(owner)
      return true
    }
    guard let address = owner.email, !address.text.isEmpty else { return true }
    guard let first = owners[known].email, !first.text.isEmpty else {
      owners[known].email = address
      return true
    }
    return first.text == address.text
  }
}

extension LedgerDraft.Owner {
  /// The person and the unit, which together name an owner.
  var key: [String] { [person?.text ?? "", unit?.text ?? ""] }
}

/// What a row says about its measure's number: the cell under 序号, and the number that the measure begins with.
struct MeasureNumber {
  /// The cell under 序号; nil where it is empty or there is no such column.
  var cell: LocatedText?
  /// Whether the cell is merged with the one above: one number for several measures.
  var isMerged = false
  /// `1、加快…` begins with 1.
  var prefix: Int?
  /// Which of the tables it is in, from 1.
  var table = 1

  /// The number in plain digits, whatever width they have in the cell: １ and 1 are one number.
  static func plain(_ cell: LocatedText) -> LocatedText {
    let plain = cell.text.halfWidth
    return plain.utf8.allSatisfy { $0 < 0x80 } && !plain.utf8.contains(UInt8(ascii: "("))
      ? LocatedText(plain, at: cell.location) : cell
  }

  /// Whether a text is what spreadsheet programs make of numbers such as 1-2: 1月2日, 2022/1/2, Jan-02.
  static func isDate(_ text: String) -> Bool {
    // 1.1 and 12 are no dates: a pattern is made anew each time, which few cells are worth.
    guard text.unicodeScalars.contains(where: { "月/-".unicodeScalars.contains($0) }) else { return false }
    return text.wholeMatch(
      of: /(\d{4}[-\/年])?\d{1,2}[月\/]\d{1,2}日?|\d{4}-\d{2}-\d{2}|[A-Z][a-z]{2}-\d{2}|\d{1,2}-[A-Z][a-z]{2}/)
      != nil
  }

  /// Whether a text is what spreadsheet programs make of long numbers and of quoted ones: 1.00E+00, '1.5.
  static func isDamaged(_ text: String) -> Bool {
    text.utf8.first == CSVReader.guardMark
      || text.utf8.count > 3 && text.utf8.contains(UInt8(ascii: "E"))
        && (text.contains("E+") || text.contains("E-")) && Double(text) != nil
  }

  /// Gives each measure of the areas an id.
  ///
  /// Numbers like `1.1`, and whole numbers that never recur, are ids as they are. Whole numbers that are one for
  /// each area count the areas; those that begin anew in each area count its measures; what begins anew in each table
  /// has the table's number before it. Without any, measures are counted.
  static func number(_ entries: inout [MeasureAreas.AreaMeasures]) {
    let scheme = Scheme(entries)
    // A row without a number among numbered ones gets the first that no row has.
    let given = Set(entries.flatMap(\.numbers).compactMap(\.cell?.text))
    var free = (1...).lazy.map(String.init).filter { !given.contains($0) }.makeIterator()
    // One number over several measures counts them: 3.1, 3.2.
    let merged = Set(entries.flatMap(\.numbers).filter(\.isMerged).compactMap(\.cell?.text))
    let shared = Dictionary(uniqueKeysWithValues: merged.map { ($0, Counter()) })
    for index in entries.indices {
      let (numbers, positions) = (entries[index].numbers, entries[index].positions)
      let areaNumber = numbers.lazy.compactMap(\.whole).first
      for (position, number) in numbers.enumerated() {
        let id =
          switch scheme {
          case .asTheyStand:
            number.cell.map { $0.text + (shared[$0.text].map { ".\($0.next())" } ?? "") } ?? free.next() ?? ""
          case .countingAreas: "\(areaNumber ?? index + 1).\(positions[position])"
          case .countingMeasures: "\(index + 1).\(number.whole ?? positions[position])"
          case .ofTables: "\(number.table).\(number.cell?.text ?? "")"
          }
        entries[index].area.measures[position].id = LocatedText(
          id, at: number.cell?.location ?? entries[index].area.measures[position].location)
      }
    }
  }

  /// What the numbers under 序号 count.
  private enum Scheme {
    case asTheyStand, countingAreas, countingMeasures, ofTables

    init(_ entries: [MeasureAreas.AreaMeasures]) {
      let all = entries.flatMap(\.numbers)
      let cells = all.compactMap(\.cell?.text)
      let areWhole = all.compactMap(\.whole).count == cells.count
      // One measure in each of several sheets, all of them number 1, counts no areas.
      let firsts = entries.compactMap { $0.numbers.lazy.compactMap(\.whole).first }
      let areWholesOfAreas = entries.map { Set($0.numbers.compactMap(\.whole)).count }
      if cells.count == all.count, Set(cells).count == all.count {
        self = .asTheyStand
      } else if areWhole, areWholesOfAreas.allSatisfy({ $0 <= 1 }),
        Set(firsts).count == firsts.count
      {
        self = .countingAreas
      } else if areWhole, zip(areWholesOfAreas, entries).allSatisfy({ $0 == $1.numbers.count }) {
        self = .countingMeasures
      } else if cells.count == all.count,
        Set(all.map { [String($0.table), $0.cell?.text ?? ""] }).count == all.count
      {
        self = .ofTables
      } else {
        self = .asTheyStand
      }
    }
  }

  private static let chinese = [
    "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五", "十六", "十七", "十八", "十九",
    "二十",
  ]

  /// Counts from 1.
  private final class Counter {
    private var count = 0

    func next() -> Int {
      count += 1
      return count
    }
  }

  /// The cell as a whole number, also 三 or （三）; nil for any other text.
  private var whole: Int? {
    guard let text = cell?.text else { return nil }
    if text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) { return text.utf8.count <= 6 ? Int(text) : nil }
    // 1.1
    guard text.utf8.contains(where: { $0 > 0x7F }) else { return nil }
    let plain = text.filter { !"（）()、.．".contains($0) }
    return Self.chinese.firstIndex(of: plain).map { $0 + 1 }
  }
}

extension MeasureAreas.AreaMeasures {
  /// The numbers of the measures within their area: those that they begin with where all have one of their own, or
  /// else their places.
  fileprivate var positions: [Int] {
    let prefixes = numbers.compactMap(\.prefix)
    return Set(prefixes).count == numbers.count ? prefixes : Array(1..<numbers.count + 1)
  }
}
