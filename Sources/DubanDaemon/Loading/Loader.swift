public import DubanCore
public import DubanLedger
public import DubanMail
import Foundation
import Glibc
import Synchronization

/// Reads configuration, calendars, templates and ledgers, and reports everything that is wrong with any of them.
public struct Loader: Sendable {
  /// The configuration's path, as the user named it.
  public let path: String

  private let environment: [String: String]
  private let cache = LedgerCache()

  /// A loader of the configuration at `path`, for a process with this environment.
  public init(configuration path: String, environment: [String: String]) {
    self.path = path
    self.environment = environment
  }

  /// What came of reading everything.
  public struct Result: Sendable {
    /// What may be put in force; nil when there is an error among the diagnostics.
    public var active: ActiveConfiguration?
    /// What could be read, also where there is an error: to show how things stand, never to send by. nil without a
    /// configuration.
    public var asFarAsRead: ActiveConfiguration?
    /// What came of each ledger of the configuration, in its order; nil for one that doesn't read.
    var ledgers: [Ledger?] = []
    /// Whether nothing but ledgers is in error.
    var hasWrongLedgersOnly = false
    /// Everything that is wrong, file by file.
    public var diagnostics: [Diagnostic]
    /// A file is missing or can't be opened: nothing is wrong with what it says.
    public var isUnreadable: Bool

    /// The diagnostics as the journal may have them: without anybody's name or address, and without what files say.
    public var journalLines: [String] {
      let redactor = Redactor(asFarAsRead?.ledgers ?? [])
      return diagnostics.map { redactor.ofFile($0.description) }
    }
  }

  /// What came of reading the ledgers alone.
  public struct Ledgers: Sendable {
    /// One per ledger of the configuration, in its order; nil when there is no usable configuration.
    public var readings: [LedgerReading]?
    /// What is wrong with the configuration and the calendars.
    public var diagnostics: [Diagnostic]
  }

  /// Reads the ledgers as they are, whether or not they may be put in force.
  public func ledgers(now: (Zone) -> Timestamp) -> Ledgers {
    let (configuration, found) = ConfigurationReader.read(path, environment: environment)
    guard let configuration else { return Ledgers(readings: nil, diagnostics: found) }
    let (calendar, findings) = HolidayReader.read(directory: configuration.holidays)
    let today = configuration.zone.day(of: now(configuration.zone))
    let readings = concurrentMap(configuration.ledgers) {
      LedgerReader.read(file: $0, calendar: calendar, today: today)
    }
    return Ledgers(readings: readings, diagnostics: found + findings)
  }

  /// Has every ledger read again the next time, whether or not its files changed.
  public func forgetLedgers() { cache.keep([]) }

  /// Reads everything.
  ///
  /// - Parameter now: the moment in the configuration's time zone; it decides which report dates have passed.
  public func load(now: (Zone) -> Timestamp) -> Result {
    guard canRead(path) else {
      return unreadable(path)
    }
    let (configuration, found) = ConfigurationReader.read(path, environment: environment)
    guard let configuration else {
      return Result(active: nil, asFarAsRead: nil, diagnostics: found, isUnreadable: false)
    }
    var diagnostics = found
    let (calendar, calendarFindings) = HolidayReader.read(directory: configuration.holidays)
    diagnostics += calendarFindings
    let (templates, templateFindings) = TemplateSet.load(overrides: configuration.templates)
    diagnostics += templateFindings
    let today = configuration.zone.day(of: now(configuration.zone))
    var read: [(file: String, ledger: Ledger)] = []
    var tables: [String] = []
    var isUnreadable = false
    let readings = concurrentMap(configuration.ledgers) {
      cache.read($0, calendar: calendar, today: today)
    }
    cache.keep(configuration.ledgers)
    for (file, reading) in zip(configuration.ledgers, readings) {
      diagnostics += reading.diagnostics
      tables += reading.tables
      isUnreadable = isUnreadable || !canRead(file)
      if let ledger = reading.ledger { read.append((file, ledger)) }
    }
    let wrongLedgers = readings.flatMap(\.diagnostics).count { $0.severity == .error }
    diagnostics += LoadChecks.findings(read, configuration, calendar, today: today)
    let asRead = ActiveConfiguration(
      configuration: configuration, ledgers: read.map(\.ledger), calendar: calendar, templates: templates,
      tables: tables,
      warnings: diagnostics.filter { $0.severity == .warning })
    let errors = diagnostics.count - asRead.warnings.count
    return Result(
      active: errors == 0 ? asRead : nil, asFarAsRead: asRead, ledgers: readings.map(\.ledger),
      hasWrongLedgersOnly: errors == wrongLedgers, diagnostics: diagnostics,
      isUnreadable: errors > 0 && isUnreadable)
  }

  private func unreadable(_ path: String) -> Result {
    let isMissing = access(path, F_OK) != 0 && errno == ENOENT
    let diagnostics =
      isMissing
      ? [
        Diagnostic(
          .error, at: .init(file: path), "there is no such file",
          help: "`duban init` writes a first configuration; --config FILE names another one")
      ] : ConfigurationReader.read(path, environment: environment).diagnostics
    return Result(active: nil, asFarAsRead: nil, diagnostics: diagnostics, isUnreadable: true)
  }

