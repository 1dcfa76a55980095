import DubanCore

/// Texts that recur, each kept once and known by its place: a hash table over bytes, for millions of look-ups of which
/// few are new.
///
/// A slot holds half of a hash and where the text stands; there its place and length stand before its bytes. A look-up
/// waits for memory twice.
struct ByteDictionary {
  /// A text that is looked up together with others.
  struct Question {
    fileprivate var tag: UInt32
    /// Where the text begins within the others' bytes, and how long it is.
    fileprivate var start: UInt32
    fileprivate var count: UInt32
    /// What the caller knows it by.
    var number: UInt32
    fileprivate var slot: UInt64 = 0
    fileprivate var head: UInt64 = 0

    init(_ text: UnsafeBufferPointer<UInt8>, start: Int, number: Int) {
      tag = ByteDictionary.tag(text)
      self.start = UInt32(start)
      count = UInt32(text.count)
      self.number = UInt32(number)
    }
  }

  /// For each text its length (above) and place (below), then its bytes in whole words; the first is the empty text,
  /// which most cells of many columns hold.
  private var words: [UInt64] = [0]
  /// The upper half of a hash (above) and where the text stands within ``words`` (below), or 0; a power of two of them,
  /// at most half of them taken.
  private var slots = [UInt64](repeating: 0, count: 1 << 8)
  /// How many texts there are, with the empty one.
  private(set) var count = 1
  /// Where the text stands that was asked for last.
  private var last = 0

  /// The place of a text, which is taken in where it is new; 0 for the empty one.
  mutating func place(of text: UnsafeBufferPointer<UInt8>) -> (place: Int, isNew: Bool) {
    if text.isEmpty { return (0, false) }
    // Rows that follow one another often say the same.
    if isSame(last, text) { return (place(at: last), false) }
    return place(of: text, tag: Self.tag(text))
  }

  /// The places of many texts within `bytes`, one after the other. No step of one waits for another's, so that they wait
  /// for memory together.
  mutating func places(
    of texts: inout [Question], in bytes: UnsafeBufferPointer<UInt8>,
    _ take: (_ question: Question, _ text: UnsafeBufferPointer<UInt8>, _ place: Int, _ isNew: Bool) -> Void
  ) {
    for index in texts.indices { texts[index].slot = slots[Int(texts[index].tag) & (slots.count - 1)] }
    for index in texts.indices { texts[index].head = words[Int(texts[index].slot & 0xFFFF_FFFF)] }
    for question in texts {
      let text = UnsafeBufferPointer(
        rebasing: bytes[Int(question.start)..<Int(question.start + question.count)])
      let isLikely = question.slot >> 32 == UInt64(question.tag) && question.head >> 32 == UInt64(text.count)
      if isLikely, isSame(Int(question.slot & 0xFFFF_FFFF), text) {
        take(question, text, Int(question.head & 0xFFFF_FFFF), false)
      } else {
        let (place, isNew) = place(of: text, tag: question.tag)
        take(question, text, place, isNew)
      }
    }
  }

  private mutating func place(
    of text: UnsafeBufferPointer<UInt8>, tag: UInt32
  ) -> (place: Int, isNew: Bool) {
    var slot = Int(tag) & (slots.count - 1)
    while slots[slot] != 0 {
      let start = Int(slots[slot] & 0xFFFF_FFFF)
      if slots[slot] >> 32 == UInt64(tag), isSame(start, text) {
        last = start
        return (place(at: start), false)
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = UInt64(tag) << 32 | UInt64(words.count)
    last = words.count
    add(text)
    count += 1
    if count * 2 > slots.count { grow() }
    return (count - 1, true)
  }

  private func place(at start: Int) -> Int { Int(words[start] & 0xFFFF_FFFF) }

  private func isSame(_ start: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    words.withUnsafeBufferPointer { words in
      guard words[start] >> 32 == UInt64(text.count), let new = text.baseAddress,
        let known = UnsafeRawPointer(words.baseAddress.map { $0 + start + 1 })
      else { return false }
      return EightBytes.areSame(known.assumingMemoryBound(to: UInt8.self), new, text.count)
    }
  }

  private mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
    words.append(UInt64(text.count) << 32 | UInt64(count))
    let start = words.count
    words.append(contentsOf: repeatElement(0, count: (text.count + 7) / 8))
    words.withUnsafeMutableBytes {
      UnsafeMutableRawBufferPointer(rebasing: $0[(start * 8)...]).copyBytes(from: text)
    }
  }

  private mutating func grow() {
    let old = slots
    slots = [UInt64](repeating: 0, count: old.count * 2)
    for entry in old where entry != 0 {
      var slot = Int(entry >> 32) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = entry
    }
  }

  private static func tag(_ text: UnsafeBufferPointer<UInt8>) -> UInt32 {
    UInt32(truncatingIfNeeded: EightBytes.hash(text) >> 32)
  }
}
