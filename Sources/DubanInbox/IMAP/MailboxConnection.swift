public import DubanCore
internal import DubanCourier

/// A conversation with an IMAP server about one mailbox (RFC 9051; RFC 3501 for old servers), which changes nothing there
/// unless messages are to be moved: the folder is opened by EXAMINE, and bodies are read by BODY.PEEK. Used from one queue
/// at a time.
///
/// libcurl connects, checks the certificate and logs in; the conversation is ours, since libcurl's own takes lines of a
/// mail for answers of the server.
public final class MailboxConnection {
  /// The folder as it was opened.
  public struct Folder: Sendable, Hashable {
    /// The numbers of messages mean the same as long as this one is the same.
    public var uidValidity: UInt32
    /// How many messages it has.
    public var count: Int
    /// The number that the next message will have, where the server says so.
    public var nextUID: UInt32?
  }

  /// A message, or as much of it as is read.
  public struct Fetched: Sendable, Hashable {
    /// Its number in the folder.
    public var uid: UInt32
    /// The message; only its header where it is too large.
    public var bytes: [UInt8]
    /// Whether that is all of it.
    public var isWhole: Bool
  }

  private let mailbox: Mailbox
  private let dial: MailboxDial
  private let line: LineConnection
  private var capabilities: Set<String> = []

  /// A connection to this mailbox; the password is read now. Dials nothing yet.
  public init(_ mailbox: Mailbox) throws(MailboxError) {
    self.mailbox = mailbox
    do throws(SecretError) { dial = try MailboxDial(mailbox.server) } catch {
      throw MailboxError(step: .secret, text: error.description)
    }
    do throws(LineConnection.SetupError) { line = try dial.connection(to: mailbox.server) } catch {
      throw MailboxError(step: .connect, text: error.text)
    }
  }

  /// Connects, logs in, says who we are and opens the folder.
  public func open() throws(MailboxError) -> Folder {
    try logIn()
    try identify()
    return try examine()
  }

  func logIn() throws(MailboxError) {
    do throws(LineConnection.Failure) { try line.open() } catch {
      throw error.isLoginRefused
        ? MailboxError(step: .login, text: dial.lastAnswer)
        : MailboxError(step: .connect, text: dial.shown(error.detail))
    }
    for response in try ask("CAPABILITY", .login) {
      if case .capabilities(let names) = response { capabilities = Set(names) }
    }
  }

  /// Whether the server wants to know who we are.
  var takesID: Bool { capabilities.contains("ID") }

  /// Says who we are (RFC 2971): NetEase refuses to open a folder for a client that hasn't.
  func identify() throws(MailboxError) {
    guard takesID else { return }
    _ = try ask("ID (\"name\" \"duban\" \"vendor\" \"duban\")", .identify)
  }

  /// Whether the server announces new messages.
  public var offersIdle: Bool { capabilities.contains("IDLE") }

  /// Opens the folder, for reading alone unless messages are to be moved.
  func examine() throws(MailboxError) -> Folder {
    var (validity, next, count): (UInt32?, UInt32?, Int) = (nil, nil, 0)
    let command = mailbox.moveTo == nil ? "EXAMINE" : "SELECT"
    for response in try ask("\(command) \(Self.quoted(mailbox.folder))", .examine) {
      switch response {
      case .status(let status):
        validity = status.number("UIDVALIDITY") ?? validity
        next = status.number("UIDNEXT") ?? next
      case .exists(let number): count = number
      default: break
      }
    }
    guard let validity else {
      throw MailboxError(step: .examine, text: "the server gives no UIDVALIDITY for \(mailbox.folder)")
    }
    return Folder(uidValidity: validity, count: count, nextUID: next)
  }

  /// Looks whether the folder is there that messages are moved to.
  func findTarget(_ folder: String) throws(MailboxError) {
    _ = try ask("STATUS \(Self.quoted(folder)) (UIDVALIDITY)", .move)
  }

  /// Moves a message to another folder (RFC 6851), or as servers without MOVE have it.
  public func move(_ uid: UInt32, to folder: String) throws(MailboxError) {
    let target = Self.quoted(folder)
    if capabilities.contains("MOVE") {
      _ = try ask("UID MOVE \(uid) \(target)", .move)
      return
    }
    _ = try ask("UID COPY \(uid) \(target)", .move)
    _ = try ask("UID STORE \(uid) +FLAGS.SILENT (\\Deleted)", .move)
    // Without UIDPLUS (RFC 4315) an EXPUNGE takes away whatever anybody has marked: that is left to people's own programs.
    if capabilities.contains("UIDPLUS") { _ = try ask("UID EXPUNGE \(uid)", .move) }
  }

  /// The numbers of the messages after this one, or of all since a day by the server's clock, in order.
  public func uids(after last: UInt32?, since day: CivilDate) throws(MailboxError) -> [UInt32] {
    let first = last.map { $0 == .max ? $0 : $0 + 1 } ?? 1
    // A range that begins behind the last message counts downwards, and names that one (RFC 9051, section 9).
    let criteria = last == nil ? "SINCE \(Self.date(day))" : "UID \(first):*"
    var found: Set<UInt32> = []
    for response in try ask("UID SEARCH \(criteria)", .search) {
      if case .search(let numbers) = response { found.formUnion(numbers.filter { $0 >= first }) }
    }
    return found.sorted()
  }

