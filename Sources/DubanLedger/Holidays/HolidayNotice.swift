public import DubanCore

/// The days that a yearly notice of the State Council names: 国务院办公厅关于2026年部分节假日安排的通知.
public struct HolidayNotice: Sendable, Equatable {
  /// A day off, or a Saturday or Sunday that is worked for it.
  public struct Day: Sendable, Equatable {
    /// The festival as the notice names it: 春节, 国庆节、中秋节.
    public var name: String
    /// The day, in the notice's year or in December before.
    public var date: CivilDate
    /// False for a make-up day.
    public var isOff: Bool
  }

  /// The year of the notice; its days may lie in December before.
  public var year: Int
  /// Ascending.
  public var days: [Day]

  /// Reads a notice's text.
  ///
  /// Nothing is taken for granted: each festival must be named and lie in its own holiday, the days must be as many as
  /// the notice says, the days of the week must fit, and make-up days must be Saturdays and Sundays. A notice that
  /// contradicts itself, or a sentence with a date that isn't understood, gives no days at all.
  public static func read(_ text: String, file: String) -> (notice: HolidayNotice?, diagnostics: [Diagnostic])
  {
    var reader = HolidayNoticeReader(text: text, file: file)
    let notice = reader.read()
    return (reader.diagnostics.isEmpty ? notice : nil, reader.diagnostics)
  }

  /// The notice as a holiday-cn file, which ``HolidayReader`` reads.
  public var json: String {
    let lines = days.map { day in
      "    {\"name\": \"\(day.name)\", \"date\": \"\(day.date)\", \"isOffDay\": \(day.isOff)}"
    }
    return """
      {
        "$schema": "https://raw.githubusercontent.com/NateScarlet/holiday-cn/master/schema.json",
        "year": \(year),
        "papers": [],
        "days": [
      \(lines.joined(separator: ",\n"))
        ]
      }

      """
  }
}

/// Takes a holiday notice apart: 二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。
struct HolidayNoticeReader {
  private struct Item {
    var name: String
    var off: [CivilDate] = []
    var makeUp: [CivilDate] = []
    /// How many days off the notice says there are.
    var count: Int?
  }

  private static let festivals: [(name: String, festival: Festival)] = [
    ("元旦", .newYear), ("春节", .springFestival), ("清明节", .qingming), ("劳动节", .labourDay),
    ("端午节", .dragonBoat), ("中秋节", .midAutumn), ("国庆节", .nationalDay),
  ]
  /// The longest holiday so far had nine days; more is a mistake in reading.
  private static let longestHoliday = 14

  private(set) var diagnostics: [Diagnostic] = []
  private let text: String
  private let file: String
  private var year = 0

  init(text: String, file: String) {
    // Lines are cut anywhere; PDF pages add their numbers: — 2 —.
    self.text = String(text.filter { !$0.isWhitespace }.map(Self.plain)).replacing(
      /[—–-]\d{1,2}[—–-]/, with: "")
    self.file = file
  }

  /// The notice; nil, or beside diagnostics, where something is wrong.
  mutating func read() -> HolidayNotice? {
    let title = text.firstMatch(of: /关于(\d{4}|[〇○零一二三四五六七八九]{4})年(?:部分)?节假日(?:放假)?安排/)
    let year = title.flatMap { title in
      var words = text[title.1.startIndex...]
      return PlanDate.year(&words)
    }
    guard let year else {
      if let change = text.firstMatch(of: /关于(?:调整|延长)[^。]{0,20}?(?:元旦|春节|清明节|劳动节|端午节|中秋节|国庆节)/) {
        error(
          "“\(change.0)” changes one holiday; only the notice of a whole year is read",
          help:
            "write its days into the year's file in holidays by hand: isOffDay is false for days that are worked"
        )
        return nil
      }
      error("this isn't a notice of holidays: its title isn't there", help: "expected 关于…年部分节假日安排的通知")
      return nil
    }
    self.year = year
    let items = items()
    for item in items { check(item) }
    checkTogether(items)
    let days = items.flatMap { item in
      item.off.map { HolidayNotice.Day(name: item.name, date: $0, isOff: true) }
        + item.makeUp.map { HolidayNotice.Day(name: item.name, date: $0, isOff: false) }
    }
    return HolidayNotice(year: year, days: days.sorted { $0.date < $1.date })
  }

  /// Full-width digits, brackets and colons in their plain form.
  private static func plain(_ character: Character) -> Character {
    switch character {
    case "（": return "("
    case "）": return ")"
    case "：": return ":"
    case "０"..."９": return character.wholeNumberValue.map { Character(String($0)) } ?? character
    default: return character
    }
  }

  // MARK: Paragraphs

