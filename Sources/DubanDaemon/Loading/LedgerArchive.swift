public import DubanCore
import DubanLedger
import DubanMail
public import DubanOutbox
import Foundation

/// The ledgers that were last put in force, as the state keeps them: what is read is compared with them before it takes
/// their place, also after a restart, and people's decisions go by them while a file doesn't read.
public struct LedgerArchive {
  private static let ledgerKey = "ledger-in-force/"
  private static let fileKey = "ledger-file/"
  private static let lossKey = "ledger-loss/"
  /// By a plan's name: the key that it is known by.
  private static let planKey = "plan/"

  /// A larger ledger isn't kept: its YAML would be more than the reader takes, and much memory for the service.
  private static let mostMeasures = 20_000

  private let outbox: Outbox

  /// The archive of that state.
  public init(_ outbox: Outbox) { self.outbox = outbox }

  /// What may be put in force of what was read.
  public struct Review: Sendable {
    /// What was read, with the ledger that was in force in the place of each that lost too much.
    public var active: ActiveConfiguration
    /// The ledgers that the contact is asked about; empty where everything may be put in force.
    public var losses: [LedgerLoss]
    /// What was read, each plan as the state knows it.
    var read: ActiveConfiguration

    /// The losses as errors of their files.
    public var errors: [Diagnostic] {
      losses.map { $0.diagnostic(configuration: active.configuration.file) }
    }
  }

  /// Compares what was read with what was in force. Writes nothing.
  public func review(_ fresh: ActiveConfiguration, at now: Timestamp) throws(OutboxError) -> Review {
    let fresh = try withKnownPlans(fresh)
    var review = Review(active: fresh, losses: [], read: fresh)
    let today = fresh.zone.day(of: now)
    for fact in try outbox.facts(withPrefix: Self.ledgerKey) {
      let plan = String(fact.key.dropFirst(Self.ledgerKey.count))
      let place = try counterpart(of: plan, in: fresh)
      let ledger = place.map { fresh.ledgers[$0] }
      let text = ledger.flatMap(Self.text) ?? ""
      guard text != fact.value, let old = read(fact, fresh.calendar),
        let found = LedgerLoss.missing(
          old, in: ledger, otherwise: fresh.ledgers, done: try doneMeasures(of: old, plan: plan))
      else { continue }
      let pending = try outbox.fact(Self.lossKey + plan)
      let since = pending?.value == text ? pending?.at ?? now : now
      let loss = LedgerLoss(
        plan: plan, file: place.map { fresh.configuration.ledgers[$0] }, open: found.open,
        missing: found.missing, areas: found.areas, text: text, since: since,
        acceptedOn: fresh.configuration.acceptLossAfter.after(fresh.zone.day(of: since), in: fresh.calendar))
      guard loss.acceptedOn > today else { continue }
      review.losses.append(loss)
      review.active.warnings.removeAll { $0.location.file == loss.file }
      if let place { review.active.ledgers[place] = old } else { review.active.ledgers.append(old) }
    }
    return review
  }

  /// The numbers of a ledger's measures that are marked as done: offices delete them once they are.
  private func doneMeasures(of ledger: Ledger, plan: String) throws(OutboxError) -> Set<String> {
    var decisions = try DecisionReader.read(outbox)
    let identified = ledger.identified(
      by: MeasureMatching(ledger, known: try outbox.measures(ofPlan: plan)).known)
    decisions.dropOutdated(by: identified)
    let done = identified.measures.filter { decisions.isDone($0, ofPlan: plan) }
    return Set(done.map(\.id))
  }

  /// Keeps what is put in force, and since when the contact is asked about the rest, in one transaction.
  public func record(_ review: Review, at now: Timestamp) throws(OutboxError) {
    try keep(review, except: review.losses, at: now)
  }

  /// Puts what was read in force as it is, whatever it has lost.
  public func accept(_ review: Review, at now: Timestamp) throws(OutboxError) {
    try keep(review, except: [], at: now)
  }

  private func keep(_ review: Review, except losses: [LedgerLoss], at now: Timestamp) throws(OutboxError) {
    let fresh = review.read
    let (files, plans) = (Set(losses.compactMap(\.file)), Set(losses.map(\.plan)))
    var facts: [String: String?] = [:]
    var kept = plans
    for (file, ledger) in zip(fresh.configuration.ledgers, fresh.ledgers) where !files.contains(file) {
      guard let text = Self.text(ledger) else { continue }
      let plan = ledger.plan.key
      let today = fresh.zone.day(of: now)
      facts.merge(try LedgerHistory(outbox).changes(text, ofPlan: plan, on: today)) { $1 }
      if let fact = try outbox.fact(Self.ledgerKey + plan), fact.value != text,
        let earlier = read(fact, fresh.calendar)
      {
        facts.merge(UnitRenames.facts(of: ledger, after: earlier)) { $1 }
      }
      facts[Self.ledgerKey + plan] = text
      facts[Self.fileKey + Self.path(file)] = plan
      if ledger.plan.name != plan { facts[Self.planKey + ledger.plan.name] = plan }
      kept.insert(plan)
    }
    for loss in losses { facts[Self.lossKey + loss.plan] = loss.text }
    for (prefix, plans) in [(Self.ledgerKey, kept), (Self.lossKey, plans)] {
      for fact in try outbox.facts(withPrefix: prefix)
      where !plans.contains(String(fact.key.dropFirst(prefix.count))) {
        facts.updateValue(nil, forKey: fact.key)
      }
    }
    // What stays as it is keeps its moment.
    for (key, value) in facts where value == (try outbox.fact(key)?.value) { facts[key] = nil }
    try outbox.change(facts, at: now)
  }

