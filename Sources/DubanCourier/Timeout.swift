/// How long we wait: for each answer, and as a whole.
package struct Timeout {
  private let end: SuspendingClock.Instant
  private let perAnswer: Duration

  /// Begins now; in milliseconds.
  package init(perAnswer: Int, whole: Int) {
    self.perAnswer = .milliseconds(perAnswer)
    end = SuspendingClock.now + .milliseconds(whole)
  }

  /// The limits for one message.
  init(_ limits: Relay.Limits) { self.init(perAnswer: limits.reply, whole: limits.message) }

  /// The limits for what is said when nothing depends on the answer any more.
  static func farewell(_ limits: Relay.Limits) -> Timeout {
    Timeout(perAnswer: limits.farewell, whole: limits.farewell)
  }

  /// Until when an answer to what was said just now may come.
  var limit: SuspendingClock.Instant { min(end, SuspendingClock.now + perAnswer) }
}
