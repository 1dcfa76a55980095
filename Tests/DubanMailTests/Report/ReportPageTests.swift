import DubanCore
import Foundation
import TestSupport
import Testing

@testable import DubanMail

/// What the report page says of the real plan and of small ledgers, and what no ledger can make it say.
struct ReportPageTests {
  static let history = [
    HistoryMail(
      day: SampleLedger.day("2022-12-16"), recipient: Recipient(person: "常鸣", unit: "科技创新部"),
      subject: "【整改提醒】12月31日到期4项（剩15天）", state: .sent,
      triedAt: Timestamp(SampleLedger.day("2022-12-16"), .defaultSendAt, utcOffset: RealPlan.utcOffset),
      answer: "250 2.0.0 <changming@example.org> Ok: queued as 4C2"),
    HistoryMail(
      day: SampleLedger.day("2022-12-16"), recipient: Recipient(person: "常鸣", unit: "科技创新部"), isCopy: true,
      subject: "【整改提醒】12月31日到期4项（剩15天）", state: .failed, answer: "550 no such user deputy@example.org"),
  ]

  @Test("the real plan: every measure once, with the counts of the digest")
  func realPlan() throws {
    let page = try html(on: "2022-12-20", history: Self.history)
    let plan = try RealPlan()
    #expect(count("<tr role=\"row\" class=\"", in: page) == 26)
    for measure in plan.ledger.measures {
      #expect(count("class=\"id\"><a href=\"#item=\(measure.id)\">\(measure.id)</a></th>", in: page) == 1)
      let words = [measure.title, measure.text].map { XMLText.escaped($0) }
      #expect(missing(words.filter { !$0.isEmpty }, in: page) == [])
    }
    let words = [
      "洛开〔2022〕19号", "2022年9月21日印发", "区营商服务中心 杜潘，电话 65650023", "2022年12月20日（周二）",
      "最近一批12月31日到期，共10项，还剩11天。", "于 2022-12-20 08:30 生成", "11人待报送", "12月27日（周二）报送整改情况",
      "召开外商投资企业座谈会（定期工作）", "临期4，推进中1", "<b>26</b><span>全部措施</span>", "科技创新部", "发送失败", "（抄送）",
      "已接收（250 2.0.0）",
    ]
    #expect(missing(words, in: page) == [])
  }

  @Test("no mailbox is on the page, neither the contact's nor one in a relay's answer")
  func noMailboxes() throws {
    let page = withoutStyle(try html(on: "2022-12-20", history: Self.history))
    #expect(!page.contains("@"))
    #expect(page.contains("（550）"))
  }

