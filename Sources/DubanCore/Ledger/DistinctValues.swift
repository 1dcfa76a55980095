/// Values that recur, each kept once and known by its place.
public struct DistinctValues<Value: Hashable & Sendable>: Sendable {
  /// In the order in which they came.
  public private(set) var values: [Value] = []
  private var places: [Value: UInt32] = [:]

  /// None yet.
  public init() {}

  /// The place of a value that is there already.
  public func known(_ value: Value) -> UInt32? { places[value] }

  /// The place of a value, which is taken in where it is new.
  public mutating func place(of value: Value) -> UInt32 {
    if let place = places[value] { return place }
    let place = UInt32(values.count)
    values.append(value)
    places[value] = place
    return place
  }
}
