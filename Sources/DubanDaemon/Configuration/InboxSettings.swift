public import DubanCore
public import DubanInbox

/// An entry of `inbox:`: a mailbox whose mail is read.
public struct InboxSettings: Sendable {
  /// Inbox as every server calls it (RFC 9051, section 5.1).
  public static let defaultFolder = "INBOX"
  /// Seconds between two looks.
  public static let defaultEvery = 300

  /// The server, with the login.
  public var server: RelaySettings
  /// The folder's name, as people see it.
  public var folder = defaultFolder
  /// Seconds between two looks.
  public var every = defaultEvery
  /// The day from which mails are read; nil: the day of the first look.
  public var since: CivilDate?

  /// The mailbox to look into.
  public var mailbox: Mailbox {
    Mailbox(server: server.relay, folder: folder, every: every, since: since)
  }
}
