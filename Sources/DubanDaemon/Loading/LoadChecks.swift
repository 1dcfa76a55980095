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
    return samePlanTwice(read)
      + unknownYears(ledgers, calendar, configuration, today: today)
      + authorities(configuration)
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
