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

  /// Adds bytes; false when the system has no more memory.
  mutating func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let source = bytes.baseAddress else { return true }
    if count + bytes.count > capacity, !grow(to: count + bytes.count) { return false }
    base?.advanced(by: count).copyMemory(from: source, byteCount: bytes.count)
    count += bytes.count
    return true
  }

  /// Adds one element of an array; false when the system has no more memory.
  mutating func append<Element: BitwiseCopyable>(_ element: Element) -> Bool {
    let size = MemoryLayout<Element>.stride
    if count + size > capacity, !grow(to: count + size) { return false }
    base?.advanced(by: count).storeBytes(of: element, as: Element.self)
    count += size
    return true
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
    (base, capacity) = (new, wanted)
    // Fewer page faults while it fills; where the system has no huge pages, nothing happens.
    madvise(new, wanted, MADV_HUGEPAGE)
    return true
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
