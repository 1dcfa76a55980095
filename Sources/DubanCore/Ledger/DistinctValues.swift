/// Values that recur, each kept once and known by its place.
public struct DistinctValues<Value: Hashable & Sendable>: Sendable {
  /// A value with its hash, so that a table that grows needn't work it out again.
  private struct Key: Hashable, Sendable {
    let value: Value
    let hash: Int

    init(_ value: Value) {
      self.value = value
      hash = value.hashValue
    }

    func hash(into hasher: inout Hasher) { hasher.combine(hash) }
    static func == (left: Key, right: Key) -> Bool { left.hash == right.hash && left.value == right.value }
  }

  /// In the order in which they came.
  public private(set) var values: [Value] = []
  private var places: [Key: UInt32] = [:]

  /// None yet.
  public init() {}

  /// The place of a value that is there already.
  public func known(_ value: Value) -> UInt32? { places[Key(value)] }

  /// The place of a value, which is taken in where it is new.
  public mutating func place(of value: Value) -> UInt32 {
    let key = Key(value)
    if let place = places[key] { return place }
    let place = UInt32(values.count)
    values.append(value)
    places[key] = place
    return place
  }
}
