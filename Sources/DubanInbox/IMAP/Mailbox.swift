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

  package init(
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

/// Tries the way into a mailbox step by step, up to the point where mail would be read.
public enum MailboxDoctor {
  /// Goes through the steps; the first that fails is the last.
  public static func examine(_ mailbox: Mailbox) -> [DoctorStep] {
    let place = "\(mailbox.server.host) port \(mailbox.server.port)"
    var steps: [DoctorStep] = []
    do throws(MailboxError) {
      let connection = try MailboxConnection(mailbox)
      defer { connection.close() }
      try connection.logIn()
      steps.append(DoctorStep(.connect, isOK: true, "connected to \(place)"))
      steps.append(DoctorStep(.authenticate, isOK: true, "logged in as \(mailbox.server.user ?? "")"))
      try connection.identify()
      steps.append(
        DoctorStep(.identify, isOK: true, connection.takesID ? "told who we are" : "not asked for"))
      // LIST would work without ID also where nothing can be read.
      let folder = try connection.examine()
      steps.append(
        DoctorStep(.examine, isOK: true, "\(mailbox.folder): \(folder.count) messages, none was read"))
      if let target = mailbox.moveTo {
        try connection.findTarget(target)
        steps.append(DoctorStep(.examine, isOK: true, "\(target): messages that led to something go there"))
      }
    } catch {
      steps.append(
        DoctorStep(kind(error.step), isOK: false, "\(place): \(error.text)", remedy: remedy(error, mailbox)))
    }
    return steps
  }

  private static func kind(_ step: MailboxError.Step) -> DoctorStep.Kind {
    switch step {
    case .secret: .secret
    case .connect: .connect
    case .login: .authenticate
    case .identify: .identify
    case .examine, .search, .fetch, .move, .wait: .examine
    }
  }

  private static func remedy(_ error: MailboxError, _ mailbox: Mailbox) -> String {
    switch error.step {
    case .secret: ""
    case .connect:
      "check inbox.url; is port \(mailbox.server.port) open from here, and the certificate valid?"
    case .login:
      "is IMAP switched on, and the password the mailbox's authorisation code (授权码), not the web password? Don't "
        + "repeat a wrong one: each try prolongs the lock"
    case .identify: "the server doesn't like our name: ask its operator"
    case .move: "is there a folder “\(mailbox.moveTo ?? "")”? Make it in the web mail, or take moveTo out"
    case .examine where error.text.holds("Unsafe Login"):
      "the server refuses programs that don't say who they are, and doesn't offer to be told who we are (ID): ask its "
        + "operator"
    case .examine, .search, .fetch, .wait:
      "is there a folder “\(mailbox.folder)”? Write its name as the web mail shows it"
    }
  }
}
