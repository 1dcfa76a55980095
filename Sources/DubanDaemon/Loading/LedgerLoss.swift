public import DubanCore
import DubanMail

/// A ledger that has lost so many of its open measures that somebody is asked whether that is meant: a file that was cut
/// off, a sheet that was deleted, a filter that was saved.
public struct LedgerLoss: Sendable, Equatable {
  /// Of the open measures, one in so many may go without a question.
  static let unquestioned = 5
  /// How many of the missing measures are named.
  private static let mostNamed = 5

  /// The key of the plan.
  public var plan: String
  /// The file that lost them; nil where no file has that plan any more.
  public var file: String?
  /// How many measures of the ledger in force are open.
  public var open: Int
  /// The ids of those that no ledger has any more, in the ledger's order.
  public var missing: [String]
  /// The areas that are gone with all their open measures.
  public var areas: [String]
  /// What is asked about: the ledger as it is now, as YAML; empty where no file has that plan.
  var text: String
  /// Since when the ledger is like that.
  public var since: Timestamp
  /// From that day on it counts as meant.
  public var acceptedOn: CivilDate

  /// What a ledger in force has and the one in its place lacks; nil where that is little enough.
  ///
  /// A measure is still there by its title, or by its id under a title that is new. A ledger with at least as many
  /// measures as before has been rewritten, not cut.
  ///
  /// - Parameters:
  ///   - ledger: what is in its place; nil where no file has the plan any more.
  ///   - ledgers: all that were read: the measures of a plan that is gone may have gone there.
  static func missing(
    _ old: Ledger, in ledger: Ledger?, otherwise ledgers: [Ledger]
  ) -> (open: Int, missing: [String], areas: [String])? {
    guard (ledger?.measureCount ?? 0) < old.measureCount else { return nil }
    var titles: [String: Int] = [:]
    var ids: [String: String] = [:]
    for measure in (ledger.map { [$0] } ?? ledgers).lazy.flatMap(\.areas).flatMap(\.measures) {
      titles[measure.title, default: 0] += 1
      // The same number in another plan is another measure.
      if ledger != nil { ids[measure.id] = measure.title }
    }
    let known = Set(old.areas.lazy.flatMap(\.measures).map(\.title))
    var open = 0
    var missing: [String] = []
    var areas: [String] = []
    for area in old.areas {
      var (openHere, missingHere) = (0, 0)
      for measure in area.measures where measure.status != .closed {
        openHere += 1
        if let count = titles[measure.title], count > 0 {
          titles[measure.title] = count - 1
        } else if ids[measure.id].map(known.contains) ?? true {
          missing.append(measure.id)
          missingHere += 1
        }
      }
      if openHere > 0, missingHere == openHere { areas.append(area.name) }
      open += openHere
    }
    let isMuch = !areas.isEmpty || missing.count * unquestioned >= open
    return missing.isEmpty || !isMuch ? nil : (open, missing, areas)
  }

  /// The same as an error of the file, for the terminal and the journal.
  public func diagnostic(configuration: String) -> Diagnostic {
    let more = missing.count > Self.mostNamed ? ", …" : ""
    let ids = missing.prefix(Self.mostNamed).joined(separator: ", ") + more
    let gone = areas.isEmpty ? "" : "; nothing is left of “\(areas.joined(separator: "”, “"))”"
    return Diagnostic(
      .error, at: .init(file: file ?? configuration),
      "\(missing.count) of the \(open) open measures of “\(plan)” are gone (\(ids))\(gone): "
        + "the ledger that was in force stays in force",
      help: "put them back, or run `duban ledger accept`; left as it is, it counts as meant on \(acceptedOn)")
  }

  /// The same for the contact.
  var notice: Notice {
    let more = missing.count > Self.mostNamed ? "等" : ""
    let ids = missing.prefix(Self.mostNamed).joined(separator: "、") + more
    let gone = areas.isEmpty ? "" : "，其中“\(areas.joined(separator: "”“"))”已无任何未完成措施"
    return Notice(
      .refusal,
      "《\(plan)》台账中原有的\(open)条未完成措施少了\(missing.count)条（\(ids)）\(gone)。"
        + "目前仍按上一版台账执行。如系误删，请补回；如确需删除，请运行 duban ledger accept 确认，"
        + "或保持不变，\(acceptedOn.chinese())起自动生效。")
  }
}
