import DubanCore
import DubanOutbox
import Foundation
import TestSupport
import Testing

/// Random sequences of everything that can happen, on each engine and on the model at once: after each step both must
/// answer alike. `DUBAN_FUZZ_ROUNDS` makes it long.
@Suite struct OutboxModelTests {
  private static let rounds = Int(ProcessInfo.processInfo.environment["DUBAN_FUZZ_ROUNDS"] ?? "") ?? 6
  private static let steps = 120

  @Test(arguments: StoreKind.installed, 0..<rounds)
  func behavesLikeTheModel(_ kind: StoreKind, _ seed: Int) throws {
    let store = try TestStore(kind)
    var random = SeededGenerator(seed: UInt64(seed))
    var outbox = try store.open()
    let model = MemoryOutbox()
    var steps = StepMaker()
    var log: [String] = []
    for _ in 0..<Self.steps {
      let step = steps.next(&random)
      log.append("\(step)")
      // Every now and then the process ends without a word and the next one opens the file anew.
      if Int.random(in: 0..<20, using: &random) == 0 { outbox = try store.open() }
      let (real, wanted) = (steps.apply(step, to: outbox), steps.apply(step, to: model))
      try #require(real.description == wanted.description, "seed \(seed):\n\(log.joined(separator: "\n"))")
      steps.learn(from: real)
      try expectAlike(outbox, model, "seed \(seed):\n\(log.joined(separator: "\n"))")
    }
    try outbox.checkIntegrity()
  }

  private func expectAlike(_ outbox: Outbox, _ model: MemoryOutbox, _ log: String) throws {
    try #require(try outbox.entries(EntryFilter()) == model.entries(EntryFilter()), "\(log)")
    try #require(try outbox.backlog() == model.backlog(), "\(log)")
    try #require(try outbox.relayState() == model.relayState(), "\(log)")
    try #require(try outbox.badRecipients() == model.badRecipients(), "\(log)")
    for id in 1...Int64(max(model.records.count, 1)) where !model.records.isEmpty {
      try #require(try outbox.show(id) == model.show(id), "\(log)")
    }
  }
}

/// Makes steps that are likely to meet: few names, few processes, moments close together.
private struct StepMaker {
  enum Step {
    case enqueue([NewEntry])
    case advance([FinishedClaim], [Claim], Int, LeasePolicy, Timestamp)
    case abandon(ProcessIdentity, Timestamp)
    case retry(Int64, Timestamp), hold(Int64), release(Int64, Timestamp), drop(Int64, Timestamp)
    case purge(Timestamp), repair(Timestamp), clearStop, clearBad(String)
  }

  /// What a step answered, as text that can be compared, and the claims it gave.
  struct Answer: CustomStringConvertible {
    var description: String
    var claims: [Claim] = []
  }

  private var now = Sample.now
  private var held: [Claim] = []
  private var names = 0

  mutating func next(_ random: inout SeededGenerator) -> Step {
    now = now.adding(seconds: Int64.random(in: -50...600, using: &random))
    if Int.random(in: 0..<40, using: &random) == 0 { now = now.adding(seconds: 86_400) }
    if Int.random(in: 0..<40, using: &random) == 0 { now = now.adding(seconds: -86_400) }
    let id = Int64.random(in: 1...12, using: &random)
    switch Int.random(in: 0..<20, using: &random) {
    case 0..<4: return .enqueue((0..<Int.random(in: 1...3, using: &random)).map { _ in entry(&random) })
    case 4..<12: return advance(&random)
    case 12: return .abandon(process(&random), now)
    case 13: return .retry(id, now)
    case 14: return .hold(id)
    case 15: return .release(id, now)
    case 16: return .drop(id, now)
    case 17: return .purge(now.adding(seconds: -600))
    case 18: return .repair(now)
    default:
      return [.clearStop, .clearBad("n1@example.org")].randomElement(using: &random)
        ?? .clearStop
    }
  }

  private mutating func entry(_ random: inout SeededGenerator) -> NewEntry {
    if Int.random(in: 0..<3, using: &random) > 0 { names += 1 }
    let reminders = (0..<Int.random(in: 0...2, using: &random)).map { part in
      "r\(part)-\(Int.random(in: 0...names + 3, using: &random))"
    }
    return Sample.entry(
      "n\(names)", reminders: reminders, at: now,
      notBefore: now.adding(seconds: Int64.random(in: -100...300, using: &random)))
  }

  private mutating func advance(_ random: inout SeededGenerator) -> Step {
    var finished: [FinishedClaim] = []
    held.shuffle(using: &random)
    for _ in 0..<Int.random(in: 0...2, using: &random) {
      guard let claim = held.popLast() else { break }
      finished.append(FinishedClaim(claim, verdict(&random), at: now))
    }
    let untried = Int.random(in: 0..<3, using: &random) == 0 ? held.popLast().map { [$0] } ?? [] : []
    return .advance(
      finished, untried, Int.random(in: 0...3, using: &random), LeasePolicy(owner: process(&random)), now)
  }

  private func verdict(_ random: inout SeededGenerator) -> DeliveryVerdict {
    let later = now.adding(seconds: Int64.random(in: 0...900, using: &random))
    var verdict =
      [Sample.accepted, Sample.refused, Sample.deferred(until: later)].randomElement(using: &random)
      ?? Sample.accepted
    verdict.possiblyDelivered = verdict.entry != .sent && Bool.random(using: &random)
    verdict.badRecipient = verdict.entry == .giveUp && Bool.random(using: &random)
    if Int.random(in: 0..<10, using: &random) == 0 {
      verdict.relay = Bool.random(using: &random) ? .pause(until: later) : .stop(until: later)
    }
    return verdict
  }

  private func process(_ random: inout SeededGenerator) -> ProcessIdentity {
    var process = Sample.process(Int32.random(in: 1...3, using: &random))
    // Now and then one from before a restart of the machine, which everybody else takes for dead.
    if Int.random(in: 0..<8, using: &random) == 0 { process.boot = "before" }
    return process
  }

  mutating func learn(from answer: Answer) { held += answer.claims }

  func apply(_ step: Step, to store: any OutboxStore) -> Answer {
    do {
      switch step {
      case .enqueue(let entries): return Answer(description: "\(try store.enqueue(entries))")
      case .advance(let finished, let untried, let count, let terms, let now):
        let claims = try store.advance(
          finished, givingBack: untried, claiming: count, on: terms, now: now)
        return Answer(description: "\(claims)", claims: claims)
      case .abandon(let owner, let now): try store.abandonLeases(of: owner, now: now)
      case .retry(let id, let now): try store.retry(id, now: now)
      case .hold(let id): try store.hold(id)
      case .release(let id, let now): try store.release(id, now: now)
      case .drop(let id, let now): try store.drop(id, now: now)
      case .purge(let moment):
        return Answer(description: "\(try store.purgeBodies(endedBefore: moment, limit: 2))")
      case .repair(let now): return Answer(description: "\(try store.repairAfterClockChange(now: now))")
      case .clearStop: try store.clearStop()
      case .clearBad(let address): return Answer(description: "\(try store.clearBadRecipient(address))")
      }
      return Answer(description: "done")
    } catch {
      return Answer(description: "\(error)")
    }
  }
}
