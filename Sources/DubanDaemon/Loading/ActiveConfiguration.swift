public import DubanCore
public import DubanMail
import Foundation

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
