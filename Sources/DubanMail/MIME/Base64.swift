/// Base64 (RFC 4648, section 4), written straight into the message's bytes.
enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// Appends `bytes` without line breaks.
  static func append(_ bytes: some Collection<UInt8>, to output: inout [UInt8]) {
    encode(bytes, lineLength: .max, to: &output)
  }

  /// Appends `bytes` in lines of 76 characters, each with CRLF (RFC 2045, section 6.8).
  static func appendLines(_ bytes: some Collection<UInt8>, to output: inout [UInt8]) {
    guard !bytes.isEmpty else { return }
    encode(bytes, lineLength: 76, to: &output)
    output.append(13)
    output.append(10)
  }

  private static func encode(_ bytes: some Collection<UInt8>, lineLength: Int, to output: inout [UInt8]) {
    let done: Void? = bytes.withContiguousStorageIfAvailable { buffer in
      output.reserveCapacity(output.count + buffer.count * 4 / 3 + buffer.count / 28 + 8)
      alphabet.withUnsafeBufferPointer { letters in
        var (index, width) = (0, 0)
        while index < buffer.count {
          if width == lineLength {
            output.append(13)
            output.append(10)
            width = 0
          }
          let left = buffer.count - index
          let second = left > 1 ? buffer[index + 1] : 0
          let third = left > 2 ? buffer[index + 2] : 0
          let first = buffer[index]
          output.append(letters[Int(first >> 2)])
          output.append(letters[Int((first & 0x03) << 4 | second >> 4)])
          output.append(left > 1 ? letters[Int((second & 0x0F) << 2 | third >> 6)] : UInt8(ascii: "="))
          output.append(left > 2 ? letters[Int(third & 0x3F)] : UInt8(ascii: "="))
          index += 3
          width += 4
        }
      }
    }
    if done == nil { encode(Array(bytes), lineLength: lineLength, to: &output) }
  }
}
