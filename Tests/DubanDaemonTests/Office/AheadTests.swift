import Dispatch
import Synchronization
import Testing

@testable import DubanDaemon

/// What is made ahead comes in order, each once, and never more of it than there is room for.
struct AheadTests {
  @Test("in order, each once", arguments: [0, 1, 7, 8, 1000])
  func order(count: Int) {
    #expect(InParallel.map(Array(0..<count)) { $0 * 2 } == (0..<count).map { $0 * 2 })
  }

  @Test("in pieces, whatever the room", arguments: [1, 3, 64], [3, 8, 100, 1001])
  func pieces(piece: Int, count: Int) {
    let ahead = Ahead(Array(0..<count), room: piece) { $0 * 2 }
    var taken: [Int] = []
    while taken.count < count {
      let some = ahead.take(min(piece, 3))
      #expect(some.count == min(piece, 3, count - taken.count))
      taken += some
    }
    #expect(taken == (0..<count).map { $0 * 2 })
    #expect(ahead.take(1).isEmpty)
  }

  @Test("no more is made than there is room for, and nothing after the end")
  func room() {
    let made = Mutex(0)
    let full = DispatchSemaphore(value: 0)
    let ahead = Ahead(Array(0..<1000), room: 100) { number in
      if made.withLock({ made in
        made += 1
        return made == 100 || made == 150
      }) {
        full.signal()
      }
      return number
    }
    full.wait()
    #expect(made.withLock { $0 } == 100)
    #expect(ahead.take(50) == Array(0..<50))
    full.wait()
    #expect(made.withLock { $0 } == 150)
    ahead.end()
    #expect(ahead.take(10) == Array(50..<60), "what was made before the end is there")
  }
}
