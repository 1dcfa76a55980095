import DubanCore
import TestSupport
import Testing

@testable import DubanMail

/// A digest over very many measures stays a mail that can be read and sent: it counts all, and lists the first.
@Suite struct DigestLengthTests {
  private func digest(
    overdue: Int, reminded: Int, haveAddresses: Bool = true
  ) throws -> (text: String, html: String) {
    let owners = (0..<reminded).map {
      SampleLedger.owner("责任人\($0)", "单位\($0)", haveAddresses ? "o\($0)" : nil)
    }
    var measures = (0..<overdue).map {
      SampleLedger.measure("1.\($0 + 1)", due: "2022-12-01", owners: [owners[0]])
    }
    measures.append(SampleLedger.measure("2.1", due: "2023-01-04", owners: owners))
    let ledger = SampleLedger.ledger(owners: owners, measures: measures)
    let planner = Planner(ledgers: [ledger], policy: Policy(), calendar: SampleLedger.calendar)
    let day = SampleLedger.day("2022-12-28")
    let plan = planner.plan(on: day, after: History())
    let mail = try #require(plan.mails.first { $0.kind != .reminders })
    let composer = try Composer(
      sender: Sender(name: "督办", address: "contact@example.org"), ledgers: [ledger], lights: LightScheme(),
      templates: TemplateSet.load(overrides: nil).0)
    let bodies = try composer.bodies(
      of: mail, overview: planner.overview(on: day, extent: .attention), at: Timestamp(seconds: 1_672_185_600)
    )
    return (bodies.text, bodies.html)
  }

  /// These reminders reach nobody but through this mail.
  @Test func whatIsToBePassedOnIsNeverCut() throws {
    let digest = try digest(overdue: 1, reminded: 250, haveAddresses: false)
    for number in 0..<250 {
      #expect(digest.text.contains("责任人\(number)（单位\(number)）："), "责任人\(number)")
      #expect(digest.html.contains("责任人\(number)</b>（单位\(number)）："), "责任人\(number)")
    }
  }

  @Test func aShortListIsWhole() throws {
    let digest = try digest(overdue: 3, reminded: 5)
    #expect(!digest.text.contains("只列出一部分"))
    #expect(!digest.html.contains("只列出一部分"))
    #expect(digest.text.contains("责任人4"))
  }

  @Test("a long list is counted, listed as far as it fits, and says so", arguments: [600, 6000])
  func aLongListIsCut(overdue: Int) throws {
    let digest = try digest(overdue: overdue, reminded: 300)
    for body in [digest.text, digest.html] {
      #expect(body.contains("已逾期\(overdue)项"))
      #expect(body.contains("各类只列出一部分"))
      #expect(body.contains("等300人"))
    }
    #expect(digest.html.utf8.count < MailSizeTests.limit, "\(digest.html.utf8.count) bytes")
    #expect(digest.text.split(separator: "\n").count { $0.contains("措施1.") } > 20)
  }
}
