import DubanCore
import DubanOutbox

/// What the service leaves in the state for `duban status`, which can't ask it: since when it goes by the files as
/// they were, and since when it refuses them as they are.
struct ServiceTrace {
  private static let acceptedKey = "service/in-force"
  private static let refusedKey = "service/refused"

  let outbox: Outbox

  /// The files were read and are in force.
  func accepted(at now: Timestamp) throws(OutboxError) {
    try outbox.remember(Self.acceptedKey, "", at: now)
    try outbox.forget(Self.refusedKey)
  }

  /// The files don't read; what was in force stays in force.
  func refused(at now: Timestamp) throws(OutboxError) {
    _ = try outbox.rememberOnce(Self.refusedKey, "", at: now)
  }

  /// When the files that are in force were read; nil where no service ever ran.
  func inForceSince() throws(OutboxError) -> Timestamp? { try outbox.fact(Self.acceptedKey)?.at }

  /// When the service first refused the files as they are; nil where it goes by the latest.
  func refusedSince() throws(OutboxError) -> Timestamp? { try outbox.fact(Self.refusedKey)?.at }
}
