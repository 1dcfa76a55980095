import Dispatch
import Glibc
import Synchronization

/// Reads a large table ahead of whoever takes its pieces, on a thread of its own and with a worker for each processor:
/// so that owners and header are read and checked meanwhile.
///
/// Whoever begins a feed cancels it in the end. `@unchecked Sendable`: the descriptor is the reading thread's alone,
/// and what both sides share is behind the mutex and the semaphores.
final class BulkFeed: @unchecked Sendable {
  /// A piece, and the lane that reads it.
  typealias Entry = (piece: BulkPiece, lane: Int)

  /// Bytes in which the header is looked for, the titles and notes above it included.
  private static let headBytes = 64 << 10
  /// A table below this size is read sooner than a second lane begins.
  private static let leastForLanes = 256 << 10
  /// Pieces that may be under way for each lane: one that is read, one that waits, and one ahead.
  private static let depth = 3
  /// More lanes than this would wait for the one that merges.
  private static let mostLanes = 4

  let file: String
  let layout: BulkLayout
  let laneCount: Int
  /// Bytes of the file when it was opened.
  let size: Int
  private let descriptor: Int32
  private let entries = Mutex<[Entry]>([])
  private let spare = Mutex<[BulkPiece]>([])
  private let isCancelled = Atomic(false)
  private let failure = Mutex<BulkRefusal?>(nil)
  // Both begin at 0, and what is free at first is signalled: Dispatch forbids one to end below what it began with.
  private let free = DispatchSemaphore(value: 0)
  private let ready = DispatchSemaphore(value: 0)

  /// Begins to read a file.
  ///
  /// - Throws: ``BulkRefusal`` when it can't be read, or isn't a plain table of measures.
  init(_ file: String) throws(BulkRefusal) {
    let (descriptor, size) = try Self.open(file)
    let head = [UInt8](unsafeUninitializedCapacity: min(size, Self.headBytes)) { buffer, count in
      count = max(0, pread(descriptor, buffer.baseAddress, buffer.count, 0))
    }
    guard let layout = BulkLayout(head, isWhole: head.count == size, file: file) else {
      close(descriptor)
      throw .unsuited
    }
    self.file = file
    self.layout = layout
    self.descriptor = descriptor
    self.size = size
    let processors = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    laneCount = size <= Self.leastForLanes ? 1 : min(max(processors, 1), Self.mostLanes)
    let pieces = (0..<laneCount * Self.depth).map { _ in BulkPiece() }
    spare.withLock { $0 = pieces }
    for _ in pieces { free.signal() }
    DispatchQueue(label: "duban.ledger.feed").async { self.read() }
  }

  /// The next piece, in the file's order; nil behind the last. Whoever took it in gives it back.
  ///
  /// - Throws: ``BulkRefusal`` when the file can't be read on.
  func next() throws(BulkRefusal) -> Entry? {
    ready.wait()
    if let entry = entries.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { return entry }
    ready.signal()
    if let failure = failure.withLock({ $0 }) { throw failure }
    return nil
  }

  /// Has a piece filled with other rows.
  func giveBack(_ piece: BulkPiece) {
    spare.withLock { $0.append(piece) }
    free.signal()
  }

  /// Lets the reading thread end, whatever is left.
  func cancel() {
    isCancelled.store(true, ordering: .releasing)
    free.signal()
  }

  private func read() {
    let lanes = (0..<laneCount).map { _ in BulkLane(layout) }
    var chunks = FileChunks(descriptor, from: layout.firstRow.offset, separator: layout.separator)
    var next = 0
    do throws(BulkRefusal) {
      while true {
        free.wait()
        // Woken without a piece, we are cancelled.
        guard !isCancelled.load(ordering: .acquiring), let piece = spare.withLock({ $0.popLast() }),
          try chunks.next(into: &piece.rows)
        else { break }
        lanes[next].read(piece)
        entries.withLock { [lane = next] in $0.append((piece, lane)) }
        ready.signal()
        next = (next + 1) % laneCount
      }
    } catch { failure.withLock { $0 = error } }
    ready.signal()
  }

  /// The rows of a piece that begins at an offset, to look something up again; nil where that is no longer possible.
  func rows(from offset: Int) -> [UInt8]? {
    guard let (descriptor, _) = try? Self.open(file) else { return nil }
    var chunks = FileChunks(descriptor, from: offset, separator: layout.separator)
    var rows = BulkRows()
    guard let isThere = try? chunks.next(into: &rows), isThere else { return nil }
    return Array(rows.bytes.bytes)
  }

  /// Opens a regular file, as ``SourceFile`` does, which says what is wrong with any other.
  private static func open(_ file: String) throws(BulkRefusal) -> (descriptor: Int32, size: Int) {
    let descriptor = Glibc.open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .unreadable }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_size <= TableLimits.standard.fileBytes
    else {
      close(descriptor)
      throw .unreadable
    }
    return (descriptor, Int(status.st_size))
  }
}
