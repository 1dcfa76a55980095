import DubanCore
import DubanCourier
import DubanLedger

/// What can only be seen once configuration, ledgers and calendars are all read.
enum LoadChecks {
  static func findings(
    _ read: [(file: String, ledger: Ledger)], _ configuration: Configuration, _ calendar: WorkdayCalendar,
    today: CivilDate
  ) -> [Diagnostic] {
    let ledgers = read.map(\.ledger)
    let twice = samePlanTwice(read)
    return twice + (twice.isEmpty ? SheetCopies.check(read) : []) + unlikelyIssues(read, today: today)
      + unknownYears(ledgers, calendar, configuration, today: today)
      + authorities(configuration) + observing(configuration)
      + PolicyChecks(ledgers, configuration, calendar).findings()
  }

  /// Two ledgers of one plan would share every key, and each would silence the other.
  private static func samePlanTwice(_ read: [(file: String, ledger: Ledger)]) -> [Diagnostic] {
    var first: [String: String] = [:]
    return read.compactMap { file, ledger in
      guard let earlier = first.updateValue(file, forKey: ledger.plan.key) else { return nil }
      return Diagnostic(
        .error, at: .init(file: file), "the plan “\(ledger.plan.key)” is also in \(earlier)",
        help: "give each plan its own number, or name only one of the two ledgers")
    }
  }

  /// A slip in the date of issue moves every deadline that names no year.
  private static func unlikelyIssues(_ read: [(file: String, ledger: Ledger)], today: CivilDate)
    -> [Diagnostic]
  {
    read.compactMap { file, ledger in
      guard let issued = ledger.plan.issued, issued > today || today.year - issued.year > 20 else {
        return nil
      }
      return Diagnostic(
        .warning, at: .init(file: file),
        "the plan was issued on \(issued), and today is \(today): deadlines without a year count from there",
        help: "correct issued: where it is a slip")
    }
  }

  /// The present year, and the next one where something is due in it, want a notice of holidays; one for a later year
  /// can't be out.
  private static func unknownYears(
    _ ledgers: [Ledger], _ calendar: WorkdayCalendar, _ configuration: Configuration, today: CivilDate
  ) -> [Diagnostic] {
    let dates = ledgers.flatMap { $0.reports + $0.measures.flatMap(\.deadline.dueDates) }
    var years: Set<Int> = [today.year]
    for date in dates where date >= today && date.year <= today.year + 1 { years.insert(date.year) }
    return years.subtracting(calendar.knownYears).sorted().map { year in
      Diagnostic(
        .warning, at: .init(file: configuration.holidays),
        "no holidays are known for \(year): Monday to Friday count as working days",
        help: "put \(year).json there once the State Council's notice is out")
    }
  }

  /// A file of authorities that can't be used would defer every mail, or leave a mailbox unread.
  private static func authorities(_ configuration: Configuration) -> [Diagnostic] {
    let servers = [configuration.relay].compactMap { $0 } + configuration.inboxes.map(\.server)
    return servers.flatMap(authorities)
  }

  /// What can't be written stops no mail, and would be found out only by who looks for it.
  private static func observing(_ configuration: Configuration) -> [Diagnostic] {
    let settings = configuration.observing
    let page = settings.report.map { "\($0)/\(ReportFile.name)" }
    return [("metrics", settings.metrics), ("report", page)].compactMap { key, file in
      guard let file else { return nil }
      do throws(AtomicFile.Failure) {
        try AtomicFile.refuseSpecial(file)
        // The report's folder is made with it.
        if key == "metrics" { try AtomicFile.refuseMissingFolder(of: file) }
      } catch {
        return Diagnostic(
          .warning, at: .init(file: configuration.file), "observe: \(key): \(file): \(error.reason)")
      }
      return nil
    }
  }

