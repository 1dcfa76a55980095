/// Plans days one after the other. What they have in common is found out once for all of them: who answers for what,
/// and where everyone is reached.
struct DayPlanner {
  private let planner: Planner
  private var crews: [Crews]
  private var post: DayPost

  /// A planner of days after which the same mailboxes are unreachable.
  init(_ planner: Planner, unreachable: Set<String>) {
    self.planner = planner
    crews = planner.builders.map(Crews.init)
    post = DayPost(planner.builders.map(\.ledger), planner.routes, planner.exceptions, unreachable)
  }

  /// The mails of one day; see ``Planner/plan(on:after:noticesFor:notes:)``.
  mutating func plan(
    on day: CivilDate, after history: History, noticesFor: Set<String>, notes: [OwnerNote]
  ) -> DayPlan {
    guard planner.officeIsOpen(on: day) else { return DayPlan(day: day, mails: []) }
    for (plan, builder) in planner.builders.enumerated() {
      var filter = DayFilter(planner, builder, planner.reminderDays[plan], on: day, after: history)
      for area in builder.ledger.areas {
        filter.enter(area)
        let store = area.measures.store
        crews[plan].enter(store)
        area.measures.forEachRecord { place, record in
          guard !filter.isKnownSilent(record) else { return }
          switch filter.word(place, record) {
          case .silent: return
          case .alike(let calls):
            let crew = crews[plan].crew(record.assignment, &post)
            remind(of: store.measures[place], in: area, calls, crew, on: day, plan)
          case .alone:
            for obligation in builder.obligations(of: store.measures[place], in: area) {
              remind(of: obligation, on: day, after: history, plan)
            }
          }
        }
      }
      guard filter.reportsMayRemind else { continue }
      for obligation in builder.reports() { remind(of: obligation, on: day, after: history, plan) }
    }
    for note in notes where !planner.wasMailed(note.owner.recipient, on: day, after: history) {
      post.add(note)
    }
    let digest = planner.policy.digest
    return DayPlan(
      day: day,
      mails: post.mails(
        on: day, after: history,
        isForced: { plans in digest.isDaily || plans.contains(where: noticesFor.contains) },
        weeklyIsDue: { planner.weeklyDigestIsDue(on: day, last: $0, history) }))
  }

  /// Puts the reminders of a measure into the day's post, as they were judged for all measures like it.
  private mutating func remind(
    of measure: Measure, in area: Area, _ calls: [DayFilter.Call], _ crew: Crew, on day: CivilDate,
    _ plan: Int
  ) {
    let item = ItemID(measure, ofPlan: planner.builders[plan].ledger.plan.key)
    let subject = Reminder.Subject.measure(measure, area: area.name)
    for call in calls {
      func reminder(to recipient: Recipient, besides fellows: [Recipient]) -> Reminder {
        Reminder(
          occurrence: Occurrence(item: item, due: call.due), stage: call.rung.stage, recipient: recipient,
          reason: Reason(rung: call.rung, due: call.due, on: day), subject: subject, fellows: fellows,
          light: call.light)
      }
      switch call.audience {
      case .owners:
        for owner in crew.owners {
          post.add(reminder(to: owner.recipient, besides: owner.fellows), to: owner.number, plan)
        }
      case .heads:
        for head in crew.heads {
          post.add(reminder(to: head.recipient, besides: head.fellows), to: head.number, plan)
        }
      case .contact:
        post.escalate(reminder(to: crew.contact, besides: crew.fellowsOfContact), plan)
      }
    }
  }

  /// Puts the reminders of an item into the day's post, each judged by itself.
  private mutating func remind(
    of obligation: Obligation, on day: CivilDate, after history: History, _ plan: Int
  ) {
    guard obligation.silence == nil else { return }
    for due in obligation.dates(around: day) {
      for owner in obligation.owners {
        if case .remind(let reminder) = planner.judge(obligation, due, owner, on: day, after: history) {
          post.add(reminder, to: post.number(of: owner), plan)
        }
      }
      guard day > due else { continue }
      for listener in obligation.listeners {
        guard case .remind(let reminder) = planner.judge(obligation, due, listener, on: day, after: history)
        else { continue }
        if let head = listener.head {
          post.add(reminder, to: post.number(of: head), plan)
        } else {
          post.escalate(reminder, plan)
        }
      }
    }
  }
}
