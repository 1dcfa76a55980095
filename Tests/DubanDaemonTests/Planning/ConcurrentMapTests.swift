import Testing

@testable import DubanDaemon

struct ConcurrentMapTests {
  @Test("in order, each once", arguments: [0, 1, 7, 8, 1000])
  func order(count: Int) {
    #expect(concurrentMap(Array(0..<count)) { $0 * 2 } == (0..<count).map { $0 * 2 })
  }
}
