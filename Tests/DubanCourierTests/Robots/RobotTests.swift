import DubanCore
import DubanMail
import Foundation
import TestSupport
import Testing

@testable import DubanCourier

/// Robots: what each answer means, what goes over the wire, and that the address stays a secret.
@Suite struct RobotTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let kind: RobotKind
    let status: Int
    let body: String
    /// sent, giveUp, or the seconds until the next attempt.
    let end: String
    var testDescription: String { "\(kind.rawValue) \(status) \(body)" }

    init(_ kind: RobotKind, _ status: Int, _ body: String, _ end: String) {
      (self.kind, self.status, self.body, self.end) = (kind, status, body, end)
    }
  }

  static let rows: [Row] = [
    Row(.wecom, 200, #"{"errcode":0,"errmsg":"ok"}"#, "sent"),
    Row(.wecom, 200, #"{"errcode":45009,"errmsg":"api freq out of limit"}"#, "120"),
    Row(.wecom, 200, #"{"errcode":45033,"errmsg":"api concurrent out of limit"}"#, "120"),
    Row(.wecom, 200, #"{"errcode":93000,"errmsg":"invalid webhook url"}"#, "giveUp"),
    Row(.wecom, 200, #"{"errcode":40008,"errmsg":"invalid message type"}"#, "giveUp"),
    Row(.wecom, 200, #"{"errcode":40058,"errmsg":"markdown.content exceed max length 4096"}"#, "giveUp"),
    Row(.wecom, 200, #"{"errcode":-1,"errmsg":"system busy"}"#, "120"),
    Row(.wecom, 502, "<html>Bad Gateway</html>", "120"),
    Row(.wecom, 404, "not found", "giveUp"),
    Row(.wecom, 200, "OK", "120"),
    Row(.dingtalk, 200, #"{"errcode":0,"errmsg":"ok"}"#, "sent"),
    Row(.dingtalk, 200, #"{"errcode":310000,"errmsg":"keywords not in content"}"#, "giveUp"),
    Row(.dingtalk, 200, #"{"errcode":310000,"errmsg":"sign not match"}"#, "giveUp"),
    Row(.dingtalk, 200, #"{"errcode":130101,"errmsg":"send too fast, exceed 20 times per minute"}"#, "660"),
    Row(.dingtalk, 200, #"{"errcode":300001,"errmsg":"token is not exist"}"#, "giveUp"),
    Row(.dingtalk, 200, #"{"errcode":400105,"errmsg":"unsupported msgtype"}"#, "giveUp"),
    Row(.dingtalk, 429, "", "600"),
    Row(.dingtalk, 500, #"{"errcode":-1,"errmsg":"系统繁忙"}"#, "120"),
    Row(.feishu, 200, #"{"code":0,"msg":"success","data":{}}"#, "sent"),
    Row(.feishu, 200, #"{"StatusCode":0,"StatusMessage":"success"}"#, "sent"),
    Row(
      .feishu, 200, #"{"code":19021,"msg":"sign match fail or timestamp is not within one hour"}"#, "giveUp"),
    Row(.feishu, 200, #"{"code":19022,"msg":"Ip Not Allowed"}"#, "giveUp"),
    Row(.feishu, 200, #"{"code":19024,"msg":"Key Words Not Found"}"#, "giveUp"),
    Row(.feishu, 400, #"{"code":11232,"msg":"frequency limited psm"}"#, "120"),
    Row(.feishu, 400, #"{"code":9499,"msg":"Bad Request"}"#, "giveUp"),
    Row(.feishu, 200, #"{"code":11246,"msg":"too large"}"#, "giveUp"),
    Row(.feishu, 503, "", "120"),
  ]

  private let now = Timestamp(seconds: 1_671_496_200)

  private func message(_ kind: RobotKind, _ body: [UInt8] = Array(#"{"a":1}"#.utf8)) -> Message {
    Message(
      envelope: .init(reversePath: "a@example.org", recipient: Robot.recipient(kind)), messageID: "<1@robot>",
      subject: "督办日报", data: body)
  }

  private func deliver(_ kind: RobotKind, to url: String, signing: String? = nil) -> AttemptResult {
    var robot = Robot(kind: kind, url: { () throws(SecretError) in Secret(url) })
    if let signing { robot.signing = { () throws(SecretError) in Secret(signing) } }
    let moment = now
    let courier = RobotCourier(MaildirCourier(directory: "/nowhere"), robots: [robot]) { moment }
    return courier.deliver(message(kind))
  }

  private func end(_ result: AttemptResult, _ kind: RobotKind, attempts: Int = 1) -> String {
    let verdict = RobotPolicy.verdict(on: result, of: kind, attempts: attempts, queuedAt: now, now: now)
    #expect(verdict.relay == .goOn && !verdict.badRecipient)
    switch verdict.entry {
    case .sent: return "sent"
    case .giveUp: return "giveUp"
    case .retry(let next): return String(next.seconds - now.seconds)
    }
  }

  @Test(arguments: rows) func anAnswerMeans(row: Row) throws {
    let peer = try RobotPeer(RobotPeer.response(row.status, row.body))
    defer { peer.stop() }
    let result = deliver(row.kind, to: "http://127.0.0.1:\(peer.port)/hook?key=geheim")
    #expect(end(result, row.kind) == row.end, "\(result)")
    #expect(peer.requests.map(\.body) == [#"{"a":1}"#])
    #expect(!result.text.contains("geheim"))
  }

  /// 08:27, tried again after two or three minutes: 飞书 hears nothing in the first minutes of the half hour.
  @Test(
    arguments: [
      (.wecom, 0, 120), (.feishu, 0, 120), (.wecom, -120, 120), (.feishu, -120, 300), (.feishu, -60, 300),
    ] as [(RobotKind, Int64, Int64)])
  func feishuIsLeftAloneOnTheHalfHour(_ kind: RobotKind, _ shift: Int64, _ wait: Int64) throws {
    let closed = deliver(kind, to: "http://127.0.0.1:1/geheim")
    let now = now.adding(seconds: shift)
    let verdict = RobotPolicy.verdict(on: closed, of: kind, attempts: 1, queuedAt: now, now: now)
    #expect(verdict.entry == .retry(at: now.adding(seconds: wait)))
  }

  /// From 08:30 on: what is to be posted in the first two minutes waits once, and no longer.
  @Test(
    arguments: [
      (.feishu, 1, -1, nil), (.feishu, 1, 0, 180), (.feishu, 1, 119, 180), (.feishu, 1, 120, nil),
      (.feishu, 2, 0, nil), (.wecom, 1, 0, nil),
    ] as [(RobotKind, Int, Int64, Int64?)])
  func whatComesOnTheHalfHourWaitsOnce(_ kind: RobotKind, _ attempts: Int, _ shift: Int64, _ wait: Int64?) {
    let now = now.adding(seconds: shift)
    let verdict = RobotPolicy.postponement(of: kind, attempts: attempts, now: now)
    #expect(verdict?.entry == wait.map { .retry(at: now.adding(seconds: $0)) })
    #expect(verdict?.wasTried != true)
  }

  @Test func nothingThatAnswersIsTriedAgain() throws {
    let silent = try RobotPeer(nil)
    defer { silent.stop() }
    let lost = deliver(.wecom, to: "http://127.0.0.1:\(silent.port)/geheim")
    #expect(end(lost, .wecom) == "120" && !lost.text.contains("geheim"))
    #expect(
      RobotPolicy.verdict(on: lost, of: .wecom, attempts: 1, queuedAt: now, now: now).possiblyDelivered,
      "it was said, and may be there")
    let closed = deliver(.wecom, to: "http://127.0.0.1:1/geheim")
    #expect(end(closed, .wecom) == "120" && closed.step == .connect && !closed.text.contains("geheim"))
    #expect(end(closed, .wecom, attempts: 9) == "1920")
    let late = RobotPolicy.verdict(
      on: closed, of: .wecom, attempts: 9, queuedAt: now.adding(seconds: -12 * 3600), now: now)
    #expect(late.entry == .giveUp, "yesterday's summary is no news")
  }

  @Test(arguments: ["http://example.org/hook", "ftp://127.0.0.1/x", "geheim", ""])
  func anAddressWithoutEncryptionIsRefused(url: String) {
    let result = deliver(.wecom, to: url)
    #expect(result.step == .secret && end(result, .wecom) == "giveUp")
  }

  /// Signatures by the makers' own rules, worked out with Python's hmac.
  @Test func requestsAreSigned() throws {
    let peer = try RobotPeer(RobotPeer.response(200, #"{"errcode":0}"#))
    defer { peer.stop() }
    let url = "http://127.0.0.1:\(peer.port)/robot/send?access_token=x"
    #expect(deliver(.dingtalk, to: url, signing: "SECabc").result == .accepted)
    #expect(deliver(.feishu, to: url, signing: "SECabc").result == .accepted)
    let requests = peer.requests
    #expect(
      requests[0].target
        == "/robot/send?access_token=x&timestamp=1671496200000&sign=TDSby3tn14aH2hIpixrY3nUFHBmBPN93t55SByBj6Tc%3D"
    )
    #expect(
      requests[1].body
        == #"{"timestamp":"1671496200","sign":"UT12xU8RJ8aguZBdegYiWyrRga/fxzMGPa3dX8SkMu4=","a":1}"#)
  }

  @Test func whatIsNoRobotsGoesByMail() throws {
    let folder = try ScratchDirectory()
    let courier = RobotCourier(MaildirCourier(directory: folder.path + "/mail"), robots: []) {
      Timestamp(seconds: 1)
    }
    var mail = message(.wecom, Array("Subject: x\r\n\r\nx\r\n".utf8))
    mail.envelope.recipient = "a@example.org"
    #expect(courier.deliver(mail).step == .store)
    #expect(courier.deliver(message(.wecom)).text == "the configuration has no such robot")
  }

  @Test func theDoctorPostsNothing() throws {
    let peer = try RobotPeer(RobotPeer.response(200, #"{"errcode":0}"#))
    defer { peer.stop() }
    let url = "http://127.0.0.1:\(peer.port)/geheim"
    let step = DoctorStep(
      examining: Robot(kind: .wecom, url: { () throws(SecretError) in Secret(url) }), at: now)
    #expect(step.isOK && peer.requests.isEmpty)
    let closed = DoctorStep(
      examining: Robot(kind: .wecom, url: { () throws(SecretError) in Secret("http://127.0.0.1:1/geheim") }),
      at: now)
    #expect(!closed.isOK && !closed.detail.contains("geheim"))
  }
}
