import DubanCore
import TestSupport
import Testing

@testable import DubanMail

/// Who is asked what, and whom each may ask.
struct SeveralOfficesTests {
  private static let day = SampleLedger.day("2022-12-21")

  /// Two plans of two offices, whose reports are due on two days.
  private func ledgers() -> [Ledger] {
    let owner = SampleLedger.owner("王二", "窗口科", "wanger")
    return [("甲", "政务办", "2022-12-28"), ("乙", "河道办", "2022-12-27")].map { name, office, report in
      var ledger = SampleLedger.ledger(
        owners: [owner], measures: [SampleLedger.measure("1.1", due: "2022-12-24", owners: [owner])])
      ledger.plan.title = "\(name)方案"
      ledger.plan.number = "\(name)1号"
      ledger.plan.contact = Contact(
        unit: office, person: "联系人", phone: "", email: "\(name == "甲" ? "a" : "b")@example.org")
      ledger.reports = [SampleLedger.day(report)]
      return ledger
    }
  }

  @Test("each report goes to its plan's office, and the same number is told apart by the plan")
  func steps() throws {
    let ledgers = ledgers()
    let planner = Planner(ledgers: ledgers, policy: Policy(), calendar: SampleLedger.calendar)
    let mail = try #require(
      planner.plan(on: Self.day, after: History()).mails.first { $0.kind == .reminders })
    let composer = try Composer(
      sender: Sender(name: "督办", address: "duban@example.org"), ledgers: ledgers, lights: LightScheme(),
      templates: TemplateSet.load(overrides: nil).0)
    let text = try composer.bodies(of: mail, at: Timestamp(seconds: 0)).text
    let flat = text.filter { !$0.isWhitespace }
    for (plan, place, due) in [
      ("甲", "政务办（a@example.org）", "12月28日（周三）"), ("乙", "河道办（b@example.org）", "12月27日（周二）"),
    ] {
      #expect(flat.contains("《\(plan)方案》：请于\(due)前填写下面的报送表，报送\(place)。"), "\(text)")
      #expect(text.contains("《\(plan)方案》1.1"))
    }
    #expect(!text.contains("电话"), "no office has a telephone")
  }

  static let telephones: [(written: String, dialled: String)] = [
    ("65650023", "65650023"), ("0379-6565 0023", "037965650023"), ("+86 379 65650023", "+8637965650023"),
    ("（0379）65650023", "037965650023"), ("65650023、65650024", ""), ("65650023转801", ""), ("", ""), ("无", ""),
  ]

  @Test("only what is one number can be dialled", arguments: telephones)
  func telephone(_ row: (written: String, dialled: String)) {
    let contact = Contact(unit: "办", person: "人", phone: row.written, email: "a@example.org")
    #expect(ContactRecords.record(contact)[.contactTel] == row.dialled)
  }

  @Test("who shares a mailbox is addressed by name, with the unit of each")
  func greeting() {
    let people = [("甲科", "张三"), ("乙科", "李四"), ("甲科", "王五")].map { Recipient(person: $1, unit: $0) }
    #expect(Phrases(today: Self.day).greeting(people) == "甲科 张三、王五，乙科 李四同志")
    let many = (0..<200).map { Recipient(person: "人\($0)", unit: "科") }
    #expect(Phrases(today: Self.day).greeting(many).hasSuffix("人29等200位同志"))
  }

  @Test("the header has no line of blanks alone, wherever a name doesn't fit", arguments: 1...70)
  func folding(length: Int) throws {
    var field = HeaderField("Reply-To")
    let first = try MailAddress(String(repeating: "a", count: min(length, 60)) + "@example.org")
    field.mailbox(name: "", address: first, hasNext: true)
    field.mailbox(name: "区河道督察办公室", address: first, hasNext: false)
    for line in String(decoding: field.finished(), as: UTF8.self).split(separator: "\r\n") {
      #expect(line.contains { $0 != " " })
    }
  }
}
