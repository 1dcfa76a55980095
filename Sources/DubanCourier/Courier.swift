public import DubanMail

/// Hands finished messages over, one at a time, and reports what happened. It never decides and never retries.
///
/// Called from one queue at a time; a courier keeps its connection between calls until ``close()``.
public protocol Courier: AnyObject {
  /// Hands one message over and waits for the answer, within the courier's time limits.
  ///
  /// - Parameter next: the envelope of the message that follows, where one does for certain as far as the caller knows:
  ///   a courier may make use of it. Whatever is called next is as good; it only saves nothing then.
  func deliver(_ message: Message, before next: Envelope?) -> DeliveryOutcome

  /// Ends the connection politely; the next delivery opens a new one. May be called at any time between
  /// deliveries, also twice.
  func close()
}

extension Courier {
  /// Hands one message over; nothing is known of another.
  public func deliver(_ message: Message) -> DeliveryOutcome { deliver(message, before: nil) }
}
