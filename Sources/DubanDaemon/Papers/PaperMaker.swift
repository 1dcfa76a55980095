public import DubanCore
public import DubanMail
public import DubanOutbox
import Foundation

/// Makes the papers of an office as of a day: load → figures → document, and the number that the state gives.
public struct PaperMaker {
  /// Why a paper can't be made.
  public enum Failure: Error, CustomStringConvertible {
    /// The state has no record of a plan's ledger that goes so far back; the first day that it has, if any.
    case noRecord(of: CivilDate, first: CivilDate?)
    /// Writing the document, or reading the state, failed.
    case other(String)

    /// One English sentence without a full stop.
    public var description: String {
      switch self {
      case .noRecord(let day, let first):
        "the state has no record of the ledger on \(day)" + (first.map { "; it begins on \($0)" } ?? "")
      case .other(let words): words
      }
    }
  }

  /// A paper with the number that it got; a draft has none.
  public struct Result {
    /// The paper.
    public var paper: Paper
    /// Its number; nil for what has none.
    public var number: String?
    /// What it is, in words for a terminal.
    public var summary: String
  }

  private let active: ActiveConfiguration
  private let outbox: Outbox?
  private let now: Timestamp
  private var settings: PaperSettings { active.configuration.papers }
  private var composer: PaperComposer {
    PaperComposer(lights: active.configuration.policy.lights, templates: active.templates)
  }

  /// A maker over what is in force; without an outbox it knows no past.
  public init(_ active: ActiveConfiguration, _ outbox: Outbox?, at now: Timestamp) {
    (self.active, self.outbox, self.now) = (active, outbox, now)
  }

  private var today: CivilDate { active.zone.day(of: now) }

  /// What stood in force at a day's end, and how it came to that.
  private struct Past {
    var planner: Planner
    /// By plan.
    var records: [String: FinishRecord]
  }

  private func past(_ day: CivilDate, plans: [String]? = nil) throws(Failure) -> Past {
    var (ledgers, known): ([Ledger], [String: [LedgerVersion]]) = ([], [:])
    for ledger in active.ledgers where plans?.contains(ledger.plan.key) ?? true {
      let versions = try versions(of: ledger, through: day)
      guard let last = versions.last else {
        let first = try self.versions(of: ledger, through: today).first?.from
        throw .noRecord(of: day, first: first)
      }
      ledgers.append(last.ledger)
      known[ledger.plan.key] = versions
    }
    let end = active.zone.moment(day.adding(days: 1), .midnight)
    let decided = try reading { outbox throws(OutboxError) in try DecisionReader.read(outbox, before: end) }
    let planner = Planner(
      ledgers: ledgers, policy: active.configuration.policy, calendar: active.calendar,
      decisions: decided ?? Decisions())
    let marks = try decisions(by: day).filter { $0.kind == .done }
    var records: [String: FinishRecord] = [:]
    for ledger in planner.ledgers {
      let own = marks.filter { $0.plan == ledger.plan.key }
      records[ledger.plan.key] = record(known[ledger.plan.key] ?? [], marked: own, ledger, planner.decisions)
    }
    return Past(planner: planner, records: records)
  }

  /// Since when the measures of a ledger are done, with what was marked as far as it holds.
  private func record(
    _ versions: [LedgerVersion], marked: [Decision], _ ledger: Ledger, _ decisions: Decisions
  ) -> FinishRecord {
    var record = FinishRecord(versions)
    guard !marked.isEmpty else { return record }
    var marks = Dictionary(grouping: marked, by: \.identity)
    let finished = Set(
      ledger.measures.filter { [.submitted, .closed].contains($0.status) }.map(\.identity))
    // Of what is reported or closed now, the ledger's last word doesn't say that it was sent back in between.
    for version in versions {
      for measure in version.ledger.measures where finished.contains(measure.identity) {
        marks[measure.identity]?.removeAll { mark in
          active.zone.day(of: mark.at) <= version.from
            && mark.statusWhenDone.map(measure.isOpenAgain) ?? false
        }
      }
    }
    for measure in ledger.measures {
      guard let own = marks[measure.identity] else { continue }
      let item = ItemID(measure, ofPlan: ledger.plan.key)
      for due in measure.deadline.dueDates where decisions.isDone(item, on: [due]) {
        let about = own.filter { $0.occurrence ?? due == due && due <= $0.doneThrough ?? due }
        // One that was made anew takes the place of the one that had lapsed.
        let days = Dictionary(about.map { ($0.occurrence, active.zone.day(of: $0.at)) }) { _, last in last }
        if let day = days.values.min() { record.mark(measure.identity, due: due, on: day) }
      }
    }
    return record
  }

