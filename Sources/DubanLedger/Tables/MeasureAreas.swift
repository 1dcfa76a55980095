import DubanCore

/// Gathers the areas, measures and owners that tables of measures speak of.
struct MeasureAreas {
  /// An area with what its measures are numbered by.
  struct Entry {
    var area: LedgerDraft.Area
    var numbers: [MeasureNumber] = []
    /// The cells of problems and goals that were taken in: a merged or repeated cell counts once.
    var seen: Set<String> = []
  }

  private(set) var entries: [Entry] = []
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
    var area = LedgerDraft.Area(at: location)
    area.name = name
    current = entries.count
    entries.append(Entry(area: area))
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

  /// Makes somebody the area's supervisor; where that is another one already, nobody is, and their name is returned.
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
