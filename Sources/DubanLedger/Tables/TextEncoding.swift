import DubanCore
import Glibc

/// Finds out how a text file's characters are stored, and turns them into UTF-8.
///
/// A mark at the beginning decides; without one, bytes that are UTF-8 are taken for it, and others are read as
/// GB18030 (which holds GBK and GB2312), as Excel saves CSV on a Chinese Windows.
enum TextEncoding {
  /// The text in UTF-8 without a mark, or what is wrong with it.
  static func utf8(_ bytes: [UInt8], file: String) -> Result<[UInt8], Diagnostic> {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return checked(Array(bytes.dropFirst(3)), file: file) }
    if bytes.starts(with: [0xFF, 0xFE]) { return converted(Array(bytes.dropFirst(2)), .utf16LittleEndian, file) }
    if bytes.starts(with: [0xFE, 0xFF]) { return converted(Array(bytes.dropFirst(2)), .utf16BigEndian, file) }
    let census = UTF8Census(bytes)
    if census.firstFlaw == nil || census.wellFormed > census.flaws { return checked(bytes, file: file) }
    return converted(bytes, .gb18030, file)
  }

  /// The bytes as they are, unless they aren't UTF-8 or hold a NUL.
  private static func checked(_ bytes: [UInt8], file: String) -> Result<[UInt8], Diagnostic> {
    if let flaw = UTF8Census(bytes).firstFlaw {
      let value = String(bytes[flaw], radix: 16, uppercase: true)
      return .failure(
        Diagnostic(
          .error, at: location(of: flaw, in: bytes, file: file),
          "byte 0x\(value) is not UTF-8, although the rest of the file is",
          help: "the file is damaged here: mend the text and save it as UTF-8"))
    }
    return withoutNUL(bytes, file: file)
  }

  private static func withoutNUL(_ bytes: [UInt8], file: String) -> Result<[UInt8], Diagnostic> {
    guard let offset = bytes.firstIndex(of: 0) else { return .success(bytes) }
    return .failure(
      Diagnostic(
        .error, at: location(of: offset, in: bytes, file: file), "a NUL character: this is no text file",
        help: "save the table as .xlsx, or as CSV in UTF-8"))
  }

  private static func converted(_ bytes: [UInt8], _ charset: Charset, _ file: String) -> Result<
    [UInt8], Diagnostic
  > {
    switch Transcoder.utf8(bytes, from: charset) {
    case .success(let text): return withoutNUL(text, file: file)
    case .failure(.unsupported):
      return .failure(
        Diagnostic(
          .error, at: Diagnostic.Location(file: file), "this system can't convert \(charset.rawValue)",
          help: "save the table as .xlsx, or as CSV in UTF-8"))
    case .failure(.malformed(let text)):
      return .failure(
        Diagnostic(
          .error, at: location(of: text.count, in: text, file: file),
          "the text is neither UTF-8 nor \(charset.rawValue)", help: "save the table as .xlsx, or as CSV in UTF-8"))
    }
  }

  private static func location(of offset: Int, in bytes: [UInt8], file: String) -> Diagnostic.Location {
    let (lines, characters) = CSVPlace.advance(bytes, from: 0, to: offset)
    return Diagnostic.Location(file: file, line: lines + 1, column: characters + 1)
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
    bytes.withUnsafeBufferPointer { bytes in
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
  }

  /// The bytes of the character of more than one byte that begins at `offset`; 0 where there is none.
  private static func length(_ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int) -> Int {
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
