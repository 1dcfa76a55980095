import DubanCore

/// Reads a spreadsheet or CSV file into tables, whatever its name says it is.
enum TableReader {
  /// The file's tables, and what is wrong with it. No table comes with at least one error.
  static func read(
    _ bytes: [UInt8], file: String, limits: TableLimits = .standard
  ) -> (tables: [Table], diagnostics: [Diagnostic]) {
    switch FileKind(bytes) {
    case .zip: return XLSXReader.read(bytes, file: file, limits: limits)
    case .foreign(let words): return ([], [FileKind.refusal(words, file: file)])
    case .text: return readText(bytes, file: file)
    }
  }

  private static func readText(
    _ bytes: [UInt8], file: String
  ) -> (tables: [Table], diagnostics: [Diagnostic]) {
    do {
      let text = try TextEncoding.utf8(bytes, file: file)
      let (table, diagnostics) = CSVReader.read(text, file: file, separator: CSVSeparator.detect(text))
      return ([table], diagnostics)
    } catch {
      return ([], [error.diagnostic])
    }
  }
}

/// What a file really is, by its first bytes: a name says little, and people rename files.
enum FileKind: Equatable {
  /// Comma-, tab- or semicolon-separated text, or at least text of some kind.
  case text
  /// A zip container: .xlsx, or something else that its entries tell.
  case zip
  /// Something that isn't read; with the words that say what it is.
  case foreign(String)

  private static let ole: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

  /// Looks at the bytes; an empty file is text.
  init(_ bytes: [UInt8]) {
    if bytes.starts(with: Array("PK".utf8)), bytes.count > 3, bytes[2] < 9 {
      self = .zip
    } else if bytes.starts(with: Self.ole) {
      self = .foreign(
        !Self.compoundNames(bytes, among: ["EncryptedPackage"]).isEmpty
          ? "a workbook that is protected with a password" : "an old binary workbook (.xls, .et)")
    } else if bytes.starts(with: Array("%PDF".utf8)) {
      self = .foreign("a PDF document")
    } else {
      self = Self.markup(bytes)
    }
  }

  private static func markup(_ bytes: [UInt8]) -> FileKind {
    let text = String(decoding: bytes.prefix(2048).filter { $0 != 0 }, as: UTF8.self)
    let start = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" || $0 == "\u{FFFD}" }
    guard start.hasPrefix("<") else {
      return start.prefix(5).lowercased().hasPrefix("{\\rtf") ? .foreign("an RTF document") : .text
    }
    let head = text.lowercased()
    if head.contains("urn:schemas-microsoft-com:office:spreadsheet") {
      return .foreign("an XML spreadsheet of 2003")
    }
    let isPage = ["<html", "<table", "<!doctype html", "<meta", "<style"].contains { head.contains($0) }
    return isPage ? .foreign("a web page saved under a spreadsheet's name") : .foreign("an XML file")
  }

  /// Those of the names that are in a compound file, which writes the names of its streams in UTF-16.
  static func compoundNames(_ bytes: [UInt8], among names: [String]) -> [String] {
    names.filter { contains(bytes, utf16($0)) }
  }

  private static func utf16(_ text: String) -> [UInt8] {
    text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
  }

  private static func contains(_ bytes: [UInt8], _ pattern: [UInt8]) -> Bool {
    guard let first = pattern.first else { return true }
    return bytes.indices.contains {
      bytes[$0] == first && $0 + pattern.count <= bytes.count
        && bytes[$0..<$0 + pattern.count].elementsEqual(pattern)
    }
  }

  /// The error for a file that isn't read, and what its keeper can do about it.
  static func refusal(_ words: String, file: String) -> Diagnostic {
    Diagnostic(
      .error, at: Diagnostic.Location(file: file), "this is \(words), not an .xlsx workbook or CSV text",
      help: words.contains("password")
        ? "open it in Excel or WPS, remove the password (文件 → 信息 → 保护工作簿) and save it as .xlsx"
        : "open it in Excel, WPS or LibreOffice and save it as .xlsx (另存为 → Excel 工作簿)")
  }
}

/// How large a spreadsheet may be, so that a hostile or broken file can't fill the memory or stop the service.
struct TableLimits: Sendable {
  /// Bytes of one entry of an .xlsx container, unpacked: a sheet of a hundred thousand long rows.
  var entryBytes = 256 << 20
  /// Bytes of all entries that are read, unpacked.
  var totalBytes = 512 << 20
  /// How many times larger than packed an entry may be. Deflate reaches 1032; real sheets stay below 50.
  var ratio = 200
  /// Entries below this size may have any ratio, in bytes.
  var ratioExempt = 1 << 20
  /// Cells of one file, the empty ones to the left of the last included.
  var cells = 16 << 20
  /// Columns with something in them; Excel allows 16384, a ledger has about 12.
  var columns = 512
  /// Sheets of one file.
  var sheets = 256
  /// Bytes of the file itself: a million measures as CSV, and what fits the 32 bits of a cell's offset.
  var fileBytes = 1 << 30

  /// The limits that hold unless a test narrows them.
  static let standard = TableLimits()
}
