extension UnsafeBufferPointer<UInt8> {
  /// Where the next byte of ASCII stands, at `start` or behind it; the count where there is none.
  ///
  /// What has to be escaped is ASCII, and most of our texts is Chinese: eight bytes of it are passed over at a time.
  func nextASCII(from start: Int) -> Int {
    let high: UInt64 = 0x8080_8080_8080_8080
    let bytes = UnsafeRawBufferPointer(self)
    var index = start
    while index < count, self[index] >= 0x80 {
      if index + 8 <= count, bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) & high == high {
        index += 8
      } else {
        index += 1
      }
    }
    return index
  }

  /// Hands over the text in pieces: what `escape` names something for is replaced by it, the rest is as it stands.
  func forEachPiece(
    escaping escape: (UInt8) -> StaticString?, _ take: (UnsafeBufferPointer<UInt8>) -> Void
  ) {
    var start = 0
    var index = nextASCII(from: 0)
    while index < count {
      if let escaped = escape(self[index]) {
        take(UnsafeBufferPointer(rebasing: self[start..<index]))
        escaped.withUTF8Buffer(take)
        start = index + 1
      }
      index = nextASCII(from: index + 1)
    }
    take(UnsafeBufferPointer(rebasing: self[start...]))
  }
}
