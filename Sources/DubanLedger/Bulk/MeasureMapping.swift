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
  private var recordBlock = MemoryBlock()
  private var textBlock = MemoryBlock()
  private(set) var count = 0

  var records: UnsafeBufferPointer<MeasureRecord> {
    UnsafeBufferPointer(start: recordBlock.base?.assumingMemoryBound(to: MeasureRecord.self), count: count)
  }

  var texts: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: textBlock.base?.assumingMemoryBound(to: UInt8.self), count: textBlock.count)
  }

  /// How many bytes of texts there are.
  var textCount: Int { textBlock.count }

  /// Adds texts.
  func append(texts: [UInt8]) throws(BulkRefusal) {
    guard texts.withUnsafeBytes({ textBlock.append($0) }) else { throw .unreadable }
  }

  /// Adds a record.
  func append(_ record: MeasureRecord) throws(BulkRefusal) {
    guard recordBlock.append(record) else { throw .unreadable }
    count += 1
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
