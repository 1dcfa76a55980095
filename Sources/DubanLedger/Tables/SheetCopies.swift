public import DubanCore

/// Measures that are in two sheets or ledgers, as in a summary beside its parts, or twice in one: everything would count
/// twice.
public struct SheetCopies {
  /// One row, as far as it tells copies apart; an object, since several lists hold it.
  private final class Row {
    let location: Diagnostic.Location
    /// The title as it is.
    let words: String
    private let plain: Substring
    private let text: String
    let units: [String]
    let persons: [String]
    let deadline: String
    /// What it is in: the sheet's name, or the ledger's file.
    let sheet: String

    /// The title, and the title with the text, in small and narrow letters without signs and spaces.
    private(set) lazy var title = SheetCopies.letters(plain)
    private(set) lazy var whole = title + SheetCopies.letters(text[...])

    convenience init(_ measure: LedgerDraft.Measure) {
      self.init(
        measure.location, in: measure.location.sheet ?? "", measure.title?.text ?? "",
        text: measure.text?.text ?? "", units: measure.units.map(\.text),
        persons: measure.persons.map(\.text), deadline: measure.deadline?.text ?? "")
    }

    /// Nil for a measure of a ledger that nobody is reminded of by a date, once or again and again.
    convenience init?(_ measure: Measure, at location: Diagnostic.Location) {
      let deadline = measure.deadline
      let dates = deadline.dueDates
      guard measure.status != .closed, !dates.isEmpty || !deadline.reading.recurrences.isEmpty
      else { return nil }
      self.init(
        location, in: location.file, measure.title, text: measure.text, units: measure.units,
        persons: measure.persons,
        deadline: dates.isEmpty ? deadline.text : dates.map(\.description).joined(separator: "、"))
    }

    private init(
      _ location: Diagnostic.Location, in sheet: String, _ title: String, text: String, units: [String],
      persons: [String], deadline: String
    ) {
      (self.location, self.sheet, words, self.text) = (location, sheet, title, text)
      plain = SheetCopies.withoutNumber(title)
      self.units = units.isEmpty ? [""] : units.map(SheetCopies.bare)
      (self.persons, self.deadline) = (persons, deadline)
    }

    /// The sheet with all that the row says, but for the number and the status.
    var wording: ExactText {
      ExactText(([sheet, whole] + units + [""] + persons + ["", deadline]).joined(separator: "\n"))
    }

    /// How the units' names end, each with a word of the row.
    func keys(_ words: [String]) -> [Key] {
      Set(units.map { String($0.suffix(2)) }).flatMap { end in words.map { Key($0, end) } }
    }

    /// The first clause of the title, and of the title with what is behind it.
    var clauses: [String] {
      let clauses = (text.isEmpty ? [plain] : [plain, plain + text]).map { words in
        SheetCopies.letters(Substring(words.unicodeScalars.prefix { !SheetCopies.stops.contains($0) }))
      }
      return clauses.first == clauses.last ? [clauses[0]] : clauses
    }

    /// Whether the titles are the same, or one is the other cut short.
    func isCut(of other: Row) -> Bool {
      [title, whole].contains { own in
        [other.title, other.whole].contains { own.hasPrefix($0) || $0.hasPrefix(own) }
      }
    }

    /// Whether one title is the other with a word more.
    func isLike(_ other: Row) -> Bool {
      let (own, others) = (title.unicodeScalars, other.title.unicodeScalars)
      let (short, long) = own.count < others.count ? (own, others) : (others, own)
      guard short.count > 3, long.count - short.count < 4 else { return false }
      var rest = long[...]
      return short.allSatisfy { letter in
        guard let place = rest.firstIndex(of: letter) else { return false }
        rest = rest[rest.index(after: place)...]
        return true
      }
    }

    /// Whether a unit of the one is one of the other, its district before it or its role behind: 城东区窗口科, 窗口科（牵头）.
    func sharesUnit(with other: Row) -> Bool {
      units.contains { own in other.units.contains { own.hasSuffix($0) || $0.hasSuffix(own) } }
    }
  }

