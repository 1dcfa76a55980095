public import DubanCore
internal import DubanZip

/// A paper as a file: 督办单, 通报 or printed 台账.
public struct Paper: Sendable, Equatable {
  /// What it is called, such as `关于2022年12月整改措施办理情况的通报`.
  public var title: String
  /// The document (.docx).
  public var docx: [UInt8]
}

/// Why a paper can't be made.
public struct PaperFailure: Error, Sendable, CustomStringConvertible {
  /// One English sentence without a full stop.
  public var description: String
}

/// Makes papers of what the planner found: a pure function of its parameters.
public struct PaperComposer: Sendable {
  let lights: LightLooks
  let templates: TemplateSet

  /// A composer with these looks.
  public init(lights: LightScheme, templates: TemplateSet) {
    self.lights = LightLooks(lights)
    self.templates = templates
  }

  /// A 督办单 under that number; a draft where it is empty.
  ///
  /// - Parameter by: who issues it; empty where nobody is named.
  public func slip(_ slip: Slip, number: String, by: String) throws(PaperFailure) -> Paper {
    try paper("slip", SlipPage(slip: slip, number: number, by: by, lights: lights).record)
  }

  /// A 通报 under that number; a draft where it is empty.
  ///
  /// - Parameter before: the month before; nil where there is no record of it.
  public func bulletin(
    _ bulletin: Bulletin, before: Bulletin?, number: String
  ) throws(PaperFailure) -> Paper {
    try paper("bulletin", BulletinPage(bulletin: bulletin, before: before, number: number).record)
  }

  /// The 台账 of a day to print, of all measures or of one unit's.
  public func ledger(_ overview: Overview, unit: String?) throws(PaperFailure) -> Paper {
    try paper("ledger", LedgerPage(overview: overview, unit: unit, lights: lights).record)
  }

  private func paper(_ template: String, _ values: TemplateRecord) throws(PaperFailure) -> Paper {
    let markup = PaperMarkup(templates.render(template, .paper, values))
    let title = values[.paperTitle]
    do throws(ZipWriter.Failure) {
      return Paper(title: title, docx: try DocxWriter.bytes(markup, title: title))
    } catch { throw PaperFailure(description: "the document can't be written: \(error)") }
  }
}

/// What every paper says about its plan and its office.
struct PaperHead {
  static func record(_ plan: Plan, day: CivilDate, title: String, number: String) -> TemplateRecord {
    var record = ContactRecords.record(plan.contact)
    record[.planTitle] = CleanText.line(plan.title, limit: 200)
    record[.planNumber] = CleanText.line(plan.number, limit: 60)
    record[.paperTitle] = title
    record[.paperNumber] = number
    record[.date] = day.chinese()
    return record
  }

  /// `《…方案》（洛开〔2022〕19号）`.
  static func named(_ plan: Plan) -> String {
    let number = plan.number.isEmpty ? "" : "（\(CleanText.line(plan.number, limit: 60))）"
    return "《\(CleanText.line(plan.title, limit: 200))》\(number)"
  }
}

/// What a 督办单 says.
struct SlipPage {
  let slip: Slip
  let number: String
  let by: String
  let lights: LightLooks

  var record: TemplateRecord {
    var record = PaperHead.record(slip.plan, day: slip.day, title: slip.level.title, number: number)
    let level = slip.level
    record[.unit] = CleanText.line(slip.unit, limit: 60)
    record[.level] = CleanText.line(level.name, limit: 10)
    record[.paperColor] =
      (HexColor(level.color) ?? HexColor(red: 0xC0, green: 0, blue: 0)).readable(on: .white).text
    record[.issuedBy] = CleanText.line(by, limit: 40)
    record[.summary] = summary
    record[.replyBy] = "\(slip.replyBy.chinese(relativeTo: slip.day.year))（\(slip.replyBy.weekday.chinese)）"
    record[.roles] = roles
    // What follows is for those who answer for a measure.
    record[.points] = level.points > 0 && !onlyHelps ? String(level.points) : ""
    record.set(.asksToTalk, level.asksToTalk && !onlyHelps)
    record[.answeredFor] = answeredFor
    record.set(.isOverdue, slip.lines.contains { ($0.item.daysLeft ?? 0) < 0 })
    record.set(
      .items,
      slip.lines.enumerated().map { place, line in
        var record = LedgerPage.record(line.item, on: slip.day, lights)
        record[.number] = String(place + 1)
        // The unit answers for its own people, and a paper is read in another year too.
        let own = line.item.owners.filter { $0.unit == slip.unit && !$0.person.isEmpty }
        if !own.isEmpty {
          record[.person] = own.map { CleanText.line($0.person, limit: 40) }.joined(separator: "、")
        }
        if let due = line.item.due { record[.date] = due.chinese() }
        return record
      })
    return record
  }

  private var helped: [Measure] {
    slip.lines.compactMap(\.item.measure).filter { $0.helps(slip.unit) }
  }

  private var onlyHelps: Bool { helped.count == slip.lines.count }

