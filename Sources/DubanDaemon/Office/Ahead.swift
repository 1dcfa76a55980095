import Dispatch
import Glibc
import Synchronization

/// Makes things on every core ahead of who takes them, in their order, but no further ahead than there is room for.
///
/// By serial queues, whose threads are their own: Dispatch watches the pool behind `concurrentPerform` and the global
/// queues with a timer that, once they were used, wakes the process every second for the rest of its life.
final class Ahead<Element: Sendable, Made: Sendable>: Sendable {
  /// Fewer than these aren't worth waking another core: they are made when they are taken.
  private static var least: Int { 8 }

  private struct State {
    /// The place of the next element to be made.
    var next = 0
    /// What is made and not taken, by its place.
    var made: [Int: Made] = [:]
    /// What is taken, or waited for.
    var taken = 0..<0
    /// How many of those are still being made.
    var missing = 0
    var isEnded = false
  }

  private let elements: [Element]
  private let transform: @Sendable (Element) -> Made
  private let state = Mutex(State())
  private let most: Int
  /// Counts what may be made before something is taken.
  private let room = DispatchSemaphore(value: 0)
  /// Everything that is waited for is made.
  private let arrival = DispatchSemaphore(value: 0)
  private let workers: Int

  /// Begins to make them.
  ///
  /// - Parameter room: how many may be made and not taken at any time.
  init(_ elements: [Element], room: Int, _ transform: @escaping @Sendable (Element) -> Made) {
    self.elements = elements
    self.transform = transform
    let cores = max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1)
    workers = elements.count < Self.least ? 0 : cores
    most = max(room, cores)
    for _ in 0..<most { self.room.signal() }
    for _ in 0..<workers { DispatchQueue(label: "duban.ahead").async { self.work() } }
  }

  /// The next `count` of what is made, fewer at the end; waits until they are. There must be room for as many. Called
  /// from one thread at a time.
  func take(_ count: Int) -> [Made] {
    precondition(count <= most)
    let (places, isMissing) = state.withLock { state in
      let first = state.taken.upperBound
      state.taken = first..<min(first + count, elements.count)
      state.missing = state.taken.count { state.made[$0] == nil }
      return (state.taken, state.missing > 0)
    }
    guard workers > 0 else { return places.map { transform(elements[$0]) } }
    if isMissing { arrival.wait() }
    let made = state.withLock { state in places.compactMap { state.made.removeValue(forKey: $0) } }
    for _ in places { room.signal() }
    return made
  }

  /// Has nothing more made: nobody will take it.
  func end() {
    state.withLock { $0.isEnded = true }
    for _ in 0..<workers { room.signal() }
  }

  private func work() {
    while true {
      room.wait()
      let place: Int? = state.withLock { state in
        guard !state.isEnded, state.next < elements.count else { return nil }
        defer { state.next += 1 }
        return state.next
      }
      guard let place else { return }
      let made = transform(elements[place])
      let isLast = state.withLock { state in
        state.made[place] = made
        guard state.taken.contains(place) else { return false }
        state.missing -= 1
        return state.missing == 0
      }
      if isLast { arrival.signal() }
    }
  }
}
