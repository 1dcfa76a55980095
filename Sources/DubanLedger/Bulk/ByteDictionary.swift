import Glibc

/// Texts that recur, each kept once and known by its place: a hash table over bytes, for millions of look-ups of which
/// few are new.
struct ByteDictionary {
  private struct Entry {
    var hash: UInt64
    var start: Int
    var count: Int
  }

  private var bytes: [UInt8] = []
  /// The first is the empty text, which most cells of many columns hold.
  private var entries = [Entry(hash: 0, start: 0, count: 0)]
  /// The place of an entry, or -1; a power of two of them, at most half of them taken.
  private var slots = [Int32](repeating: -1, count: 1 << 10)

  /// The place of the text that was asked for last.
  private var last = 0

  /// The place of a text, which is taken in where it is new; 0 for the empty one.
  mutating func place(of text: UnsafeBufferPointer<UInt8>) -> (place: Int, isNew: Bool) {
    if text.isEmpty { return (0, false) }
    // Rows that follow one another often say the same.
    if isSame(entries[last], text) { return (last, false) }
    let hash = Self.hash(text)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let place = Int(slots[slot])
      if entries[place].hash == hash, isSame(entries[place], text) {
        last = place
        return (place, false)
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = Int32(entries.count)
    entries.append(Entry(hash: hash, start: bytes.count, count: text.count))
    bytes.append(contentsOf: text)
    if entries.count * 2 > slots.count { grow() }
    last = entries.count - 1
    return (last, true)
  }

  private func isSame(_ entry: Entry, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    entry.count == text.count
      && bytes.withUnsafeBufferPointer { bytes in
        guard let known = bytes.baseAddress, let new = text.baseAddress else { return true }
        return memcmp(known + entry.start, new, text.count) == 0
      }
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 2)
    for (place, entry) in entries.enumerated().dropFirst() {
      var slot = Int(truncatingIfNeeded: entry.hash) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(place)
    }
  }

  /// Eight bytes at a time, mixed by multiplication (as in wyhash): texts of the same file, not of an attacker who could
  /// win more than his own time.
  static func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
    let raw = UnsafeRawBufferPointer(text)
    var hash = UInt64(text.count) &* 0x9E37_79B9_7F4A_7C15
    var offset = 0
    while offset + 8 <= raw.count {
      hash = mixed(hash ^ raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset += 8
    }
    var last: UInt64 = 0
    while offset < raw.count {
      last = last << 8 | UInt64(raw[offset])
      offset += 1
    }
    return mixed(hash ^ last)
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return product.high ^ product.low
  }
}
