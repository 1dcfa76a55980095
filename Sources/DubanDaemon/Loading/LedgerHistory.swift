public import DubanCore
import DubanLedger
public import DubanOutbox
import Foundation

/// What the ledgers were on each day, as the state keeps it: last month's figures don't change when the ledger does.
///
/// A day on which something changed has the ledger's YAML as it was last in force that day, in pieces: those of the day
/// before by their places, so that a large ledger of which little changes needs little room.
public struct LedgerHistory {
  private static let prefix = "ledger-day/"

  private let outbox: Outbox

  /// The history in that state.
  public init(_ outbox: Outbox) { self.outbox = outbox }

  /// A part of a version: pieces that the version before has, from a place on, or a new one.
  private enum Part: Codable {
    case same(from: Int, count: Int)
    case new(String)
  }

  /// The versions of a plan's ledger up to a day, the earliest first.
  ///
  /// What another version of duban wrote in another form tells nothing, nor does what builds on it.
  public func versions(
    ofPlan plan: String, through day: CivilDate, _ calendar: WorkdayCalendar
  ) throws(OutboxError) -> [LedgerVersion] {
    var versions: [LedgerVersion] = []
    for (from, pieces) in try texts(ofPlan: plan) where from <= day {
      let reading = LedgerReader.read(
        Array(pieces.joined().utf8), file: Self.key(plan, from), calendar: calendar, today: nil)
      if let ledger = reading.ledger { versions.append(LedgerVersion(from: from, ledger: ledger)) }
    }
    return versions
  }

  /// What changes in the state so that it has a ledger's YAML as what was in force on a day, in place of what was earlier
  /// that day.
  func changes(_ text: String, ofPlan plan: String, on day: CivilDate) throws(OutboxError) -> [String:
    String?]
  {
    let known = try texts(ofPlan: plan)
    let pieces = Self.pieces(text)
    var changes: [String: String?] = [:]
    // A clock that was ahead has left versions of days to come: what is in force now is newer.
    for (later, _) in known where later > day { changes.updateValue(nil, forKey: Self.key(plan, later)) }
    guard known.last(where: { $0.from <= day })?.pieces != pieces else { return changes }
    let before = known.last { $0.from < day }?.pieces ?? []
    if let parts = try? JSONEncoder().encode(Self.parts(pieces, after: before)) {
      changes[Self.key(plan, day)] = String(decoding: parts, as: UTF8.self)
    }
    return changes
  }

  private func texts(ofPlan plan: String) throws(OutboxError) -> [(from: CivilDate, pieces: [String])] {
    var texts: [(from: CivilDate, pieces: [String])] = []
    let prefix = "\(Self.prefix)\(plan)/"
    for fact in try outbox.facts(withPrefix: prefix) {
      guard let day = CivilDate(fact.key.dropFirst(prefix.count)),
        let parts = try? JSONDecoder().decode([Part].self, from: Data(fact.value.utf8))
      else { continue }
      let before = texts.last?.pieces ?? []
      texts.append(
        (
          day,
          parts.flatMap { part -> [String] in
            switch part {
            case .same(let from, let count): Array(before.dropFirst(from).prefix(count))
            case .new(let piece): [piece]
            }
          }
        ))
    }
    return texts
  }

  private static func key(_ plan: String, _ day: CivilDate) -> String { "\(prefix)\(plan)/\(day)" }

  /// The text cut before each area and measure, as ``LedgerYAML`` writes them.
  private static func pieces(_ text: String) -> [String] {
    var pieces: [String] = [""]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("      - id: ") || line.hasPrefix("  - name: ") { pieces.append("") }
      pieces[pieces.count - 1] += line + "\n"
    }
    return pieces
  }

  private static func parts(_ pieces: [String], after before: [String]) -> [Part] {
    let places = Dictionary(before.enumerated().map { ($1, $0) }) { first, _ in first }
    var parts: [Part] = []
    for piece in pieces {
      guard let place = places[piece] else {
        parts.append(.new(piece))
        continue
      }
      if case .same(let from, let count)? = parts.last, from + count == place {
        parts[parts.count - 1] = .same(from: from, count: count + 1)
      } else {
        parts.append(.same(from: place, count: 1))
      }
    }
    return parts
  }
}
