import DubanCore
import Foundation
import TestSupport
import Testing

/// What holds for any ledger, policy, calendar and history. `DUBAN_FUZZ_FACTOR=20` looks at twenty times as many.
@Suite struct PlannerPropertyTests {
  private static let factor =
    ProcessInfo.processInfo.environment["DUBAN_FUZZ_FACTOR"].flatMap { UInt64($0) } ?? 1
  private static let days = 60

  private static func offices(
    _ count: UInt64, _ options: GeneratedOffice.Options = .init(),
    _ body: (UInt64, inout GeneratedOffice) -> Void
  ) {
    for seed in 0..<count * factor {
      var office = GeneratedOffice(seed: seed, options)
      body(seed, &office)
    }
  }

  /// Day by day, as the service does it; off on the days that `isOff` names.
  private static func life(
    of office: GeneratedOffice, after start: History = History(), isOff: (CivilDate) -> Bool = { _ in false }
  ) -> (plans: [DayPlan], history: History) {
    let planner = office.planner
    var (history, plans) = (start, [DayPlan]())
    for offset in 0..<days {
      let day = office.first.adding(days: offset)
      guard !isOff(day) else { continue }
      let plan = planner.plan(on: day, after: history)
      for mail in plan.mails { history.note(mail) }
      plans.append(plan)
    }
    return (plans, history)
  }

  @Test func everyDayKeepsTheRules() {
    var reminders = 0
    Self.offices(60) { seed, office in
      let (plans, _) = Self.life(of: office)
      var keys: Set<String> = []
      for plan in plans {
        checkDay(plan, office, seed)
        for reminder in plan.mails.flatMap(\.delivered) {
          reminders += 1
          #expect(keys.insert(reminder.key).inserted, "seed \(seed): \(reminder.key) twice")
          checkItem(reminder, office, seed)
          checkReason(reminder, on: plan.day, office, seed)
        }
      }
    }
    #expect(reminders > 2_000)
  }

  private func checkDay(_ plan: DayPlan, _ office: GeneratedOffice, _ seed: UInt64) {
    guard !plan.mails.isEmpty else { return }
    let isQuiet = office.policy.quiet.contains { $0.contains(plan.day) }
    #expect(office.calendar.isWorkday(plan.day) && !isQuiet, "seed \(seed): mail on \(plan.day)")
    let mailboxes = plan.mails.map { $0.address.lowercased() }
    #expect(Set(mailboxes).count == mailboxes.count, "seed \(seed): two mails to a mailbox on \(plan.day)")
    #expect(Set(plan.mails.map(\.recipient)).count == plan.mails.count, "seed \(seed): two mails to a person")
    for mail in plan.mails {
      let copies = mail.copies.map { $0.lowercased() } + [mail.address.lowercased()]
      #expect(Set(copies).count == copies.count, "seed \(seed): a copy to the mailbox itself")
      #expect(mail.kind != .reminders || !mail.reminders.isEmpty, "seed \(seed): an empty mail")
      let threads = mail.delivered.map { History.Thread(occurrence: $0.occurrence, recipient: $0.recipient) }
      let steps = mail.delivered.count { $0.stage.name == "escalation" }
      #expect(Set(threads).count >= threads.count - steps, "seed \(seed): an item twice in one mail")
    }
  }

  private func checkItem(_ reminder: Reminder, _ office: GeneratedOffice, _ seed: UInt64) {
    let (item, due) = (reminder.occurrence.item, reminder.occurrence.due)
    let on = reminder.reason.on
    if case .measure(let measure, _) = reminder.subject {
      #expect(measure.status != .closed && measure.status != .submitted, "seed \(seed): \(item.id)")
      let isDate = measure.deadline.dueDates.contains(due)
      let recurs = measure.deadline.decided == nil && !measure.deadline.reading.recurrences.isEmpty
      #expect(isDate || recurs, "seed \(seed): \(item.id) isn't due on \(due)")
      #expect(isDate || reminder.stage.name != "escalation", "seed \(seed): \(item.id)")
    }
    if case .duty(_, let measure, _) = reminder.subject {
      #expect(measure.status != .closed && measure.status != .submitted, "seed \(seed): \(item.id)")
    }
    for mark in office.decisions.done where mark.plan == item.plan && mark.item == item.identity {
      #expect(mark.due != nil && mark.due != due, "seed \(seed): \(item.id) of \(due) is done")
    }
    for override in office.policy.overrides where override.scope == .owner(reminder.recipient.person) {
      let isContact = reminder.stage == .escalation(.contact)
      #expect(isContact || !override.quiet.contains { $0.contains(on) }, "seed \(seed): mail on a quiet day")
    }
  }

