/// The days on which mail goes out: working days that aren't quiet.
struct SendingCalendar: Sendable {
  let workdays: WorkdayCalendar
  let quiet: [ClosedRange<CivilDate>]

  func isOpen(_ day: CivilDate) -> Bool {
    workdays.isWorkday(day) && !quiet.contains { $0.contains(day) }
  }

  func open(onOrBefore day: CivilDate) -> CivilDate {
    var candidate = workdays.workday(onOrBefore: day)
    while let period = quiet.first(where: { $0.contains(candidate) }) {
      candidate = workdays.workday(onOrBefore: period.lowerBound.adding(days: -1))
    }
    return candidate
  }

  func open(onOrAfter day: CivilDate) -> CivilDate {
    var candidate = workdays.workday(onOrAfter: day)
    while let period = quiet.first(where: { $0.contains(candidate) }) {
      candidate = workdays.workday(onOrAfter: period.upperBound.adding(days: 1))
    }
    return candidate
  }
}
