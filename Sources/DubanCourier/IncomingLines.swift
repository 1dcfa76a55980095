/// What has come in from a relay, to be taken out line by line.
struct IncomingLines {
  private var bytes: [UInt8] = []
  /// Where the part begins that wasn't taken yet.
  private var start = 0
  /// How far that part was searched for a line end.
  private var searched = 0

  /// How many bytes weren't taken yet.
  var count: Int { bytes.count - start }

  /// Adds what came in.
  mutating func append(_ more: UnsafeRawBufferPointer) {
    if start == bytes.count {
      bytes.removeAll(keepingCapacity: true)
      (start, searched) = (0, 0)
    }
    bytes.append(contentsOf: more)
  }

  /// The next line with its line end; nil while none is whole.
  mutating func next() -> ArraySlice<UInt8>? {
    guard let end = bytes[searched...].firstIndex(of: 0x0A) else {
      searched = bytes.count
      return nil
    }
    defer { (start, searched) = (end + 1, end + 1) }
    return bytes[start...end]
  }

  /// The next bytes, whatever they are: as many as there are, and no more than `most`.
  mutating func take(_ most: Int) -> ArraySlice<UInt8> {
    let end = min(start + most, bytes.count)
    defer { (start, searched) = (end, end) }
    return bytes[start..<end]
  }
}