  private static func authorities(_ server: RelaySettings) -> [Diagnostic] {
    guard let file = server.relay.authorities, let place = server.authoritiesPlace else { return [] }
    switch SourceFile.bytes(file) {
    case .success(let bytes):
      guard !String(decoding: bytes, as: UTF8.self).contains("-----BEGIN CERTIFICATE-----") else { return [] }
      return [
        Diagnostic(
          .error, at: place, "authorities: \(file) holds no certificate",
          help: "expected certificates in PEM form, which begin with -----BEGIN CERTIFICATE-----")
      ]
    case .failure(let problem):
      return [Diagnostic(.error, at: place, "authorities: \(file): \(problem.message)", help: problem.help)]
    }
  }
}

/// What of a policy can never fire over these ledgers, or not as it reads: almost surely a slip. Warnings, each where
/// its key is.
struct PolicyChecks {
  /// A quiet period longer than this is more likely a wrong year than a festival.
  private static let longestQuiet = 92
  /// From here on, nobody reads the due day's reminder on the due day.
  private static let officeCloses = CivilTime(hour: 18, minute: 0) ?? .defaultSendAt

  private let ledgers: [Ledger]
  private let policy: Policy
  private let calendar: WorkdayCalendar
  private let places: [String: Diagnostic.Location]
  private let file: Diagnostic.Location

  init(_ ledgers: [Ledger], _ configuration: Configuration, _ calendar: WorkdayCalendar) {
    self.ledgers = ledgers
    policy = configuration.policy
    self.calendar = calendar
    places = configuration.reminderPlaces
    file = Diagnostic.Location(file: configuration.file)
  }

  func findings() -> [Diagnostic] {
    // Where no ledger reads, nothing can be said of what applies to them.
    guard !ledgers.isEmpty else { return [] }
    return (lateSendAt() + earlySteps() + idleKeys() + idleEscalation() + longQuiet() + idleOverrides())
      .inFileOrder()
  }

  private func warning(_ key: String, _ message: String, help: String) -> Diagnostic {
    Diagnostic(.warning, at: places[key] ?? file, message, help: help)
  }

  private func lateSendAt() -> [Diagnostic] {
    guard policy.sendAt >= Self.officeCloses else { return [] }
    return [
      warning(
        "sendAt", "sendAt: at \(policy.sendAt) offices are closed: the due day's reminder is read after it",
        help: "write a time in the morning, such as \"08:30\"")
    ]
  }

  /// Lead times that lie before the issue of the plan for every date: they never come on a day of their own.
  private func earlySteps() -> [Diagnostic] {
    func early(
      _ key: String, _ spans: [Span], _ dates: () -> [(issued: CivilDate, due: CivilDate)]
    ) -> [Diagnostic] {
      guard places[key] != nil else { return [] }
      let dates = dates()
      guard !dates.isEmpty else { return [] }
      return spans.filter { span in dates.allSatisfy { span.before($0.due, in: calendar) < $0.issued } }.map {
        warning(
          key, "\(key): \($0) lies before the plan's issue for every date: this step never comes",
          help: "take it out, or check the dates of the ledger")
      }
    }
    let open = {
      ledgers.flatMap { ledger in
        ledger.measures.filter { $0.status != .closed }.flatMap(\.deadline.dueDates).compactMap { due in
          ledger.plan.issued.map { (issued: $0, due: due) }
        }
      }
    }
    let reports = {
      // Reports that come again and again have dates after every step.
      ledgers.contains { !$0.recurringReports.isEmpty || $0.areas.contains { !$0.reports.recurring.isEmpty } }
        ? []
        : ledgers.flatMap { ledger in
          ledger.reports.compactMap { due in ledger.plan.issued.map { (issued: $0, due: due) } }
        }
    }
    return early("advance", policy.measureSchedule.advance, open)
      + early("reportAdvance", policy.reportSchedule.advance, reports)
  }