  /// What the unit answers for: `上述事项`, or `措施1.1、1.2` beside what it only helps with.
  private var answeredFor: String {
    helped.isEmpty
      ? "上述事项"
      : "措施\(Self.numbers(slip.lines.compactMap(\.item.measure).filter { !$0.helps(slip.unit) }))"
  }

  private static func numbers(_ measures: [Measure]) -> String {
    measures.map { CleanText.line($0.id, limit: 20) }.joined(separator: "、")
  }

  /// `3.3由贵单位配合规划建设部，请完成贵单位承担的部分，进展和材料交其汇总报送。`; empty where the unit helps nobody.
  private var roles: String {
    let leads = Measure.byLead(helped.map { ($0, $0) })
    guard !leads.isEmpty else { return "" }
    let parts = leads.map { "\(Self.numbers($0.lines))由贵单位配合\($0.units)" }.joined(separator: "；")
    return "\(parts)，请完成贵单位承担的部分，进展和材料\(leads.count > 1 ? "分别" : "")交其汇总报送。"
  }

  /// `《…》（…）中，贵单位负责的下列3项整改措施，2项已逾期、1项将于近期到期，现予以督办。`
  private var summary: String {
    let overdue = slip.lines.count { ($0.item.daysLeft ?? 0) < 0 }
    let returned = slip.lines.count { ($0.item.daysLeft ?? 0) >= 0 && $0.item.measure?.isReturned ?? false }
    let groups = [
      (overdue, "项已逾期"), (returned, "项被退回整改"), (slip.lines.count - overdue - returned, "项即将到期"),
    ]
    let what = groups.filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined(separator: "、")
    let verbs = onlyHelps ? "配合" : helped.isEmpty ? "负责" : "负责、配合"
    let verb = overdue > 0 ? "现予以督办" : "现提请抓紧办理"
    return "\(PaperHead.named(slip.plan))中，贵单位\(verbs)的下列整改措施\(what)，\(verb)。"
  }
}

/// What a printed 台账 says.
struct LedgerPage {
  let overview: Overview
  let unit: String?
  let lights: LightLooks

  var record: TemplateRecord {
    guard let plan = overview.plans.first else { return TemplateRecord() }
    let title = unit.map { "\(CleanText.line($0, limit: 60))整改台账" } ?? "整改台账"
    var record = PaperHead.record(plan, day: overview.day, title: title, number: "")
    let lines = overview.measures.filter { line in
      unit.map { line.measure?.units.contains($0) ?? false } ?? true
    }
    .sorted { NaturalOrder.isBefore($0.item.id, $1.item.id) }
    let counts = Light.allCases.sorted(by: >).compactMap { light -> String? in
      let count = lines.count { $0.light == light }
      return count > 0 ? "\(lights[light].name)\(count)项" : nil
    }
    record[.unit] = unit.map { CleanText.line($0, limit: 60) } ?? ""
    record[.summary] = "共\(lines.count)项，\(counts.joined(separator: "，"))"
    record.set(.items, lines.map { Self.record($0, on: overview.day, lights) })
    return record
  }

  static func record(_ line: AgendaItem, on day: CivilDate, _ lights: LightLooks) -> TemplateRecord {
    var record = TemplateRecord(capacity: 16)
    guard let measure = line.measure else { return record }
    record[.id] = CleanText.line(measure.id, limit: 20)
    record[.title] = CleanText.line(measure.title, limit: 300)
    record[.area] = CleanText.line(line.area, limit: 60)
    record[.units] = measure.unitsWithRoles
    record[.person] = measure.persons.map { CleanText.line($0, limit: 40) }.joined(separator: "、")
    record[.deadline] = CleanText.line(measure.deadline.shown, limit: 80)
    record[.date] = line.due.map { $0.chinese(relativeTo: day.year) } ?? record[.deadline]
    record[.left] =
      line.light == .green
      ? lights[.green].name
      : line.noReminder == .submitted
        ? Measure.Status.submitted.chinese : line.daysLeft.map(Phrases(today: day).distance) ?? ""
    record[.light] = lights[line.light].name
    record[.lightColor] = lights[line.light].colorText
    record[.progress] = CleanText.paragraphs(measure.progress, limit: 600)
    return record
  }
}

/// What a 通报 says.
struct BulletinPage {
  let bulletin: Bulletin
  let before: Bulletin?
  let number: String

  /// How many overdue measures are listed; the ledger has all.
  private static let mostOverdue = 100

  private var day: CivilDate { bulletin.period.upperBound }

