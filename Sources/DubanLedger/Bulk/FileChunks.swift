import Glibc

/// A large CSV file piece by piece, each of whole rows, so that it is never in memory as a whole.
struct FileChunks: ~Copyable {
  /// Bytes of a piece: small enough for a processor's cache, large beside a row.
  static let size = 256 << 10

  private let descriptor: Int32
  private let separator: UInt8
  /// The beginning of the row that the piece before ended in.
  private var rest = ByteBuffer(capacity: 4 << 10)
  private var offset: Int
  private var isAtEnd = false

  /// The rows of an open regular file from an offset on, at which a row begins. Closes the file in the end.
  init(_ descriptor: Int32, from offset: Int, separator: UInt8) {
    self.descriptor = descriptor
    self.offset = offset
    self.separator = separator
  }

  deinit { close(descriptor) }

  /// Puts the next rows in place of those in `rows`; false at the file's end.
  ///
  /// - Throws: ``BulkRefusal/unreadable`` when the system can't read on.
  mutating func next(into rows: inout BulkRows) throws(BulkRefusal) -> Bool {
    rows.offset = offset
    rows.bytes.keep(0)
    rows.bytes.append(rest.bytes)
    rest.keep(0)
    while true {
      if !isAtEnd { try fill(&rows.bytes) }
      let count = rows.bytes.count
      let end = isAtEnd ? count : RowEnd.last(in: rows.bytes.bytes, separator: separator)
      // A row longer than a piece: read on until it ends.
      if end == 0, !isAtEnd { continue }
      rest.append(UnsafeBufferPointer(rebasing: rows.bytes.bytes[end...]))
      rows.bytes.keep(end)
      offset += end
      return end > 0
    }
  }

  /// Reads one piece more.
  private mutating func fill(_ bytes: inout ByteBuffer) throws(BulkRefusal) {
    let start = offset + bytes.count
    var (problem, ended) = (BulkRefusal?.none, false)
    bytes.fill(room: Self.size) { room in
      var count = 0
      while count < room.count, let base = room.baseAddress {
        let got = pread(descriptor, base + count, room.count - count, off_t(start + count))
        if got < 0, errno == EINTR { continue }
        if got < 0 { problem = .unreadable }
        if got <= 0 {
          ended = true
          break
        }
        count += got
      }
      return count
    }
    isAtEnd = ended
    if let problem { throw problem }
  }
}
