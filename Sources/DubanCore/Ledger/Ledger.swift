/// 整改台账: a plan with its measures, as kept up to date by people. The single source of truth about measures.
public struct Ledger: Sendable, Equatable {
  /// The issued document.
  public var plan: Plan
  /// The days on which every responsible unit owes the contact a report, ascending.
  public var reports: [CivilDate]
  /// The reports that come again and again, besides those days.
  public var recurringReports: [RecurringReport]
  /// The reports that came in: their units' owners aren't reminded of them any more.
  public var received: [ReceivedReport]
  /// Everyone a measure may name.
  public var owners: [Owner] {
    get { directory.owners }
    set { directory = OwnerDirectory(newValue) }
  }
  /// The plan's chapters.
  public var areas: [Area]
  /// Who answers for a measure. To build it takes as long as to plan a day.
  private(set) var directory: OwnerDirectory

  package init(
    plan: Plan, reports: [CivilDate], recurringReports: [RecurringReport] = [],
    received: [ReceivedReport] = [], owners: [Owner], areas: [Area]
  ) {
    self.init(
      plan: plan, reports: reports, recurringReports: recurringReports, received: received,
      directory: OwnerDirectory(owners), areas: areas)
  }

  /// The same, with the directory of its owners.
  public init(
    plan: Plan, reports: [CivilDate], recurringReports: [RecurringReport] = [], received: [ReceivedReport],
    directory: OwnerDirectory, areas: [Area]
  ) {
    self.plan = plan
    self.reports = reports
    self.recurringReports = recurringReports
    self.received = received
    self.directory = directory
    self.areas = areas
  }

  /// Whether both hold the same.
  public static func == (left: Ledger, right: Ledger) -> Bool {
    left.plan == right.plan && left.reports == right.reports
      && left.recurringReports == right.recurringReports && left.received == right.received
      && left.owners == right.owners && left.areas == right.areas
  }

  /// The report dates from one day through another, the recurring ones included, ascending.
  public func reportDates(from first: CivilDate, through last: CivilDate) -> [CivilDate] {
    let recurring = recurringReports.flatMap(\.rules).flatMap { $0.occurrences(from: first, through: last) }
    return Set(reports.filter { $0 >= first && $0 <= last } + recurring).sorted()
  }

  /// All measures, in the plan's order.
  public var measures: [Measure] { areas.flatMap(\.measures) }

  /// Whether anybody owes reports, at a day or again and again.
  public var asksForReports: Bool {
    !reports.isEmpty || !recurringReports.isEmpty || areas.contains { !$0.reports.isEmpty }
  }

  /// Whether an owner or an area has a supervisor who can be written to.
  public var hasSupervisors: Bool {
    (owners.map(\.supervisor) + areas.map(\.supervisor)).contains { directory.supervisor($0) != nil }
  }

  /// How many measures there are.
  public var measureCount: Int { areas.reduce(0) { $0 + $1.measures.count } }

  /// `8 areas, 26 measures, 11 owners`.
  public var counts: String {
    [areas.count.counted("area"), measureCount.counted("measure"), owners.count.counted("owner")]
      .joined(separator: ", ")
  }
}

/// The issued document (方案) that a ledger is made from.
public struct Plan: Sendable, Equatable {
  /// The document's title.
  public var title: String
  /// The document's number, such as `洛开〔2022〕19号`; empty where it has none.
  public var number: String
  /// The date of issue: phrases without a year mean its year.
  public var issued: CivilDate?
  /// Where reports go and who answers questions.
  public var contact: Contact
  /// Further people who answer questions.
  public var contacts: [Contact] = []

  package init(title: String, number: String, issued: CivilDate?, contact: Contact) {
    self.title = title
    self.number = number
    self.issued = issued
    self.contact = contact
  }

  /// The ``key`` that the state knows the plan by, where its number or title was corrected since; nil otherwise.
  public var knownAs: String?

  /// What people call it by: its number, or its title where it has none.
  public var name: String { number.isEmpty ? title : number }

  /// What tells this plan from others: the first ``name`` that it had.
  public var key: String { knownAs ?? name }
}

