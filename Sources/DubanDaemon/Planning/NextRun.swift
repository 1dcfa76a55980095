import DubanCore

/// When the plan is looked at next.
enum NextRun {
  /// Today's send time while it is ahead, or that of the next day on which mail goes out.
  static func after(_ now: Timestamp, _ active: ActiveConfiguration) -> Timestamp {
    let (zone, sendAt) = (active.zone, active.configuration.policy.sendAt)
    let today = zone.day(of: now)
    let first = zone.moment(today, sendAt) > now ? today : today.adding(days: 1)
    let office = Planner(ledgers: [], policy: active.configuration.policy, calendar: active.calendar)
    return zone.moment(office.nextOpenDay(onOrAfter: first), sendAt)
  }
}
