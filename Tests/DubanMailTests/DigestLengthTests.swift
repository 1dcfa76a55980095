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
    return try digest(SampleLedger.ledger(owners: owners, measures: measures))
  }

  private func digest(_ ledger: Ledger) throws -> (text: String, html: String) {
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

  /// A plan of a dozen owners, each with another number of measures, has all of them under 今天发出的提醒.
  @Test func aUsualPlansOwnersAreAllNamed() throws {
    let owners = (1...12).map { SampleLedger.owner("责任人\($0)", "单位\($0)", "o\($0)") }
    let measures = owners.enumerated().flatMap { index, owner in
      (0...index).map {
        SampleLedger.measure("\(index + 1).\($0 + 1)", due: "2023-01-04", owners: [owner])
      }
    }
    let html = try digest(SampleLedger.ledger(owners: owners, measures: measures)).html
    for owner in owners { #expect(html.contains("\(owner.person)（\(owner.unit)）"), "\(owner.person)") }
    #expect(!html.contains("只列出一部分"))
  }

  /// These reminders reach nobody but through this mail.
  @Test func whoeverIsToBePassedSomethingOnIsNamed() throws {
    let digest = try digest(overdue: 1, reminded: 500, haveAddresses: false)
    for number in 0..<500 {
      #expect(digest.text.contains("责任人\(number)（单位\(number)）"), "责任人\(number)")
      #expect(
        digest.html.contains("责任人\(number)（单位\(number)）")
          || digest.html.contains("责任人\(number)</b>（单位\(number)）"),
        "责任人\(number)")
    }
    #expect(digest.html.utf8.count < MailSizeTests.limit, "\(digest.html.utf8.count) bytes")
  }

  @Test func moreThanAMailHoldsAreCounted() throws {
    let digest = try digest(overdue: 1, reminded: 5000, haveAddresses: false)
    #expect(digest.html.utf8.count < MailSizeTests.limit, "\(digest.html.utf8.count) bytes")
    for body in [digest.text, digest.html] { #expect(body.contains("名单从略")) }
  }

  @Test func whatHasNoRoomIsNotTakenAsTold() throws {
    let notices = (0..<300).map { Notice(.delivery, "第\($0)封邮件未能送达，请电话转告。") }
    let ledger = SampleLedger.ledger(
      owners: [SampleLedger.owner("责任人", "单位", "o")],
      measures: [
        SampleLedger.measure("1.1", due: "2022-12-01", owners: [SampleLedger.owner("责任人", "单位", "o")])
      ])
    let planner = Planner(ledgers: [ledger], policy: Policy(), calendar: SampleLedger.calendar)
    let day = SampleLedger.day("2022-12-28")
    let mail = try #require(planner.plan(on: day, after: History()).mails.first { $0.kind != .reminders })
    let composer = try Composer(
      sender: Sender(name: "督办", address: "contact@example.org"), ledgers: [ledger], lights: LightScheme(),
      templates: TemplateSet.load(overrides: nil).0)
    let overview = planner.overview(on: day, extent: .attention)
    let told = try composer.included(in: mail, overview: overview, of: notices)
    let bodies = try composer.bodies(
      of: mail, overview: overview, notices: notices, at: Timestamp(seconds: 1_672_185_600))
    #expect((1..<300).contains(told.count))
    for notice in notices { #expect(bodies.html.contains(notice.text) == told.contains(notice)) }
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