  private func checkReason(
    _ reminder: Reminder, on day: CivilDate, _ office: GeneratedOffice, _ seed: UInt64
  ) {
    let (reason, due) = (reminder.reason, reminder.occurrence.due)
    #expect(reason.on == day && reason.due == due && reason.step.stage == reminder.stage)
    #expect(reason.step.sendOn <= day, "seed \(seed): \(reason) before its day")
    let nominal = reminder.stage.nominalDay(
      due: due, calendar: office.calendar, escalation: office.policy.escalation)
    #expect(reason.step.nominal == nominal, "seed \(seed): \(reason)")
    switch reminder.stage {
    case .advance(let span): #expect(nominal < due || span.count == 0, "seed \(seed): \(reason)")
    case .due: #expect(nominal == due, "seed \(seed): \(reason)")
    case .overdue, .escalation: #expect(nominal > due && day > due, "seed \(seed): \(reason)")
    }
    let text = reason.description
    #expect(text.contains(due.description))
    #expect(text.contains("moved to") == (reason.step.sendOn != nominal), "seed \(seed): \(text)")
    #expect(text.contains("caught up") == (day > reason.step.sendOn), "seed \(seed): \(text)")
    let light = office.policy.lights.light(due: due, isClosed: false, on: day, calendar: office.calendar)
    #expect(reminder.light == light)
  }

  @Test func planningTheSameDayAgainGivesNothing() {
    Self.offices(25) { seed, office in
      let planner = office.planner
      var history = History()
      for offset in stride(from: 0, to: Self.days, by: 3) {
        let day = office.first.adding(days: offset)
        for mail in planner.plan(on: day, after: history).mails { history.note(mail) }
        #expect(planner.plan(on: day, after: history).mails.isEmpty, "seed \(seed), \(day)")
      }
    }
  }

  @Test func aRangeIsTheConcatenationOfItsDays() {
    Self.offices(15) { seed, office in
      let last = office.first.adding(days: Self.days - 1)
      let range = office.planner.plan(from: office.first, through: last, after: History())
      #expect(range == Self.life(of: office).plans, "seed \(seed)")
    }
  }

  @Test func aServiceTakenToHaveRunPlansAsOneThatRan() {
    var options = GeneratedOffice.Options()
    // What was put off isn't known to have been sent or not.
    options.hasDecisions = false
    Self.offices(15, options) { seed, office in
      let start = History(assumedThrough: office.first.adding(days: -1))
      for plan in Self.life(of: office, after: start).plans {
        let alone = office.planner.plan(
          on: plan.day, after: History(assumedThrough: plan.day.adding(days: -1)))
        #expect(Self.withoutRecord(alone) == Self.withoutRecord(plan), "seed \(seed), \(plan.day)")
      }
    }
  }

  /// Without what only a record of the days before tells: how often somebody was reminded, and when the last digest was.
  private static func withoutRecord(_ plan: DayPlan) -> DayPlan {
    var plan = plan
    for place in plan.mails.indices {
      plan.mails[place].since = nil
      for reminder in plan.mails[place].reminders.indices {
        plan.mails[place].reminders[reminder].reminded = nil
      }
      for reminder in plan.mails[place].entrusted.indices {
        plan.mails[place].entrusted[reminder].reminded = nil
      }
      for reminder in plan.mails[place].escalated.indices {
        plan.mails[place].escalated[reminder].reminded = nil
      }
    }
    return plan
  }

  /// What was put off included: it is sent later than it is due, which only the record of the days before tells.
  @Test func aRangeAfterAnAssumptionIsTheConcatenationOfItsDays() {
    Self.offices(60) { seed, office in
      let start = History(assumedThrough: office.first.adding(days: -1))
      let last = office.first.adding(days: Self.days - 1)
      let range = office.planner.plan(from: office.first, through: last, after: start)
      for (one, other) in zip(range, Self.life(of: office, after: start).plans) {
        #expect(one == other, "seed \(seed), \(one.day)")
      }
    }
  }

