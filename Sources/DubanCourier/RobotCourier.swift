internal import CCurl
public import DubanCore
public import DubanMail
internal import Foundation

/// A group's robot that takes messages by HTTP. Its address is a secret: who knows it can write to the group.
public struct Robot: Sendable {
  /// Seconds until an answer has to be there.
  static let limit = 20
  private static let scheme = "robot:"

  /// Which make it is.
  public var kind: RobotKind
  /// Reads its address.
  public var url: @Sendable () throws(SecretError) -> Secret
  /// Reads the secret that requests are signed with; nil where they aren't.
  public var signing: (@Sendable () throws(SecretError) -> Secret)?

  package init(
    kind: RobotKind, url: @escaping @Sendable () throws(SecretError) -> Secret,
    signing: (@Sendable () throws(SecretError) -> Secret)? = nil
  ) {
    (self.kind, self.url, self.signing) = (kind, url, signing)
  }

  /// What an entry of the outbox has in an address's place: nothing secret.
  public static func recipient(_ kind: RobotKind) -> String { scheme + kind.rawValue }

  /// The make that an entry's recipient names; nil for a mailbox.
  public static func kind(ofRecipient recipient: String) -> RobotKind? {
    recipient.hasPrefix(scheme) ? RobotKind(rawValue: String(recipient.dropFirst(scheme.count))) : nil
  }

  /// Whether a recipient is no mailbox.
  public static func isOne(_ recipient: String) -> Bool { recipient.hasPrefix(scheme) }

  /// What is wrong with an address; nil where it can be used. Encryption may be missing on this machine alone.
  static func fault(in url: String) -> String? {
    guard let parts = URLComponents(string: url), let host = parts.host, !host.isEmpty else {
      return "the robot's address is no web address"
    }
    let isLocal = Relay.isLoopback(host.trimmingCharacters(in: CharacterSet(charactersIn: "[]")))
    return parts.scheme == "https" || isLocal && parts.scheme == "http"
      ? nil : "the robot's address has to begin with https://"
  }
}

/// Hands messages for robots over by HTTP and everything else to another courier.
public final class RobotCourier: Courier {
  private let mail: any Courier
  private let robots: [RobotKind: Robot]
  private let now: @Sendable () -> Timestamp

  /// A courier that posts for these robots; `now` is the time that signatures carry.
  public init(_ mail: sending any Courier, robots: [Robot], now: @escaping @Sendable () -> Timestamp) {
    self.mail = mail
    self.robots = Dictionary(robots.map { ($0.kind, $0) }) { first, _ in first }
    self.now = now
  }

  /// Delivers one message.
  public func deliver(_ message: Message, until deadline: SendDeadline?) -> AttemptResult {
    guard Robot.isOne(message.envelope.recipient) else { return mail.deliver(message, until: deadline) }
    guard let robot = Robot.kind(ofRecipient: message.envelope.recipient).flatMap({ robots[$0] }) else {
      return AttemptResult(step: .check, result: .failed, text: "the configuration has no such robot")
    }
    do throws(SecretError) {
      let request = try RobotRequest(robot, message.data, at: now())
      return request.post()
    } catch { return AttemptResult(step: .secret, result: .failed, text: printableLine("\(error)")) }
  }

  /// Ends the other courier's connection; robots have none.
  public func close() { mail.close() }
}

/// One request, signed for its moment.
struct RobotRequest {
  private let kind: RobotKind
  private let url: String
  private let body: [UInt8]

  init(_ robot: Robot, _ body: [UInt8], at now: Timestamp) throws(SecretError) {
    let address = try robot.url().value
    if let fault = Robot.fault(in: address) { throw SecretError(fault) }
    let secret = try robot.signing?().value
    kind = robot.kind
    (url, self.body) = Self.signed(robot.kind, address, body, secret, at: now)
  }

  /// 钉钉 has timestamp and signature in the address, 飞书 in the body; 企业微信 has none.
  static func signed(
    _ kind: RobotKind, _ url: String, _ body: [UInt8], _ secret: String?, at now: Timestamp
  ) -> (url: String, body: [UInt8]) {
    guard let secret else { return (url, body) }
    switch kind {
    case .wecom: return (url, body)
    case .dingtalk:
      let moment = "\(now.seconds)000"
      let code = MessageAuthentication.base64("\(moment)\n\(secret)", key: secret)
      let plain = CharacterSet.alphanumerics
      let sign = code.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
      return ("\(url)\(url.contains("?") ? "&" : "?")timestamp=\(moment)&sign=\(sign)", body)
    case .feishu:
      let code = MessageAuthentication.base64("", key: "\(now.seconds)\n\(secret)")
      return (url, Array("{\"timestamp\":\"\(now.seconds)\",\"sign\":\"\(code)\",".utf8) + body.dropFirst())
    }
  }