  /// Keys for kinds of item that no ledger has.
  private func idleKeys() -> [Diagnostic] {
    let asksForDuties = ["dutyAdvance", "dutyOverdueEvery"].contains { places[$0] != nil }
    let hasDuties =
      !asksForDuties
      || ledgers.contains { ledger in
        ledger.measures.contains { !$0.duties.isEmpty || !$0.deadline.reading.recurrences.isEmpty }
      }
    let hasReports = ledgers.contains(where: \.asksForReports)
    func idle(_ keys: [String], _ what: String) -> [Diagnostic] {
      keys.filter { places[$0] != nil }.map {
        warning($0, "\($0): no ledger has \(what): it never applies", help: "remove the key")
      }
    }
    if hasReports, policy.reportSchedule.advance.isEmpty, policy.reportSchedule.overdueEvery == nil {
      return [
        warning(
          "reportAdvance", "reportAdvance: nobody is ever reminded of a report: the list is empty",
          help: "write at least one lead time; 0 is the day itself")
      ]
    }
    return (hasDuties ? [] : idle(["dutyAdvance", "dutyOverdueEvery"], "a duty or a recurring deadline"))
      + (hasReports ? [] : idle(["reportAdvance", "reportOverdueEvery"], "a report date"))
  }

  private func idleEscalation() -> [Diagnostic] {
    guard places["escalate"] != nil else { return [] }
    return EscalationLevel.allCases.compactMap { level in
      guard let span = policy.escalation.span(of: level) else { return nil }
      switch level {
      case .head:
        if !ledgers.flatMap(\.owners).contains(where: \.isHead) {
          return warning(
            "escalate", "escalate: no owner is marked as a unit's head: the step “head” never comes",
            help: "write head: true with the heads in the ledger, or head: never here")
        }
        guard let every = policy.measureSchedule.overdueEvery, isShorter(span, than: every) else {
          return nil
        }
        return warning(
          "escalate",
          "escalate: heads hear after \(span), before the owners' first overdue reminder after \(every)",
          help: "write a longer span for head, or a shorter overdueEvery")
      case .supervisor:
        return ledgers.contains(where: \.hasSupervisors)
          ? nil
          : warning(
            "escalate",
            "escalate: no owner and no area has a supervisor: the step “supervisor” never comes",
            help: "write supervisor: in the ledger, or supervisor: never here")
      // Every plan has one.
      case .contact: return nil
      }
    }
  }

  /// Compared over an ordinary fortnight's working days, since the two may count differently.
  private func isShorter(_ left: Span, than right: Span) -> Bool {
    func days(_ span: Span) -> Int { span.unit == .day ? span.count * 5 : span.count * 7 }
    return days(left) < days(right)
  }

  private func longQuiet() -> [Diagnostic] {
    policy.quiet.enumerated().filter { $1.upperBound.days(since: $1.lowerBound) > Self.longestQuiet }.map {
      warning(
        "quiet.\($0)", "nothing is sent from \($1.lowerBound) to \($1.upperBound), longer than a quarter",
        help: "check the quiet period's dates")
    }
  }

  private func idleOverrides() -> [Diagnostic] {
    guard !policy.overrides.isEmpty else { return [] }
    let areas = Set(ledgers.flatMap { $0.areas.map(\.name) })
    let measures = Set(ledgers.flatMap { $0.measures.map(\.id) })
    let owners = Set(ledgers.flatMap { $0.owners.map(\.person) })
    return policy.overrides.enumerated().compactMap { index, override in
      let (kind, name, isKnown) =
        switch override.scope {
        case .area(let name): ("area", name, areas.contains(name))
        case .measure(let id): ("measure", id, measures.contains(id))
        case .owner(let person): ("owner", person, owners.contains(person))
        }
      if !isKnown {
        return warning(
          "overrides.\(index)",
          "an override names the \(kind) “\(name)”, which no ledger has: it never applies",
          help: "correct the name or remove the override")
      }
      guard override.advance == nil, override.overdueEvery == nil, override.quiet.isEmpty,
        override.copies.isEmpty
      else { return nil }
      return warning(
        "overrides.\(index)", "the override for the \(kind) “\(name)” changes nothing",
        help: "write advance:, overdueEvery:, quiet: or copies:, or remove the override")
    }
  }
}