  /// An exception that says nothing has every measure judged by itself.
  @Test func judgedForAllAlikeOrByItselfAMeasureRemindsTheSame() {
    Self.offices(60) { seed, office in
      var policy = office.policy
      let areas = Set(office.ledgers.flatMap(\.areas).map(\.name)).sorted()
      policy.overrides += areas.map { PolicyOverride(.area($0)) }
      let oneByOne = Planner(
        ledgers: office.ledgers, policy: policy, calendar: office.calendar, decisions: office.decisions)
      let last = office.first.adding(days: Self.days - 1)
      for start in [History(), History(assumedThrough: office.first.adding(days: -1))] {
        let range = office.planner.plan(from: office.first, through: last, after: start)
        let other = oneByOne.plan(from: office.first, through: last, after: start)
        for (one, other) in zip(range, other) { #expect(one == other, "seed \(seed), \(one.day)") }
      }
    }
  }

  /// The short forms of a day's picture say what the whole one says.
  @Test func everyExtentOfThePictureAgrees() {
    Self.offices(60) { seed, office in
      let planner = office.planner
      for offset in stride(from: 0, to: Self.days, by: 7) {
        let day = office.first.adding(days: offset)
        let whole = planner.overview(on: day)
        let attention = planner.overview(on: day, extent: .attention)
        let numbers = planner.overview(on: day, extent: .numbers)
        #expect(attention.overdue == whole.overdue, "seed \(seed), \(day)")
        #expect(attention.upcoming == whole.upcoming, "seed \(seed), \(day)")
        #expect(attention.undecided == whole.undecided, "seed \(seed), \(day)")
        #expect(attention.submitted == whole.submitted, "seed \(seed), \(day)")
        #expect(attention.snoozed == whole.snoozed, "seed \(seed), \(day)")
        #expect(attention.reports == whole.reports, "seed \(seed), \(day)")
        #expect(attention.areas == whole.areas && attention.units == whole.units, "seed \(seed), \(day)")
        #expect(numbers.total == whole.total && attention.total == whole.total, "seed \(seed), \(day)")
        let ahead = whole.upcoming.filter { $0.item.kind != .report }
        let nearest = ahead.compactMap(\.due).min()
        for outlook in [whole.outlook, attention.outlook, numbers.outlook] {
          #expect(outlook.overdue == whole.overdue.count, "seed \(seed), \(day)")
          #expect(outlook.nearest?.due == nearest, "seed \(seed), \(day)")
          #expect(outlook.nearest?.count ?? 0 == ahead.count { $0.due == nearest }, "seed \(seed), \(day)")
        }
      }
    }
  }

  @Test func theLedgersOrderDoesNotMatter() {
    Self.offices(15) { seed, office in
      let shuffled = Planner(
        ledgers: office.shuffled(), policy: office.policy, calendar: office.calendar,
        decisions: office.decisions)
      let last = office.first.adding(days: Self.days - 1)
      let plan = office.planner.plan(from: office.first, through: last, after: History())
      #expect(shuffled.plan(from: office.first, through: last, after: History()) == plan, "seed \(seed)")
    }
  }

  @Test func afterAnyStopTheLatestStepComesInOneMailAndNothingDatedIsForgotten() {
    var options = GeneratedOffice.Options()
    (options.hasOverrides, options.hasDecisions) = (false, false)
    Self.offices(40, options) { seed, office in
      var stops: [ClosedRange<CivilDate>] = []
      for _ in 0..<3 {
        let start = office.first.adding(days: office.below(Self.days))
        stops.append(start...start.adding(days: office.below(30)))
      }
      let isOff = { (day: CivilDate) in stops.contains { $0.contains(day) } }
      let (plans, _) = Self.life(of: office, isOff: isOff)
      let reminders = plans.flatMap(\.mails).flatMap(\.delivered)
      for reminder in reminders where reminder.stage.name == "advance" {
        checkNoLaterStepHadCome(reminder, office, seed)
      }
      let running = Set(plans.map(\.day).filter(office.planner.officeIsOpen(on:)))
      checkNothingIsForgotten(reminders, office, running, seed)
    }
  }

  private func checkNoLaterStepHadCome(_ reminder: Reminder, _ office: GeneratedOffice, _ seed: UInt64) {
    guard case .measure(let measure, _) = reminder.subject,
      measure.deadline.dueDates.contains(reminder.occurrence.due)
    else { return }
    let (due, on) = (reminder.occurrence.due, reminder.reason.on)
    for span in office.policy.measureSchedule.advance {
      let nominal = span.before(due, in: office.calendar)
      guard nominal > reminder.reason.step.nominal else { continue }
      #expect(nominal > on, "seed \(seed): \(reminder.key) though \(span) had come")
    }
  }

  /// Whoever could have been mailed on a day between the first step and the date was.
  private func checkNothingIsForgotten(
    _ reminders: [Reminder], _ office: GeneratedOffice, _ running: Set<CivilDate>, _ seed: UInt64
  ) {
    for ledger in office.ledgers {
      for measure in ledger.measures where measure.status == .open || measure.status == .inProgress {
        for due in measure.deadline.dueDates {
          let first =
            office.policy.measureSchedule.advance.map { $0.before(due, in: office.calendar) }.min() ?? due
          let start = max(first, ledger.plan.issued ?? first)
          guard start <= due, running.contains(where: { (start...due).contains($0) }) else { continue }
          for person in measure.persons {
            let isReminded = reminders.contains {
              $0.occurrence.due == due && $0.occurrence.item.id == measure.id
                && $0.occurrence.item.plan == ledger.plan.key && $0.recipient.person == person
                && $0.reason.on <= due
            }
            #expect(isReminded, "seed \(seed): \(person) isn't reminded of \(measure.id) by \(due)")
          }
        }
      }
    }
  }

  @Test func standingMeasuresAreNeverOverdue() {
    Self.offices(20) { seed, office in
      for offset in stride(from: 0, to: 400, by: 50) {
        for line in office.planner.agenda(on: office.first.adding(days: offset))
        where line.item.kind == .measure {
          guard let measure = line.measure, measure.deadline.isStanding else { continue }
          #expect(line.light != .red && line.due == nil, "seed \(seed): \(line.item.id)")
        }
      }
      let overdue = Self.life(of: office).plans.flatMap(\.mails).flatMap(\.delivered).filter {
        if case .measure(let measure, _) = $0.subject { measure.deadline.isStanding } else { false }
      }
      #expect(overdue.isEmpty, "seed \(seed)")
    }
  }
}
