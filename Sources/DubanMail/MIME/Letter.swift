public import DubanCore
internal import Foundation

/// One finished mail: the bytes never change again, however often they are sent.
public struct Message: Sendable, Hashable {
  /// Who it is from and to, for the transport.
  public var envelope: Envelope
  /// The Message-ID with its angle brackets.
  public var messageID: String
  /// The subject as people read it, for lists.
  public var subject: String
  /// Header and body (RFC 5322) with CRLF line ends, before dot-stuffing.
  public var data: [UInt8]

  package init(envelope: Envelope, messageID: String, subject: String, data: [UInt8]) {
    self.envelope = envelope
    self.messageID = messageID
    self.subject = subject
    self.data = data
  }
}

extension Message {
  /// A message's bytes with another sender in their From field; everything else stays, the Message-ID too.
  public static func bytes(_ data: [UInt8], from sender: Sender) -> [UInt8] {
    let field = Letter.mailboxes("From", [sender.mailbox])
    var (result, index, isFrom) = ([UInt8](), 0, false)
    while index < data.count {
      let end = data[index...].firstIndex(of: 0x0A).map { $0 + 1 } ?? data.count
      let line = data[index..<end]
      // The empty line ends the header.
      if line.first == 0x0D || line.first == 0x0A { return result + data[index...] }
      let isFolded = line.first == 0x20 || line.first == 0x09
      if !isFolded {
        isFrom = String(decoding: line.prefix(5), as: UTF8.self).lowercased() == "from:"
        if isFrom { result += field }
      }
      if !isFrom { result += line }
      index = end
    }
    return result
  }
}

/// Reverse path and recipient (RFC 5321, section 2.3.1), apart from the header. One recipient per message.
public struct Envelope: Sendable, Hashable {
  /// The address that refusals concern: `MAIL FROM`, without angle brackets.
  public var reversePath: String
  /// Where it goes: `RCPT TO`, without angle brackets.
  public var recipient: String

  /// An envelope of these addresses.
  public init(reversePath: String, recipient: String) {
    self.reversePath = reversePath
    self.recipient = recipient
  }
}

/// Who the mails come from: the relay's account, as `relay.from` names it.
public struct Sender: Sendable, Hashable {
  /// The name that people see.
  public let name: String
  /// The mailbox, which is also the reverse path.
  public let address: MailAddress

  /// A sender with this name and mailbox.
  ///
  /// - Throws: ``UnusableAddress``.
  public init(name: String, address: String) throws {
    self.name = name
    self.address = try MailAddress(address)
  }

  var mailbox: Letter.Mailbox { .init(name: name, address: address) }
}

/// One mail before it is bytes: header values and bodies as they are meant.
struct Letter {
  /// A file that goes with the mail.
  struct Attachment {
    var fileName: String
    var bytes: [UInt8]

    var content: String { String(decoding: bytes, as: UTF8.self) }
  }

  struct Mailbox: Sendable {
    var name: String
    var address: MailAddress
  }

  var from: Mailbox
  var to: Mailbox
  var replyTo: [Mailbox] = []
  var subject: String
  var at: Timestamp
  var utcOffset: Int
  /// Without angle brackets, as are all ids here.
  var messageID: String
  /// The made-up root of the thread.
  var threadRoot: String
  /// The bodies in UTF-8 with LF line ends.
  var textBytes: [UInt8]
  var htmlBytes: [UInt8]
  var calendar: Attachment?
  /// An .xlsx file that goes with the mail.
  var workbook: Attachment?
  /// Papers (.docx) that go with the mail.
  var papers: [Attachment] = []
  /// The Message-ID of the mail that this one answers by itself (RFC 3834); nil for a mail of our own accord.
  var answered: String?

  var text: String { String(decoding: textBytes, as: UTF8.self) }
  var html: String { String(decoding: htmlBytes, as: UTF8.self) }

  /// The finished message with its envelope.
  func message() -> Message {
    Message(
      envelope: Envelope(reversePath: from.address.text, recipient: to.address.text),
      messageID: "<\(messageID)>", subject: subject, data: bytes())
  }

  /// The bytes (RFC 5322 and 2045), every line ended by CRLF and seven bits wide.
  func bytes() -> [UInt8] {
    var output: [UInt8] = []
    let size = files.reduce(textBytes.count + htmlBytes.count) { $0 + $1.file.bytes.count }
    output.reserveCapacity(size * 3 / 2 + 4096)
    appendHeader(to: &output)
    let boundary = "=_" + messageID.prefix { $0 != "@" }
    let (mixed, alternative) = (boundary + "_m", boundary + "_a")
    if !files.isEmpty {
      Self.begin("mixed", mixed, to: &output)
      output.append(line: "--\(mixed)")
    }
    Self.begin("alternative", alternative, to: &output)
    appendBodies(boundary: alternative, to: &output)
    for (file, type, name) in files {
      output.append(line: "--\(mixed)")
      append(file, type, name: name, to: &output)
    }
    if !files.isEmpty { output.append(line: "--\(mixed)--") }
    return output
  }

