import Glibc

/// A large CSV file piece by piece, each of whole rows, so that it is never in memory as a whole.
struct FileChunks: ~Copyable {
  /// Bytes of a piece: small enough for a processor's cache, large beside a row.
  private static let size = 512 << 10

  /// Some whole rows and where they stand in the file.
  struct Chunk: Sendable {
    var bytes: [UInt8]
    /// The offset of the first byte within the file.
    var offset: Int
  }

  private let descriptor: Int32
  private let separator: UInt8
  private var rest: [UInt8] = []
  private var offset: Int
  private var isAtEnd = false

  /// The rows of an open regular file from an offset on, at which a row begins. Closes the file in the end.
  init(_ descriptor: Int32, from offset: Int, separator: UInt8) {
    self.descriptor = descriptor
    self.offset = offset
    self.separator = separator
  }

  deinit { close(descriptor) }

  /// The next rows; nil at the file's end.
  ///
  /// - Throws: ``BulkRefusal/unreadable`` when the system can't read on.
  mutating func next() throws(BulkRefusal) -> Chunk? {
    while true {
      if !isAtEnd { try fill() }
      guard !rest.isEmpty else { return nil }
      let end = isAtEnd ? rest.count : RowEnd.last(in: rest, separator: separator)
      // A row longer than a piece: read on until it ends.
      guard end > 0 else { continue }
      let chunk = Chunk(bytes: end == rest.count ? rest : Array(rest[..<end]), offset: offset)
      offset += end
      rest = end == rest.count ? [] : Array(rest[end...])
      return chunk
    }
  }

  /// Reads one piece more.
  private mutating func fill() throws(BulkRefusal) {
    let known = rest.count
    let start = offset + known
    var problem: BulkRefusal?
    var ended = false
    let before = rest
    rest = [UInt8](unsafeUninitializedCapacity: known + Self.size) { buffer, count in
      _ = buffer[..<known].update(fromContentsOf: before)
      count = known
      while count < known + Self.size, let base = buffer.baseAddress {
        let got = pread(descriptor, base + count, known + Self.size - count, off_t(start + count - known))
        if got < 0, errno == EINTR { continue }
        if got < 0 { problem = .unreadable }
        if got <= 0 {
          ended = true
          break
        }
        count += got
      }
    }
    isAtEnd = ended
    if let problem { throw problem }
  }
}
