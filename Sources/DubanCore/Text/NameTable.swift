/// Names that recur, each kept once and known by its number: from 0, in the order in which they came.
///
/// Two names are the same where Swift's strings are. To hash a string by that rule takes ten times as long as to look at
/// its bytes, so only names that aren't ``PlainName`` are looked up as strings.
public struct NameTable: Sendable {
  /// A name in UTF-8.
  public typealias Bytes = UnsafeBufferPointer<UInt8>

  /// The names, one behind the other, and where each ends.
  private var bytes: [UInt8] = []
  private var ends: [UInt32] = []
  /// The upper half of a name's hash (above) and its number from 1 (below), or 0; a power of two of them, at most half of
  /// them taken.
  private var slots: [UInt64]
  /// Every name, once there is one that isn't plain.
  private var byString: [String: UInt32] = [:]
  /// Whether all of them are ``PlainName``.
  public private(set) var arePlain = true

  /// None yet, with room for so many.
  public init(room: Int = 0) {
    var size = 8
    while size < room * 2 { size *= 2 }
    slots = Array(repeating: 0, count: size)
    ends.reserveCapacity(room)
  }

  /// How many there are.
  public var count: Int { ends.count }

  /// The number of a name that is there already.
  public func number(of name: String) -> Int? { Self.withBytes(of: name) { number(of: $0) } }

  /// The number of a name, which is taken in where it is new.
  public mutating func take(_ name: String) -> Int { Self.withBytes(of: name) { take($0) } }

  /// The number of a name that is there already.
  public func number(of name: Bytes) -> Int? {
    let slot = slot(of: name, EightBytes.hash(name))
    if slots[slot] != 0 { return Self.number(slots[slot]) }
    if arePlain, PlainName.isPlain(name) { return nil }
    let text = String(decoding: name, as: UTF8.self)
    // Where all are plain, another name that means one of them is as rare as a slip of the pen.
    return arePlain ? (0..<count).first { string($0) == text } : byString[text].map { Int($0) }
  }

  /// The number of a name, which is taken in where it is new.
  public mutating func take(_ name: Bytes) -> Int {
    let hash = EightBytes.hash(name)
    let slot = slot(of: name, hash)
    if slots[slot] != 0 { return Self.number(slots[slot]) }
    if !arePlain || !PlainName.isPlain(name) {
      let text = String(decoding: name, as: UTF8.self)
      if arePlain { for number in 0..<count { byString[string(number)] = UInt32(number) } }
      arePlain = false
      if let known = byString[text] { return Int(known) }
      byString[text] = UInt32(count)
    }
    bytes.append(contentsOf: name)
    ends.append(UInt32(bytes.count))
    slots[slot] = (hash >> 32) << 32 | UInt64(count)
    if count * 2 > slots.count { grow() }
    return count - 1
  }

  /// Whether the name of one number comes before that of another in the order of their bytes, which is that of strings
  /// where all ``arePlain``.
  public func isBefore(_ left: Int, _ right: Int) -> Bool {
    let (left, right) = (range(left), range(right))
    return bytes.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return false }
      let shared = min(left.count, right.count)
      var offset = 0
      while offset + 8 <= shared {
        // The first byte highest, so that the numbers are ordered as the bytes are.
        let one = EightBytes.at(left.lowerBound + offset, of: base).byteSwapped
        let other = EightBytes.at(right.lowerBound + offset, of: base).byteSwapped
        if one != other { return one < other }
        offset += 8
      }
      while offset < shared {
        let (one, other) = (base[left.lowerBound + offset], base[right.lowerBound + offset])
        if one != other { return one < other }
        offset += 1
      }
      return left.count < right.count
    }
  }

  private static func withBytes<Result>(of name: String, _ body: (Bytes) -> Result) -> Result {
    var name = name
    return name.withUTF8(body)
  }

  private static func number(_ slot: UInt64) -> Int { Int(slot & 0xFFFF_FFFF) - 1 }

  private func range(_ number: Int) -> Range<Int> {
    (number == 0 ? 0 : Int(ends[number - 1]))..<Int(ends[number])
  }

  private func string(_ number: Int) -> String { String(decoding: bytes[range(number)], as: UTF8.self) }

  /// The slot in which a name stands byte by byte, or would.
  private func slot(of name: Bytes, _ hash: UInt64) -> Int {
    var slot = Int(hash >> 32) & (slots.count - 1)
    while slots[slot] != 0 {
      if slots[slot] >> 32 == hash >> 32, isSame(Self.number(slots[slot]), name) { return slot }
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private func isSame(_ number: Int, _ name: Bytes) -> Bool {
    let range = range(number)
    return bytes.withUnsafeBufferPointer { bytes in
      guard range.count == name.count, let known = bytes.baseAddress, let new = name.baseAddress else {
        return range.count == name.count
      }
      return EightBytes.areSame(known + range.lowerBound, new, range.count)
    }
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: 0, count: old.count * 2)
    for entry in old where entry != 0 {
      var slot = Int(entry >> 32) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = entry
    }
  }
}