/// The office and mailbox that reports go to (联系人, 邮箱).
public struct Contact: Sendable, Equatable {
  /// The office.
  public var unit: String
  /// The person who answers.
  public var person: String
  /// The telephone number as printed.
  public var phone: String
  /// The mailbox.
  public var email: String

  package init(unit: String, person: String, phone: String, email: String) {
    self.unit = unit
    self.person = person
    self.phone = phone
    self.email = email
  }
}

/// 领域: one of the plan's chapters, with its problems, its goal and its measures.
public struct Area: Sendable, Equatable {
  /// The place in the plan, from 1.
  public var index: Int
  /// The chapter's name.
  public var name: String
  /// 主要问题, one each.
  public var problems: [String]
  /// 整改目标.
  public var goal: String
  /// 整改措施, in order.
  public var measures: [Measure]
  /// 分管领导 of the area: the name of an owner; empty where nobody is named.
  public var supervisor = ""
  /// What its units report besides the plan's reports.
  public var reports = AreaReports()

  package init(index: Int, name: String, problems: [String], goal: String, measures: [Measure]) {
    self.index = index
    self.name = name
    self.problems = problems
    self.goal = goal
    self.measures = measures
  }
}

/// Reports that every responsible unit owes the contact again and again: 每月28日前.
public struct RecurringReport: Sendable, Hashable {
  /// The document's words.
  public var text: String
  /// What they mean.
  public var rules: [Recurrence]

  /// The reports that those words ask for.
  public init(text: String, rules: [Recurrence]) {
    self.text = text
    self.rules = rules
  }
}

/// A unit's report that came in, as the ledger's keeper noted it.
public struct ReceivedReport: Sendable, Hashable {
  /// The unit that reported.
  public var unit: String
  /// The report date it was for.
  public var report: CivilDate

  /// The report of a unit for a report date.
  public init(unit: String, report: CivilDate) {
    self.unit = unit
    self.report = report
  }
}

extension Ledger {
  /// The ledger as far as it concerns one unit: its measures, with nobody else's name beside them. Progress that names
  /// another unit or its people is left out.
  public func only(_ unit: String) -> Ledger {
    var own = self
    let others = names(besides: unit)
    own.owners = owners.filter { $0.unit == unit }
    own.received = received.filter { $0.unit == unit }
    own.areas = areas.compactMap { area in
      var part = area
      part.measures = area.measures.filter { $0.units.contains(unit) }.map { measure in
        var measure = measure
        measure.persons = directory.owners(of: measure).filter { $0.unit == unit }.map(\.person)
        measure.units = [unit]
        measure.progress = Self.text(measure.progress, withoutNaming: others)
        measure.lead = measure.lead == unit ? unit : nil
        measure.supporting = measure.supporting.filter { $0 == unit }
        return measure
      }
      return part.measures.isEmpty ? nil : part
    }
    return own
  }

  /// The units besides one, and their people.
  public func names(besides unit: String) -> Set<String> {
    Set(owners.filter { $0.unit != unit }.flatMap { [$0.unit, $0.person] })
      .union(measures.flatMap(\.units)).subtracting(owners.filter { $0.unit == unit }.map(\.person))
      .subtracting([unit, ""])
  }

  /// A text for a unit's page; words in its place where it names others.
  public static func text(_ text: String, withoutNaming others: Set<String>) -> String {
    others.contains(where: text.contains) ? "涉及其他单位，见台账" : text
  }
}

extension Ledger {
  /// Units that an earlier ledger called otherwise, the new names by the former ones.
  ///
  /// Only where nothing else it could be: the former name is gone, the new one wasn't there, and everyone who answered for
  /// the unit does so under the new name, with the same address.
  public func renamedUnits(since earlier: Ledger) -> [String: String] {
    let (before, after) = (earlier.peopleOfUnits, peopleOfUnits)
    let named = Set(measures.flatMap(\.units))
    var found: [String: String] = [:]
    for (unit, people) in before where after[unit] == nil && !named.contains(unit) {
      guard people.contains(where: { !$0[1].isEmpty }) else { continue }
      let names = after.filter { before[$0.key] == nil && $0.value.isSuperset(of: people) }.map(\.key)
      if names.count == 1 { found[unit] = names[0] }
    }
    // Two units that became one are no other names of it.
    let counts = Dictionary(grouping: found.values) { $0 }.mapValues(\.count)
    return found.filter { counts[$0.value] == 1 }
  }

