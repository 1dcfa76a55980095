import Glibc

/// Character sets that CSV files come in besides UTF-8, by the names that iconv knows.
enum Charset: String, Sendable {
  case gb18030 = "GB18030"
  case utf16LittleEndian = "UTF-16LE"
  case utf16BigEndian = "UTF-16BE"
}

/// Converts text to UTF-8 with the C library's iconv (POSIX.1-2017).
enum Transcoder {
  /// Why a text can't be converted.
  enum Failure: Error {
    /// The C library doesn't know the character set.
    case unsupported
    /// The bytes aren't of that character set; with what came before them, in UTF-8.
    case malformed(after: [UInt8])
  }

  /// `bytes` in UTF-8.
  static func utf8(_ bytes: [UInt8], from charset: Charset) throws(Failure) -> [UInt8] {
    let converter = iconv_open("UTF-8", charset.rawValue)
    guard let converter, Int(bitPattern: converter) != -1 else { throw .unsupported }
    defer { iconv_close(converter) }
    var source = bytes.map(CChar.init(bitPattern:))
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + bytes.count / 2 + 16)
    var chunk = [CChar](repeating: 0, count: 64 << 10)
    let isWhole = source.withUnsafeMutableBufferPointer { source in
      var input = source.baseAddress
      var inputLeft = source.count
      while true {
        let problem = chunk.withUnsafeMutableBytes { chunk in
          var output = chunk.baseAddress?.assumingMemoryBound(to: CChar.self)
          var outputLeft = chunk.count
          let problem = iconv(converter, &input, &inputLeft, &output, &outputLeft) == -1 ? errno : 0
          result.append(contentsOf: chunk[..<(chunk.count - outputLeft)])
          return problem
        }
        // A full chunk is no problem: the rest comes with the next one.
        if problem != E2BIG { return problem == 0 }
      }
    }
    guard isWhole else { throw .malformed(after: result) }
    return result
  }
}
