/// Base64 (RFC 4648, section 4), written straight into the message's bytes.
enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  /// Two letters for every twelve bits, in the order in which they are written.
  private static let pairs = (0..<4096).map { UInt16(alphabet[$0 & 0x3F]) << 8 | UInt16(alphabet[$0 >> 6]) }
  /// The bytes of one full line of 76 characters.
  private static let bytesPerLine = 57

  /// Appends `bytes` without line breaks.
  static func append(_ bytes: [UInt8], to output: inout [UInt8]) {
    bytes.withUnsafeBytes { append($0, to: &output) }
  }

  /// Appends `bytes` without line breaks.
  static func append(_ bytes: UnsafeRawBufferPointer, to output: inout [UInt8]) {
    withUnsafeTemporaryAllocation(byteCount: (bytes.count + 2) / 3 * 4, alignment: 1) { letters in
      _ = pairs.withUnsafeBufferPointer { encode(bytes, $0, into: letters, at: 0) }
      output.append(contentsOf: letters)
    }
  }

  /// Appends `bytes` in lines of 76 characters, each with CRLF (RFC 2045, section 6.8).
  static func appendLines(_ bytes: [UInt8], to output: inout [UInt8]) {
    let lines = (bytes.count + bytesPerLine - 1) / bytesPerLine
    let size = (bytes.count + 2) / 3 * 4 + lines * 2
    output += [UInt8](unsafeUninitializedCapacity: size) { letters, count in
      let letters = UnsafeMutableRawBufferPointer(letters)
      bytes.withUnsafeBytes { bytes in
        pairs.withUnsafeBufferPointer { pairs in
          for start in stride(from: 0, to: bytes.count, by: bytesPerLine) {
            let line = UnsafeRawBufferPointer(
              rebasing: bytes[start..<min(start + bytesPerLine, bytes.count)])
            count = encode(line, pairs, into: letters, at: count)
            letters[count] = 13
            letters[count + 1] = 10
            count += 2
          }
        }
      }
    }
  }

  /// Writes the letters of `bytes` from a place of `letters` on, which has room for them; returns their end.
  private static func encode(
    _ bytes: UnsafeRawBufferPointer, _ pairs: UnsafeBufferPointer<UInt16>,
    into letters: UnsafeMutableRawBufferPointer, at place: Int
  ) -> Int {
    var (from, to) = (0, place)
    func write(_ twelveBits: Int) {
      letters.storeBytes(of: pairs[twelveBits & 0xFFF].littleEndian, toByteOffset: to, as: UInt16.self)
      to &+= 2
    }
    // Six bytes are eight letters; they are read as the first of eight.
    while from &+ 8 <= bytes.count {
      let word = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: from, as: UInt64.self))
      write(Int(truncatingIfNeeded: word >> 52))
      write(Int(truncatingIfNeeded: word >> 40))
      write(Int(truncatingIfNeeded: word >> 28))
      write(Int(truncatingIfNeeded: word >> 16))
      from &+= 6
    }
    while from &+ 3 <= bytes.count {
      let word = Int(bytes[from]) << 16 | Int(bytes[from &+ 1]) << 8 | Int(bytes[from &+ 2])
      write(word >> 12)
      write(word)
      from &+= 3
    }
    guard from < bytes.count else { return to }
    let hasSecond = from + 1 < bytes.count
    let word = Int(bytes[from]) << 16 | (hasSecond ? Int(bytes[from + 1]) << 8 : 0)
    write(word >> 12)
    write(word)
    // What no bit of a byte went into.
    letters[to - 1] = UInt8(ascii: "=")
    if !hasSecond { letters[to - 2] = UInt8(ascii: "=") }
    return to
  }
}