  /// No more rows of one title, or of one day, than these are compared with another: a long ledger takes no time for each
  /// pair.
  private static let (mostOfTitle, mostOfDay) = (200, 40)

  /// A clause or a day, and how a unit's name ends.
  private struct Key: Hashable {
    let words: ExactText
    let unit: ExactText

    init(_ words: String, _ unit: String) { (self.words, self.unit) = (ExactText(words), ExactText(unit)) }
  }

  /// What occurs twice: the words of the second, where it is, and the first.
  private typealias Copy = (words: String, location: Diagnostic.Location, first: Diagnostic.Location)
  private var (same, moved, repeated, alike): ([Copy], [Copy], [Copy], [Copy]) = ([], [], [], [])
  private var byWording: [ExactText: Diagnostic.Location] = [:]
  /// Of several sheets alone.
  private var (byClause, byDay): ([Key: [Row]], [Key: [Row]]) = ([:], [:])

  /// An error where a measure is in two sheets with one deadline; a warning where the deadlines or the words differ, or
  /// both rows are in one sheet: then it may be another one.
  static func check(_ areas: [LedgerDraft.Area]) -> [Diagnostic] {
    var copies = SheetCopies()
    let measures = areas.lazy.flatMap(\.measures)
    let sheet = measures.first?.location.sheet
    let isOneSheet = measures.allSatisfy { $0.location.sheet == sheet }
    // In one sheet, only what has another's words is worth a row.
    var (known, twice): (Set<ExactText>, Set<ExactText>) = ([], [])
    if isOneSheet {
      for words in measures.lazy.map(letters) where !known.insert(words).inserted { twice.insert(words) }
      if twice.isEmpty { return [] }
    }
    for measure in measures where !isOneSheet || twice.contains(letters(measure)) {
      let row = Row(measure)
      if isOneSheet || !copies.takeCopy(row) { copies.takeAlike(row, isOneSheet: isOneSheet) }
    }
    return [
      diagnostic(.error, copies.same, "stands in two sheets", "and would count twice"),
      diagnostic(
        .warning, copies.moved, "stands in two sheets", "with different deadlines, and may count twice"),
      diagnostic(.warning, copies.repeated, "stands twice", "and counts twice"),
      diagnostic(.warning, copies.alike, "stands in other words in two sheets", "and may count twice"),
    ].compactMap(\.self)
  }

  /// What is in two ledgers with the same dates: an error where that is more than one measure, and half of either or
  /// more; otherwise a warning, since two plans may ask for the same.
  public static func check(_ ledgers: [(file: String, ledger: Ledger)]) -> [Diagnostic] {
    guard ledgers.count > 1 else { return [] }
    var copies = SheetCopies()
    var counts: [String: Int] = [:]
    for (file, ledger) in ledgers {
      let location = Diagnostic.Location(file: file)
      let rows = ledger.measures.compactMap { Row($0, at: location) }
      counts[file] = rows.count
      for row in rows { _ = copies.takeCopy(row) }
    }
    let pairs = Dictionary(grouping: copies.same) { [$0.first.file, $0.location.file] }
    return pairs.sorted { $0.key.lexicographicallyPrecedes($1.key) }.compactMap { files, copies in
      let smaller = files.compactMap { counts[$0] }.min() ?? 0
      return copies.count > 1 && copies.count * 2 >= smaller
        ? diagnostic(.error, copies, "stands in two ledgers", "and would count twice")
        : diagnostic(.warning, copies, "stands in two ledgers", "and may count twice")
    }
  }

  /// Notes a row that is in another sheet too; false for one that isn't.
  private mutating func takeCopy(_ row: Row) -> Bool {
    let clauses = row.keys(row.clauses)
    let known = clauses.flatMap { byClause[$0] ?? [] }.filter {
      $0.sheet != row.sheet && row.sharesUnit(with: $0) && row.isCut(of: $0)
    }
    if let other = known.first(where: { Self.isOneDay($0.deadline, row.deadline) }) {
      same.append((row.words, row.location, other.location))
    } else if let other = known.min(by: { $0.location.line ?? 0 < $1.location.line ?? 0 }) {
      moved.append((row.words, row.location, other.location))
    } else {
      for key in clauses where byClause[key, default: []].count < Self.mostOfTitle {
        byClause[key, default: []].append(row)
      }
      return false
    }
    return true
  }

