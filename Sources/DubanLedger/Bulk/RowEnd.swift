import Glibc

/// Where rows of CSV text end (RFC 4180): at line breaks outside quoted fields.
enum RowEnd {
  /// The offset behind the last whole row of text that begins with a row and may go on; 0 where no row ends.
  static func last(in bytes: UnsafeBufferPointer<UInt8>, separator: UInt8) -> Int {
    guard let base = bytes.baseAddress else { return 0 }
    let hasQuotes = memchr(base, Int32(CSVReader.quote), bytes.count) != nil
    return hasQuotes ? lastBehindQuotes(bytes, separator) : lastLineEnd(bytes)
  }

  private static func lastLineEnd(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var offset = bytes.count
    while offset > 0 {
      let byte = bytes[offset - 1]
      if byte == 0x0A { return offset }
      // An LF may follow a CR that stands last.
      if byte == 0x0D, offset < bytes.count { return offset }
      offset -= 1
    }
    return 0
  }

  private static func lastBehindQuotes(_ bytes: UnsafeBufferPointer<UInt8>, _ separator: UInt8) -> Int {
    var (offset, last) = (0, 0)
    var isFieldStart = true
    while offset < bytes.count {
      if isFieldStart, bytes[offset] == CSVReader.quote {
        guard let end = closing(bytes, offset) else { return last }
        offset = end + 1
        isFieldStart = false
        continue
      }
      let byte = bytes[offset]
      offset += 1
      isFieldStart = byte == separator || byte == 0x0A || byte == 0x0D
      if byte == 0x0D {
        guard offset < bytes.count else { return last }
        if bytes[offset] == 0x0A { offset += 1 }
      }
      if byte == 0x0A || byte == 0x0D { last = offset }
    }
    return last
  }

  /// The quote that closes the field whose quote stands at `offset`; nil where it isn't there, or may be the first of
  /// a pair.
  private static func closing(_ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int) -> Int? {
    var next = offset + 1
    while next < bytes.count {
      guard bytes[next] == CSVReader.quote else {
        next += 1
        continue
      }
      guard next + 1 < bytes.count else { return nil }
      guard bytes[next + 1] == CSVReader.quote else { return next }
      next += 2
    }
    return nil
  }
}
