/// The measures of an area, in order: a part of a ``MeasureStore``.
///
/// Reads like an array of ``Measure``; each is made when it is asked for. Changing one makes a store of the list's own,
/// which is for ledgers of a size that people change by hand.
public struct MeasureList: Sendable {
  /// The store that holds the measures.
  public private(set) var store: MeasureStore
  private var range: Range<Int>
  /// The places in the list's order where they aren't all of ``range``.
  private var chosen: [UInt32]?

  /// The measures at these places of a store.
  public init(_ store: MeasureStore, _ places: Range<Int>) {
    self.store = store
    range = places
  }

  /// The measures at these places of a store, in that order.
  public init(_ store: MeasureStore, chosen places: [UInt32]) {
    self.store = store
    range = 0..<places.count
    chosen = places
  }

  /// A list of these measures, in a store of its own.
  public init(_ measures: some Collection<Measure>) {
    store = MeasureStore(measures)
    range = 0..<measures.count
  }

  /// Goes through the records of all measures, in order, with each one's place in the store.
  public func forEachRecord(_ body: (_ place: Int, _ record: MeasureRecord) throws -> Void) rethrows {
    let records = store.records
    if let chosen {
      for place in chosen { try body(Int(place), records[Int(place)]) }
    } else {
      for place in range { try body(place, records[place]) }
    }
  }

  /// The place in the store of the measure at that place of the list.
  func place(_ position: Int) -> Int { chosen.map { Int($0[position]) } ?? range.lowerBound + position }
}

extension MeasureList: RandomAccessCollection, MutableCollection, RangeReplaceableCollection {
  /// The empty list.
  public init() { self.init([Measure]()) }

  /// 0.
  public var startIndex: Int { 0 }
  /// How many there are.
  public var endIndex: Int { range.count }

  /// The measure at that place of the list.
  public subscript(position: Int) -> Measure {
    get {
      precondition(position >= 0 && position < range.count)
      return store.measures[place(position)]
    }
    set {
      var measures = Array(self)
      measures[position] = newValue
      self = MeasureList(measures)
    }
  }

  /// Puts other measures in place of some.
  public mutating func replaceSubrange(_ subrange: Range<Int>, with newElements: some Collection<Measure>) {
    var measures = Array(self)
    measures.replaceSubrange(subrange, with: newElements)
    self = MeasureList(measures)
  }
}

extension MeasureList: Equatable {
  /// Whether both hold the same measures in the same order, however they are stored.
  public static func == (left: MeasureList, right: MeasureList) -> Bool { left.elementsEqual(right) }
}

extension MeasureList: ExpressibleByArrayLiteral {
  /// A list of these measures.
  public init(arrayLiteral measures: Measure...) { self.init(measures) }
}
