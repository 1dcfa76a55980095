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
  let history: [HistoryMail]?
  let answers: [ItemID: String]
  let templates: TemplateSet
  /// By measure, the newest first.
  let events: [ItemEvent.Subject: [ItemEvent]]
  let unit: String?
  let phrases: Phrases
  let items: ItemRecords

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
    _ overview: Overview, history: [HistoryMail]?, answers: [ItemID: String] = [:], lights: LightScheme,
    templates: TemplateSet, events: [ItemEvent.Subject: [ItemEvent]] = [:], unit: String? = nil
  ) {
    (self.events, self.unit) = (events, unit)
    self.overview = overview
    self.history = history
    self.answers = answers
    self.templates = templates
    phrases = Phrases(today: overview.day)
    items = ItemRecords(
      phrases: phrases, lights: LightLooks(lights), templates: templates, use: .page,
      plans: Dictionary(overview.plans.map { ($0.key, $0) }) { first, _ in first })
  }

  /// The page, as made at a moment on clocks that are `utcOffset` seconds ahead of UTC.
  public func html(at now: Timestamp, utcOffset: Int) -> String {
    var values = record(at: now, utcOffset: utcOffset)
    // The policy holds the hashes of the page's own style and script, which are in the page itself.
    values[.contentPolicy] = ContentPolicy.policy(of: templates.render("report", .html, values))
    return templates.render("report", .html, values)
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
    record.set(.lights, items.tiles(overview.total))
    record.set(.areas, items.bars(overview.areas, of: "area"))
    record.set(.units, items.bars(overview.units, of: "unit"))
    fillAttention(&record)
    record.set(.months, months)
    record.set(.measures, overview.measures.map(measure))
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

  private func historyRecord(_ mail: HistoryMail, utcOffset: Int) -> TemplateRecord {
    var record = TemplateRecord()
    record[.date] = mail.day.description
    record[.sentText] = mail.triedAt.map { moment($0, utcOffset) } ?? ""
    record[.person] = CleanText.line(mail.recipient.person, limit: 40)
    record[.unit] = CleanText.line(mail.recipient.unit, limit: 60)
    record[.subject] = CleanText.withoutAddresses(CleanText.line(mail.subject, limit: 200))
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

extension HistoryMail.State {
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

/// The Content-Security-Policy of a finished page: its own style and script may run, and nothing else may be
/// loaded or executed (W3C Content Security Policy Level 3).
///
/// What came from a ledger is escaped, so every `<style>` and `<script>` in the page comes from a template.
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

/// Something that happened to a measure: a mail about it, an answer, a decision, a change of the ledger.
public struct ItemEvent: Sendable, Hashable {
  /// A measure, by its plan's key and its identity.
  public struct Subject: Sendable, Hashable {
    /// The plan's key.
    public var plan: String
    /// The measure's identity.
    public var measure: String

    /// The measure of that plan.
    public init(plan: String, measure: String) { (self.plan, self.measure) = (plan, measure) }
  }

  /// The day on which it happened, in the office's zone.
  public var day: CivilDate
  /// What happened, in Chinese.
  public var text: String

  package init(day: CivilDate, text: String) { (self.day, self.text) = (day, text) }
}

/// One mail of the outbox as the report page lists it: names and units, and no address.
public struct HistoryMail: Sendable, Hashable {
  /// What has become of the mail.
  public enum State: Sendable, Hashable, CaseIterable {
    /// Waits for its first attempt, or is being handed over.
    case waiting
    /// Tried without a final answer; goes again.
    case deferred
    /// Kept back by hand.
    case held
    case sent
    case failed
    case dropped
  }

  /// The day it was planned for.
  public var day: CivilDate
  /// To whom.
  public var recipient: Recipient
  /// Whether it is another person's copy of a mail to `recipient`.
  public var isCopy: Bool
  /// The subject as people read it.
  public var subject: String
  /// What has become of it.
  public var state: State
  /// When the last attempt began; nil before the first.
  public var triedAt: Timestamp?
  /// What the relay answered, or ours where it said nothing; nil before the first attempt.
  public var answer: String?

  package init(
    day: CivilDate, recipient: Recipient, isCopy: Bool = false, subject: String, state: State,
    triedAt: Timestamp? = nil, answer: String? = nil
  ) {
    self.day = day
    self.recipient = recipient
    self.isCopy = isCopy
    self.subject = subject
    self.state = state
    self.triedAt = triedAt
    self.answer = answer
  }
}