  /// Notes a row that is twice in its sheet, or in other words in another.
  private mutating func takeAlike(_ row: Row, isOneSheet: Bool) {
    let wording = row.wording
    let first = byWording[wording]
    if first == nil { byWording[wording] = row.location }
    let days = isOneSheet ? [] : row.keys([Self.letters(row.deadline[...])])
    // A title of two or three characters (措施, 培训会) may well be that of several.
    if let first, row.whole.count > 3 {
      repeated.append((row.words, row.location, first))
    } else if let other = days.compactMap({ byDay[$0] }).joined().first(where: {
      $0.sheet != row.sheet && row.sharesUnit(with: $0) && row.isLike($0)
    }) {
      alike.append((row.words, row.location, other.location))
    }
    for key in days where byDay[key, default: []].count < Self.mostOfDay {
      byDay[key, default: []].append(row)
    }
  }

  private static func diagnostic(
    _ severity: Diagnostic.Severity, _ copies: [Copy], _ place: String, _ why: String
  ) -> Diagnostic? {
    guard let (words, copy, first) = copies.first else { return nil }
    let count = "\(copies.count) measure\(copies.count == 1 ? " does" : "s do")"
    return Diagnostic(
      severity, at: copy, "“\(words.excerpt)” \(place), as \(count), \(why)",
      help: "the first is at \(first); "
        + (copy.file != first.file
          ? "name the summary or its parts under ledger:, not both"
          : copy.sheet == first.sheet
            ? "keep one, or say in the titles how they differ"
            : "keep the summary or its parts, and move the other sheets into another workbook"))
  }

  private static func isOneDay(_ deadline: String, _ other: String) -> Bool {
    if letters(deadline[...]) == letters(other[...]) { return true }
    let reader = DeadlineReader(issued: nil)
    let (one, two) = (reader.read(deadline), reader.read(other))
    return one.status == .read && two.status == .read && one.readings == two.readings
  }

  /// The unit's name without its role in brackets: 窗口科（牵头）.
  private static func bare(_ unit: String) -> String {
    guard unit.last.map({ "）)".contains($0) }) ?? false,
      let open = unit.lastIndex(where: { "（(".contains($0) }), open > unit.startIndex
    else { return unit }
    return String(unit[..<open])
  }

  /// What ends a clause.
  private static let stops: [Unicode.Scalar] = ["，", ",", "。", "；", ";", "：", ":"]

  /// The title without the number of its area or measure.
  private static func withoutNumber(_ title: String) -> Substring {
    (TableNote.areaTitle(title) ?? NumberedText(title)?.text ?? title)[...]
  }

  /// The title and text of a measure as they are compared.
  private static func letters(_ measure: LedgerDraft.Measure) -> ExactText {
    ExactText(letters(withoutNumber(measure.title?.text ?? "")) + letters((measure.text?.text ?? "")[...]))
  }

  /// Small and narrow letters and digits, without signs and spaces.
  private static func letters(_ text: Substring) -> String {
    // Most are Chinese or digits, and need no look into Unicode's tables.
    let isPlain = { (scalar: Unicode.Scalar) in
      (0x4E00...0x9FFF).contains(scalar.value) || ("0"..."9").contains(scalar)
    }
    if text.unicodeScalars.allSatisfy(isPlain) { return String(text) }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if isPlain(scalar) {
        result.append(scalar)
        continue
      }
      // ＡＢＣ
      let isWide = (0xFF01...0xFF5E).contains(scalar.value)
      var plain = isWide ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
      if ("A"..."Z").contains(plain) { plain = Unicode.Scalar(plain.value + 0x20) ?? plain }
      let isLetter = (0x4E00...0x9FFF).contains(plain.value) || plain.properties.isAlphabetic
      if isLetter || plain.properties.numericType != nil { result.append(plain) }
    }
    return String(result)
  }
}
