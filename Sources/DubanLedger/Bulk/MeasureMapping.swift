import DubanCore
import Glibc

/// Records and texts in memory of their own, which grows without being copied and can rest in a file.
///
/// While it rests, the system drops the pages that nobody reads and reads them again from the file, which has no name
/// and is gone with the process. Addresses stay the same, so that nobody who reads notices.
///
/// `@unchecked Sendable`: it grows while one reader of files holds it, before anybody else has it; resting changes
/// nothing that a reader sees, and is done under the lock of whoever calls it.
final class MeasureMapping: MeasureMemory, @unchecked Sendable {
  /// Few rows of a table of measures are shorter.
  private static let leastRowBytes = 24

  private var recordBlock: MemoryBlock
  private var textBlock: MemoryBlock
  private(set) var count = 0

  /// Memory for what a file of that size holds. Only what is filled is taken from the system; where it is too little, it
  /// grows.
  init(fileBytes: Int) {
    textBlock = MemoryBlock(reserving: fileBytes)
    recordBlock = MemoryBlock(
      reserving: fileBytes / Self.leastRowBytes * MemoryLayout<MeasureRecord>.stride)
  }

  var records: UnsafeBufferPointer<MeasureRecord> {
    UnsafeBufferPointer(start: recordBlock.base?.assumingMemoryBound(to: MeasureRecord.self), count: count)
  }

  var texts: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: textBlock.base?.assumingMemoryBound(to: UInt8.self), count: textBlock.count)
  }

  /// How many bytes of texts there are.
  var textCount: Int { textBlock.count }

  /// Adds texts.
  func append(texts: UnsafeBufferPointer<UInt8>) throws(BulkRefusal) {
    guard textBlock.append(UnsafeRawBufferPointer(texts)) else { throw .unreadable }
  }

  /// Has `body` write up to so many further records; it says how many it wrote.
  func append(
    records most: Int, _ body: (UnsafeMutablePointer<MeasureRecord>) -> Int
  ) throws(BulkRefusal) {
    let stride = MemoryLayout<MeasureRecord>.stride
    guard let room = recordBlock.room(most * stride) else { throw .unreadable }
    let added = body(room.assumingMemoryBound(to: MeasureRecord.self))
    recordBlock.take(added * stride)
    count += added
  }

  /// Gives back what wasn't filled: nothing is added any more.
  func finish() {
    recordBlock.trim()
    textBlock.trim()
  }

  func rest(in directory: String) {
    recordBlock.rest(in: directory)
    textBlock.rest(in: directory)
  }

  deinit {
    recordBlock.free()
    textBlock.free()
  }
}