  /// The versions of a ledger, each with the identities of its measures; today's is what is in force.
  private func versions(of ledger: Ledger, through day: CivilDate) throws(Failure) -> [LedgerVersion] {
    let known = try reading { outbox throws(OutboxError) in
      try LedgerHistory(outbox).identifiedVersions(ofPlan: ledger.plan.key, through: day, active)
    }
    guard day >= today else { return known ?? [] }
    return (known ?? []).filter { $0.from < today } + [LedgerVersion(from: today, ledger: ledger)]
  }

  private func decisions(by day: CivilDate) throws(Failure) -> [Decision] {
    let end = active.zone.moment(day.adding(days: 1), .midnight)
    return try reading { outbox throws(OutboxError) in
      try outbox.decisions().filter { $0.at < end }.inForce
    } ?? []
  }

  private func reading<Value>(
    _ body: (Outbox) throws(OutboxError) -> Value
  ) throws(Failure) -> Value? {
    guard let outbox else { return nil }
    do throws(OutboxError) { return try body(outbox) } catch { throw .other("\(error)") }
  }

  private func composed(_ body: () throws(PaperFailure) -> Paper) throws(Failure) -> Paper {
    do throws(PaperFailure) { return try body() } catch { throw .other("\(error)") }
  }
}

extension PaperMaker {
  /// What is to be put before units on a day.
  ///
  /// - Parameters:
  ///   - units: these units; nil for every one that anything is due to.
  ///   - items: only measures with these numbers; nil for all.
  ///   - level: only the colour of that name; nil for all.
  public func slips(
    to units: [String]?, items: Set<String>? = nil, level: String? = nil, plan: String? = nil,
    on day: CivilDate
  ) throws(Failure) -> [Slip] {
    let planner = try past(day, plans: plan.map { [$0] }).planner
    var seen: Set<String> = []
    let all = planner.ledgers.flatMap(\.measures).flatMap(\.units).filter { seen.insert($0).inserted }
    let due = planner.dueSlips(levels: settings.levels, named: level, on: day)
    return (units ?? all).flatMap { unit in due.compactMap { $0.slip(for: unit, items: items) } }
  }

  /// A 督办单 as a document, under the next number unless it is a draft.
  public func paper(_ slip: Slip, by: String, isDraft: Bool) throws(Failure) -> Result {
    try result(of: slip, by: by, isDraft: isDraft, waitsForMail: false).result
  }

  /// The same; one that waits for its mail comes with the facts that are queued with that.
  private func result(
    of slip: Slip, by: String, isDraft: Bool, waitsForMail: Bool
  ) throws(Failure) -> (result: Result, facts: [String: String]) {
    let issued = IssuedPaper(
      kind: .slip, plan: slip.plan.key, unit: slip.unit, level: slip.level.name, title: slip.level.title,
      items: slip.lines.compactMap { $0.item.measure?.id }, day: slip.day, by: by,
      waitsForMail: waitsForMail ? true : nil)
    let assigned = try number(issued, series: settings.slipSeries, isDraft: isDraft)
    let number = assigned?.number
    let paper = try composed { () throws(PaperFailure) in
      try composer.slip(slip, number: number ?? "", by: by)
    }
    let result = Result(
      paper: paper, number: number,
      summary: "\(slip.level.name)\(slip.level.title)  \(slip.unit)  \(issued.items.joined(separator: " "))")
    return (result, waitsForMail ? assigned?.issued ?? [:] : [:])
  }

  /// What is due on a day of the plans of which any unit's head hears by these mails, by plan.
  func dueSlips(for mails: [PlannedMail], _ planner: Planner, on day: CivilDate) -> [String: DueSlips] {
    let plans = Set(mails.flatMap(\.heardByHead).map(\.occurrence.item.plan))
    return plans.reduce(into: [:]) { due, plan in
      due[plan] = planner.dueSlips(ofPlan: plan, levels: settings.levels, on: day).first
    }
  }