  /// What goes with the text, each with its type and a plain name.
  private var files: [(file: Attachment, type: String, name: String)] {
    let office = "application/vnd.openxmlformats-officedocument."
    let calendars = calendar.map { [$0] } ?? []
    let workbooks = workbook.map { [$0] } ?? []
    return calendars.map { ($0, "text/calendar; charset=utf-8; method=PUBLISH", "duban.ics") }
      + workbooks.map { ($0, office + "spreadsheetml.sheet", "ledger.xlsx") }
      + papers.map { ($0, office + "wordprocessingml.document", "paper.docx") }
  }

  private static func begin(_ kind: String, _ boundary: String, to output: inout [UInt8]) {
    output.append(line: "Content-Type: multipart/\(kind);")
    output.append(line: " boundary=\"\(boundary)\"")
    output.append(line: "")
  }

  private func appendHeader(to output: inout [UInt8]) {
    var date = HeaderField("Date")
    date.token(MailDate.text(at, utcOffset: utcOffset))
    output.append(contentsOf: date.finished())
    output.append(contentsOf: Self.mailboxes("From", [from]))
    output.append(contentsOf: Self.mailboxes("To", [to]))
    if !replyTo.isEmpty { output.append(contentsOf: Self.mailboxes("Reply-To", replyTo)) }
    var title = HeaderField("Subject")
    title.text(subject)
    output.append(contentsOf: title.finished())
    for (name, value) in [
      ("Message-ID", "<\(messageID)>"), ("In-Reply-To", "<\(answered ?? threadRoot)>"),
      ("References", "<\(answered ?? threadRoot)>"),
      // RFC 3834, section 5, and Exchange's switch against holiday replies. Not `All`: that also suppresses
      // the delivery reports, which are wanted.
      ("Auto-Submitted", answered == nil ? "auto-generated" : "auto-replied"),
      ("X-Auto-Response-Suppress", "OOF, AutoReply"),
    ] {
      var field = HeaderField(name)
      field.token(value)
      output.append(contentsOf: field.finished())
    }
    output.append(line: "MIME-Version: 1.0")
  }

  static func mailboxes(_ name: String, _ list: [Mailbox]) -> [UInt8] {
    var field = HeaderField(name)
    for (index, mailbox) in list.enumerated() {
      field.mailbox(name: mailbox.name, address: mailbox.address, hasNext: index < list.count - 1)
    }
    return field.finished()
  }

  /// Plain text first, HTML last: the last one that a client can show is the one it shows (RFC 2046, 5.1.4).
  private func appendBodies(boundary: String, to output: inout [UInt8]) {
    for (type, body) in [("plain", textBytes), ("html", htmlBytes)] {
      output.append(line: "--\(boundary)")
      output.append(line: "Content-Type: text/\(type); charset=utf-8")
      output.append(line: "Content-Transfer-Encoding: base64")
      output.append(line: "")
      output.append(base64: Self.canonical(body))
    }
    output.append(line: "--\(boundary)--")
  }

  private func append(_ file: Attachment, _ type: String, name: String, to output: inout [UInt8]) {
    output.append(line: "Content-Type: \(type);")
    output.append(line: " name=\"\(name)\"")
    output.append(line: "Content-Transfer-Encoding: base64")
    // RFC 2231, section 4; the plain name above serves clients that don't know it.
    output.append(line: "Content-Disposition: attachment;")
    output.append(line: " filename*=UTF-8''\(PercentEncoding.encode(file.fileName))")
    output.append(line: "")
    output.append(base64: file.bytes)
  }

  /// Text in MIME has CRLF line ends, whatever it is encoded in (RFC 2045, section 6.8).
  static func canonical(_ body: [UInt8]) -> [UInt8] {
    var canonical: [UInt8] = []
    canonical.reserveCapacity(body.count + body.count / 32)
    for byte in body where byte != 13 {
      if byte == 10 { canonical.append(13) }
      canonical.append(byte)
    }
    return canonical
  }
}

extension [UInt8] {
  fileprivate mutating func append(line: String) {
    append(contentsOf: line.utf8)
    append(13)
    append(10)
  }

  /// Lines of 76 characters, each with CRLF (RFC 2045, section 6.8).
  fileprivate mutating func append(base64 bytes: [UInt8]) {
    // Cut here, because the lines of Foundation's own option end wrongly in Swift 6.2 (55 to 57 bytes of a line).
    let encoded = Array(Data(bytes).base64EncodedData())
    for start in stride(from: 0, to: encoded.count, by: 76) {
      append(contentsOf: encoded[start..<Swift.min(start + 76, encoded.count)])
      append(13)
      append(10)
    }
  }
}
