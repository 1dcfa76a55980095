import DubanCore
import TestSupport
import Testing

/// The steps to the contacts that are made when they are asked for are those that a plan holds.
@Suite struct ContactStepsTests {
  private static let days = 75

  /// A planner whose plans leave the contacts' steps to ``ContactSteps``.
  private func ownersPlanner(of office: GeneratedOffice) -> Planner {
    var policy = office.policy
    policy.escalation.contact = nil
    return Planner(
      ledgers: office.ledgers, policy: policy, calendar: office.calendar, decisions: office.decisions)
  }

  @Test func togetherWithTheOwnersPlanTheyAreTheWholePlan() {
    var told = 0
    for seed in 0..<80 as Range<UInt64> {
      let office = GeneratedOffice(seed: seed)
      let (planner, owners) = (office.planner, ownersPlanner(of: office))
      var history = History()
      for offset in 0..<Self.days where offset % 13 != 5 {
        let day = office.first.adding(days: offset)
        let whole = planner.plan(on: day, after: history)
        let all = planner.contactSteps(on: day, after: history)
        let reminders = ReminderList(all)
        let steps = all.only(
          reminders.indices.filter { place in
            let reminder = reminders[place]
            #expect(all.key(place) == reminder.key)
            let thread = History.Thread(occurrence: reminder.occurrence, recipient: reminder.recipient)
            return history.stages[thread]?[reminder.stage] == nil
          })
        let plan = owners.plan(on: day, after: history, noticesFor: steps.plans)
        #expect(plan.mails.map(\.recipient) == whole.mails.map(\.recipient), "seed \(seed), \(day)")
        for (mail, expected) in zip(plan.mails, whole.mails) {
          guard case .digest(let plans, _) = mail.kind else {
            #expect(mail == expected, "seed \(seed), \(day)")
            continue
          }
          let escalated = ReminderList(steps.ofPlans(plans))
          #expect(escalated == expected.escalated, "seed \(seed), \(day)")
          #expect(escalated.keys == expected.escalated.map(\.key), "seed \(seed), \(day)")
          let items = Set(expected.escalated.map(\.occurrence.item))
          #expect(escalated.items(among: items) == items, "seed \(seed), \(day)")
          #expect(mail.kind == expected.kind && mail.entrusted == expected.entrusted, "seed \(seed), \(day)")
          let others = expected.reminders.filter { reminder in
            !expected.escalated.contains { $0.key == reminder.key }
          }
          #expect(mail.reminders == others, "seed \(seed), \(day)")
          told += escalated.count
        }
        for mail in whole.mails { history.note(mail) }
      }
    }
    #expect(told > 100)
  }
}
