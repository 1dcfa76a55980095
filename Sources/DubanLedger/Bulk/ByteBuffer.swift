/// Bytes in memory that is filled and emptied again and again, and given back once, in the end.
struct ByteBuffer: ~Copyable {
  private var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int) {
    base = .allocate(capacity: max(capacity, 1))
    self.capacity = max(capacity, 1)
  }

  deinit { base.deallocate() }

  /// What is in it, until it changes.
  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }

  /// Leaves out everything behind the first bytes.
  mutating func keep(_ count: Int) { self.count = min(count, self.count) }

  /// Adds bytes.
  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let start = bytes.baseAddress else { return }
    reserve(count + bytes.count)
    (base + count).update(from: start, count: bytes.count)
    count += bytes.count
  }

  /// Adds a byte.
  mutating func append(_ byte: UInt8) {
    reserve(count + 1)
    base[count] = byte
    count += 1
  }

  /// Has `body` fill what is free behind the bytes, at least `room` of it; it says how many bytes it wrote.
  mutating func fill(room: Int, _ body: (UnsafeMutableBufferPointer<UInt8>) -> Int) {
    reserve(count + room)
    count += body(UnsafeMutableBufferPointer(start: base + count, count: room))
  }

  /// Makes room for so many bytes in all.
  mutating func reserve(_ wanted: Int) {
    if wanted > capacity { grow(wanted) }
  }

  private mutating func grow(_ wanted: Int) {
    let larger = max(wanted, capacity + capacity / 2)
    let new = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    new.update(from: base, count: count)
    base.deallocate()
    (base, capacity) = (new, larger)
  }
}
