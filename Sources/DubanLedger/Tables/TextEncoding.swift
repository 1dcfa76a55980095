import DubanCore

/// Finds out how a text file's characters are stored, and turns them into UTF-8.
///
/// A mark at the beginning decides; without one, bytes that are UTF-8 are taken for it, and others are read as
/// GB18030 (which holds GBK and GB2312), as Excel saves CSV on a Chinese Windows.
enum TextEncoding {
  /// Why a file isn't text, and where.
  struct Failure: Error {
    var diagnostic: Diagnostic
  }

  /// The text in UTF-8 without a mark.
  static func utf8(_ bytes: [UInt8], file: String) throws(Failure) -> [UInt8] {
    let text: [UInt8]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      text = try checked(Array(bytes.dropFirst(3)), file: file)
    } else if bytes.starts(with: [0xFF, 0xFE]) {
      text = try converted(Array(bytes.dropFirst(2)), .utf16LittleEndian, file)
    } else if bytes.starts(with: [0xFE, 0xFF]) {
      text = try converted(Array(bytes.dropFirst(2)), .utf16BigEndian, file)
    } else {
      let census = UTF8Census(bytes)
      let isUTF8 = census.firstFlaw == nil || census.wellFormed > census.flaws
      text = isUTF8 ? try checked(bytes, file: file) : try converted(bytes, .gb18030, file)
    }
    if let offset = text.firstIndex(of: 0) {
      throw failure("a NUL character: this is no text file", at: offset, in: text, file: file)
    }
    return text
  }

  /// The bytes as they are, unless they aren't UTF-8.
  private static func checked(_ bytes: [UInt8], file: String) throws(Failure) -> [UInt8] {
    guard let flaw = UTF8Census(bytes).firstFlaw else { return bytes }
    let value = String(bytes[flaw], radix: 16, uppercase: true)
    throw failure(
      "the byte 0x\(value) is not UTF-8, although the rest of the file is", at: flaw, in: bytes, file: file)
  }

  private static func converted(
    _ bytes: [UInt8], _ charset: Charset, _ file: String
  ) throws(Failure) -> [UInt8] {
    do {
      return try Transcoder.utf8(bytes, from: charset)
    } catch {
      switch error {
      case .unsupported:
        throw failure("this system can't convert \(charset.rawValue)", at: 0, in: [], file: file)
      case .malformed(let text):
        throw failure(
          "the text is neither UTF-8 nor \(charset.rawValue)", at: text.count, in: text, file: file)
      }
    }
  }

  private static func failure(
    _ message: String, at offset: Int, in bytes: [UInt8], file: String
  ) -> Failure {
    let (lines, characters) = CSVPlace.advance(bytes, from: 0, to: offset)
    return Failure(
      diagnostic: Diagnostic(
        .error, at: Diagnostic.Location(file: file, line: lines + 1, column: characters + 1), message,
        help: "save the table as .xlsx, or as CSV in UTF-8"))
  }
}