  /// By unit, the names and addresses of its owners.
  private var peopleOfUnits: [String: Set<[String]>] {
    Dictionary(grouping: owners, by: \.unit).mapValues { owners in
      Set(owners.map { [$0.person, $0.email ?? ""] })
    }
  }
}

/// What the units of an area report besides the plan's reports: 周报, 旬报 or 月报, and feedback so long after the
/// assignment.
public struct AreaReports: Sendable, Hashable {
  /// What is reported once, so long after the assignment.
  public struct Feedback: Sendable, Hashable {
    /// What is reported: 工作安排.
    public var what: String
    /// So long after the assignment.
    public var after: Span

    package init(what: String, after: Span) { (self.what, self.after) = (what, after) }
  }

  /// The reports that come again and again.
  public var recurring: [RecurringReport] = []
  /// The day of the assignment (交办日期), where it isn't the plan's date of issue.
  public var assigned: CivilDate?
  /// What is reported once.
  public var feedback: [Feedback] = []

  /// No reports.
  public init() {}

  /// 13710: how the work is arranged on the first working day, the measures on the third, the result on the seventh.
  public static let rhythm13710 = [("工作安排", 1), ("推进措施", 3), ("办理结果", 7)].map {
    Feedback(what: $0.0, after: Span($0.1, .workday))
  }

  /// Whether there are any.
  public var isEmpty: Bool { recurring.isEmpty && feedback.isEmpty }
}

/// Which of an area's reports a reminder asks for.
public struct AreaReport: Sendable, Hashable {
  /// The area's name.
  public var area: String
  /// 周报, 工作安排.
  public var name: String

  /// `商事登记周报`.
  public var title: String { area + name }
}

extension RecurringReport {
  /// 周报, 旬报, 月报: what reports of that rhythm are called.
  var name: String {
    let every = rules.filter { $0.interval == 1 }
    guard every.count == rules.count, let rule = rules.first else { return "定期报告" }
    if rules.allSatisfy({ $0.frequency == .monthly }) {
      let days = rules.reduce(0) { $0 + ($1.takesLast ? 1 : $1.monthDays.count) }
      return days == 1 ? "月报" : days == 3 ? "旬报" : "定期报告"
    }
    guard rules.count == 1 else { return "定期报告" }
    switch rule.frequency {
    case .daily: return "日报"
    case .weekly where rule.weekdays.count == 1: return "周报"
    case .yearly where rule.months.count == 4: return "季报"
    case .weekly, .monthly, .yearly: return "定期报告"
    }
  }
}

extension ObligationBuilder {
  /// One obligation per owner and report of an area, on the owner's own measures of that area.
  func areaReports() -> [Obligation] {
    ledger.areas.filter { !$0.reports.isEmpty }.flatMap { area -> [Obligation] in
      let open = area.measures.filter(isToBeReported).map { ($0, directory.owners(of: $0)) }
      let asked: [(name: String, dates: Obligation.DueDates)] =
        feedbackDates(of: area).map { ($0.what, .fixed([$0.due])) }
        + area.reports.recurring.map { ($0.name, .reports([], $0.rules)) }
      return ledger.owners.flatMap { owner -> [Obligation] in
        let own = open.filter { $0.1.contains(owner) }.map(\.0)
        guard !own.isEmpty else { return [] }
        return asked.map { name, dates in
          report(
            AreaReport(area: area.name, name: name), on: own, of: owner, dates,
            issued: area.reports.assigned ?? ledger.plan.issued)
        }
      }
    }
  }

  /// The days on which an area's feedback is due.
  private func feedbackDates(of area: Area) -> [(what: String, due: CivilDate)] {
    area.reports.feedbackDates(issued: ledger.plan.issued, sendingDays.workdays)
  }
}

extension AreaReports {
  /// The days on which feedback is due, counted in working days where the ledger says so; none without a day to count
  /// from.
  public func feedbackDates(
    issued: CivilDate?, _ calendar: WorkdayCalendar
  ) -> [(what: String, due: CivilDate)] {
    guard let start = assigned ?? issued else { return [] }
    return feedback.map { ($0.what, $0.after.after(start, in: calendar)) }
  }
}