  func post() -> AttemptResult {
    guard let handle = webHandle(url, seconds: Robot.limit) else {
      return AttemptResult(step: .connect, result: .failed, text: "libcurl gives no handle")
    }
    defer { duban_curl_free(handle) }
    let answer = ReceivedBytes()
    // libcurl reads this list until the request is over, and leaves freeing it to us.
    var fields: UnsafeMutablePointer<curl_slist>?
    fields = duban_curl_append(fields, "Content-Type: application/json; charset=utf-8")
    fields = duban_curl_append(fields, "Expect:")
    defer { duban_curl_free_fields(fields) }
    _ = duban_curl_set_pointer(handle, CURLOPT_HTTPHEADER, fields)
    _ = duban_curl_set_long(handle, CURLOPT_POSTFIELDSIZE, body.count)
    // Unretained: `answer` is kept alive below, past the last call back.
    _ = duban_curl_set_pointer(handle, CURLOPT_WRITEDATA, Unmanaged.passUnretained(answer).toOpaque())
    _ = duban_curl_set_callback(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
      guard let bytes, let context else { return 0 }
      let answer = Unmanaged<ReceivedBytes>.fromOpaque(context).takeUnretainedValue()
      return answer.take(UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
    }
    // libcurl doesn't copy the body: it must stay where it is until the request is over.
    var body = body
    let code = body.withUnsafeMutableBytes { bytes in
      _ = duban_curl_set_pointer(handle, CURLOPT_POSTFIELDS, bytes.baseAddress)
      return duban_curl_perform(handle)
    }
    var status = 0
    _ = duban_curl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
    return withExtendedLifetime(answer) { Self.result(code, status: status, answer.bytes) }
  }

  /// Reaches the robot's server without saying anything; nil where it can be reached.
  func reach() -> String? {
    guard let handle = webHandle(url, seconds: Robot.limit) else { return "libcurl gives no handle" }
    defer { duban_curl_free(handle) }
    _ = duban_curl_set_long(handle, CURLOPT_CONNECT_ONLY, 1)
    let code = duban_curl_perform(handle)
    return code == CURLE_OK ? nil : String(cString: duban_curl_explain(code))
  }

  /// What an answer says. HTTP's 200 is no yes: `errcode` (企业微信, 钉钉) or `code` (飞书) has it.
  static func result(_ code: CURLcode, status: Int, _ bytes: [UInt8]) -> AttemptResult {
    guard code == CURLE_OK || !bytes.isEmpty else {
      // Without the address, which libcurl's own words would have.
      let isSent = ![
        CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_SSL_CONNECT_ERROR,
        CURLE_PEER_FAILED_VERIFICATION,
      ].contains(code)
      return AttemptResult(
        step: isSent ? .finalDot : .connect, result: .failed, text: String(cString: duban_curl_explain(code)))
    }
    let http = (100...999).contains(status) ? status : nil
    guard let said = try? JSONDecoder().decode(RobotAnswer.self, from: Data(bytes)), let number = said.number
    else {
      let result: AttemptResult.Result = (400...599).contains(status) ? .refused : .failed
      return AttemptResult(
        step: .finalDot, result: result, code: http,
        text: printableLine(
          "HTTP \(status) without a code: \(String(decoding: bytes.prefix(120), as: UTF8.self))"))
    }
    let words = printableLine("\(number) \(said.words)".trimmingCharacters(in: .whitespaces))
    return AttemptResult(
      step: .finalDot, result: number == 0 ? .accepted : .refused, code: http, enhanced: String(number),
      text: words)
  }
}

private struct RobotAnswer: Decodable {
  var errcode: Int?
  var errmsg: String?
  var code: Int?
  var msg: String?
  // 飞书's older form.
  var StatusCode: Int?

  var number: Int? { errcode ?? code ?? StatusCode }
  var words: String { errmsg ?? msg ?? "" }
}

/// What a server says, up to a limit.
private final class ReceivedBytes {
  private(set) var bytes: [UInt8] = []

  /// Copies what is libcurl's during the call only; false where it is too much.
  func take(_ more: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count + more.count <= 64 << 10 else { return false }
    bytes += more
    return true
  }
}

/// What becomes of a message to a robot after one attempt. The way to the relay is never touched by it.
public enum RobotPolicy {
  /// A day's summary is no news the next morning.
  static let lifetime: Int64 = 12 * 3600
  private static let backOff = BackOff(first: 120, longest: 1920)

