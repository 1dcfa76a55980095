import DubanCore
import Foundation
import TestSupport
import Testing

/// The service as the operator starts it, with a real SMTP conversation.
@Suite struct RunCommandTests {
  private static func recipients(_ peer: ScriptedPeer, after count: Int = 0) -> [String] {
    peer.record.envelopes.dropFirst(count).flatMap { $0.dropFirst() }
  }

  @Test func theSecondRunOfADaySendsNothing() throws {
    let peer = try ScriptedPeer()
    defer { peer.stop() }
    let office = try Office(port: peer.port)
    #expect(try office.duban("run", "--once", "--now", "2022-12-23T08:30").status == 0)
    let first = peer.record.messages.count
    #expect(first == 12)
    #expect(try office.duban("run", "--once", "--now", "2022-12-23T15:00").status == 0)
    #expect(peer.record.messages.count == first)
  }

  @Test func afterAWeeksStopEachPersonGetsOneMail() throws {
    let peer = try ScriptedPeer()
    defer { peer.stop() }
    let office = try Office(port: peer.port)
    for day in ["2022-12-19", "2022-12-20", "2022-12-21"] {
      #expect(try office.duban("run", "--once", "--now", "\(day)T08:30").status == 0)
    }
    let before = peer.record.messages.count
    // Missed: the reminders of the 23rd and 26th, the report on the 27th, and the step of the 28th.
    #expect(try office.duban("run", "--once", "--now", "2022-12-28T10:00").status == 0)
    let recipients = Self.recipients(peer, after: before)
    #expect(recipients.count == 12)
    #expect(Set(recipients).count == recipients.count)
    #expect(try office.duban("run", "--once", "--now", "2022-12-28T10:01").status == 0)
    #expect(peer.record.messages.count == before + 12)
  }