  var record: TemplateRecord {
    let title = "关于\(period)整改措施办理情况的通报"
    var record = PaperHead.record(bulletin.plan, day: day, title: title, number: number)
    record[.heading] = PaperHead.named(bulletin.plan)
    record[.period] = period
    record[.summary] = summary
    record.set(.hasBefore, before != nil)
    record.set(.hasUndated, bulletin.total.undated > 0)
    record[.undated] = String(bulletin.total.undated)
    record[.unconfirmed] = bulletin.total.unconfirmed > 0 ? String(bulletin.total.unconfirmed) : ""
    let unitsBefore = before.map { lines($0.units) } ?? [:]
    record.set(.units, bulletin.units.map { line($0, unitsBefore[$0.name]) })
    let areasBefore = before.map { lines($0.areas) } ?? [:]
    record.set(.areas, bulletin.areas.map { line($0, areasBefore[$0.name]) })
    record.set(.hasOverdue, !bulletin.overdue.isEmpty)
    record.set(
      .items,
      bulletin.overdue.prefix(Self.mostOverdue).enumerated().map { place, item in
        var record = LedgerPage.record(item, on: day, LightLooks(LightScheme()))
        record[.number] = String(place + 1)
        let late = item.due.map { $0 == day ? "当日到期" : "\(day.days(since: $0))天" } ?? ""
        record[.left] = late + (item.noReminder == .submitted ? "（已报完成、待确认）" : "")
        return record
      })
    let more = bulletin.overdue.count - Self.mostOverdue
    record[.moreCount] = more > 0 ? String(more) : ""
    return record
  }

  /// `2022年12月`, or `2022年12月1日至12月20日` before the month's end.
  private var period: String {
    let (first, last) = (bulletin.period.lowerBound, bulletin.period.upperBound)
    if Self.isWholeMonth(bulletin.period) {
      return "\(first.year)年\(first.month)月"
    }
    return "\(first.chinese())至\(last.chinese(relativeTo: first.year))"
  }

  private static func isWholeMonth(_ period: ClosedRange<CivilDate>) -> Bool {
    period.upperBound.adding(days: 1).day == 1 && period == Bulletin.month(through: period.upperBound)
  }

  private var summary: String {
    let total = bulletin.total
    var sentences: [String] = []
    let pending = total.pending > 0 ? "今日到期、尚未办结的\(total.pending)项未计入" : nil
    if total.due == 0, pending == nil {
      sentences.append("本期没有到期的整改措施" + (total.late > 0 ? "，逾期办结以前到期的\(total.late)项" : ""))
    } else {
      var text = "本期应办结\(total.due)项，按时办结\(total.inTime)项，逾期办结\(total.late)项"
      if total.undated > 0 { text += "，另有\(total.undated)项已销号但无办结时间记录" }
      if total.unconfirmed > 0 { text += "，已按时报完成、待确认销号\(total.unconfirmed)项" }
      if let rate = total.rate { text += "，按时办结率\(Self.percent(rate))" }
      sentences.append(text + comparison + (pending.map { "（\($0)）" } ?? ""))
    }
    sentences.append(
      total.overdue == 0 ? "截至\(day.chinese())，没有逾期未办结的措施" : "截至\(day.chinese())，逾期未办结\(total.overdue)项")
    if total.reportsDue > 0 {
      sentences.append("整改情况应报送\(total.reportsDue)份，已报送\(total.reported)份")
    }
    return sentences.joined(separator: "；") + "。"
  }

  /// `，比上月提高3.2个百分点`.
  private var comparison: String {
    guard let rate = bulletin.total.rate, let before, let last = before.total.rate else { return "" }
    let then = Self.isWholeMonth(before.period) ? "上月" : "上期"
    if rate == last { return "，与\(then)持平" }
    return "，比\(then)\(rate > last ? "提高" : "下降")\(Self.decimal(abs(rate - last)))个百分点"
  }

  private func lines(_ lines: [Bulletin.Line]) -> [String: Bulletin.Line] {
    Dictionary(lines.map { ($0.name, $0) }) { first, _ in first }
  }

  private func line(_ line: Bulletin.Line, _ last: Bulletin.Line?) -> TemplateRecord {
    var record = TemplateRecord(capacity: 14)
    record[.name] = CleanText.line(line.name, limit: 60)
    record[.dueCount] = String(line.due)
    record[.inTime] = String(line.inTime)
    record[.late] = String(line.late)
    record[.overdueCount] = String(line.overdue)
    record[.reported] = line.reportsDue == 0 ? "—" : "\(line.reported)/\(line.reportsDue)"
    record[.rate] = line.rate.map(Self.percent) ?? "—"
    record[.rateBefore] = last?.rate.map(Self.percent) ?? "—"
    record[.rank] = line.rank.map(String.init) ?? "—"
    // Eight blocks are the whole: they print and copy as they look, in every program.
    record[.bar] = String(repeating: "▇", count: line.rate.map { ($0 * 8 + 500) / 1000 } ?? 0)
    record[.barColor] =
      line.rate.map { $0 >= 900 ? "#2e7d32" : $0 >= 600 ? "#9a6700" : "#c62828" } ?? "#555555"
    return record
  }

  /// `66.7%` of tenths of a percent.
  private static func percent(_ tenths: Int) -> String { decimal(tenths) + "%" }
  private static func decimal(_ tenths: Int) -> String {
    tenths % 10 == 0 ? String(tenths / 10) : "\(tenths / 10).\(tenths % 10)"
  }
}
