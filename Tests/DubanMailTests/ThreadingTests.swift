import DubanCore
import TestSupport
import Testing

@testable import DubanMail

/// The same plan is the same message, and what belongs together is one conversation.
struct ThreadingTests {
  @Test("composed again, a mail has the same bytes; another day, another Message-ID")
  func stable() throws {
    let plan = try RealPlan()
    let mail = try #require(plan.mails(on: "2022-12-16").first)
    #expect(try plan.message(mail) == plan.message(mail))
    var later = mail
    later.on = SampleLedger.day("2022-12-17")
    #expect(try plan.message(later).messageID != plan.message(mail).messageID)
  }

  @Test("each mail of a day has an id of its own, copies included")
  func unique() throws {
    let plan = try RealPlan()
    var mails = plan.mails(on: "2022-12-20", hasNotices: true)
    mails[0].copies = ["deputy@example.org"]
    let ids = try mails.flatMap { mail in
      try plan.composer().compose(
        mail, overview: plan.planner().overview(on: mail.on), at: plan.moment(mail.on), utcOffset: 0)
    }.map(\.messageID)
    #expect(ids.count == mails.count + 1)
    #expect(Set(ids).count == ids.count)
  }

  @Test("a mail by hand is another message each time, a scheduled one isn't")
  func byHand() throws {
    let plan = try RealPlan()
    let mail = try #require(plan.mails(on: "2022-12-16").first)
    func id(_ occasion: Composer.Occasion, _ seconds: Int64) throws -> String? {
      try plan.composer().compose(
        mail, at: plan.moment(mail.on).adding(seconds: seconds), utcOffset: 0, occasion: occasion
      ).first?.messageID
    }
    #expect(try id(.scheduled, 0) == id(.scheduled, 60))
    #expect(try id(.byHand, 0) != id(.byHand, 60))
    #expect(try id(.byHand, 0) != id(.scheduled, 0))
  }

  @Test("one item's reminders are one conversation until its date moves; several items are one per person")
  func threads() throws {
    let one = SampleLedger.owner("甲", "甲局", "a")
    func root(_ measures: [Measure], on day: String) throws -> String? {
      let plan = try RealPlan(
        ledger: SampleLedger.ledger(owners: [one], measures: measures), policy: Policy())
      let mails = plan.planner().plan(on: SampleLedger.day(day), after: History()).mails
      let mail = try #require(mails.first { $0.kind == .reminders })
      return try plan.composer().letters(
        mail, overview: nil, notices: [], at: plan.moment(mail.on), utcOffset: 0, occasion: .scheduled
      ).first?.threadRoot
    }
    func measure(_ id: String, _ due: String) -> Measure {
      SampleLedger.measure(id, due: due, owners: [one])
    }
    let single = try root([measure("1.1", "2022-12-30")], on: "2022-12-16")
    #expect(try root([measure("1.1", "2022-12-30")], on: "2022-12-23") == single)
    #expect(try root([measure("1.1", "2022-12-29")], on: "2022-12-23") != single)
    #expect(try root([measure("1.2", "2022-12-30")], on: "2022-12-23") != single)
    let several = try root([measure("1.1", "2022-12-30"), measure("1.2", "2022-12-30")], on: "2022-12-16")
    #expect(several != single)
    #expect(
      try root([measure("1.3", "2022-12-30"), measure("1.2", "2022-12-29")], on: "2022-12-23") == several)
  }
}
