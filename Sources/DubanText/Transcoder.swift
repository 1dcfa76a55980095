import Glibc

/// Text of other character sets as UTF-8, by the C library's iconv (POSIX.1-2017).
package enum Transcoder {
  /// These bytes in UTF-8, and whether all of them are of the character set; nil where the C library doesn't know it.
  ///
  /// - Parameter replacing: whether each byte that isn't of it becomes U+FFFD; otherwise the text ends before the first.
  package static func utf8(
    _ bytes: some Sequence<UInt8>, from charset: String, replacing: Bool = false
  ) -> (bytes: [UInt8], isWhole: Bool)? {
    guard let converter = iconv_open("UTF-8", charset), Int(bitPattern: converter) != -1 else { return nil }
    defer { iconv_close(converter) }
    var source = Array(bytes)
    var (result, isWhole): ([UInt8], Bool) = ([], true)
    var buffer = [UInt8](repeating: 0, count: 8 << 10)
    // iconv moves pointers on through both buffers, which must stay where they are meanwhile.
    source.withUnsafeMutableBytes { source in
      var (input, left) = (source.baseAddress?.assumingMemoryBound(to: CChar.self), source.count)
      while left > 0 {
        let problem = buffer.withUnsafeMutableBytes { buffer in
          var (output, room) = (buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count)
          let problem = iconv(converter, &input, &left, &output, &room) == -1 ? errno : 0
          result += buffer[..<(buffer.count - room)]
          return problem
        }
        // A full buffer is no problem: the rest comes with the next one.
        if problem == 0 || problem == E2BIG { continue }
        isWhole = false
        guard replacing else { return }
        result += "\u{FFFD}".utf8
        (input, left) = (input?.advanced(by: 1), left - 1)
      }
    }
    return (result, isWhole)
  }
}