  enum Meaning: Equatable {
    case taken
    /// Too many messages: again after so many seconds.
    case tooMany(Int64)
    /// The address, the secret, a keyword or the sender's network is refused: a person has to put it right.
    case wrongSettings
    /// The message itself isn't taken.
    case wrongMessage
    /// Nothing that decides: again later.
    case unclear
  }

  /// The verdict on an attempt.
  public static func verdict(
    on result: AttemptResult, of kind: RobotKind, attempts: Int, queuedAt: Timestamp, now: Timestamp
  ) -> DeliveryVerdict {
    var verdict = DeliveryVerdict(entry: .sent, answer: "\(kind.rawValue): \(result.text)", code: result.code)
    // Everything was said, and no answer came: it may be there twice.
    verdict.possiblyDelivered = result.result == .failed && result.step == .finalDot
    let wait: Int64
    switch meaning(of: result, kind) {
    case .taken: return verdict
    case .wrongSettings, .wrongMessage:
      verdict.entry = .giveUp
      return verdict
    case .tooMany(let seconds): wait = seconds
    case .unclear: wait = backOff.wait(after: attempts)
    }
    let next = kind.uncrowded(now.adding(seconds: wait))
    verdict.entry = next.seconds - queuedAt.seconds > lifetime ? .giveUp : .retry(at: next)
    return verdict
  }

  /// What becomes of a message that would be posted at a moment at which its group wants none: it waits, once, so that
  /// who never looks at another time posts it after all. nil: it is to be posted.
  public static func postponement(of kind: RobotKind, attempts: Int, now: Timestamp) -> DeliveryVerdict? {
    let next = kind.uncrowded(now)
    guard next != now, attempts == 1 else { return nil }
    var verdict = DeliveryVerdict(
      entry: .retry(at: next), answer: "\(kind.rawValue): not in the first minutes of half an hour")
    verdict.wasTried = false
    return verdict
  }

  static func meaning(of result: AttemptResult, _ kind: RobotKind) -> Meaning {
    if result.result == .accepted { return .taken }
    if [.check, .secret].contains(result.step) { return .wrongSettings }
    guard let number = result.enhanced.flatMap({ Int($0) }) else {
      switch result.code {
      case 429?: return .tooMany(600)
      case 400?, 401?, 403?, 404?, 410?: return .wrongSettings
      case 413?: return .wrongMessage
      default: return .unclear
      }
    }
    switch (kind, number) {
    case (_, 0): return .taken
    // 企业微信: 20 a minute; 93000 the address, 40008 and 40058 the message, 44004 its emptiness.
    case (.wecom, 45009), (.wecom, 45033): return .tooMany(120)
    case (.wecom, 93000), (.wecom, 40001), (.wecom, 40014), (.wecom, 93004), (.wecom, 93008):
      return .wrongSettings
    case (.wecom, 40008), (.wecom, 40058), (.wecom, 44004), (.wecom, 45002): return .wrongMessage
    // 钉钉: after 20 a minute nothing for ten; 310000 is a keyword, a signature or a network that is missing.
    case (.dingtalk, 130101), (.dingtalk, 410100), (.dingtalk, 90018): return .tooMany(660)
    case (.dingtalk, 310000), (.dingtalk, 300001), (.dingtalk, 300005), (.dingtalk, 400013),
      (.dingtalk, 400101),
      (.dingtalk, 400102):
      return .wrongSettings
    case (.dingtalk, 40035), (.dingtalk, 43004), (.dingtalk, 400105), (.dingtalk, 460101):
      return .wrongMessage
    // 飞书: 100 a minute and 5 a second; 19021 signature, 19022 network, 19024 keyword, 19001 and 19002 the address.
    case (.feishu, 11232),
      (.feishu, 9499) where result.code == 429:
      return .tooMany(120)
    case (.feishu, 11232): return .tooMany(120)
    case (.feishu, 19021), (.feishu, 19022), (.feishu, 19024), (.feishu, 19001): return .wrongSettings
    case (.feishu, 9499), (.feishu, 19002), (.feishu, 11246), (.feishu, 230001): return .wrongMessage
    default: return .unclear
    }
  }
}

/// Looks at robots without posting.
public enum RobotDoctor {
  /// What is wrong with a robot, and whether that is its settings; nil where its server can be reached.
  public static func fault(_ robot: Robot, at now: Timestamp) -> String? {
    do throws(SecretError) { return try RobotRequest(robot, [], at: now).reach() } catch { return "\(error)" }
  }
}
