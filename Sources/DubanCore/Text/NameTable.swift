/// Names that recur, each kept once and known by its number: from 0, in the order in which they came.
public struct NameTable: Sendable {
  private var numbers: [String: Int] = [:]

  /// None yet.
  public init() {}

  /// How many there are.
  public var count: Int { numbers.count }

  /// The number of a name that is there already.
  public func number(of name: String) -> Int? { numbers[name] }

  /// The number of a name, which is taken in where it is new.
  public mutating func take(_ name: String) -> Int {
    if let number = numbers[name] { return number }
    let number = numbers.count
    numbers[name] = number
    return number
  }
}