  @Test func aCorrectedNumberOfThePlanMakesNoOtherPlanOfIt() throws {
    let office = try Office()
    #expect(try office.duban("run", "--once", "--now", "2022-12-19T08:30").status == 0)
    #expect(try office.duban("done", "3.1", "--by", "杜潘", "--now", "2022-12-20T10:00").status == 0)
    #expect(try office.duban("run", "--once", "--now", "2022-12-23T08:30").status == 0)
    let first = office.mailCount
    for name in ["洛开〔2022〕91号", "洛开〔2022〕92号"] {
      let line = try #require(
        try office.read("ledger.yaml").split(separator: "\n").first { $0.hasPrefix("  number:") })
      try office.replace(String(line), "  number: \(name)")
      #expect(try office.duban("run", "--once", "--now", "2022-12-23T15:00").status == 0)
      #expect(office.mailCount == first)
      let why = try office.duban("explain", "3.1", "--now", "2022-12-23T15:30").output
      #expect(why.contains("marked as done"), "\(why)")
    }
    let digest = try office.duban("preview", "contact", "--on", "2022-12-26", "--now", "2022-12-26T09:00")
      .output
    #expect(digest.contains("”改为“洛开〔2022〕92号”，提醒记录和登记不变。"), "\(digest)")
    #expect(try office.duban("ledger", "show", "--plan", "洛开〔2022〕92号", "--format", "csv").status == 0)
  }

  @Test func aLaterDateOfADoneMeasureIsAnother() throws {
    let office = try Office()
    #expect(try office.duban("run", "--once", "--now", "2022-12-16T08:30").status == 0)
    #expect(try office.duban("done", "3.1", "--by", "杜潘", "--now", "2022-12-20T10:00").status == 0)
    let text = try office.read("ledger.yaml")
    let measure = try #require(text.range(of: "加强“好差评”的宣传推广"))
    let deadline = try #require(text.range(of: "2022年 12月底前", range: measure.upperBound..<text.endIndex))
    try office.write(text.replacingCharacters(in: deadline, with: "2023年1月底前"), to: "ledger.yaml")
    let why = try office.duban("explain", "3.1", "--on", "2023-01-31", "--now", "2022-12-23T08:00").output
    #expect(!why.contains("marked as done"), "\(why)")
    let digest = try office.duban("preview", "contact", "--on", "2022-12-26", "--now", "2022-12-26T09:00")
      .output
    #expect(digest.contains("只对2022年12月31日有效，照常提醒，确已完成的请重新登记。"), "\(digest)")
  }

  /// The ledger's status that changed after `done` is the newer word; one that stays as it was changes nothing.
  @Test(arguments: [
    ("open", "退回整改", "退回整改"), ("in-progress", "open", "未完成"), ("open", "in-progress", "进行中"),
    ("open", "open", nil), ("open", "submitted", nil),
  ])
  func aLaterStatusInTheLedgerIsTheNewerWord(before: String, after: String, told: String?) throws {
    let office = try Office()
    func setStatus(_ words: String) throws {
      let text = try office.read("ledger.yaml")
      let measure = try #require(text.range(of: "加强“好差评”的宣传推广"))
      let status = try #require(text.range(of: "status: ", range: measure.upperBound..<text.endIndex))
      let end = try #require(text[status.upperBound...].firstIndex(of: "\n"))
      try office.write(text.replacingCharacters(in: status.upperBound..<end, with: words), to: "ledger.yaml")
    }
    try setStatus(before)
    #expect(try office.duban("run", "--once", "--now", "2022-12-16T08:30").status == 0)
    #expect(try office.duban("done", "3.1", "--by", "杜潘", "--now", "2022-12-20T10:00").status == 0)
    try setStatus(after)
    let why = try office.duban("explain", "3.1", "--on", "2022-12-23", "--now", "2022-12-23T08:00").output
    #expect(why.contains("marked as done") == (after == before), "\(why)")
    let digest = try office.duban("preview", "contact", "--on", "2022-12-26", "--now", "2022-12-26T09:00")
      .output
    #expect(digest.contains("杜潘登记的“已完成”不再有效") == (told != nil), "\(digest)")
    if let told { #expect(digest.contains("在台账中改为“\(told)”"), "\(digest)") }
  }

  @Test func whoOwesSeveralReportsOnADayIsAskedWhichCameIn() throws {
    let office = try Office()
    try office.replace("reports: [2022-09-27, 2022-12-27]", "reports: [2022-12-30]")
    try office.replace("  - name: 商事登记\n", "  - name: 商事登记\n    recurringReports: [每周五前]\n")
    #expect(try office.duban("run", "--once", "--now", "2022-12-26T08:30").status == 0)
    let unit = "涧西区市场监督管理局"
    func receive(_ more: String...) throws -> Office.Run {
      try office.duban(
        arguments: ["report", "received", unit, "--on", "2022-12-30", "--now", "2022-12-26T10:00"] + more)
    }
    let asked = try receive()
    #expect(asked.status == 2 && asked.complaints.contains("name one with --item"), "\(asked.complaints)")
    #expect(try receive("--item", "report").status == 0)
    let why = try office.duban("explain", "徐娟", "--on", "2022-12-30", "--now", "2022-12-26T10:00").output
      .split(separator: "\n")
    #expect(why.contains { $0.hasPrefix("report  ") && $0.contains("the report was received") }, "\(why)")
    #expect(why.contains { $0.hasPrefix("report#") && !$0.contains("the report was received") }, "\(why)")
    #expect(try receive().status == 0, "one is left")
    let digest = try office.duban("preview", "contact", "--on", "2022-12-27", "--now", "2022-12-27T09:00")
      .output
      .filter { !$0.isWhitespace }
    #expect(digest.contains("\(unit)的整改情况报送（2022年12月30日）已收到"), "\(digest)")
    #expect(digest.contains("\(unit)的商事登记周报报送（2022年12月30日）已收到"), "\(digest)")
  }

  @Test func aChangeThatAsksForNothingSaysSo() throws {
    let office = try Office()
    #expect(try office.duban("run", "--once", "--now", "2022-12-01T08:30").status == 0)
    let text = try office.read("ledger.yaml")
    let first = try #require(text.range(of: "      - id: \"7.3\""))
    let next = try #require(text.range(of: "  - name: 开放水平"))
    try office.write(String(text[..<first.lowerBound] + text[next.lowerBound...]), to: "ledger.yaml")
    #expect(try office.duban("run", "--once", "--now", "2022-12-02T08:30").status == 0)
    let shown = try office.texts(to: "梁承宗")
    #expect(shown.contains("1.以上变动供您知悉，无需另行办理。"), "\(shown)")
  }

  @Test func nothingIsSentBeforeTheSendTimeAndOnADayOff() throws {
    let peer = try ScriptedPeer()
    defer { peer.stop() }
    let office = try Office(port: peer.port)
    for moment in ["2022-12-23T08:29", "2022-12-24T09:00", "2022-12-31T09:00", "2023-01-02T12:00"] {
      #expect(try office.duban("run", "--once", "--now", moment).status == 0)
    }
    #expect(peer.record.messages.isEmpty)
  }

  @Test func aWrongLedgerSendsNothing() throws {
    let peer = try ScriptedPeer()
    defer { peer.stop() }
    let office = try Office(port: peer.port)
    try office.replace("status: open", "sttus: open")
    let run = try office.duban("run", "--once", "--now", "2022-12-23T08:30")
    #expect(run.status == 78)
    #expect(run.complaints.contains("ledger.yaml:34:9: error: unknown key “sttus” in a measure"))
    #expect(peer.record.connections == 0)
  }

  @Test func aPersonWithoutAnAddressIsNamedToTheContact() throws {
    let peer = try ScriptedPeer()
    defer { peer.stop() }
    let office = try Office(port: peer.port)
    try office.replace(", email: mapeng@example.org", "")
    #expect(try office.duban("check", "--now", "2022-09-21T08:30").status == 1)
    #expect(try office.duban("run", "--once", "--now", "2022-12-23T08:30").status == 0)
    let recipients = Self.recipients(peer)
    #expect(recipients.count == 11)
    #expect(recipients.contains { $0.contains("zwfwjzhc@126.com") })
    let history = try office.duban("history", "--item", "5.1", "--json").output
    #expect(history.contains("\"person\" : \"马鹏\""))
  }

  @Test func aRelayThatRefusesTheLoginIsAskedOnce() throws {
    let peer = try ScriptedPeer(PeerScript(.mail, .say("535 5.7.8 Error: authentication failed")))
    defer { peer.stop() }
    let office = try Office(port: peer.port)
    #expect(try office.duban("run", "--once", "--now", "2022-12-23T08:30").status == 69)
    #expect(peer.record.commands.filter { $0.hasPrefix("MAIL") }.count == 1)
    let status = try office.duban("status", "--now", "2022-12-23T08:31")
    #expect(status.status == 1)
    #expect(status.output.contains("authentication failed"))
  }

  @Test func theServiceDeliversReloadsAndEndsWhenToldTo() throws {
    let office = try Office()
    let service = try office.start("run", "--now", "2022-12-23T08:30")
    #expect(service.says("entry 12, attempt 1: sent"))
    try office.replace("status: open", "sttus: open")
    service.signal(SIGHUP)
    #expect(service.says("what was in force stays in force"))
    try office.replace("sttus: open", "status: open")
    // Nobody asks for it: the service sees for itself that the file has changed.
    #expect(service.says("in force: "))
    service.signal(SIGTERM)
    #expect(service.end() == 0)
    #expect(office.mailCount == 12)
  }

  @Test(arguments: [(SIGTERM, "was ended at"), (SIGKILL, "doesn't run any more")])
  func theStatusKnowsThatTheServiceDoesNotRun(signal: Int32, words: String) throws {
    let office = try Office()
    let service = try office.start("run", "--now", "2022-12-23T08:30")
    #expect(service.says("entry 12, attempt 1: sent"))
    let running = try office.duban("status", "--now", "2022-12-23T08:40")
    #expect(running.status == 0, "\(running.output)")
    service.signal(signal)
    _ = service.end()
    let ended = try office.duban("status", "--now", "2022-12-23T08:41")
    #expect(ended.status == 1)
    #expect(ended.output.contains(words), "\(ended.output)")
    #expect(!ended.output.contains("should have been"))
    let late = try office.duban("status", "--now", "2022-12-26T09:31")
    #expect(
      late.output.contains("should have been at 2022-12-26T08:30:00+08:00: is the service running?"),
      "\(late.output)")
  }

  /// The one that ends first would say that none runs, and a restore would go on under the other.
  @Test func aSecondServiceIsRefused() throws {
    let office = try Office()
    let service = try office.start("run", "--now", "2022-12-23T08:30")
    #expect(service.says("entry 12, attempt 1: sent"))
    let second = try office.duban("run", "--now", "2022-12-23T08:30")
    #expect(second.status == 1)
    #expect(second.complaints.contains("the service is running already"), "\(second.complaints)")
    #expect(try office.duban("run", "--once", "--now", "2022-12-23T08:31").status == 0)
    #expect(try office.duban("status", "--now", "2022-12-23T08:31").status == 0)
    service.signal(SIGTERM)
    #expect(service.end() == 0)
  }

  @Test func aLookThatDidNotComeIsAProblem() throws {
    let office = try Office()
    #expect(try office.duban("run", "--once", "--now", "2022-12-23T08:30").status == 0)
    #expect(try office.duban("status", "--now", "2022-12-26T09:29").status == 0)
    #expect(try office.duban("status", "--now", "2022-12-26T09:31").status == 1)
  }

  @Test func whatNeedsAPersonIsTheSameEverywhere() throws {
    let office = try Office(more: "observe: {metrics: duban.prom}\n")
    let service = try office.start("run", "--now", "2022-12-23T08:30")
    #expect(service.says("entry 12, attempt 1: sent"))
    try office.replace("status: open", "sttus: open")
    service.signal(SIGHUP)
    #expect(service.says("what was in force stays in force"))
    service.signal(SIGTERM)
    #expect(service.end() == 0)
    let status = try office.duban("status", "--now", "2022-12-23T08:31").output
    // That the service ended is news since.
    let problems = status.components(separatedBy: "PROBLEM").count - 2
    #expect(problems > 0)
    #expect(try office.read("duban.prom").contains("\nduban_problems \(problems)\n"))
    #expect(status.contains("last digest            2022-12-23"), "what was in force is known")
  }

  @Test func anUnreachableRelayIsAProblemAndNoPingFollows() throws {
    let switched = try ScriptedPeer()
    defer { switched.stop() }
    let office = try Office(port: 1, more: "observe: {ping: \"http://127.0.0.1:\(switched.port)/\"}\n")
    #expect(try office.duban("run", "--once", "--now", "2022-12-23T08:30").status == 69)
    #expect(switched.record.connections == 0)
    let status = try office.duban("status", "--now", "2022-12-23T14:30")
    #expect(status.status == 1)
    #expect(status.output.contains("because the relay can't be reached"), "\(status.output)")
  }

  @Test func aRelayThatTakesNoneIsAProblemAndNoPingFollows() throws {
    let (peer, switched) = (try ScriptedPeer(PeerScript(.finalDot, .say("451 no"))), try ScriptedPeer())
    defer {
      peer.stop()
      switched.stop()
    }
    let office = try Office(
      port: peer.port, more: "observe: {ping: \"http://127.0.0.1:\(switched.port)/\"}\n")
    _ = try office.duban("run", "--once", "--now", "2022-12-23T08:30")
    let before = switched.record.connections
    _ = try office.duban("run", "--once", "--now", "2022-12-23T11:30")
    #expect(switched.record.connections == before)
    let status = try office.duban("status", "--now", "2022-12-23T11:31")
    #expect(status.output.contains("the relay has taken none since"), "\(status.output)")
  }

  @Test func theMailInFlightEndsFirst() throws {
    let peer = try ScriptedPeer(PeerScript(.finalDot, .stall))
    defer { peer.stop() }
    let office = try Office(port: peer.port)
    let service = try office.start("run", "--now", "2022-12-23T08:30")
    #expect(service.says("queued 12 mails"))
    #expect(peer.hears { $0.messages.count == 1 })
    service.signal(SIGINT)
    #expect(service.says("asked to end"))
    peer.stop()
    #expect(service.end() == 0)
    let queue = try office.duban("queue", "list", "--json", "--now", "2022-12-23T08:31").output
    #expect(queue.components(separatedBy: "\"state\" : \"queued\"").count - 1 == 11)
    #expect(queue.contains("\"state\" : \"deferred\""))
  }

  @Test func theJournalHashesRecipientsUnlessAsked() throws {
    let office = try Office()
    let hashed = try office.duban("run", "--once", "--now", "2022-12-23T08:30", "--log", "json").complaints
    #expect(
      hashed.contains("\"DUBAN_ITEMS\":\"report 5.1 5.2\"")
        || hashed.contains("\"DUBAN_ITEMS\":\"5.1 5.2 report\""))
    #expect(hashed.contains("\"DUBAN_RECIPIENT_HASH\":\""))
    #expect(!hashed.contains("mapeng@example.org"))
    let named = try office.duban(
      "run", "--once", "--now", "2022-12-26T08:30", "--log", "json", "--log-recipients"
    ).complaints
    #expect(named.contains("\"DUBAN_RECIPIENT\":\"mapeng@example.org\""))
    #expect(!named.contains("DUBAN_RECIPIENT_HASH"))
  }
}
