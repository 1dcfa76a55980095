public import DubanCore

/// The right to hand one entry over, and all that is needed for it.
public struct Claim: Sendable, Hashable {
  /// The entry's number.
  public var entry: Int64
  /// Which attempt this is, from 1; counted already.
  public var attempt: Int
  /// Who holds the lease.
  public var owner: ProcessIdentity
  /// `MAIL FROM`, without angle brackets.
  public var reversePath: String
  /// `RCPT TO`, without angle brackets.
  public var recipient: String
  /// The Message-ID with its angle brackets.
  public var messageID: String
  /// The subject as people read it.
  public var subject: String
  /// The bytes to send.
  public var body: [UInt8]
  /// The items that the mail reminds of, in the order of their reminders.
  public var items: [String]
  /// When the entry was queued; its lifetime counts from here.
  public var queuedAt: Timestamp
  /// When the attempt before this one began, if its process ended during it; nil where it had an answer or there
  /// was none.
  public var lostAttemptAt: Timestamp?
  /// Where the entry stood before it was claimed: where it stands again if it is given back untried.
  var stateBefore: EntryState
  /// When it was due, likewise.
  var dueBefore: Timestamp
}

/// A claim whose attempt has ended.
public struct FinishedClaim: Sendable, Hashable {
  /// What was tried, or given up without an attempt.
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

/// On what terms a process claims entries.
public struct LeasePolicy: Sendable, Hashable {
  /// Who claims.
  public var owner: ProcessIdentity
  /// Seconds until the lease runs out, for those who can't see whether the owner lives. Longer than the
  /// courier's time limits for one mail.
  public var lease: Int64 = 15 * 60
  /// The wait until the next attempt when the process dies during one.
  public var backOff = BackOff.mail

  /// Whether other hosts claim too. Then only the end of a lease tells: a process that is stopped, or cut off, is alive
  /// and yet has to be replaced.
  public var isShared = false

  /// The usual terms for `owner`.
  public init(owner: ProcessIdentity) { self.owner = owner }

  /// The terms for one of several hosts: a lease that is prolonged all the time, and short, so that another host soon
  /// takes over.
  public static func shared(_ owner: ProcessIdentity) -> LeasePolicy {
    var terms = LeasePolicy(owner: owner)
    (terms.isShared, terms.lease, terms.backOff.first) = (true, Lease.seconds, Lease.seconds)
    return terms
  }
}
