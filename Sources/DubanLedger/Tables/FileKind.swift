import DubanCore

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

  /// Those of the names that stand in a compound file, which writes the names of its streams in UTF-16.
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
