public import DubanCore
public import DubanMail

/// Everything that the service goes by, read and checked together: it is in force as a whole, or not at all.
public struct InForce: Sendable {
  /// The configuration.
  public var configuration: Configuration
  /// The ledgers, in the configuration's order.
  public var ledgers: [Ledger]
  /// The working days.
  public var calendar: WorkdayCalendar
  /// The mails' templates.
  public var templates: TemplateSet
  /// What is wrong without stopping the rest: warnings only.
  public var warnings: [Diagnostic]

  /// The configuration's time zone.
  public var zone: Zone { configuration.zone }

  /// A planner over the ledgers, with what people decided.
  public func planner(_ decisions: Decisions = Decisions()) -> Planner {
    Planner(ledgers: ledgers, policy: configuration.policy, calendar: calendar, decisions: decisions)
  }

  /// The folders whose files the service goes by.
  var folders: Set<String> {
    var files = [configuration.file] + configuration.ledgers
    files += configuration.templates.map { [$0 + "/."] } ?? []
    return Set(files.map { Self.folder(of: $0) }).union([configuration.holidays])
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
