import Dispatch
import DubanCore
import DubanOutbox
import Synchronization

/// Between the one thread that claims and records, and the lanes: here a claim waits for the next lane that is free,
/// and what ended waits to be recorded. So the outbox commits what has accumulated while the next mails are on the
/// wire.
///
/// While every lane has something to do, a lane that takes a claim also gets the one it takes next, so that its courier
/// can make use of it. Where the pace is limited no claim waits, and no lane gets two.
final class ClaimDesk: Sendable {
  /// What has happened since the desk was last asked.
  struct News: Sendable {
    /// What ended.
    var finished: [FinishedClaim] = []
    /// What no lane has tried, and none will.
    var untried: [Claim] = []
    /// How many claims still wait or are under way.
    var outstanding = 0

    /// Adds what happened later; how many are outstanding doesn't concern who keeps it.
    mutating func add(_ later: News) {
      finished += later.finished
      untried += later.untried
    }

    var isEmpty: Bool { finished.isEmpty && untried.isEmpty && outstanding == 0 }
  }

  /// What a lane does next.
  struct Turn: Sendable {
    /// What it tries.
    let claim: Claim
    /// What it tries after that, unless the desk is shut or the claim has waited too long by then; nil where that isn't
    /// known yet.
    let following: Claim?
  }

  private typealias Waiting = (claim: Claim, since: Timestamp)

  private enum Awaited {
    case news, pressingNews
  }

  private struct State {
    var waiting: ArraySlice<Waiting> = []
    /// What the lanes try next, by their numbers.
    var following: [Int: Waiting] = [:]
    /// How many claims lanes are trying.
    var underWay = 0
    /// The lanes that ask for nothing until they are told.
    var idle: [Int]
    let lanes: Int
    var finished: [FinishedClaim] = []
    var untried: [Claim] = []
    /// No waiting claim is tried any more: the relay wants nothing for now, or the delivery is asked to stop.
    var isShut = false
    /// Somebody waits, for any news or for news that can't wait.
    var awaited: Awaited?

    /// How many claims wait, for any lane or for a certain one.
    var waitingCount: Int { waiting.count + following.count }

    /// Whether no waiting claim will be taken by a lane.
    var isStuck: Bool { isShut || idle.count == lanes }

    /// Whether there is something to tell: that nothing is left to wait for is news too.
    var hasNews: Bool {
      !finished.isEmpty || !untried.isEmpty || underWay == 0 && (waitingCount == 0 || isStuck)
    }

    /// Whether the news can't wait for more: half of what was claimed has ended, or a lane has nothing to do.
    var hasPressingNews: Bool { hasNews && (finished.count >= waitingCount || isShut || !idle.isEmpty) }

    func has(_ awaited: Awaited) -> Bool { awaited == .news ? hasNews : hasPressingNews }

    /// Takes the claim that a lane is to try next.
    mutating func take(for lane: Int) -> Waiting? {
      following.removeValue(forKey: lane) ?? waiting.popFirst()
    }

    mutating func takeNews() -> News {
      if isStuck {
        untried += (following.values + waiting).map(\.claim)
        (following, waiting) = ([:], [])
        isShut = false
      }
      defer { (finished, untried) = ([], []) }
      return News(finished: finished, untried: untried, outstanding: waitingCount + underWay)
    }
  }

  /// Seconds that a claim may wait for a lane. Others take its lease after a quarter of an hour where they can't see
  /// that we live, so that a claim that has waited long is rather made anew than tried.
  static let patience: Int64 = 60

  /// How long what has ended may wait to be recorded together with more: a dozen mails to a relay on the same machine,
  /// and nothing to one that isn't.
  private static let gathering = DispatchTimeInterval.milliseconds(10)

  private let state: Mutex<State>
  private let arrival = DispatchSemaphore(value: 0)
  private let stop: StopFlag

  /// A desk for so many lanes, which are idle; once `stop` is raised, nothing that waits is tried any more.
  init(lanes: Int, until stop: StopFlag) {
    state = Mutex(State(idle: Array(0..<lanes), lanes: lanes))
    self.stop = stop
  }

  /// Puts claims in line, and returns the lanes that have to be told.
  func offer(_ claims: [Claim], at now: Timestamp) -> [Int] {
    state.withLock { state in
      state.waiting += claims.map { ($0, now) }
      let called = Array(state.idle.prefix(state.waiting.count))
      state.idle.removeFirst(called.count)
      return called
    }
  }

  /// What a lane is to try next; nil where there is nothing, and the lane is idle then.
  func next(for lane: Int, at now: Timestamp) -> Turn? {
    tell { state in
      while !state.isShut, !stop.isRaised, let (claim, since) = state.take(for: lane) {
        guard since.adding(seconds: Self.patience) >= now else {
          state.untried.append(claim)
          continue
        }
        state.underWay += 1
        // Every other lane finds something too when it has ended what it tries.
        if state.waiting.count >= state.lanes { state.following[lane] = state.waiting.popFirst() }
        return Turn(claim: claim, following: state.following[lane]?.claim)
      }
      state.idle.append(lane)
      return nil
    }
  }

  /// Takes note of what a lane has ended. Where the relay wants nothing more for now, what waits isn't tried.
  func finish(_ finished: FinishedClaim) {
    tell { state in
      state.underWay -= 1
      state.finished.append(finished)
      switch finished.verdict.relay {
      case .goOn, .newConnection: break
      case .pause, .stop: state.isShut = true
      }
    }
  }

  /// How many claims wait or are under way.
  var outstanding: Int { state.withLock { $0.waitingCount + $0.underWay } }

  /// Has no waiting claim tried any more.
  func shut() { state.withLock { $0.isShut = true } }

  /// What has happened; waits until something has, or nothing is under way.
  ///
  /// While the lanes have enough to do it waits a moment longer for more of it: a commit costs about the same for one
  /// mail and for thirty.
  func news() -> News {
    while !isThere(.news) { arrival.wait() }
    let deadline = DispatchTime.now() + Self.gathering
    while !isThere(.pressingNews), arrival.wait(timeout: deadline) == .success {}
    return state.withLock { state in
      state.awaited = nil
      return state.takeNews()
    }
  }

  /// Whether there is such news; where there isn't, its arrival is signalled. (One that was signalled at the last
  /// moment may be signalled in vain later, which is why everyone who waits looks again.)
  private func isThere(_ awaited: Awaited) -> Bool {
    state.withLock { state in
      state.awaited = state.has(awaited) ? nil : awaited
      return state.awaited == nil
    }
  }

  /// Changes the state, and wakes who waits for news if it is there now.
  private func tell<Value: Sendable>(_ change: (inout State) -> Value) -> Value {
    let (value, wakes) = state.withLock { state in
      let value = change(&state)
      let wakes = state.awaited.map(state.has) ?? false
      if wakes { state.awaited = nil }
      return (value, wakes)
    }
    if wakes { arrival.signal() }
    return value
  }
}
