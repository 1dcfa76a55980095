import DubanInbox

/// Waits for mail in a mailbox whose server tells of it (IDLE, RFC 2177), over a connection of its own.
///
/// It only ever brings the next look forward: where it ends, the looks go on by the clock, and say what is wrong.
struct MailboxWatch: Sendable {
  /// What ended the waiting.
  enum End: Sendable { case mail, nothing, failure }

  /// Servers may end a conversation that is silent for half an hour (RFC 2177).
  private static let longest = 25 * 60 * 1_000

  private var mailbox: Mailbox
  /// The number that the next message will have, as the last look was told: what came since needs no waiting.
  private let nextUID: UInt32?

  init(_ mailbox: Mailbox, nextUID: UInt32?) {
    (self.mailbox, self.nextUID) = (mailbox, nextUID)
    self.mailbox.moveTo = nil
  }

  func wait() -> End {
    do throws(MailboxError) {
      let connection = try MailboxConnection(mailbox)
      defer { connection.close() }
      let folder = try connection.open()
      if let next = folder.nextUID, let nextUID, next > nextUID { return .mail }
      return try connection.waitForNews(in: folder, Self.longest) ? .mail : .nothing
    } catch { return .failure }
  }
}
