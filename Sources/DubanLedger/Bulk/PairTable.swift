/// Pairs of places that recur, each known by a place of its own.
struct PairTable {
  private var slots = [(key: UInt64, place: UInt32)](repeating: (.max, 0), count: 1 << 10)
  private var count = 0

  /// The place of a pair; with the pair's two where it is new.
  mutating func place(of first: UInt32, _ second: UInt32) -> (place: UInt32, new: (Int, Int)?) {
    let key = UInt64(first) << 32 | UInt64(second)
    var slot = Self.slot(key, slots.count)
    while slots[slot].key != .max {
      if slots[slot].key == key { return (slots[slot].place, nil) }
      slot = (slot + 1) & (slots.count - 1)
    }
    let place = UInt32(count)
    slots[slot] = (key, place)
    count += 1
    if count * 2 > slots.count { grow() }
    return (place, (Int(first), Int(second)))
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: (.max, 0), count: old.count * 2)
    for entry in old where entry.key != .max {
      var slot = Self.slot(entry.key, slots.count)
      while slots[slot].key != .max { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = entry
    }
  }

  /// Multiplication by the golden ratio spreads what is numbered in order (Knuth, TAOCP 6.4).
  private static func slot(_ key: UInt64, _ count: Int) -> Int {
    let product = key &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: product >> 32) & (count - 1)
  }
}
