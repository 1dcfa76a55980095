public import DubanCore

/// What can happen to an entry.
public enum EntryEvent: Sendable, Hashable {
  /// A process takes it to hand it over.
  case claimed
  /// The process that took it gives it back without having tried: it stands where it stood before.
  case givenBack(to: EntryState)
  /// The attempt of the process that holds the lease has ended.
  case verdict(DeliveryVerdict.Entry)
  /// An attempt has ended after its lease was lost and the entry went on without it.
  case lateVerdict(DeliveryVerdict.Entry)
  /// The process that was handing it over is gone, and nobody knows how far it got.
  case leaseLost
  /// A person keeps it back.
  case hold
  /// A person lets a held entry go on.
  case release
  /// A person wants it tried at once.
  case retryByHand
  /// A person doesn't want it sent.
  case drop
}
