public import DubanMail

/// Hands finished messages over, one at a time, and reports what happened. It never decides and never retries.
///
/// Called from one queue at a time; a courier keeps its connection between calls until ``close()``.
public protocol Courier: AnyObject {
  /// Hands one message over and waits for the answer, within the courier's time limits.
  func deliver(_ message: Message) -> AttemptResult

  /// Ends the connection politely; the next delivery opens a new one. May be called at any time between
  /// deliveries, also twice.
  func close()
}