  @Test("the same day twice is the same page")
  func deterministic() throws {
    #expect(
      try html(on: "2022-12-20", history: Self.history) == html(on: "2022-12-20", history: Self.history))
  }

  @Test("without an outbox, with an empty one, and with more than can be listed")
  func histories() throws {
    #expect(try html(on: "2022-12-20", history: nil).contains("没有可读的发送记录"))
    #expect(try html(on: "2022-12-20", history: []).contains("还没有发送过邮件"))
    let many = Array(repeating: Self.history[0], count: ReportPage.historyLimit + 1)
    let cut = try html(on: "2022-12-20", history: many)
    #expect(cut.contains("只列最近300封") && count("已接收（250 2.0.0）", in: cut) == 300)
    let whole = try html(on: "2022-12-20", history: Array(many.dropFirst()))
    #expect(!whole.contains("只列最近") && count("已接收（250 2.0.0）", in: whole) == 300)
  }

  @Test("what people decided, and what they have yet to decide")
  func decisions() throws {
    var plan = try RealPlan()
    plan.ledger.areas[7].measures[1].deadline.reading = DeadlineReading(text: "尽快", status: .unread)
    plan.ledger.areas[0].measures[0].status = .closed
    plan.ledger.areas[2].measures[1].status = .submitted
    plan.ledger.areas[2].measures[2].progress = "第一行\n第二行"
    let key = plan.ledger.plan.key
    let decisions = Decisions(
      done: [.init(plan: key, item: "5.1", due: nil)],
      snoozes: [
        Snooze(plan: key, item: "5.2", until: SampleLedger.day("2023-01-10"), by: "杜潘", why: "等待上级批复")
      ],
      received: [.init(plan: key, unit: "科技创新部", due: SampleLedger.day("2022-12-27"))])
    let page = try html(plan, decisions, on: "2022-12-20")
    let words = [
      "完成时限待明确", "原文“尽快”", ">待明确</span>", "已报完成，待确认销号", "杜潘：暂缓到2023年1月10日，等待上级批复", "暂缓至期限之后",
      "已标记完成", "第一行\n第二行", "10人待报送",
    ]
    #expect(missing(words, in: page) == [])
    #expect(!page.contains("12月27日（周二）报送整改情况</h3>"))
  }

  @Test("overdue measures come first, in the timeline and in the table")
  func overdue() throws {
    let page = try html(on: "2023-01-10")
    #expect(page.contains("10项措施已逾期。"))
    let (past, month) = (page.firstRange(of: "已过期限 <small>"), page.firstRange(of: "2023年6月 <small>"))
    #expect(try #require(past).lowerBound < #require(month).lowerBound)
    #expect(page.contains("尚有11人未报送（以台账登记为准）"))
  }

  @Test("several plans are told apart")
  func severalPlans() throws {
    var plan = try RealPlan()
    var other = plan.ledger
    other.plan.number = "洛开〔2023〕2号"
    other.plan.title = "第二份方案"
    plan.policy.lights.looks[.blue] = .init(name: "办理中", color: "#123456")
    let planner = Planner(ledgers: [plan.ledger, other], policy: plan.policy, calendar: plan.calendar)
    let page = ReportPage(
      planner.overview(on: SampleLedger.day("2022-12-20")), history: nil, lights: plan.policy.lights,
      templates: TemplateSet.load(overrides: nil).0
    ).html(at: Timestamp(seconds: 1_671_496_200), utcOffset: RealPlan.utcOffset)
    #expect(count("<tr role=\"row\" class=\"", in: page) == 52)
    #expect(count("<small class=\"quiet\">第二份方案</small>", in: page) == 26)
    #expect(page.contains("--blue: #123456;") && page.contains("办理中"))
  }

  @Test("the policy names the page's own style and script and nothing else")
  func policy() throws {
    let page = try html(on: "2022-12-20")
    func hash(_ element: String) throws -> String {
      let parts = page.split(separator: "<\(element)>", maxSplits: 1)
      let text = try #require(parts.last).split(separator: "</\(element)>", maxSplits: 1)[0]
      return "&#39;sha256-\(Data(SHA256.digest(of: text.utf8)).base64EncodedString())&#39;"
    }
    let policy =
      "default-src &#39;none&#39;; img-src data:; base-uri &#39;none&#39;; form-action &#39;none&#39;; "
      + "style-src \(try hash("style")); script-src \(try hash("script"))"
    #expect(page.contains("content=\"\(policy)\""))
    #expect(count("<script", in: page) == 1 && count("<style", in: page) == 1)
    #expect(ContentPolicy.policy(of: "<p>").hasSuffix("style-src 'none'; script-src 'none'"))
  }

  @Test("a ledger that means harm adds no tag", arguments: 0..<40)
  func hostile(_ seed: Int) throws {
    var source = HostileSource(seed: UInt64(seed))
    let plan = try RealPlan(ledger: source.ledger(), policy: source.policy())
    let decisions = Decisions(snoozes: [
      Snooze(
        plan: plan.ledger.plan.key, item: plan.ledger.areas[0].measures[0].id,
        until: SampleLedger.day("2023-01-10"), by: source.text(),
        why: source.text())
    ])
    let mail = HistoryMail(
      day: SampleLedger.day("2022-12-16"),
      recipient: Recipient(person: source.text(), unit: source.text()),
      subject: source.text(), state: .failed, answer: source.text())
    let page = try html(plan, decisions, on: "2022-12-25", history: [mail])
    #expect(missing(["暂缓到"], in: page) == [])
    #expect(shapes(of: page).subtracting(Self.templateShapes).sorted() == [])
    #expect(!page.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0 == "\u{202E}" })
  }

  @Test("the skeleton of a small page")
  func golden() throws {
    let owners = [SampleLedger.owner("徐娟", "市场监管局", "a"), SampleLedger.owner("李晓光", "规划部", nil)]
    var ledger = SampleLedger.ledger(
      issued: "2022-09-21", reports: ["2022-12-27"], owners: owners,
      measures: [
        SampleLedger.measure("1.1", due: "2022-12-31", owners: owners),
        SampleLedger.measure(
          "1.2", due: nil, owners: [owners[1]], duties: [Duty(what: "召开座谈会", rule: .month)]),
        SampleLedger.measure("1.3", due: "2022-11-30", owners: [owners[0]]),
      ])
    ledger.areas[0].measures[0].text = "正文一。"
    let page = try html(
      RealPlan(ledger: ledger, policy: Policy()), Decisions(), on: "2022-12-20", history: Self.history)
    let text = withoutStyle(page).replacing(/sha256-[A-Za-z0-9+\/=]*/, with: "sha256-…")
    let file = RepositoryFile.url("Tests/DubanMailTests/Golden/report.html")
    if ProcessInfo.processInfo.environment["DUBAN_WRITE_GOLDEN"] != nil {
      try Data(text.utf8).write(to: file)
    }
    #expect(try text == String(contentsOf: file, encoding: .utf8))
  }

  /// A page at 08:30 of a day.
  private func page(
    _ plan: RealPlan, _ decisions: Decisions, on day: String, history: [HistoryMail]?
  ) throws -> ReportPage {
    ReportPage(
      plan.planner(decisions).overview(on: SampleLedger.day(day)), history: history,
      lights: plan.policy.lights, templates: TemplateSet.load(overrides: nil).0)
  }

  private func html(
    _ plan: RealPlan? = nil, _ decisions: Decisions = Decisions(), on day: String,
    history: [HistoryMail]? = []
  ) throws -> String {
    let plan = try plan ?? RealPlan()
    return try page(plan, decisions, on: day, history: history).html(
      at: plan.moment(SampleLedger.day(day)), utcOffset: RealPlan.utcOffset)
  }

  /// Those that the page hasn't.
  private func missing(_ words: [String], in page: String) -> [String] { words.filter { !page.contains($0) } }

  private func count(_ words: String, in page: String) -> Int { page.ranges(of: words).count }

  private func withoutStyle(_ page: String) -> String {
    page.replacing(/(?s)<style>.*?<\/style>/, with: "<style>…</style>")
      .replacing(/(?s)<script>.*?<\/script>/, with: "<script>…</script>")
  }

  /// Every tag with its attributes' names, without their values. By bytes, as a browser reads: Swift would take a
  /// bracket with a combining mark for another character.
  private func shapes(of page: String) -> Set<String> {
    var (found, tag): (Set<String>, [UInt8]?) = ([], nil)
    var isQuoted = false
    for byte in page.utf8 {
      if byte == UInt8(ascii: "\""), tag != nil { isQuoted.toggle() }
      if !isQuoted || byte == UInt8(ascii: "\"") { tag?.append(byte) }
      if byte == UInt8(ascii: "<"), !isQuoted { tag = [byte] }
      if byte == UInt8(ascii: ">"), !isQuoted, let finished = tag {
        found.insert(String(decoding: finished, as: UTF8.self))
        tag = nil
      }
    }
    return found
  }

  /// The tags that the templates themselves have.
  private static let templateShapes: Set<String> = ["report", "reportBar", "reportStyle", "reportScript"]
    .reduce(into: ["<h3>"]) { shapes, name in
      let text = TemplateSet.builtIn("\(name).html.mustache") ?? ""
      shapes.formUnion(ReportPageTests().shapes(of: text.replacing(/\{\{[^}]*\}\}/, with: "")))
    }
}
