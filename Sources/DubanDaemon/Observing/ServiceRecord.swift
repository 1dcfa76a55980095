import DubanCore
import DubanOutbox

/// What the service leaves in the state for `duban status`, which can't ask it: since when it goes by the files as they
/// were, since when it refuses them as they are, whether it runs, and when it looked at the plan.
struct ServiceRecord {
  private static let acceptedKey = "service/in-force"
  private static let refusedKey = "service/refused"
  private static let lookKey = "service/look"

  let outbox: Outbox

  /// Each host's own, where there are several.
  private var processKey: String { "service/process" + (outbox.isShared ? "/\(Host.machine)" : "") }

  /// The files were read and are in force.
  func accepted(at now: Timestamp) throws(OutboxError) {
    try outbox.change([Self.acceptedKey: "", Self.refusedKey: nil], at: now)
  }

  /// The files don't read; what was in force stays in force.
  func refused(at now: Timestamp) throws(OutboxError) {
    _ = try outbox.rememberOnce(Self.refusedKey, "", at: now)
  }

  /// When the files that are in force were read; nil where no service ever ran.
  func inForceSince() throws(OutboxError) -> Timestamp? { try outbox.fact(Self.acceptedKey)?.at }

  /// When the service first refused the files as they are; nil where it goes by the latest.
  func refusedSince() throws(OutboxError) -> Timestamp? { try outbox.fact(Self.refusedKey)?.at }

  /// This process is the service from now on.
  func started(at now: Timestamp) throws(OutboxError) {
    try outbox.remember(processKey, try ProcessIdentity.current().description, at: now)
  }

  /// The service has ended because it was asked to.
  func ended(at now: Timestamp) throws(OutboxError) { try outbox.remember(processKey, "", at: now) }

  /// Why no service runs where one did.
  enum Absence: Equatable {
    /// It was told to end.
    case ended(Timestamp)
    /// It started then, and is gone without a word.
    case vanished(started: Timestamp)
  }

  /// Why no service runs; nil where one does, none ever did, or it can't be seen from here.
  func absence() throws(OutboxError) -> Absence? {
    guard let fact = try outbox.fact(processKey) else { return nil }
    guard let process = ProcessIdentity(fact.value) else { return .ended(fact.at) }
    return process.liveness(seenBy: try ProcessIdentity.current()) == .dead
      ? .vanished(started: fact.at) : nil
  }

  /// Whether the service is seen to run.
  func isRunning() throws(OutboxError) -> Bool {
    guard let fact = try outbox.fact(processKey), let process = ProcessIdentity(fact.value) else {
      return false
    }
    return process.liveness(seenBy: try ProcessIdentity.current()) == .alive
  }

  struct Look: Equatable {
    var at: Timestamp
    var next: Timestamp
    /// How many mails couldn't be composed.
    var failures: Int
  }

  /// The plan was looked at, and what was due is queued.
  func looked(_ look: Look) throws(OutboxError) {
    try outbox.remember(Self.lookKey, "\(look.next.seconds) \(look.failures)", at: look.at)
  }

  /// The last look at the plan; nil where there was none.
  func lastLook() throws(OutboxError) -> Look? {
    guard let fact = try outbox.fact(Self.lookKey) else { return nil }
    let numbers = fact.value.split(separator: " ").compactMap { Int64($0) }
    guard numbers.count == 2 else { return nil }
    return Look(at: fact.at, next: Timestamp(seconds: numbers[0]), failures: Int(numbers[1]))
  }
}