  /// What is in force where all that is wrong is ledgers that don't read: these as they were last in force. nil where
  /// something else is wrong, or one of them never was in force.
  public func active(_ result: Loader.Result) throws(OutboxError) -> ActiveConfiguration? {
    guard result.hasWrongLedgersOnly, var active = result.asFarAsRead else { return nil }
    var ledgers: [Ledger] = []
    for (file, read) in zip(active.configuration.ledgers, result.ledgers) {
      let kept = read == nil ? try kept(file, active.calendar) : nil
      guard let ledger = read ?? kept else { return nil }
      ledgers.append(ledger)
    }
    active.ledgers = ledgers
    return try withKnownPlans(active)
  }

  /// The same, each plan by the name that the state knows it by: a number that is corrected or comes later, or a title
  /// in other words, makes no other plan of it.
  func withKnownPlans(_ fresh: ActiveConfiguration) throws(OutboxError) -> ActiveConfiguration {
    var known = fresh
    for place in known.ledgers.indices {
      known.ledgers[place].plan.knownAs = try outbox.fact(Self.planKey + known.ledgers[place].plan.name)?
        .value
    }
    let isNew = try known.ledgers.map { (ledger) throws(OutboxError) in
      try outbox.fact(Self.ledgerKey + ledger.plan.key) == nil
    }
    guard isNew.contains(true) else { return known }
    var present = Set(known.ledgers.map(\.plan.key))
    let gone = try outbox.facts(withPrefix: Self.ledgerKey).compactMap { fact in
      let plan = String(fact.key.dropFirst(Self.ledgerKey.count))
      return present.contains(plan) ? nil : read(fact, fresh.calendar).map { (plan: plan, ledger: $0) }
    }
    for place in known.ledgers.indices where isNew[place] {
      let earlier = gone.filter {
        !present.contains($0.plan) && fresh.ledgers[place].isCorrection(of: $0.ledger)
      }
      guard earlier.count == 1 else { continue }
      known.ledgers[place].plan.knownAs = earlier[0].plan
      present.insert(earlier[0].plan)
    }
    return known
  }

  /// The ledger that was last in force from that file.
  private func kept(_ file: String, _ calendar: WorkdayCalendar) throws(OutboxError) -> Ledger? {
    guard let plan = try outbox.fact(Self.fileKey + Self.path(file))?.value,
      let fact = try outbox.fact(Self.ledgerKey + plan)
    else { return nil }
    return read(fact, calendar)
  }

  /// The place of the ledger that a plan's is compared with: the one of that plan, or else what its file now holds.
  private func counterpart(of plan: String, in fresh: ActiveConfiguration) throws(OutboxError) -> Int? {
    if let place = fresh.ledgers.firstIndex(where: { $0.plan.key == plan }) { return place }
    for (place, file) in fresh.configuration.ledgers.enumerated()
    where try outbox.fact(Self.fileKey + Self.path(file))?.value == plan { return place }
    return nil
  }

  /// What another version wrote in another form tells nothing; the next ledger takes its place.
  private func read(_ fact: Fact, _ calendar: WorkdayCalendar) -> Ledger? {
    LedgerReader.read(Array(fact.value.utf8), file: fact.key, calendar: calendar, today: nil).ledger
  }

  private static func text(_ ledger: Ledger) -> String? {
    ledger.measureCount <= mostMeasures ? LedgerYAML.text(ledger) : nil
  }

  /// The same whatever folder a command is called in.
  private static func path(_ file: String) -> String { URL(fileURLWithPath: file).standardizedFileURL.path }
}

/// A ledger that has lost so many of its open measures that the contact is asked whether that is meant: a file that was cut
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
  ///   - done: the ids of those that are done by what was decided outside the ledger.
  static func missing(
    _ old: Ledger, in ledger: Ledger?, otherwise ledgers: [Ledger], done: Set<String> = []
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
      for measure in area.measures where measure.status != .closed && !done.contains(measure.id) {
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

  /// The same, with each measure's identity by the register.
  func identifiedVersions(
    ofPlan plan: String, through day: CivilDate, _ active: ActiveConfiguration
  ) throws(OutboxError) -> [LedgerVersion] {
    let versions = try versions(ofPlan: plan, through: day, active.calendar)
    var past = active
    past.ledgers = versions.map(\.ledger)
    return zip(versions, try past.identified(by: outbox).ledgers).map {
      LedgerVersion(from: $0.from, ledger: $1)
    }
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