  /// A message; nil where it isn't there any more. One that is there and isn't given can be asked for again.
  public func message(_ uid: UInt32) throws(MailboxError) -> Fetched? {
    guard let size = try fetched(uid, "RFC822.SIZE")?.number else { return nil }
    let isWhole = size <= mailbox.limits.message
    let item = isWhole ? "BODY[]" : "BODY[HEADER]"
    guard let bytes = try fetched(uid, item)?.bytes ?? (size == 0 ? [] : nil) else {
      throw MailboxError(step: .fetch, text: "the server has message \(uid) and gives no text of it")
    }
    return Fetched(uid: uid, bytes: bytes, isWhole: isWhole)
  }

  private func fetched(_ uid: UInt32, _ item: String) throws(MailboxError) -> IMAPValue? {
    let asked = item.replacing("BODY[", with: "BODY.PEEK[")
    for response in try ask("UID FETCH \(uid) (UID \(asked))", .fetch) {
      // A server may announce other messages meanwhile.
      if case .fetch(let values) = response, values["UID"]?.number == uid, let value = values[item] {
        return value
      }
    }
    return nil
  }

  /// Waits until the server announces more messages than a folder had (RFC 2177), for so many milliseconds at most; whether
  /// it did.
  public func waitForNews(in folder: Folder, _ milliseconds: Int) throws(MailboxError) -> Bool {
    let tag = Self.tag()
    do throws(LineConnection.Failure) {
      try line.send(Array("\(tag) IDLE\r\n".utf8), timeout)
      var last: IMAPResponse?
      do throws(LineConnection.Failure) {
        last = try readAnswers(Timeout(perAnswer: milliseconds, whole: milliseconds)) {
          switch $0 {
          case .exists(let count): count > folder.count
          case .ended: true
          default: false
          }
        }.last
      } catch  where error.isTimedOut {}
      if case .ended(_, let status)? = last { throw line.refusal(status.words) }
      try line.send(Array("DONE\r\n".utf8), timeout)
      _ = try readAnswers(timeout) { $0.ends(tag) }
      return last != nil
    } catch {
      line.close()
      throw MailboxError(step: .wait, text: dial.shown(error.detail))
    }
  }

  private var timeout: Timeout {
    Timeout(perAnswer: mailbox.limits.answerTime, whole: mailbox.limits.commandTime)
  }

  /// Takes leave.
  public func close() {
    guard line.isOpen else { return }
    // Whatever comes of it, the connection ends.
    try? line.send(Array("\(Self.tag()) LOGOUT\r\n".utf8), Timeout(perAnswer: 5_000, whole: 5_000))
    line.close()
  }

  /// Sends a command and gives all answers up to its end.
  private func ask(_ command: String, _ step: MailboxError.Step) throws(MailboxError) -> [IMAPResponse] {
    let (tag, timeout) = (Self.tag(), timeout)
    let refusal: String
    do throws(LineConnection.Failure) {
      try line.send(Array("\(tag) \(command)\r\n".utf8), timeout)
      let answers = try readAnswers(timeout) { $0.ends(tag) }
      guard case .ended(_, let status)? = answers.last, status.word != .ok else { return answers }
      // A NO is an answer like others: the conversation can go on.
      guard status.word == .no else { throw line.refusal(status.words) }
      refusal = status.words
    } catch {
      line.close()
      throw MailboxError(step: step, text: dial.shown(error.detail))
    }
    throw MailboxError(step: step, text: dial.shown(refusal))
  }

  /// Reads answers up to one that is the last, which it gives too; a goodbye ends the conversation.
  private func readAnswers(
    _ timeout: Timeout, until isLast: (IMAPResponse) -> Bool
  ) throws(LineConnection.Failure) -> [IMAPResponse] {
    var answers: [IMAPResponse] = []
    var left = mailbox.limits.message + mailbox.limits.line
    while answers.count <= mailbox.limits.answers {
      let response = try response(timeout, &left)
      answers.append(response)
      if isLast(response) { return answers }
      if case .status(let status) = response, status.word == .bye { throw line.refusal(status.words) }
    }
    throw line.refusal("more than \(mailbox.limits.answers) answers to one command")
  }

  /// The next answer, its literals in place; `left` is how many bytes may still come.
  private func response(_ timeout: Timeout, _ left: inout Int) throws(LineConnection.Failure) -> IMAPResponse
  {
    var pieces: [IMAPResponse.Piece] = []
    while true {
      let text = try line.readLine(timeout, atMost: min(mailbox.limits.line, left))
      left -= text.count
      let literal = IMAPResponse.announcedLiteral(text, isFirst: pieces.isEmpty)
      pieces.append(.text(text))
      guard let literal else { return IMAPResponse(pieces) }
      guard literal <= left else { throw line.refusal("a literal of \(literal) bytes") }
      pieces.append(.literal(try line.readBytes(literal, timeout)))
      left -= literal
    }
  }

  /// Nobody who writes into a mail can know it.
  private static func tag() -> String { "d" + String(UInt64.random(in: 0 ... .max), radix: 36) }

  /// A folder's name as the protocol has it.
  private static func quoted(_ folder: String) -> String {
    "\"" + ModifiedUTF7.encoded(folder).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  /// `1-Dec-2022`.
  private static func date(_ day: CivilDate) -> String {
    "\(day.day)-\(CivilDate.englishMonths[day.month - 1])-\(day.year)"
  }
}
