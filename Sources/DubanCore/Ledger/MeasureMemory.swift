/// Where a ``MeasureStore`` keeps its records and texts: on the heap, or in a mapping that the system can take back
/// while nobody looks.
///
/// Both pointers stay valid, and what they point at unchanged, for as long as the object lives.
public protocol MeasureMemory: AnyObject, Sendable {
  /// The records.
  var records: UnsafeBufferPointer<MeasureRecord> { get }
  /// The texts, in UTF-8.
  var texts: UnsafeBufferPointer<UInt8> { get }
  /// Gives the memory back to the system until it is read again, where it can: into a file without a name in that
  /// directory. May be called again after each time that it was read.
  func rest(in directory: String)
}

/// Records and texts on the heap.
///
/// `@unchecked Sendable`: both buffers are written once, before the object exists for anybody else.
final class MeasureHeap: MeasureMemory, @unchecked Sendable {
  let records: UnsafeBufferPointer<MeasureRecord>
  let texts: UnsafeBufferPointer<UInt8>

  init(_ records: [MeasureRecord], _ texts: [UInt8]) {
    let ownRecords = UnsafeMutableBufferPointer<MeasureRecord>.allocate(capacity: records.count)
    _ = ownRecords.initialize(from: records)
    self.records = UnsafeBufferPointer(ownRecords)
    let ownTexts = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: texts.count)
    _ = ownTexts.initialize(from: texts)
    self.texts = UnsafeBufferPointer(ownTexts)
  }

  deinit {
    records.deallocate()
    texts.deallocate()
  }

  /// The heap stays where it is.
  func rest(in directory: String) {}
}
