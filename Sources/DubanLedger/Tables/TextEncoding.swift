import DubanCore
import DubanText

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
      text = try converted(Array(bytes.dropFirst(2)), "UTF-16LE", file)
    } else if bytes.starts(with: [0xFE, 0xFF]) {
      text = try converted(Array(bytes.dropFirst(2)), "UTF-16BE", file)
    } else {
      let census = UTF8Census(bytes)
      let isUTF8 = census.firstFlaw == nil || census.wellFormed > census.flaws
      text = isUTF8 ? try checked(bytes, file: file) : try converted(bytes, "GB18030", file)
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
    _ bytes: [UInt8], _ charset: String, _ file: String
  ) throws(Failure) -> [UInt8] {
    guard let text = Transcoder.utf8(bytes, from: charset) else {
      throw failure("this system can't convert \(charset)", at: 0, in: [], file: file)
    }
    guard text.isWhole else {
      throw failure(
        "the text is neither UTF-8 nor \(charset)", at: text.bytes.count, in: text.bytes, file: file)
    }
    return text.bytes
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

/// How much of a text is well-formed UTF-8: tells GB18030 from UTF-8 with a damaged byte.
struct UTF8Census {
  /// Characters of more than one byte that are well-formed.
  private(set) var wellFormed = 0
  /// Bytes that begin no well-formed character.
  private(set) var flaws = 0
  /// The offset of the first such byte.
  private(set) var firstFlaw: Int?

  /// Goes through `bytes` once (Unicode 15, table 3-7: well-formed UTF-8 byte sequences).
  init(_ bytes: [UInt8]) {
    var offset = 0
    while offset < bytes.count {
      if bytes[offset] < 0x80 {
        offset += 1
        continue
      }
      let length = Self.length(bytes, offset)
      if length == 0 {
        if firstFlaw == nil { firstFlaw = offset }
        flaws += 1
        offset += 1
      } else {
        wellFormed += 1
        offset += length
      }
    }
  }

  /// The bytes of the character of more than one byte that begins at `offset`; 0 where there is none.
  static func length(_ bytes: [UInt8], _ offset: Int) -> Int {
    let lead = bytes[offset]
    let (length, second): (Int, ClosedRange<UInt8>)
    switch lead {
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return 0
    }
    guard offset + length <= bytes.count, second.contains(bytes[offset + 1]) else { return 0 }
    for next in offset + 2..<max(offset + 2, offset + length) where bytes[next] & 0xC0 != 0x80 { return 0 }
    return length
  }
}
