import Dispatch
import Foundation
import Synchronization

/// What `transform` makes of each element, in the elements' order, on every core.
///
/// By serial queues, whose threads are their own: Dispatch watches the pool behind `concurrentPerform` with a timer
/// that, once it was used, wakes the process every second for the rest of its life.
func concurrentMap<Element: Sendable, Made: Sendable>(
  _ elements: [Element], _ transform: @escaping @Sendable (Element) -> Made
) -> [Made] {
  let workers = min(ProcessInfo.processInfo.activeProcessorCount, elements.count)
  guard workers > 1 else { return elements.map(transform) }
  let next = Mutex(0)
  let made = Mutex([Made?](repeating: nil, count: elements.count))
  let group = DispatchGroup()
  for _ in 0..<workers {
    DispatchQueue(label: "duban.map").async(group: group) {
      while true {
        let place = next.withLock { place in
          defer { place += 1 }
          return place
        }
        guard place < elements.count else { return }
        let one = transform(elements[place])
        made.withLock { $0[place] = one }
      }
    }
  }
  group.wait()
  return made.withLock { $0.compactMap(\.self) }
}
