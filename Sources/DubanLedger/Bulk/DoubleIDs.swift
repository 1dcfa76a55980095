import DubanCore

/// Finds ids that stand twice among very many: by sorting what they hash to, which takes a few bytes for each.
enum DoubleIDs {
  /// The places of every measure whose id an earlier one has, with that one, in order.
  static func find(_ store: MeasureStore) -> [(first: Int, again: Int)] {
    let (records, texts) = (store.memory.records, store.memory.texts)
    var keys: [(hash: UInt64, place: UInt32)] = []
    keys.reserveCapacity(records.count)
    for (place, record) in records.enumerated() {
      keys.append((EightBytes.hash(id(record, texts)), UInt32(place)))
    }
    keys.sort { ($0.hash, $0.place) < ($1.hash, $1.place) }
    var found: [(first: Int, again: Int)] = []
    var start = 0
    while start < keys.count {
      var end = start + 1
      while end < keys.count, keys[end].hash == keys[start].hash { end += 1 }
      if end - start > 1 { found += doubles(keys[start..<end].map { Int($0.place) }, store) }
      start = end
    }
    return found.sorted { $0.again < $1.again }
  }

  /// Among measures whose ids have one hash: most often the same id.
  private static func doubles(_ places: [Int], _ store: MeasureStore) -> [(first: Int, again: Int)] {
    var firsts: [String: Int] = [:]
    return places.compactMap { place in
      let id = store.id(store.memory.records[place])
      guard !id.isEmpty else { return nil }
      if let first = firsts[id] { return (first, place) }
      firsts[id] = place
      return nil
    }
  }

  /// Whether every id is a whole number of at most six digits.
  static func areWholeNumbers(_ store: MeasureStore) -> Bool {
    let texts = store.memory.texts
    return store.memory.records.allSatisfy { record in
      let id = id(record, texts)
      return id.count <= 6 && id.allSatisfy { (0x30...0x39).contains($0) }
    }
  }

  private static func id(
    _ record: MeasureRecord, _ texts: UnsafeBufferPointer<UInt8>
  ) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: texts[MeasureTexts(texts, at: record.textStart).id])
  }
}
