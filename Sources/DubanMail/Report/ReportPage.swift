public import DubanCore
internal import Foundation

/// The whole picture of one day as one static web page in Chinese: the contact's digest for a browser, with a
/// table of all measures and the history of what was sent.
///
/// A pure function of its parameters. The page needs no server and no network, and names people and units but no
/// mailbox, since it may hang where everyone can read it.
public struct ReportPage: Sendable {
  /// How many mails the history lists at most, the newest first.
  public static let historyLimit = 300

  let overview: Overview
  let history: [SentMail]?
  let answers: [ItemID: String]
  let lights: LightLooks
  let templates: TemplateSet
  /// By measure, the newest first.
  let events: [ItemEvent.Subject: [ItemEvent]]
  let unit: String?

  /// A page over these parts.
  ///
  /// - Parameters:
  ///   - overview: the day's picture.
  ///   - history: what was sent, the newest first; nil where there is no outbox to read. One more than
  ///     ``historyLimit`` is enough: the page then says that older ones are left out.
  ///   - answers: what owners answered last about an item, and what became of it, in a few words.
  ///   - lights: what the lights are called, and their colours.
  ///   - templates: the page's look.
  ///   - events: what happened to each measure, the newest first.
  ///   - unit: the one whose page it is; nil for everybody's.
  public init(
    _ overview: Overview, history: [SentMail]?, answers: [ItemID: String] = [:], lights: LightScheme,
    templates: TemplateSet, events: [ItemEvent.Subject: [ItemEvent]] = [:], unit: String? = nil
  ) {
    (self.events, self.unit) = (events, unit)
    self.overview = overview
    self.history = history
    self.answers = answers
    self.lights = LightLooks(lights)
    self.templates = templates
  }

  /// The page, as made at a moment on clocks that are `utcOffset` seconds ahead of UTC.
  public func html(at now: Timestamp, utcOffset: Int) -> String {
    var values = record(at: now, utcOffset: utcOffset)
    // The policy holds the hashes of the page's own style and script, which stand in the page itself.
    values[.contentPolicy] = ContentPolicy.policy(of: templates.render("report", .html, values))
    return templates.render("report", .html, values)
  }

  var phrases: Phrases { Phrases(today: overview.day) }

  var items: ItemRecords {
    ItemRecords(
      phrases: phrases, lights: lights, templates: templates, use: .page,
      plans: Dictionary(overview.plans.map { ($0.key, $0) }) { first, _ in first })
  }

  func record(at now: Timestamp, utcOffset: Int) -> TemplateRecord {
    var record = TemplateRecord()
    record[.planTitle] = ContactRecords(plans: overview.plans).title
    record[.unit] = unit.map { CleanText.line($0, limit: 60) } ?? ""
    record.set(.isOneUnit, unit != nil)
    record[.date] = "\(overview.day.chinese())（\(overview.day.weekday.chinese)）"
    record[.generated] = moment(now, utcOffset)
    record[.madeAt] = String(now.seconds)
    record[.summary] = summary
    record[.measureCount] = String(overview.total.total)
    record.set(.plans, overview.plans.map(planRecord))
    record.set(.lights, ReportBars(items: items).tiles(overview.total))
    record.set(.areas, ReportBars(items: items).bars(overview.areas, of: "area"))
    record.set(.units, ReportBars(items: items).bars(overview.units, of: "unit"))
    ReportAttention(page: self).fill(&record)
    record.set(.months, ReportTimeline(page: self).records)
    record.set(.measures, overview.measures.map(ReportMeasures(page: self).record))
    record.set(.showsPlan, overview.plans.count > 1)
    record.set(.hasOutbox, history != nil)
    record.set(.isCut, (history ?? []).count > Self.historyLimit)
    record[.historyLimit] = String(Self.historyLimit)
    record.set(
      .history, (history ?? []).prefix(Self.historyLimit).map { historyRecord($0, utcOffset: utcOffset) })
    return record
  }

  private func planRecord(_ plan: Plan) -> TemplateRecord {
    var record = ContactRecords.record(plan.contact)
    record[.contactEmail] = ""
    record[.title] = CleanText.line(plan.title, limit: 200)
    record[.planNumber] = CleanText.line(plan.number, limit: 60)
    record[.issued] = plan.issued.map { $0.chinese() } ?? ""
    return record
  }

