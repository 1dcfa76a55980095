import TestSupport

extension Situation {
  /// The connection is lost after the whole message has been sent: it may have arrived.
  static let unknown = [
    Situation(
      "closes after the final dot", .finalDot, .close,
      "finalDot failed",
      "retry in 5 min, new connection, may have arrived",
      "the connection was lost (end of DATA) [it may have arrived; the same mail goes again]"),
    Situation(
      "resets after the final dot", .finalDot, .reset,
      "finalDot failed",
      "retry in 5 min, new connection, may have arrived",
      "the connection was lost (end of DATA)…"),
    Situation(
      "no answer to the final dot", .finalDot, .stall,
      "finalDot failed",
      "retry in 5 min, new connection, may have arrived",
      "no answer in time (end of DATA): …"),
    Situation(
      "noise after the final dot, then closed", .finalDot, .sayAndClose("thanks!"),
      "finalDot failed",
      "retry in 5 min, new connection, may have arrived",
      "the relay's answer can't be used (end of DATA); it said “thanks!” [it may have arrived; the same mail goes again]"
    ),
    Situation(
      "a code after the final dot that SMTP doesn't have", .finalDot, .say("999 no"),
      "finalDot failed",
      "retry in 5 min, new connection, may have arrived",
      "the relay's answer can't be used (end of DATA); it said “999 no” [it may have arrived; the same mail goes again]"
    ),
    Situation(
      "half an answer to the final dot", .finalDot, .sayAndClose("250-queued"),
      "finalDot failed",
      "retry in 5 min, new connection, may have arrived",
      "the relay's answer can't be used (end of DATA); it said “250-queued” [it may have arrived; the same mail goes again]"
    ),
    Situation(
      "an answer to the final dot without its last line", .finalDot, .say("550-5.7.1 rejected"),
      "finalDot failed",
      "retry in 5 min, new connection, may have arrived",
      "no answer in time (end of DATA): the rest of an answer didn't come…"
    ).with { $0.pause = Situation.shortLimit },
  ]
}
