import Testing

@testable import DubanDaemon

/// Many things at once come back in their order.
struct InParallelTests {
  @Test("in order, each once", arguments: [0, 1, 7, 8, 1000])
  func order(count: Int) {
    #expect(InParallel.map(Array(0..<count)) { $0 * 2 } == (0..<count).map { $0 * 2 })
  }
}
