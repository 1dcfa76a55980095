extension Obligation {
  /// The rungs before and on a date, without those that a recurring item's previous date still covers.
  func rungs(before due: CivilDate) -> [Rung] {
    var spans = ladder.advance
    if !schedule.isDated {
      let gap = previousDate(before: due).map { due.days(since: $0) } ?? 366
      spans.removeAll { due.days(since: $0.before(due, in: sending.workdays)) * 2 > gap }
    }
    var rungs: [Rung] = []
    rungs.reserveCapacity(spans.count + 1)
    for span in spans where span.count > 0 {
      rungs.append(rung(.advance(span), nominal: span.before(due, in: sending.workdays)))
    }
    if ladder.onDue || spans.contains(where: { $0.count == 0 }) { rungs.append(rung(.due, nominal: due)) }
    rungs.sort { $0.nominal < $1.nominal }
    return rungs
  }

  /// The latest rung that has come by `day`, nil before the first.
  func latestRung(of due: CivilDate, asOf day: CivilDate) -> Rung? {
    if let overdue = latestOverdueRung(of: due, asOf: day) { return overdue }
    return rungs(before: due).last { $0.sendOn <= day }
  }

  /// The first rung that comes after `day`, nil when none follows.
  func nextRung(of due: CivilDate, after day: CivilDate) -> Rung? {
    if let next = rungs(before: due).first(where: { $0.sendOn > day }) { return next }
    guard let every = ladder.overdueEvery, every.count > 0 else { return nil }
    var repeats = (latestOverdueRung(of: due, asOf: day).map { overdueCount($0, every) } ?? 0) + 1
    while true {
      let rung = overdueRung(repeats, every, due)
      if rung.sendOn > day { return rung }
      repeats += 1
    }
  }

  /// The step past the owners for a date, on its own day or the next one on which its listener can be mailed.
  func rung(for listener: Listener, of due: CivilDate) -> Rung {
    let nominal = listener.span.after(due, in: sending.workdays)
    return Rung(
      stage: .escalation(listener.level), nominal: nominal,
      sendOn: listener.sending.open(onOrAfter: max(nominal, issued ?? nominal)))
  }

  func latestOverdueRung(of due: CivilDate, asOf day: CivilDate) -> Rung? {
    guard let every = ladder.overdueEvery, every.count > 0, day > due else { return nil }
    let passed =
      every.unit == .day ? day.days(since: due) : sending.workdays.workdays(after: due, through: day)
    var repeats = passed / every.count
    while repeats > 0 {
      let rung = overdueRung(repeats, every, due)
      if rung.sendOn <= day { return rung }
      repeats -= 1
    }
    return nil
  }

  private func overdueRung(_ repeats: Int, _ every: Span, _ due: CivilDate) -> Rung {
    let span = Span(repeats * every.count, every.unit)
    let nominal = span.after(due, in: sending.workdays)
    return Rung(
      stage: .overdue(span), nominal: nominal,
      sendOn: sending.open(onOrAfter: max(nominal, issued ?? nominal)))
  }

  private func overdueCount(_ rung: Rung, _ every: Span) -> Int {
    guard case .overdue(let span) = rung.stage else { return 0 }
    return span.count / every.count
  }

  /// A reminder that falls on a day off goes out on the working day before, unless the plan wasn't issued then.
  private func rung(_ stage: Stage, nominal: CivilDate) -> Rung {
    let moved = sending.open(onOrBefore: nominal)
    let sendOn = issued.map { moved < $0 ? sending.open(onOrAfter: $0) : moved } ?? moved
    return Rung(stage: stage, nominal: nominal, sendOn: sendOn)
  }
}
