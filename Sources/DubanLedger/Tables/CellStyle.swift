/// How a workbook shows a number, as far as it matters for reading: as a plain number, or as a day.
enum CellStyle: Equatable, Sendable {
  case general
  /// With so many digits after the point: an id such as `1.10` is stored as 1.1.
  case fixed(decimals: Int)
  /// Times a hundred, with a percent sign.
  case percent(decimals: Int)
  /// A day, with its time where it has one.
  case day
  /// A year and month without a day: the day that is stored is none that anybody wrote.
  case month
  /// The same with words behind it, such as 中旬 or 底前, which are the format's.
  case monthWords(String)
  case year
  case time

  /// The style of a format that workbooks refer to by number alone (ECMA-376 part 1, 18.8.30, with the formats
  /// that it lists for zh-cn).
  init(builtIn id: Int) {
    switch id {
    case 1, 3: self = .fixed(decimals: 0)
    case 2, 4: self = .fixed(decimals: 2)
    case 9: self = .percent(decimals: 0)
    case 10: self = .percent(decimals: 2)
    case 14...16, 22, 28...31, 51, 53, 54, 58: self = .day
    case 17, 27, 36, 50, 52, 57: self = .month
    case 18...21, 32...35, 45...47, 55, 56: self = .time
    default: self = .general
    }
  }

  /// The style of a format code such as `yyyy"年"m"月"d"日"` (ECMA-376 part 1, 18.8.31).
  init(code: String) {
    let letters = Self.letters(code)
    let hasTime = letters.contains("h") || letters.contains("s")
    let hasYear = letters.contains("y") || letters.contains("e") && !letters.contains("0")
    let hasDay = letters.contains("d")
    let hasMonth = letters.contains("m") && !hasTime
    if letters.isEmpty || letters.contains("general") {
      self = .general
    } else if hasDay {
      self = .day
    } else if hasMonth, let words = Self.wordsOfMonth(code) {
      self = .monthWords(words)
    } else if hasYear {
      self = letters.contains("m") ? .month : .year
    } else if hasMonth {
      self = .month
    } else if hasTime {
      self = .time
    } else {
      self = Self.number(letters)
    }
  }

  /// What is behind 月 in a format's quotes, where it says which part of the month is meant.
  private static func wordsOfMonth(_ code: String) -> String? {
    guard let month = code.lastIndex(of: "月") else { return nil }
    let words = code[code.index(after: month)...].drop { $0 == "\"" }.prefix { !"\";@".contains($0) }
    let parts = ["上旬", "中旬", "下旬", "底", "末", "初", "中", "前"]
    return parts.contains(where: words.hasPrefix) ? String(words) : nil
  }

  /// Lower-case, the first section only, without quoted, escaped and bracketed parts.
  private static func letters(_ code: String) -> String {
    var result = ""
    var rest = code.lowercased()[...]
    while let sign = rest.popFirst(), sign != ";" {
      switch sign {
      case "\"": rest = rest.drop { $0 != "\"" }.dropFirst()
      case "[": rest = rest.drop { $0 != "]" }.dropFirst()
      case "\\", "_", "*": rest = rest.dropFirst()
      default: result.append(sign)
      }
    }
    return result
  }

  private static func number(_ letters: String) -> CellStyle {
    let decimals = letters.firstIndex(of: ".").map { point in
      letters[point...].dropFirst().prefix { $0 == "0" }.count
    }
    if letters.contains("%") { return .percent(decimals: decimals ?? 0) }
    return letters.contains("0") && !letters.contains("e") ? .fixed(decimals: decimals ?? 0) : .general
  }
}

/// The styles that a workbook's cells refer to by number.
struct CellStyles {
  private var styles: [CellStyle] = []
  private var struck: Set<Int> = []

  /// Reads the part; without one every cell is general.
  init(_ archive: ZipArchive, part: String?) throws(WorkbookFailure) {
    guard let part else { return }
    let handler = Handler()
    try archive.readPart(part, with: handler)
    styles = handler.formats.map { id in
      handler.codes[id].map(CellStyle.init(code:)) ?? CellStyle(builtIn: id)
    }
    struck = Set(handler.fonts.indices.filter { handler.struckFonts.contains(handler.fonts[$0]) })
  }

  /// The style of that number; general where there is none.
  subscript(index: Int) -> CellStyle { styles.indices.contains(index) ? styles[index] : .general }

  /// Whether the style of that number strikes its text through.
  func strikes(_ index: Int) -> Bool { struck.contains(index) }

  private final class Handler: XMLPart.Handler {
    var codes: [Int: String] = [:]
    var formats: [Int] = []
    /// By cell format, its font.
    var fonts: [Int] = []
    var struckFonts: Set<Int> = []
    private var fontCount = 0
    private var isInFonts = false
    private var isInCellFormats = false

    func begin(_ element: Substring, _ attributes: [String: String]) {
      switch element {
      case "numFmt":
        guard let id = attributes["numFmtId"].flatMap({ Int($0) }) else { return }
        codes[id] = attributes["formatCode"]
      case "fonts": isInFonts = true
      case "font" where isInFonts: fontCount += 1
      case "strike" where isInFonts && !["0", "false"].contains(attributes["val"]):
        struckFonts.insert(fontCount - 1)
      case "cellXfs": isInCellFormats = true
      case "xf" where isInCellFormats:
        formats.append(attributes["numFmtId"].flatMap { Int($0) } ?? 0)
        fonts.append(attributes["fontId"].flatMap { Int($0) } ?? 0)
      default: break
      }
    }

    func end(_ element: Substring) {
      if element == "cellXfs" { isInCellFormats = false }
      if element == "fonts" { isInFonts = false }
    }
  }
}
