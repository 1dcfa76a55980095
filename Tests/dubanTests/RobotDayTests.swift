import DubanCore
import Foundation
import TestSupport
import Testing

/// The contact's summary on its way to a group: planned and queued beside the digest, sent to a peer, judged by what that
/// says.
@Suite struct RobotDayTests {
  /// The make, its answer, what becomes of it at 08:30, and at 08:34.
  @Test(arguments: [
    ("wecom", #"{"errcode":0,"errmsg":"ok"}"#, "sent", "sent", 1),
    ("wecom", #"{"errcode":45009,"errmsg":"api freq out of limit"}"#, "deferred", "deferred", 2),
    ("dingtalk", #"{"errcode":310000,"errmsg":"sign not match"}"#, "failed", "failed", 1),
    // Not on the half hour.
    ("feishu", #"{"code":0,"msg":"success"}"#, "queued", "sent", 1),
    ("feishu", #"{"code":19024,"msg":"Key Words Not Found"}"#, "queued", "failed", 1),
  ])
  func aDigestGoesToTheGroup(
    _ kind: String, _ answer: String, _ first: String, _ second: String, _ requests: Int
  ) throws {
    let peer = try RobotPeer(RobotPeer.response(200, answer))
    defer { peer.stop() }
    let office = try Office(more: "robots: {\(kind): {urlFile: robot}}\n")
    try office.write("http://127.0.0.1:\(peer.port)/hook?key=geheim\n", to: "robot")
    #expect(try office.shell("chmod 600 robot").status == 0)
    func states(_ moment: String) throws -> [String] {
      let run = try office.duban("run", "--once", "--now", moment)
      #expect(!run.complaints.contains("geheim"))
      let history = Data(try office.duban("history", "--json").output.utf8)
      let entries = try #require(try JSONSerialization.jsonObject(with: history) as? [[String: Any]])
      return entries.filter { ($0["kind"] as? String) == "robot" }.compactMap { $0["state"] as? String }
    }
    #expect(try states("2022-12-26T08:30") == [first])
    #expect(try states("2022-12-26T08:34") == [second])
    #expect(peer.requests.count == requests)
    let request = try #require(peer.requests.first)
    #expect(request.target == "/hook?key=geheim" && request.body.contains("12月31日"))
    #expect(!request.body.contains("徐娟"), "nobody is named unasked")
  }

  /// Whoever runs duban each half hour: the first run after 08:33 posts nothing on the hour.
  @Test func nothingIsPostedOnTheHour() throws {
    let peer = try RobotPeer(RobotPeer.response(200, #"{"code":0,"msg":"success"}"#))
    defer { peer.stop() }
    let office = try Office(more: "robots: {feishu: {urlFile: robot}}\n")
    try office.write("http://127.0.0.1:\(peer.port)/hook?key=geheim\n", to: "robot")
    #expect(try office.shell("chmod 600 robot").status == 0)
    for (moment, posted) in [("08:30", 0), ("09:00", 0), ("09:03", 1)] {
      #expect(try office.duban("run", "--once", "--now", "2022-12-26T\(moment)").status == 0)
      #expect(peer.requests.count == posted, "\(moment)")
    }
  }
}
