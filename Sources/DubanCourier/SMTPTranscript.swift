internal import CCurl
internal import Foundation

/// What is said between us and the relay during one use of a connection. Until we are logged in libcurl reports it,
/// through a callback on the thread that dials; what is said from then on ``SMTPConnection`` notes itself.
///
/// It keeps the name of each command and the replies, never a command's text: an AUTH command is a password.
final class SMTPTranscript {
  /// One command and what was answered.
  struct Exchange {
    /// How far the conversation was.
    var step: AttemptResult.Step
    /// What the relay said; empty while it hasn't.
    var reply = Reply()
  }

  /// Everything so far, in order; the banner answers no command, but stands first.
  private(set) var exchanges: [Exchange] = []
  /// libcurl's own remarks about TLS, for the doctor.
  private(set) var tlsRemark: String?
  /// libcurl says QUIT where it gives up: the answer to that must not pass for the answer to the last command.
  private var saysFarewell = false

  /// A relay may quote a command that it doesn't understand, and the password with it.
  private let mask: SecretMask

  /// A record without what `mask` hides.
  init(hiding mask: SecretMask) { self.mask = mask }

  /// Starts the record anew.
  func begin() { (exchanges, saysFarewell) = ([], false) }

  /// Takes note of a command of ours, or of the end of the message.
  func ask(_ step: AttemptResult.Step) { exchanges.append(Exchange(step: step)) }

  /// Takes note of one more line of the answer to it; whether that was the last one.
  func receive(_ line: ArraySlice<UInt8>) -> Bool {
    line.withUnsafeBytes(noteReply)
    return exchanges.last?.reply.isOver ?? false
  }

  /// Adds one more line to a reply that isn't to be kept here; whether that was the last one.
  func receive(_ line: ArraySlice<UInt8>, into reply: inout Reply) -> Bool {
    reply.append(line.withUnsafeBytes(text))
    return reply.isOver
  }

  /// Forgets the answer to the last command: another came in its place.
  func forgetAnswer() {
    if let last = exchanges.popLast() { ask(last.step) }
  }

  /// Whether the relay's last EHLO reply announces this extension (RFC 5321, section 4.1.1.1).
  func announces(_ keyword: String) -> Bool {
    let reply = exchanges.last { $0.step == .hello }?.reply
    // The first line is the relay's name.
    return reply?.words.dropFirst().contains { $0.uppercased() == keyword } ?? false
  }

  /// Whether the relay has taken our login.
  var hasLoggedIn: Bool {
    exchanges.contains { $0.step == .authenticate && (200...299).contains($0.reply.code ?? 0) }
  }

  /// Takes note of what libcurl sent or received while it dialled.
  func note(_ type: curl_infotype, _ bytes: UnsafeRawBufferPointer) {
    switch type {
    case CURLINFO_HEADER_OUT: noteCommand(bytes)
    case CURLINFO_HEADER_IN where !saysFarewell: noteReply(bytes)
    case CURLINFO_TEXT:
      // libcurl remarks on many things with every mail.
      if bytes.starts(with: "SSL connection using ".utf8) {
        tlsRemark = printableLine(String(decoding: bytes.dropFirst(21), as: UTF8.self))
      }
    default: break
    }
  }

  private func noteCommand(_ bytes: UnsafeRawBufferPointer) {
    // An answer to a 334 challenge is part of a password and no command, whatever its letters look like.
    if exchanges.last?.reply.code == 334 {
      exchanges.append(Exchange(step: .authenticate))
      return
    }
    let verb = String(decoding: bytes.prefix { $0 > 0x20 }, as: UTF8.self).uppercased()
    switch verb {
    case "EHLO", "HELO": exchanges.append(Exchange(step: .hello))
    case "STARTTLS": exchanges.append(Exchange(step: .startTLS))
    case "AUTH": exchanges.append(Exchange(step: .authenticate))
    case "MAIL": exchanges.append(Exchange(step: .mailFrom))
    case "RCPT": exchanges.append(Exchange(step: .recipient))
    case "DATA": exchanges.append(Exchange(step: .data))
    case "QUIT": saysFarewell = true
    default: exchanges.append(Exchange(step: exchanges.last?.step ?? .connect))
    }
  }

  private func noteReply(_ bytes: UnsafeRawBufferPointer) {
    if exchanges.isEmpty { exchanges.append(Exchange(step: .greeting)) }
    exchanges[exchanges.count - 1].reply.append(text(of: bytes))
  }

  /// A line of the relay's without its line end and our secrets.
  private func text(of bytes: UnsafeRawBufferPointer) -> String {
    let line = bytes.last == 0x0A ? bytes.dropLast(bytes.dropLast().last == 0x0D ? 2 : 1) : bytes[...]
    // Chinese relays answer in GB18030 (GBK, GB2312) as often as in UTF-8.
    let text =
      String(validating: line, as: UTF8.self) ?? String(bytes: line, encoding: .gb18030)
      ?? String(decoding: line, as: UTF8.self)
    return mask.hide(in: text, isAboutLogin: exchanges.last?.step == .authenticate)
  }
}

extension String.Encoding {
  /// GB 18030-2022, by the number that Core Foundation has for it (`kCFStringEncodingGB_18030_2000`).
  fileprivate static let gb18030 = String.Encoding(rawValue: 0x8000_0632)
}
