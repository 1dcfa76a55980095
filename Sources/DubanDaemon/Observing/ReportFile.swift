public import DubanCore
import DubanLedger
import DubanMail
public import DubanOutbox
import Foundation

/// The report page of what is in force, as a file for a browser or a web server.
public struct ReportFile {
  /// Why the page wasn't written.
  public struct Failure: Error, CustomStringConvertible {
    /// One English sentence without a full stop.
    public var description: String
  }

  /// The file's name in its directory.
  public static let name = "index.html"

  private let active: ActiveConfiguration
  private let outbox: Outbox?

  /// A page over what is in force; without an outbox it knows no decisions and no history.
  public init(_ active: ActiveConfiguration, _ outbox: Outbox?) {
    self.active = active
    self.outbox = outbox
  }

  /// Writes the page in one step, readable for everyone, and makes the directory where there is none.
  ///
  /// - Returns: the file's path.
  /// - Throws: ``Failure`` or `OutboxError`.
  @discardableResult
  public func write(to directory: String, at now: Timestamp) throws -> String {
    let page = try html(at: now)
    let path = directory.hasSuffix("/") ? directory + Self.name : "\(directory)/\(Self.name)"
    do throws(AtomicFile.Failure) { try AtomicFile.makeFolder(directory, mode: 0o755) } catch {
      throw Failure(description: "\(directory): \(error.reason)")
    }
    do throws(AtomicFile.Failure) {
      try AtomicFile.write(Array(page.utf8), to: path, replacing: true, mode: 0o644)
    } catch {
      throw Failure(description: "\(path): \(error.reason)")
    }
    return path
  }

  private func html(at now: Timestamp) throws(OutboxError) -> String {
    let decisions = try outbox.map { outbox throws(OutboxError) in try DecisionReader.read(outbox) }
    let overview = active.planner(decisions ?? Decisions()).overview(on: active.zone.day(of: now))
    let history = try outbox.map { outbox throws(OutboxError) in
      var filter = EntryFilter()
      filter.newestFirst = true
      filter.limit = ReportPage.historyLimit + 1
      return try outbox.entries(filter).map(Self.mail)
    }
    return ReportPage(
      overview, history: history, lights: active.configuration.policy.lights, templates: active.templates
    ).html(at: now, utcOffset: active.zone.utcOffset(at: now))
  }

  private static func mail(_ entry: Entry) -> SentMail {
    let state: SentMail.State =
      switch entry.state {
      case .queued, .sending: .waiting
      case .deferred: .deferred
      case .held: .held
      case .sent: .sent
      case .failed: entry.dropped ? .dropped : .failed
      }
    return SentMail(
      day: entry.day, recipient: Recipient(person: entry.person, unit: entry.unit),
      isCopy: entry.kind == MailKind.copy, subject: entry.subject, state: state, triedAt: entry.lastAttempt,
      answer: entry.answer)
  }
}
