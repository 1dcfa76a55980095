import DubanCore
import Foundation
import TestSupport
import Testing

@testable import DubanMail

/// The links by which a mail is answered.
struct AnswerLinksTests {
  @Test("a link stays below what every mail program opens")
  func length() throws {
    let links = AnswerLinks(messageID: String(repeating: "a", count: 32) + "@example.org", ours: nil)
    let request = Notice.Request(
      number: .max, token: String(repeating: "f", count: 32), about: String(repeating: "措", count: 300),
      isDecidable: true, asksForDay: true)
    let address = try MailAddress(String(repeating: "a", count: 64) + "@example.org")
    let link = links.decision(AnswerForm.approve, of: request, to: address)
    #expect(!link.isEmpty && link.utf8.count < AnswerLinks.mostBytes)
  }

  @Test("an owner has three links for each item, a copy and a head none")
  func whoHasThem() throws {
    let html = try MailScenarios.letter("owner-answering").html
    #expect(html.ranges(of: "mailto:").count { _ in true } > 3)
    for label in ["［已完成］", "［申请延期］", "［不由我负责］"] {
      #expect(html.ranges(of: "\(label)</a>").count == 4)
    }
    // In plain text a link's whole address is seen: one for each item, and short.
    let text = try MailScenarios.letter("owner-answering").text
    let links = text.split(whereSeparator: \.isNewline).filter { $0.contains("mailto:") }
    #expect(links.count == 4 && links.allSatisfy { $0.count < 220 })
    // Who has taken over is said in a form that names the mail.
    let change = try #require(html.split(separator: "\"").first { $0.contains("subject=%E6%8A%A5%E5%91%8A") })
    #expect(change.contains(PercentEncoding.encode(AnswerForm.mailLabel)))
    var plan = try RealPlan()
    plan.ledger.owners[1].copies = ["deputy@example.org"]
    plan.ledger.owners.append(
      Owner(person: "王建国", unit: "科技创新部", email: "head@example.org", isHead: true))
    for (day, address) in [("2022-12-30", "deputy@example.org"), ("2023-01-09", "head@example.org")] {
      let letters = try plan.mails(on: day).flatMap { mail in
        try plan.composer(answers: .contact).letters(
          mail, overview: plan.planner().overview(on: mail.on), notices: [], at: plan.moment(mail.on),
          utcOffset: RealPlan.utcOffset, occasion: .scheduled)
      }
      let letter = try #require(letters.first { $0.to.address.text == address })
      #expect(!letter.html.contains("［已完成］") && !letter.text.contains("［已完成］"))
    }
  }

  @Test("an automatic reply is one by its header (RFC 3834)")
  func reply() throws {
    let plan = try RealPlan()
    let message = try plan.composer().compose(
      ReplyMail(
        to: Recipient(person: "徐娟", unit: "某局"), "xujuan@example.org",
        subject: "自动答复：<收到>\r\nBcc: x@example.org",
        paragraphs: ["4.1<b>已完成</b>"], answering: "a\r\nBcc: y@example.org", because: "b",
        workbook: ("台账.xlsx", [1, 2, 3])),
      at: plan.moment(SampleLedger.day("2022-12-16")), utcOffset: RealPlan.utcOffset)
    let text = String(decoding: message.data, as: UTF8.self)
    #expect(text.contains("Auto-Submitted: auto-replied\r\n"))
    #expect(!text.contains("\r\nBcc"))
    #expect(text.contains("spreadsheetml.sheet"))
    #expect(message.envelope.recipient == "xujuan@example.org")
  }
}