  /// `目前没有逾期措施；最近一批12月31日到期，共10项，还剩11天。`
  private var summary: String {
    let overdue = overview.overdue.count
    var parts = [overdue == 0 ? "目前没有逾期措施" : "\(overdue)项措施已逾期"]
    let ahead = overview.measures.filter { $0.light != .green && ($0.daysLeft ?? -1) >= 0 }
    if let nearest = ahead.compactMap(\.due).min() {
      let (count, left) = (ahead.count { $0.due == nearest }, nearest.days(since: overview.day))
      parts.append(
        left == 0
          ? "\(count)项今日到期" : "最近一批\(phrases.date(nearest))到期，共\(count)项，还剩\(left)天")
    }
    if overview.overdue.isEmpty, ahead.isEmpty { parts.append("也没有即将到期的措施") }
    return parts.joined(separator: "；") + "。"
  }

  private func historyRecord(_ mail: SentMail, utcOffset: Int) -> TemplateRecord {
    var record = TemplateRecord()
    record[.date] = mail.day.description
    record[.sentText] = mail.triedAt.map { moment($0, utcOffset) } ?? ""
    record[.person] = CleanText.line(mail.recipient.person, limit: 40)
    record[.unit] = CleanText.line(mail.recipient.unit, limit: 60)
    record[.subject] = Mailboxes.hidden(in: CleanText.line(mail.subject, limit: 200))
    record[.answer] = mail.answer.map(RelayWords.chinese) ?? ""
    record[.state] = mail.state.chinese
    record.set(.isCopy, mail.isCopy)
    record.set(.isFailed, mail.state == .failed)
    return record
  }

  /// `2022-12-20 08:30`.
  private func moment(_ moment: Timestamp, _ utcOffset: Int) -> String {
    let minute = moment.secondOfDay(utcOffset: utcOffset) / 60
    let time = CivilTime(hour: minute / 60, minute: minute % 60)
    return "\(moment.day(utcOffset: utcOffset)) \(time ?? .midnight)"
  }
}

extension SentMail.State {
  /// The word for it on the page.
  fileprivate var chinese: String {
    switch self {
    case .waiting: "待发送"
    case .deferred: "稍后重试"
    case .held: "已暂停"
    case .sent: "已发送"
    case .failed: "发送失败"
    case .dropped: "已取消"
    }
  }
}

/// What a person must see to: reports that are owed, deadlines to decide, what waits for confirmation or is put off.
struct ReportAttention {
  let page: ReportPage

  func fill(_ record: inout TemplateRecord) {
    let overview = page.overview
    record.set(.reportsHeading, !overview.reports.isEmpty)
    record.set(.reports, overview.reports.map(report))
    record.set(.undecidedHeading, !overview.undecided.isEmpty)
    record.set(.undecided, overview.undecided.map { page.items.record(ItemLine($0)) })
    record.set(.submittedHeading, !overview.submitted.isEmpty)
    record.set(.submitted, overview.submitted.map { page.items.record(ItemLine($0)) })
    record.set(.snoozedHeading, !overview.snoozed.isEmpty)
    record.set(
      .snoozed,
      overview.snoozed.map { line in
        var record = page.items.snoozed(line)
        // Who decided and why may name anybody.
        if page.unit != nil { (record[.snoozedBy], record[.snoozedWhy]) = ("", "") }
        return record
      })
  }

  private func report(_ standing: Overview.ReportStatus) -> TemplateRecord {
    var record = TemplateRecord()
    let left = standing.due.days(since: page.overview.day)
    record[.reportName] = CleanText.line(standing.name, limit: 60)
    record[.dueText] = page.phrases.dateWithWeekday(standing.due)
    record[.left] = page.phrases.reportDistance(left)
    record[.owingCount] = String(standing.owing.count)
    record[.plan] =
      page.overview.plans.count > 1
      ? CleanText.line(page.items.plans[standing.plan]?.title ?? standing.plan) : ""
    record.set(.isPast, left < 0)
    var people: [String: [String]] = [:]
    var order: [String] = []
    for recipient in standing.owing {
      if people[recipient.unit] == nil { order.append(recipient.unit) }
      people[recipient.unit, default: []].append(CleanText.line(recipient.person, limit: 40))
    }
    record.set(
      .owingUnits,
      order.map { unit in
        var line = TemplateRecord()
        line[.unit] = CleanText.line(unit, limit: 60)
        line[.person] = (people[unit] ?? []).joined(separator: "、")
        return line
      })
    return record
  }
}

/// The rows of the report page's table of measures.
struct ReportMeasures {
  let page: ReportPage

