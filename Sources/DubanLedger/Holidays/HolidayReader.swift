public import DubanCore
import Foundation

/// Reads the yearly holiday notices from a directory of holiday-cn files: `2022.json` and so on, each with
/// `{"year": 2022, "papers": […], "days": [{"name", "date", "isOffDay"}, …]}`.
///
/// A file holds the days of the *notice* of its year, which may name days of the year before (2018-12-29 works, says the
/// notice of 2019) or after. A year without a file, or whose file lists no days, is not announced yet.
public struct HolidayReader {
  private let directory: String
  private var yaml = YAMLReader()
  private var days: [CivilDate: (isOff: Bool, place: Diagnostic.Location)] = [:]
  private var knownYears: Set<Int> = []

  /// The calendar of all the notices in `directory`, with everything that is wrong with them; a day that can't be
  /// read is left out, and the rest holds.
  public static func read(directory: String) -> (calendar: WorkdayCalendar, diagnostics: [Diagnostic]) {
    var reader = HolidayReader(directory: directory)
    let names = reader.files()
    var diagnostics = reader.yaml.diagnostics
    for name in names {
      reader.yaml = YAMLReader()
      let ofDocument = reader.readFile(name)
      diagnostics += (ofDocument + reader.yaml.diagnostics).inFileOrder()
    }
    let calendar = WorkdayCalendar(
      offDays: reader.days.filter(\.value.isOff).map(\.key),
      makeUpDays: reader.days.filter { !$0.value.isOff }.map(\.key), knownYears: reader.knownYears)
    return (calendar, diagnostics)
  }

  private init(directory: String) { self.directory = directory }

  /// The names of the directory's JSON files, in order.
  private mutating func files() -> [String] {
    do {
      let names = try FileManager.default.contentsOfDirectory(atPath: directory)
      return names.filter { $0.hasSuffix(".json") && $0 != "schema.json" }.sorted()
    } catch {
      let isMissing = (error as? CocoaError)?.code == .fileReadNoSuchFile
      yaml.error(
        Diagnostic.Location(file: directory),
        isMissing ? "there is no such directory of holidays" : "the holidays can't be listed",
        help: "expected a directory, readable by this user, of holiday-cn files such as 2022.json")
      return []
    }
  }

  /// Reads a file; gives what is wrong with it as a document.
  private mutating func readFile(_ name: String) -> [Diagnostic] {
    let file = directory.hasSuffix("/") ? directory + name : "\(directory)/\(name)"
    let digits = name.dropLast(5)
    guard digits.utf8.count == 4, digits.allSatisfy({ ("0"..."9").contains($0) }), let year = Int(digits)
    else {
      yaml.warning(
        Diagnostic.Location(file: file), "this file isn't read: its name is no year",
        help: "expected a name like 2022.json")
      return []
    }
    // Read as YAML, of whose flow style these files use nothing but JSON's part: the parser that Foundation has
    // for JSON doesn't say where a value is.
    let (root, diagnostics) = YAMLDocument.read(file)
    if let root { readNotice(root, year: year) }
    return diagnostics
  }

  private mutating func readNotice(_ root: YAMLValue, year: Int) {
    guard let fields = members(of: root, "the notice") else { return }
    if let stated = yaml.text(fields["year"], "year"), stated.text != String(year) {
      yaml.error(
        stated.location, "the file is of the year “\(stated.text.excerpt)”, but its name says \(year)")
    }
    guard let list = fields["days"] else {
      yaml.error(root.location, "the notice has no days", help: "write \"days\": [] while it isn't out yet")
      return
    }
    let entries = yaml.list(list, "days")
    for entry in entries { readDay(entry, year: year) }
    if !entries.isEmpty { knownYears.insert(year) }
  }

  private mutating func readDay(_ entry: YAMLValue, year: Int) {
    guard let fields = members(of: entry, "a day") else { return }
    guard let field = yaml.text(fields["date"], "date"), let date = CivilDate(field.text) else {
      yaml.error(
        fields["date"]?.location ?? entry.location,
        "date: expected a date like 2022-10-01, found \(fields["date"]?.kind ?? "nothing")")
      return
    }
    guard let flag = yaml.text(fields["isOffDay"], "isOffDay"), let isOff = Bool(flag.text) else {
      yaml.error(
        fields["isOffDay"]?.location ?? entry.location, "isOffDay of \(date) is neither true nor false")
      return
    }
    guard abs(date.year - year) <= 1 else {
      yaml.error(field.location, "the notice of \(year) can't name \(date)", help: "see the year of the date")
      return
    }
    if let known = days[date] {
      if known.isOff != isOff {
        yaml.error(
          flag.location,
          "\(date) is \(isOff ? "off" : "worked") here, but \(known.isOff ? "off" : "worked") at \(known.place)",
          help: "see the notice and correct one of them")
      } else if known.place.file == field.location.file {
        yaml.warning(field.location, "\(date) stands twice", help: "it is already at \(known.place)")
      }
      return
    }
    if !isOff, !date.weekday.isWeekend {
      yaml.warning(
        flag.location, "\(date) is a \(date.weekday.title), which is worked anyway",
        help: "make-up days fall on Saturdays and Sundays: see the notice")
    }
    days[date] = (isOff, field.location)
  }

  /// The values of a JSON object by key. Other people publish these files, and keys that are added to them there
  /// are no mistake here.
  private mutating func members(of value: YAMLValue, _ name: String) -> [String: YAMLValue]? {
    guard case .mapping(let entries) = value.content else {
      yaml.error(value.location, "\(name): expected an object, found \(value.kind)")
      return nil
    }
    return Dictionary(entries.map { ($0.key.text, $0.value) }) { first, _ in first }
  }
}