  private mutating func items() -> [Item] {
    let heading = /(?:元旦|春节|清明节|劳动节|端午节|中秋节|国庆节)(?:[、和](?:元旦|春节|清明节|劳动节|端午节|中秋节|国庆节))*:/
    let headings = text.matches(of: heading)
    var items: [Item] = []
    for (index, match) in headings.enumerated() {
      let end = index + 1 < headings.count ? headings[index + 1].range.lowerBound : text.endIndex
      // What follows the last paragraph speaks of duty and safety, and ends with the date of the notice.
      let body = text[match.range.upperBound..<end]
      let rest = body.firstRange(of: "节假日期间").map { body[..<$0.lowerBound] } ?? body
      let signature = rest.firstRange(of: "国务院办公厅").map { rest[..<$0.lowerBound] } ?? rest
      var item = Item(name: match.output.dropLast().split(separator: "和").joined(separator: "、"))
      for clause in signature.split(whereSeparator: { "。；;，,".contains($0) }) { read(clause, into: &item) }
      items.append(item)
    }
    return items
  }

  private mutating func read(_ clause: Substring, into item: inout Item) {
    if let count = clause.firstMatch(of: /(?:共|放假)(\d+)天/) { item.count = Int(count.1) }
    if let end = clause.firstRange(of: "放假") {
      item.off += dates(clause[..<end.lowerBound])
    } else if clause.hasSuffix("上班") {
      let days = clause.dropLast(2)
      item.makeUp += dates(["正常", "照常"].contains { days.hasSuffix($0) } ? days.dropLast(2) : days)
    } else if clause.contains(/\d+日/), !clause.contains("鼓励"), !clause.contains("安排职工") {
      error(
        "“\(clause)” isn't understood",
        help: "expected … 放假 or … 上班; check the notice and write the file by hand")
    }
  }

  // MARK: Dates

  /// The days of 1月29日(星期六)、1月30日(星期日), 4月3日至5日 and 2022年12月31日至2023年1月2日.
  private mutating func dates(_ words: Substring) -> [CivilDate] {
    var days: [CivilDate] = []
    var (year, month) = (self.year, Int?.none)
    var end = words.startIndex
    for match in words.matches(of: /(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\(([^)]*)\))?/) {
      let between = words[end..<match.range.lowerBound]
      end = match.range.upperBound
      year = match.1.flatMap { Int($0) } ?? year
      month = match.2.flatMap { Int($0) } ?? month
      guard let month, let day = Int(match.3), let date = CivilDate(year: year, month: month, day: day) else {
        error("“\(match.0)” is no day of \(year)")
        continue
      }
      if let note = match.4 { checkWeekday(date, note) }
      switch between {
      case "至", "-", "—":
        guard let first = days.last, first < date, date.days(since: first) < Self.longestHoliday else {
          error("“\(words)” is no period that a holiday can have")
          continue
        }
        days += (1...date.days(since: first)).map { first.adding(days: $0) }
      case "", "、", "和": days.append(date)
      default: error("“\(words)” isn't understood")
      }
    }
    if days.isEmpty || end != words.endIndex { error("“\(words)” names no day that can be read") }
    return days
  }

  private mutating func checkWeekday(_ date: CivilDate, _ note: Substring) {
    guard let said = note.firstMatch(of: /(?:周|星期)([一二三四五六日天])/)?.1.first else { return }
    let number = "一二三四五六日".firstIndex(of: said == "天" ? "日" : said)
      .map { "一二三四五六日".distance(from: "一二三四五六日".startIndex, to: $0) + 1 }
    if number != date.weekday.rawValue { error("\(date) is a \(date.weekday.title), not “\(note)”") }
  }

  // MARK: Checks

  private mutating func check(_ item: Item) {
    if item.off.isEmpty { error("\(item.name) has no days off") }
    if let count = item.count, count != item.off.count {
      error("\(item.name): \(item.off.count) days off were read, but the notice says \(count)")
    }
    for (name, festival) in Self.festivals where item.name.contains(name) {
      guard let day = festival.day(in: year) else {
        error(
          "the day of \(name) in \(year) isn't known", help: "check the notice and write the file by hand")
        continue
      }
      if !item.off.contains(day) { error("\(name) falls on \(day), which isn't among its days off") }
    }
    for day in item.makeUp where !day.weekday.isWeekend {
      error("\(item.name): \(day) is a \(day.weekday.title), which is worked anyway")
    }
  }

  private mutating func checkTogether(_ items: [Item]) {
    for (name, _) in Self.festivals {
      let count = items.count { $0.name.split(separator: "、").contains(Substring(name)) }
      if count != 1 { error("\(name) is named \(count) times; expected one paragraph for each festival") }
    }
    var seen: Set<CivilDate> = []
    for day in items.flatMap({ $0.off + $0.makeUp }) where !seen.insert(day).inserted {
      error("\(day) is named twice")
    }
    for day in seen.sorted() where day.year != year && day.year != year - 1 {
      error("the notice of \(year) can't name \(day)")
    }
  }

  private mutating func error(_ message: String, help: String = "check the text against the notice") {
    diagnostics.append(.error, at: Diagnostic.Location(file: file), message, help: help)
  }
}
