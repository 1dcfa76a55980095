import DubanCore

/// A day's mails in the groups in which they are composed and queued, each in one transaction: their bodies need never
/// be held all at once.
///
/// The first group has everything that tells of more than its own reminders: the digests, which say what goes out to
/// others today and what has changed in the ledger, and the mails to those who hand a measure over or take it on. So a
/// crash between two groups leaves a digest that says the whole day's truth, and a change is told to everyone or to
/// nobody. The other mails stand for themselves: the next look at the plan finds which of them are missing.
struct MailGroups: Sequence {
  /// How many mails a group has: a commit that is cheap beside composing them, and still soon over for a delivery that
  /// wants the outbox meanwhile.
  static let usualSize = 64

  /// A mail with the picture of the day that it shows, where it is a digest.
  typealias Element = ArraySlice<(mail: PlannedMail, overview: Overview?)>

  /// All mails, group after group.
  private let mails: [(mail: PlannedMail, overview: Overview?)]
  /// Where each group stands among them.
  private let groups: [Range<Int>]

  init(_ all: [(mail: PlannedMail, overview: Overview?)], size: Int) {
    guard all.count > size else {
      mails = all
      groups = all.isEmpty ? [] : [all.indices]
      return
    }
    let first = all.filter { Self.tellsMore($0.mail) }
    var mails = first
    mails.reserveCapacity(all.count)
    for mail in all where !Self.tellsMore(mail.mail) { mails.append(mail) }
    self.mails = mails
    groups =
      (first.isEmpty ? [] : [first.indices])
      + stride(from: first.count, to: all.count, by: size).map { $0..<Swift.min($0 + size, all.count) }
  }

  private static func tellsMore(_ mail: PlannedMail) -> Bool {
    mail.kind != .reminders || !mail.notes.isEmpty
  }

  /// The groups, in the order in which they are queued.
  func makeIterator() -> some IteratorProtocol<Element> {
    groups.lazy.map { mails[$0] }.makeIterator()
  }
}
