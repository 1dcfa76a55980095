import DubanCore
import DubanOutbox
import Foundation
import Synchronization
import TestSupport
import Testing

/// More than one process or thread at work on one outbox, and processes that die.
@Suite struct OutboxProcessTests {
  @Test(arguments: StoreKind.installed) func threadsWithHandlesOfTheirOwnNeverGetTheSameEntry(
    _ kind: StoreKind
  ) throws {
    let store = try TestStore(kind)
    try queue(store, 200)
    let claimed = Mutex<[Int64]>([])
    let failures = Mutex<[any Error]>([])
    DispatchQueue.concurrentPerform(iterations: 4) { number in
      do {
        let outbox = try store.open()
        let terms = Sample.terms(Int32(number) + 1)
        var finished: [FinishedClaim] = []
        repeat {
          let claims = try outbox.advance(finished, claiming: 1 + number, on: terms, now: Sample.now)
          claimed.withLock { $0 += claims.map(\.entry) }
          finished = claims.map { FinishedClaim($0, Sample.accepted, at: Sample.now) }
        } while !finished.isEmpty
      } catch {
        failures.withLock { $0.append(error) }
      }
    }
    #expect(failures.withLock { $0.map { "\($0)" } } == [])
    #expect(claimed.withLock { $0.sorted() } == Array(1...200))
  }

  @Test(arguments: StoreKind.installed) func handlesThatOpenAndPlanAtOnceQueueEachReminderOnce(
    _ kind: StoreKind
  ) throws {
    let store = try TestStore(kind)
    let queued = Mutex(0)
    let failures = Mutex<[any Error]>([])
    DispatchQueue.concurrentPerform(iterations: 6) { number in
      do {
        let outbox = try store.open()
        let entries = (0..<20).map { Sample.entry("n\($0)", reminders: ["r\($0)"]) }
        let result = try outbox.enqueue(number.isMultiple(of: 2) ? entries : entries.reversed())
        queued.withLock { $0 += result.queued.count }
      } catch {
        failures.withLock { $0.append(error) }
      }
    }
    #expect(failures.withLock { $0.map { "\($0)" } } == [])
    #expect(queued.withLock { $0 } == 20)
  }

  @Test(arguments: StoreKind.installed) func twoProcessesNeverSendTheSameEntry(
    _ kind: StoreKind
  ) throws {
    let store = try TestStore(kind)
    try queue(store, 120)
    let peers = try (0..<2).map { _ in try drain(store, at: Sample.now) }
    let lines = peers.map { $0.lines() }
    #expect(lines.allSatisfy { $0.first == "opened" })
    #expect(try delivered(store).sorted() == (0..<120).map { "<n\($0)@example.org>" }.sorted())
  }

  /// The short form of `scripts/crash-run`, below the daemon: a kill after each possible step.
  @Test(arguments: StoreKind.installed) func killedAtAnyStepItLosesNothingAndRepeatsOneAtMost(
    _ kind: StoreKind
  ) throws {
    let store = try TestStore(kind)
    try queue(store, 40)
    var now = Sample.now
    var kills = 0
    var random = SeededGenerator(seed: 4)
    while try store.open().backlog().open > 0 {
      let peer = try drain(store, at: now)
      let steps = Int.random(in: 0...7, using: &random)
      var ended = false
      for _ in 0..<steps where !ended { ended = peer.line() == nil }
      peer.kill()
      kills += 1
      now = now.adding(seconds: 4 * 3600)
      try #require(kills < 400, "no way forward")
    }
    let delivered = try delivered(store)
    #expect(Set(delivered) == Set((0..<40).map { "<n\($0)@example.org>" }))
    #expect(delivered.count - 40 <= kills)
    let outbox = try store.open()
    try outbox.checkIntegrity()
    let doubtful = try outbox.entries(EntryFilter()).filter(\.possiblyDelivered).map(\.messageID)
    let twice = Dictionary(grouping: delivered) { $0 }.filter { $0.value.count > 1 }.keys
    #expect(Set(twice).isSubset(of: doubtful), "history names every possible duplicate")
  }

  @Test(arguments: StoreKind.installed) func aDeadProcessLosesItsLeaseAtOnce(
    _ kind: StoreKind
  ) throws {
    let store = try TestStore(kind)
    try queue(store, 1)
    let peer = try Peer(["claim", store.argument, "\(Sample.now.seconds)"])
    #expect(peer.line() == "claimed [1]")
    let outbox = try store.open()
    let terms = LeasePolicy(owner: try ProcessIdentity.current())
    let afterTheLease = Sample.now.adding(seconds: 3600)
    #expect(try outbox.claim(1, on: terms, now: afterTheLease) == [], "it lives")
    peer.kill()
    #expect(try outbox.claim(1, on: terms, now: Sample.now.adding(seconds: 1)) == [])
    #expect(try outbox.entries(EntryFilter.open).map(\.state) == [.deferred])
    #expect(try outbox.claim(1, on: terms, now: Sample.now.adding(seconds: 300)).map(\.attempt) == [2])
  }

  @Test(.enabled(if: geteuid() == 0, "becoming another user takes root"))
  func rootBecomesTheDirectorysOwner() throws {
    let directory = try ScratchDirectory()
    try FileManager.default.setAttributes(
      [.ownerAccountID: 4242, .groupOwnerAccountID: 4343], ofItemAtPath: directory.path)
    let peer = try Peer(["enqueue", directory.path, "\(Sample.now.seconds)"])
    #expect(peer.lines() == ["queued as 4242 4343 1"])
    for file in ["duban.sqlite"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: directory.path + "/" + file)
      #expect(attributes[.ownerAccountID] as? Int == 4242)
    }
  }

  private func queue(_ store: TestStore, _ count: Int) throws {
    let outbox = try store.open()
    _ = try outbox.enqueue((0..<count).map { Sample.entry("n\($0)") })
  }

  private func sink(_ store: TestStore) -> String { store.directory.path + "/sink" }

  private func drain(_ store: TestStore, at now: Timestamp) throws -> Peer {
    try Peer(["drain", store.argument, "\(now.seconds)", sink(store)])
  }

  private func delivered(_ store: TestStore) throws -> [String] {
    try String(contentsOfFile: sink(store), encoding: .utf8).split(separator: "\n").map(String.init)
  }
}
