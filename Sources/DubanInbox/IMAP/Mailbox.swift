public import DubanCore
public import DubanCourier

/// A mailbox whose mail is read.
public struct Mailbox: Sendable {
  /// How much of a mailbox is read.
  public struct Limits: Sendable, Hashable {
    /// Bytes of a message; of a larger one the header alone is read.
    public var message = 25 << 20
    /// Bytes of one line: the numbers of 200,000 messages.
    public var line = 2 << 20
    /// Messages of one look; the next one goes on behind them.
    public var messages = 1_000
    /// Answers to one command.
    public var answers = 100_000

    /// Milliseconds that an answer, or the next piece of a message, may take.
    public var answerTime = 60_000
    /// Milliseconds that all answers to a command may take.
    public var commandTime = 600_000

    /// The usual ones.
    public init() {}
  }

  /// The server, with the login.
  public var server: Relay
  /// The folder's name, as people see it.
  public var folder: String
  /// The folder that messages are moved to which led to something; nil: nothing there is changed.
  public var moveTo: String?
  /// Seconds between two looks.
  public var every: Int
  /// The day from which mails are read, by the server's clock; nil: the day of the first look.
  public var since: CivilDate?
  /// How much is read.
  public var limits = Limits()

  /// A mailbox of these parts.
  public init(
    server: Relay, folder: String = "INBOX", moveTo: String? = nil, every: Int = 300, since: CivilDate? = nil
  ) {
    (self.server, self.folder, self.moveTo, self.every, self.since) = (server, folder, moveTo, every, since)
  }

  /// What the state knows it by: the same mailbox under another password is the same.
  public var key: String { "\(server.user ?? "")@\(server.host):\(server.port)/\(folder)" }
}

/// Why a mailbox couldn't be read.
public struct MailboxError: Error, Sendable, Hashable, CustomStringConvertible {
  /// How far we came.
  public enum Step: String, Sendable, Hashable, CaseIterable {
    case secret, connect, login, identify, examine, search, fetch, move, wait
  }

  /// How far we came.
  public var step: Step
  /// The server's words, or ours: one printable line without the password.
  public var text: String

  /// `login: …`: the step's word first.
  public var description: String { "\(step.rawValue): \(text)" }
}

/// Names of folders as IMAP carries them (RFC 3501, section 5.1.3).
enum ModifiedUTF7 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,".utf8)

  /// `收件箱` is `&ZTZO9nux-`, and `a&b` is `a&-b`.
  static func encoded(_ name: String) -> String {
    var result: [UInt8] = []
    var units: [UInt16] = []
    func flush() {
      guard !units.isEmpty else { return }
      var (value, bits): (UInt32, Int) = (0, 0)
      result.append(0x26)
      for unit in units {
        (value, bits) = (value << 16 | UInt32(unit), bits + 16)
        while bits >= 6 {
          bits -= 6
          result.append(alphabet[Int(value >> UInt32(bits) & 0x3F)])
        }
        value &= (1 << UInt32(bits)) - 1
      }
      if bits > 0 { result.append(alphabet[Int(value << UInt32(6 - bits) & 0x3F)]) }
      result.append(0x2D)
      units = []
    }
    for unit in name.utf16 {
      guard (0x20...0x7E).contains(unit) else {
        units.append(unit)
        continue
      }
      flush()
      result += unit == 0x26 ? [0x26, 0x2D] : [UInt8(unit)]
    }
    flush()
    return String(decoding: result, as: UTF8.self)
  }
}
