import Dispatch
import Glibc
import Synchronization

/// Works on many things at once, on every core.
///
/// By serial queues, whose threads are their own: Dispatch watches the pool behind `concurrentPerform` and the global
/// queues with a timer that, once they were used, wakes the process every second for the rest of its life.
enum InParallel {
  /// Fewer than these aren't worth waking another core.
  private static let least = 8

  /// What `transform` makes of each element, in the elements' order.
  static func map<Element: Sendable, Made: Sendable>(
    _ elements: [Element], _ transform: @escaping @Sendable (Element) -> Made
  ) -> [Made] {
    guard elements.count >= least else { return elements.map(transform) }
    let work = Work<Made>(count: elements.count)
    let group = DispatchGroup()
    for _ in 0..<min(max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1), elements.count) {
      DispatchQueue(label: "duban.parallel").async(group: group) {
        while let index = work.take() { work.put(transform(elements[index]), at: index) }
      }
    }
    group.wait()
    return work.all
  }

  /// What is left to do, and what is done.
  private final class Work<Made: Sendable>: Sendable {
    private let next = Atomic(0)
    private let made: Mutex<[Made?]>
    private let count: Int

    init(count: Int) {
      self.count = count
      made = Mutex(Array(repeating: nil, count: count))
    }

    func take() -> Int? {
      let index = next.add(1, ordering: .relaxed).oldValue
      return index < count ? index : nil
    }

    func put(_ one: Made, at index: Int) { made.withLock { $0[index] = one } }

    var all: [Made] { made.withLock { $0.compactMap { $0 } } }
  }
}
