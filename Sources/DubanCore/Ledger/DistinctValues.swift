/// Values that recur, each kept once and known by its place.
///
/// Inlinable, because a reader of tables in another module asks for every word, at half the cost once its type is known.
public struct DistinctValues<Value: Hashable & Sendable>: Sendable {
  /// A value with its hash, so that a table that grows needn't work it out again.
  @usableFromInline
  struct Key: Hashable, Sendable {
    @usableFromInline let value: Value
    @usableFromInline let hash: Int

    @inlinable
    init(_ value: Value) {
      self.value = value
      hash = value.hashValue
    }

    @inlinable
    func hash(into hasher: inout Hasher) { hasher.combine(hash) }
    @inlinable
    static func == (left: Key, right: Key) -> Bool { left.hash == right.hash && left.value == right.value }
  }

  @usableFromInline var kept: [Value] = []
  @usableFromInline var places: [Key: UInt32] = [:]

  /// In the order in which they came.
  @inlinable
  public var values: [Value] { kept }

  /// None yet.
  @inlinable
  public init() {}

  /// The place of a value that is there already.
  @inlinable
  public func known(_ value: Value) -> UInt32? { places[Key(value)] }

  /// The place of a value, which is taken in where it is new.
  @inlinable
  public mutating func place(of value: Value) -> UInt32 {
    let key = Key(value)
    if let place = places[key] { return place }
    let place = UInt32(kept.count)
    kept.append(value)
    places[key] = place
    return place
  }
}
