import Dispatch
import Synchronization

/// Works on many things at once, on every core.
enum InParallel {
  /// Fewer than these aren't worth waking another core.
  private static let least = 8

  /// What `transform` makes of each element, in the elements' order.
  static func map<Element: Sendable, Made: Sendable>(
    _ elements: [Element], _ transform: @Sendable (Element) -> Made
  ) -> [Made] {
    guard elements.count >= least else { return elements.map(transform) }
    let made = Mutex([Made?](repeating: nil, count: elements.count))
    DispatchQueue.concurrentPerform(iterations: elements.count) { index in
      let one = transform(elements[index])
      made.withLock { $0[index] = one }
    }
    return made.withLock { $0.compactMap { $0 } }
  }
}
