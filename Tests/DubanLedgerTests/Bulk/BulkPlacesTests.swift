import TestSupport
import Testing

@testable import DubanLedger

@Suite struct BulkPlacesTests {
  /// Measures have the lines in which they stand, whether noted one by one or many together, with gaps or without.
  @Test(arguments: 0..<50)
  func lines(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let gaps = [0, 0, 3, 30][seed % 4]
    var (places, line) = (BulkPlaces(line: 7, offset: 0, first: 100), UInt32(0))
    var expected: [Int] = []
    for _ in 0..<20 {
      let run = (0..<Int.random(in: 0..<6, using: &random)).map { _ in
        line += Int.random(in: 0..<100, using: &random) < gaps ? 2 : 1
        return BulkRows.Place(start: 0, end: 0, line: line)
      }
      expected += run.map { 7 + Int($0.line) }
      if random.next() % 3 == 0 {
        for place in run { places.add(line: place.line) }
      } else {
        places.add(run[...])
      }
    }
    #expect(expected.indices.map { places.line(of: 100 + $0) } == expected)
  }
}
