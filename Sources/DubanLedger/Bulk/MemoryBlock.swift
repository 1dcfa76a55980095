import CLinux
import Glibc

/// A block of memory straight from the system (mmap(2)), which grows in place or moves without a copy (mremap(2)).
struct MemoryBlock {
  /// Blocks below this size aren't worth a file.
  private static let smallest = 1 << 20

  private(set) var base: UnsafeMutableRawPointer?
  private(set) var count = 0
  private var capacity = 0
  private var isResting = false

  /// A block with room for so many bytes, none of which is taken from the system before it is written.
  init(reserving size: Int) {
    guard size > 0 else { return }
    let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
    guard let new = mmap(nil, size, PROT_READ | PROT_WRITE, flags, -1, 0), new != MAP_FAILED else { return }
    settle(new, size)
  }

  /// Adds bytes; false when the system has no more memory.
  mutating func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let source = bytes.baseAddress else { return true }
    guard let room = room(bytes.count) else { return false }
    room.copyMemory(from: source, byteCount: bytes.count)
    count += bytes.count
    return true
  }

  /// Where so many bytes more can be written; nil when the system has no more memory.
  mutating func room(_ size: Int) -> UnsafeMutableRawPointer? {
    if count + size > capacity, !grow(to: count + size) { return nil }
    return base?.advanced(by: count)
  }

  /// Takes in bytes that were written into the room.
  mutating func take(_ size: Int) { count += size }

  /// Gives the pages behind the last byte back.
  mutating func trim() {
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    let needed = max((count + page - 1) / page * page, page)
    guard let base, needed < capacity, munmap(base + needed, capacity - needed) == 0 else { return }
    capacity = needed
  }

  private mutating func grow(to size: Int) -> Bool {
    let wanted = max(size, capacity + capacity / 2, 64 << 10)
    let new =
      if let base {
        duban_grow_mapping(base, capacity, wanted)
      } else {
        mmap(nil, wanted, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
      }
    guard let new, new != MAP_FAILED else { return false }
    settle(new, wanted)
    return true
  }

  private mutating func settle(_ new: UnsafeMutableRawPointer, _ size: Int) {
    (base, capacity) = (new, size)
    // Fewer page faults while it fills; where the system has no huge pages, nothing happens.
    madvise(new, size, MADV_HUGEPAGE)
  }

  /// Lets the system drop the block's pages; the first time, by writing them into a file without a name. Where that
  /// fails, for want of space say, the block stays in memory.
  mutating func rest(in directory: String) {
    guard let base, count >= Self.smallest else { return }
    if isResting {
      madvise(base, capacity, MADV_DONTNEED)
      return
    }
    let descriptor = duban_open_nameless(directory)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    var written = 0
    while written < count {
      let done = pwrite(descriptor, base + written, count - written, off_t(written))
      if done < 0, errno == EINTR { continue }
      guard done > 0 else { return }
      written += done
    }
    guard ftruncate(descriptor, off_t(capacity)) == 0 else { return }
    // In place of the pages, at the same address, and in one step: a reader sees the same bytes before and after.
    let mapped = mmap(base, capacity, PROT_READ, MAP_SHARED | MAP_FIXED, descriptor, 0)
    isResting = mapped != MAP_FAILED
  }

  /// Gives the block back.
  func free() {
    if let base { munmap(base, capacity) }
  }
}
