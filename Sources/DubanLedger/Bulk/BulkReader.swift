import DubanCore
import Glibc

/// Reads a CSV table of measures piece by piece, on as many processors as there are, and checks it on the way: a
/// country's measures in the time and memory of a list of dates.
///
/// Takes plain tables: UTF-8, one table with an 序号 in each row. Of these it says exactly what the general reader
/// (``TableLedger`` and ``LedgerChecker``) would say; all others it leaves to that.
enum BulkReader {
  /// Bytes in which the header is looked for, the titles and notes above it included.
  private static let headBytes = 256 << 10
  /// Pieces that may be under way for each lane: one that is read and one that waits.
  private static let depth = 2
  /// More lanes than this would wait for the one that merges.
  private static let mostLanes = 4

  /// Whether a file of that name may be read in bulk.
  static func takes(_ file: String) -> Bool {
    let name = file.lowercased()
    return name.hasSuffix(".csv") || name.hasSuffix(".tsv")
  }

  /// The areas that the table holds, with their measures; what is wrong goes to the checker.
  ///
  /// - Throws: ``BulkRefusal`` when the general reader has to read the table, from its start.
  static func read(
    _ file: String, into checker: inout LedgerChecker, owners: [Owner]
  ) throws(BulkRefusal) -> [Area] {
    let (descriptor, size) = try open(file)
    let layout = try layout(of: descriptor, size, file)
    var chunks = FileChunks(descriptor, from: layout.firstRow.offset, separator: layout.separator)
    let processors = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    let lanes = (0..<(size <= headBytes ? 1 : min(max(processors, 1), mostLanes))).map { _ in BulkLane(layout) }
    var merge = BulkMerge(layout, owners: owners, lanes: lanes.count)
    var jobs: [(job: BulkLane.Job, lane: Int)] = []
    var next = 0
    while let chunk = try chunks.next() {
      jobs.append((lanes[next].read(chunk), next))
      next = (next + 1) % lanes.count
      if jobs.count == lanes.count * depth { try merge.take(jobs.removeFirst(), &checker) }
    }
    while !jobs.isEmpty { try merge.take(jobs.removeFirst(), &checker) }
    return try merge.areas(&checker)
  }

  /// The rows of a piece that begins at an offset, to look something up again; nil where that is no longer possible.
  static func bytes(_ file: String, from offset: Int) -> [UInt8]? {
    guard let (descriptor, _) = try? open(file) else { return nil }
    var chunks = FileChunks(descriptor, from: offset, separator: UInt8(ascii: ","))
    return (try? chunks.next())?.bytes
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

  private static func layout(
    of descriptor: Int32, _ size: Int, _ file: String
  ) throws(BulkRefusal) -> BulkLayout {
    let head = [UInt8](unsafeUninitializedCapacity: min(size, headBytes)) { buffer, count in
      count = max(0, pread(descriptor, buffer.baseAddress, buffer.count, 0))
    }
    guard let layout = BulkLayout(head, isWhole: head.count == size, file: file) else {
      close(descriptor)
      throw .unsuited
    }
    return layout
  }
}
