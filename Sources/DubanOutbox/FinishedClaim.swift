public import DubanCore

/// A claim whose attempt has ended.
public struct FinishedClaim: Sendable, Hashable {
  /// The claim.
  public var claim: Claim
  /// What becomes of it.
  public var verdict: DeliveryVerdict
  /// When the attempt ended.
  public var at: Timestamp

  /// A finished claim of these parts.
  public init(_ claim: Claim, _ verdict: DeliveryVerdict, at: Timestamp) {
    self.claim = claim
    self.verdict = verdict
    self.at = at
  }
}
