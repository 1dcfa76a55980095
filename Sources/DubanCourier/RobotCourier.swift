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

  /// A robot of these parts.
  public init(
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
    let isLocal = ["127.0.0.1", "localhost", "[::1]", "::1"].contains(host)
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
  public func deliver(_ message: Message) -> AttemptResult { deliver(message, until: nil) }

  /// The same; a post that is late isn't begun.
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
    guard let handle = duban_curl_handle() else {
      return AttemptResult(step: .connect, result: .failed, text: "libcurl gives no handle")
    }
    defer { duban_curl_free(handle) }
    let answer = ReceivedBytes()
    var fields: UnsafeMutablePointer<curl_slist>?
    fields = duban_curl_append(fields, "Content-Type: application/json; charset=utf-8")
    fields = duban_curl_append(fields, "Expect:")
    defer { duban_curl_free_fields(fields) }
    setUp(handle)
    _ = duban_curl_set_pointer(handle, CURLOPT_HTTPHEADER, fields)
    _ = duban_curl_set_long(handle, CURLOPT_POSTFIELDSIZE, body.count)
    _ = duban_curl_set_pointer(handle, CURLOPT_WRITEDATA, Unmanaged.passUnretained(answer).toOpaque())
    _ = duban_curl_set_callback(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
      guard let bytes, let context else { return 0 }
      let answer = Unmanaged<ReceivedBytes>.fromOpaque(context).takeUnretainedValue()
      return answer.take(UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
    }
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
    guard let handle = duban_curl_handle() else { return "libcurl gives no handle" }
    defer { duban_curl_free(handle) }
    setUp(handle)
    _ = duban_curl_set_long(handle, CURLOPT_CONNECT_ONLY, 1)
    let code = duban_curl_perform(handle)
    return code == CURLE_OK ? nil : String(cString: duban_curl_explain(code))
  }

  private func setUp(_ handle: UnsafeMutableRawPointer) {
    _ = duban_curl_set_string(handle, CURLOPT_URL, url)
    _ = duban_curl_set_string(handle, CURLOPT_PROTOCOLS_STR, "http,https")
    _ = duban_curl_set_long(handle, CURLOPT_NOSIGNAL, 1)
    _ = duban_curl_set_long(handle, CURLOPT_TIMEOUT, Robot.limit)
    _ = duban_curl_set_long(handle, CURLOPT_SSLVERSION, duban_curl_tls_1_2)
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

  func take(_ more: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count + more.count <= 64 << 10 else { return false }
    bytes += more
    return true
  }
}
