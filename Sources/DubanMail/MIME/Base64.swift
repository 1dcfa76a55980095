/// Base64 (RFC 4648, section 4), written straight into the message's bytes.
enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  /// Two letters for every twelve bits, in the order in which they are written.
  private static let pairs = (0..<4096).map { UInt16(alphabet[$0 & 0x3F]) << 8 | UInt16(alphabet[$0 >> 6]) }
  /// The bytes of one full line of 76 characters.
  private static let bytesPerLine = 57

  /// Appends `bytes` without line breaks.
  static func append(_ bytes: [UInt8], to output: inout [UInt8]) {
    bytes.withUnsafeBufferPointer { encode($0, to: &output) }
  }

  /// Appends `bytes` in lines of 76 characters, each with CRLF (RFC 2045, section 6.8).
  static func appendLines(_ bytes: [UInt8], to output: inout [UInt8]) {
    output.reserveCapacity(output.count + bytes.count * 4 / 3 + bytes.count / 28 + 8)
    bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      while start < bytes.count {
        let end = min(start + bytesPerLine, bytes.count)
        encode(UnsafeBufferPointer(rebasing: bytes[start..<end]), to: &output)
        output.append(13)
        output.append(10)
        start = end
      }
    }
  }

  private static func encode(_ bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
    let whole = bytes.count / 3
    // Every place of the buffer is written.
    withUnsafeTemporaryAllocation(of: UInt16.self, capacity: whole * 2) { encoded in
      pairs.withUnsafeBufferPointer { pairs in
        for group in 0..<whole {
          let index = group &* 3
          let word = Int(bytes[index]) << 16 | Int(bytes[index &+ 1]) << 8 | Int(bytes[index &+ 2])
          encoded[group &* 2] = pairs[word >> 12].littleEndian
          encoded[group &* 2 &+ 1] = pairs[word & 0xFFF].littleEndian
        }
      }
      output.append(contentsOf: UnsafeRawBufferPointer(encoded))
    }
    let rest = bytes[(whole * 3)...]
    guard let first = rest.first else { return }
    let second = rest.count > 1 ? rest[rest.startIndex + 1] : 0
    output.append(alphabet[Int(first >> 2)])
    output.append(alphabet[Int((first & 0x03) << 4 | second >> 4)])
    output.append(rest.count > 1 ? alphabet[Int((second & 0x0F) << 2)] : UInt8(ascii: "="))
    output.append(UInt8(ascii: "="))
  }
}
