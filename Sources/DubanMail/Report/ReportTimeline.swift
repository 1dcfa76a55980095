public import DubanCore

/// Every open date of measures, duties and reports by month, what is overdue first.
struct ReportTimeline {
  let page: ReportPage

  /// With more items, months are folded.
  private static let mostOpen = 200

  /// One record per month, and before them one for everything overdue.
  var records: [TemplateRecord] {
    let open = page.overview.agenda.filter { $0.due != nil && $0.light != .green && $0.noReminder != .done }
    let overdue = open.filter { ($0.daysLeft ?? 0) < 0 }
    let ahead = Dictionary(grouping: open.filter { ($0.daysLeft ?? 0) >= 0 }) { line in
      line.due.map { $0.year * 12 + $0.month - 1 } ?? 0
    }
    // A long list opens at what comes first.
    let isLong = open.count > Self.mostOpen
    let months = ahead.keys.sorted().enumerated().map { place, index in
      record(
        "\(index / 12)年\(index % 12 + 1)月", ahead[index] ?? [], isPast: false, isFolded: isLong && place > 0)
    }
    return (overdue.isEmpty ? [] : [record("已过期限", overdue, isPast: true, isFolded: isLong)]) + months
  }

  private func record(_ heading: String, _ lines: [AgendaItem], isPast: Bool, isFolded: Bool)
    -> TemplateRecord
  {
    var record = TemplateRecord()
    record[.count] = String(lines.count)
    record.set(.isFolded, isFolded)
    record[.monthText] = heading
    record.set(.isPast, isPast)
    let days = Dictionary(grouping: lines) { $0.due }
    record.set(.days, days.keys.compactMap { $0 }.sorted().map { day($0, days[$0] ?? []) })
    return record
  }

  private func day(_ due: CivilDate, _ lines: [AgendaItem]) -> TemplateRecord {
    var record = page.items.keyed(lines.map(\.light).max() ?? .blue)
    let left = due.days(since: page.overview.day)
    record[.dueText] = page.phrases.dateWithWeekday(due)
    let isReportOnly = lines.allSatisfy { $0.item.kind == .report }
    record[.left] = isReportOnly ? page.phrases.reportDistance(left) : page.phrases.distance(left)
    record[.count] = String(lines.count)
    record.set(.items, lines.map(item))
    return record
  }

  private func item(_ line: AgendaItem) -> TemplateRecord {
    var record = page.items.record(ItemLine(line))
    record[.lightKey] = line.light.rawValue
    record[.owners] =
      line.item.kind == .report
      ? ((line.daysLeft ?? 0) < 0 ? "尚有\(line.owners.count)人未报送" : "\(line.owners.count)人待报送")
      : line.owners.map { CleanText.line($0.person, limit: 40) }.joined(separator: "、")
    if case .snoozed(let snooze) = line.noReminder {
      record[.statusNote] = "暂缓提醒到\(page.phrases.date(snooze.until))"
    } else if line.noReminder == .submitted {
      record[.statusNote] = "已报完成，待确认"
    }
    return record
  }
}

/// Counts by light as tiles and bars that are drawn, not styled: they print as they look, and no inline style has
/// to be allowed.
struct ReportBars {
  let items: ItemRecords

  /// One tile per light, the most urgent first, zeros included.
  func tiles(_ total: Overview.Tally) -> [TemplateRecord] {
    Light.allCases.sorted(by: >).map { light in
      var record = items.keyed(light)
      record[.count] = String(total.lights[light] ?? 0)
      record[.lightLifted] = items.lights[light].color.lifted.text
      return record
    }
  }

  /// One bar per tally, as long as its total compared with the greatest one; a click on it shows the measures
  /// with its name in that column, `area` or `unit`.
  func bars(_ tallies: [Overview.Tally], of column: String) -> [TemplateRecord] {
    let greatest = max(1, tallies.map(\.total).max() ?? 1)
    return tallies.map { tally in
      var record = TemplateRecord()
      record[.column] = column
      record[.name] = CleanText.line(tally.name, limit: 60)
      record[.total] = String(tally.total)
      let parts = Light.allCases.sorted(by: >).compactMap { light -> (light: Light, count: Int)? in
        tally.lights[light].flatMap { $0 > 0 ? (light, $0) : nil }
      }
      var before = 0
      var segments: [TemplateRecord] = []
      for part in parts {
        var segment = items.keyed(part.light)
        segment[.count] = String(part.count)
        segment[.offset] = Self.percent(before, of: greatest)
        segment[.width] = Self.percent(part.count, of: greatest)
        segments.append(segment)
        before += part.count
      }
      record.set(.segments, segments)
      record[.breakdown] = parts.map { "\(items.lights[$0.light].name)\($0.count)" }.joined(separator: "，")
      return record
    }
  }

  /// Percent with two decimals, cut and not rounded, so that parts never exceed the whole.
  private static func percent(_ part: Int, of whole: Int) -> String {
    let hundredths = part * 10_000 / whole
    let decimals = hundredths % 100
    return "\(hundredths / 100).\(decimals < 10 ? "0" : "")\(decimals)"
  }
}

extension ItemRecords {
  func keyed(_ light: Light) -> TemplateRecord {
    var record = TemplateRecord()
    self.light(light, into: &record)
    record[.lightKey] = light.rawValue
    return record
  }
}

extension HexColor {
  /// The same colour, light enough for a dark page.
  var lifted: HexColor {
    func mixed(_ part: UInt8) -> UInt8 { UInt8((Int(part) * 13 + 255 * 7) / 20) }
    return HexColor(red: mixed(red), green: mixed(green), blue: mixed(blue))
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

  /// An event of these parts.
  public init(day: CivilDate, text: String) { (self.day, self.text) = (day, text) }
}

/// One mail of the outbox as the report page lists it: names and units, and no address.
public struct SentMail: Sendable, Hashable {
  /// Where the mail stands.
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
  /// Where it stands.
  public var state: State
  /// When the last attempt began; nil before the first.
  public var triedAt: Timestamp?
  /// What the relay answered, or ours where it said nothing; nil before the first attempt.
  public var answer: String?

  /// A mail of these parts.
  public init(
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