  /// The 督办单 that go with a mail to a unit's head, each under the next number: one for each plan that has measures
  /// of which the head hears today.
  func issueSlips(
    for mail: PlannedMail, of due: [String: DueSlips]
  ) throws(Failure) -> AttachedSlips {
    let heard = mail.heardByHead
    var slips = AttachedSlips()
    for unit in Set(heard.map(\.recipient.unit)).sorted() {
      let items = Dictionary(grouping: heard.filter { $0.recipient.unit == unit }, by: \.occurrence.item.plan)
      for (plan, own) in items.sorted(by: { $0.key < $1.key }) {
        let numbers = Set(own.map(\.occurrence.item.id))
        guard let slip = due[plan]?.slip(for: unit, items: numbers) else { continue }
        let made = try result(of: slip, by: slip.plan.contact.person, isDraft: false, waitsForMail: true)
        slips.papers.append(made.result.paper)
        slips.facts.merge(made.facts) { $1 }
      }
    }
    return slips
  }

  /// The 通报 of a plan for the month of a day up to it, or for the time since the report date before.
  public func bulletin(
    ofPlan plan: Plan, byReports: Bool, on day: CivilDate, by: String, isDraft: Bool
  ) throws(Failure) -> Result {
    let past = try past(day, plans: [plan.key])
    let reports = past.planner.ledgers.first?.reportDates(from: day.adding(days: -366), through: day) ?? []
    let period =
      byReports ? Bulletin.reportPeriod(through: day, reports: reports) : Bulletin.month(through: day)
    guard let record = past.records[plan.key],
      let bulletin = past.planner.bulletin(ofPlan: plan.key, period, record, isOver: day < today)
    else { throw .noRecord(of: day, first: nil) }
    let (first, last) = (period.lowerBound, period.upperBound)
    let issued = IssuedPaper(
      kind: .bulletin, plan: plan.key, unit: "", level: "",
      title: "\(first.chinese())至\(last.chinese(relativeTo: first.year))办理情况通报",
      items: [], day: day, by: by)
    let before = try before(Bulletin.periodBefore(period, reports: byReports ? reports : nil), plan.key)
    let number = try number(issued, series: settings.bulletinSeries, isDraft: isDraft)?.number
    let paper = try composed { () throws(PaperFailure) in
      try composer.bulletin(bulletin, before: before, number: number ?? "")
    }
    return Result(paper: paper, number: number, summary: paper.title)
  }

  /// The figures of an earlier period, as of its own end; nil where there is no record of it.
  private func before(_ period: ClosedRange<CivilDate>, _ plan: String) throws(Failure) -> Bulletin? {
    do throws(Failure) {
      let past = try past(period.upperBound, plans: [plan])
      return past.records[plan].flatMap { past.planner.bulletin(ofPlan: plan, period, $0, isOver: true) }
    } catch {
      if case .noRecord = error { return nil }
      throw error
    }
  }

  /// The 台账 of a plan as of a day, of all measures or of one unit's.
  public func ledger(ofPlan plan: Plan, unit: String?, on day: CivilDate) throws(Failure) -> Result {
    let overview = try past(day, plans: [plan.key]).planner.overview(on: day)
    let paper = try composed { () throws(PaperFailure) in try composer.ledger(overview, unit: unit) }
    return Result(paper: paper, number: nil, summary: paper.title)
  }

  private func number(
    _ paper: IssuedPaper, series: String, isDraft: Bool
  ) throws(Failure) -> PaperNumbers.Assigned? {
    if isDraft { return nil }
    return try reading { outbox throws(OutboxError) in
      try PaperNumbers(outbox).assign(to: paper, series: series, at: now)
    }
  }
}

/// The 督办单 of a mail.
struct AttachedSlips {
  var papers: [Paper] = []
  /// Queued with the mail, that they went out.
  var facts: [String: String] = [:]
}

extension PlannedMail {
  /// What a unit's head hears by it.
  fileprivate var heardByHead: [Reminder] { reminders.filter { $0.stage == .escalation(.head) } }
}

/// The `papers:` section: how 督办单 and 通报 are numbered, and the colours of the former.
public struct PaperSettings: Sendable, Equatable {
  /// Before the year in a 督办单's number: 督〔2022〕3号.
  public var slipSeries = "督"
  /// The same of a 通报.
  public var bulletinSeries = "督通"
  /// The colours of a 督办单, the gravest last.
  public var levels = SlipLevel.suqian
  /// Whether a 督办单 goes with the mail to a unit's head.
  public var attachesSlips = false

  /// Settings with every default.
  public init() {}
}
