import DubanCore
import DubanOutbox

/// The marks of addresses that were refused for good.
enum BadAddresses {
  /// Forgets the marks of addresses that nothing in force names any more: somebody corrected the ledger, and the
  /// address would be given another chance if it came back.
  static func forgetUnused(_ active: ActiveConfiguration, _ outbox: Outbox) throws(OutboxError) {
    let used = addresses(active)
    for bad in try outbox.badRecipients() where !used.contains(bad.address.lowercased()) {
      _ = try outbox.clearBadRecipient(bad.address)
    }
  }

  /// Every address that mail may go to, in lower case.
  private static func addresses(_ active: ActiveConfiguration) -> Set<String> {
    var addresses = active.ledgers.map(\.plan.contact.email)
    for owner in active.ledgers.flatMap(\.owners) {
      addresses += owner.copies
      if let email = owner.email { addresses.append(email) }
    }
    addresses += active.configuration.policy.overrides.flatMap(\.copies)
    if let address = active.configuration.delivery.redirectAllTo { addresses.append(address) }
    return Set(addresses.map { $0.lowercased() })
  }
}
