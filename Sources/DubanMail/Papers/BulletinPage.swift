internal import DubanCore

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