  /// A directory in a file's place can be opened, and is wrong in another way.
  private func canRead(_ path: String) -> Bool { access(path, R_OK) == 0 }
}

/// Keeps what came of reading each ledger, so that a change of one among two hundred reads that one again and no other.
final class LedgerCache: Sendable {
  private struct CachedReading {
    let stamps: [FileStamp]
    let calendar: WorkdayCalendar
    let today: CivilDate
    let reading: LedgerReading
  }

  private let entries = Mutex<[String: CachedReading]>([:])

  /// The reading of a ledger: the last one, where neither its files nor anything else that it depends on has changed.
  func read(_ file: String, calendar: WorkdayCalendar, today: CivilDate) -> LedgerReading {
    if let known = entries.withLock({ $0[file] }), known.calendar == calendar, known.today == today,
      known.stamps == Self.stamps(file, known.reading)
    {
      return known.reading
    }
    let before = FileStamp(file)
    let reading = LedgerReader.read(file: file, calendar: calendar, today: today)
    // Each stamp is from before its file was opened: what is written while we read is read again next time.
    let stamps = [before] + reading.tableStamps
    let isKept = stamps.allSatisfy(\.exists)
    entries.withLock {
      $0[file] =
        isKept ? CachedReading(stamps: stamps, calendar: calendar, today: today, reading: reading) : nil
    }
    return reading
  }

  /// Forgets all other ledgers.
  func keep(_ files: [String]) {
    entries.withLock { entries in entries = entries.filter { files.contains($0.key) } }
  }

  private static func stamps(_ file: String, _ reading: LedgerReading) -> [FileStamp] {
    ([file] + reading.tables).map(FileStamp.init)
  }
}

/// Everything that the service goes by, read and checked together: it is in force as a whole, or not at all.
public struct ActiveConfiguration: Sendable {
  /// What `duban.yaml` says, with its defaults.
  public var configuration: Configuration
  /// The ledgers, in the configuration's order.
  public var ledgers: [Ledger]
  /// The working days.
  public var calendar: WorkdayCalendar
  /// The mails' templates.
  public var templates: TemplateSet
  /// The tables that the ledgers name.
  public var tables: [String] = []
  /// What is wrong without stopping the rest: warnings only.
  public var warnings: [Diagnostic]
  /// What keys the Message-IDs, by the state; empty where nothing was sent yet.
  var messageSecret = ""

  /// The configuration's time zone.
  public var zone: Zone { configuration.zone }

  /// A planner over the ledgers, with what people decided.
  public func planner(_ decisions: Decisions = Decisions()) -> Planner {
    Planner(ledgers: ledgers, policy: configuration.policy, calendar: calendar, decisions: decisions)
  }

  /// What composes the mails, as the configuration says.
  ///
  /// - Throws: ``MailError`` for a sender that no reader caught.
  public func composer() throws -> Composer {
    let configured = configuration.sender
    let contact = ledgers.first?.plan.contact
    return try Composer(
      sender: .init(
        name: configured?.name ?? contact?.unit ?? "", address: configured?.address ?? contact?.email ?? ""),
      ledgers: ledgers, lights: configuration.policy.lights, templates: templates,
      redirectAllTo: configuration.delivery.redirectAllTo,
      escalation: configuration.policy.escalation, reportURL: configuration.observing.reportURL,
      secret: messageSecret,
      answers: configuration.inboxes.isEmpty ? nil : configuration.answers.repliesToUs ? .ours : .contact)
  }

  /// The folders whose files the service goes by; where a file is a link, also that of the file it leads to.
  var folders: Set<String> {
    let files = [configuration.file] + configuration.ledgers + tables
    let targets = files.map(Self.target)
    let linked = zip(files, targets).filter { file, target in
      (try? FileManager.default.destinationOfSymbolicLink(atPath: file)) != nil && target != file
    }
    return Set((files + linked.map(\.1)).map(Self.folder))
      .union([configuration.holidays]).union(configuration.templates.map { [$0] } ?? [])
  }

  /// Whether a path leads to a file that the service goes by: the configuration, a ledger, a table that one names.
  public func goesBy(_ path: String) -> Bool {
    ([configuration.file] + configuration.ledgers + tables).map(Self.target).contains(Self.target(path))
  }

  private static func target(_ path: String) -> String {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().path
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}

/// What `transform` makes of each element, in the elements' order, on every core.
///
/// By serial queues, whose threads are their own: Dispatch watches the pool behind `concurrentPerform` with a timer
/// that, once it was used, wakes the process every second for the rest of its life.
func concurrentMap<Element: Sendable, Made: Sendable>(
  _ elements: [Element], _ transform: @escaping @Sendable (Element) -> Made
) -> [Made] {
  let workers = min(ProcessInfo.processInfo.activeProcessorCount, elements.count)
  guard workers > 1 else { return elements.map(transform) }
  let next = Mutex(0)
  let made = Mutex([Made?](repeating: nil, count: elements.count))
  let group = DispatchGroup()
  for _ in 0..<workers {
    DispatchQueue(label: "duban.map").async(group: group) {
      while true {
        let place = next.withLock { place in
          defer { place += 1 }
          return place
        }
        guard place < elements.count else { return }
        let one = transform(elements[place])
        made.withLock { $0[place] = one }
      }
    }
  }
  group.wait()
  return made.withLock { $0.compactMap(\.self) }
}
