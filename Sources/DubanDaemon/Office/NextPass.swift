import DubanCore

/// When the plan is looked at next.
enum NextPass {
  /// Today's send time while it is ahead, or that of the next day on which mail goes out.
  static func after(_ now: Timestamp, _ inForce: InForce) -> Timestamp {
    let (zone, sendAt) = (inForce.zone, inForce.configuration.policy.sendAt)
    let today = zone.day(of: now)
    let first = zone.moment(today, sendAt) > now ? today : today.adding(days: 1)
    let office = Planner(ledgers: [], policy: inForce.configuration.policy, calendar: inForce.calendar)
    return zone.moment(office.nextOpenDay(onOrAfter: first), sendAt)
  }
}
