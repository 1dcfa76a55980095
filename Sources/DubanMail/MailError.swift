/// Why a mail can't be composed. Each names the text at fault.
public enum MailError: Error, Sendable, Hashable {
  /// No address that could stand in `RCPT TO` (RFC 5321, section 4.1.2, without quoting and comments).
  case unusableAddress(String)
  /// A mail for a plan that none of the ledgers holds.
  case unknownPlan(String)
  /// The contact's digest needs the overview of its day.
  case missingOverview
}

extension MailError: CustomStringConvertible {
  /// One English sentence without a full stop.
  public var description: String {
    switch self {
    case .unusableAddress(let text):
      "“\(CleanText.line(text, limit: 80))” is no usable mail address; expected name@example.org"
    case .unknownPlan(let key): "no ledger holds the plan “\(CleanText.line(key, limit: 80))”"
    case .missingOverview: "the contact's digest needs the overview of its day"
    }
  }
}