  /// A row; `…Key` are what the page sorts by.
  func record(_ line: AgendaItem) -> TemplateRecord {
    var record = page.items.record(ItemLine(line))
    record[.lightKey] = line.light.rawValue
    // The most urgent comes first where the table is sorted by it.
    record[.lightOrder] = String(Light.allCases.sorted(by: >).firstIndex(of: line.light) ?? 0)
    let measure = line.measure
    let isDone = line.light == .green
    record[.date] = line.due?.description ?? ""
    record[.left] = isDone ? "" : line.daysLeft.map(page.phrases.distance) ?? ""
    record[.leftKey] = isDone ? "" : line.daysLeft.map(String.init) ?? ""
    record[.dueNote] = line.due == nil ? undated(measure) : ""
    record[.units] = (measure?.units ?? []).map { CleanText.line($0, limit: 60) }.joined(separator: "、")
    record[.person] = (measure?.persons ?? []).map { CleanText.line($0, limit: 40) }.joined(separator: "、")
    record[.progress] = CleanText.paragraphs(measure?.progress ?? "", limit: 2000)
    record[.statusText] = measure?.statusWord ?? ""
    record[.statusKey] =
      measure.flatMap { Measure.Status.allCases.firstIndex(of: $0.status) }
      .map { String($0) } ?? ""
    record[.statusNote] = note(line)
    let events = page.events[.init(plan: line.item.plan, measure: line.item.identity)] ?? []
    record.set(.events, events.prefix(Self.mostEvents).map(event))
    record.set(.hasEvents, !events.isEmpty)
    return record
  }

  /// How many events of a measure are listed, the newest first.
  private static let mostEvents = 30

  private func event(_ event: ItemEvent) -> TemplateRecord {
    var record = TemplateRecord(capacity: 2)
    record[.eventDate] = event.day.description
    record[.eventText] = Mailboxes.hidden(in: CleanText.line(event.text, limit: 200))
    return record
  }

  private func undated(_ measure: Measure?) -> String {
    guard let deadline = measure?.deadline else { return "" }
    return deadline.needsDecision ? "待明确" : deadline.isStanding ? "长期" : "无固定日期"
  }

  /// What people decided besides the ledger.
  private func note(_ line: AgendaItem) -> String {
    let decided =
      switch line.noReminder {
      case .done?: "已标记完成"
      case .snoozed(let snooze)?: "暂缓提醒到\(page.phrases.date(snooze.until))"
      default: ""
      }
    return [decided, CleanText.line(page.answers[line.item] ?? "", limit: 80)].filter { !$0.isEmpty }
      .joined(separator: "；")
  }
}

/// Takes mailboxes out of a text that a mail server wrote.
enum Mailboxes {
  /// The text with `…` in place of everything around an `@` that could be an address.
  static func hidden(in text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "@")) else { return text }
    var result: [UInt8] = []
    var word: [UInt8] = []
    func finish() {
      result += word.contains(UInt8(ascii: "@")) ? Array("…".utf8) : word
      word = []
    }
    for byte in text.utf8 {
      if isPartOfAddress(byte) {
        word.append(byte)
      } else {
        finish()
        result.append(byte)
      }
    }
    finish()
    return String(decoding: result, as: UTF8.self)
  }

  /// `atext`, dots and what stands in domains (RFC 5322, section 3.2.3); other alphabets count too (RFC 6531).
  private static func isPartOfAddress(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
      true
    default: ".@!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }
  }
}

/// The Content-Security-Policy of a finished page: its own style and script may run, and nothing else may be
/// loaded or executed (W3C Content Security Policy Level 3).
///
/// What came from a ledger is escaped, so every `<style>` and `<script>` in the page stands in a template.
enum ContentPolicy {
  /// The policy for a page as rendered; an element that carries attributes isn't allowed to run.
  static func policy(of page: String) -> String {
    [
      "default-src 'none'", "img-src data:", "base-uri 'none'", "form-action 'none'",
      (["style-src"] + hashes(of: "style", in: page)).joined(separator: " "),
      (["script-src"] + hashes(of: "script", in: page)).joined(separator: " "),
    ].joined(separator: "; ")
  }

  private static func hashes(of element: String, in page: String) -> [String] {
    let (start, end) = (Array("<\(element)>".utf8), Array("</\(element)>".utf8))
    var rest = Array(page.utf8)[...]
    var found: [String] = []
    while let opening = rest.firstRange(of: start) {
      rest = rest[opening.upperBound...]
      guard let closing = rest.firstRange(of: end) else { break }
      let hash = Data(SHA256.digest(of: rest[..<closing.lowerBound])).base64EncodedString()
      found.append("'sha256-\(hash)'")
      rest = rest[closing.upperBound...]
    }
    return found.isEmpty ? ["'none'"] : found
  }
}

/// A name that nobody can work out without the installation's own salt: for an address in the journal, which shows which
/// mails went to the same mailbox but not to which, and for a Message-ID.
public enum Pseudonym {
  /// The first 64 bits of SHA-256 over salt and address, in hexadecimal. The salt is the installation's own: without
  /// it nobody can try addresses out.
  public static func of(_ address: String, salt: String) -> String {
    String(SHA256.hex(of: "\(salt)|\(address.lowercased())".utf8).prefix(16))
  }
}
