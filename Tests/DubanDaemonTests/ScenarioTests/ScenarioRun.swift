import DubanCore
import DubanDaemon
import DubanOutbox
import Foundation
import TestSupport
import Testing

/// The service's life as a scenario tells it: the real readers, the real outbox in a scratch directory and real
/// passes, under a clock that the steps set. What it queues is written down as text.
final class ScenarioRun {
  private let folder: ScratchDirectory
  private let outbox: Outbox
  private var active: ActiveConfiguration?
  private var refusal: [Diagnostic] = []
  private var mustLoad = true
  private var today = SampleLedger.day("1970-01-01")
  private var text = ScenarioText()

  /// Copies the scenario's folder; where it has no ledger or no holidays of its own, the shipped ones.
  init(_ scenario: URL) throws {
    folder = try ScratchDirectory()
    for file in try FileManager.default.contentsOfDirectory(at: scenario, includingPropertiesForKeys: nil) {
      try FileManager.default.copyItem(
        at: file, to: folder.url.appendingPathComponent(file.lastPathComponent))
    }
    for shipped in ["ledger.yaml", "holidays"] {
      let copy = folder.url.appendingPathComponent(shipped)
      guard !FileManager.default.fileExists(atPath: copy.path) else { continue }
      try FileManager.default.copyItem(at: RepositoryFile.url("etc/\(shipped)"), to: copy)
    }
    let state = folder.url.appendingPathComponent("state")
    try FileManager.default.createDirectory(at: state, withIntermediateDirectories: false)
    outbox = try Outbox(directory: state.path)
  }

  /// Goes through the steps and returns what happened.
  func play() throws -> String {
    let steps = try String(contentsOf: folder.url.appendingPathComponent("steps.txt"), encoding: .utf8)
    for line in steps.split(separator: "\n") where !line.hasPrefix("#") {
      let step = try #require(ScenarioStep(line), "“\(line)” is no step")
      if case .run = step {} else { text.note(line) }
      try take(step)
    }
    return text.lines.joined(separator: "\n") + "\n"
  }

  private func take(_ step: ScenarioStep) throws {
    switch step {
    case .run(let days):
      for number in days.lowerBound.dayNumber...days.upperBound.dayNumber {
        try run(on: CivilDate(dayNumber: number))
      }
    case .stop: break
    case .replace(let old, let new):
      let place = folder.url.appendingPathComponent(old)
      try FileManager.default.removeItem(at: place)
      try FileManager.default.copyItem(at: folder.url.appendingPathComponent(new), to: place)
      mustLoad = true
    case .snooze(let item, let until, let by, let why):
      try decide(.snooze, item, until: until, by: by, why: why)
    case .done(let item, let due): try decide(.done, item, occurrence: due, by: "联络员")
    case .received(let unit, let due):
      let owed = active?.planner().agenda(on: due).first { line in
        line.item.kind == .report && line.due == due && line.owners.contains { $0.unit == unit }
      }
      try decide(
        .reportReceived, owed?.item.id ?? ItemID.reportID, occurrence: due, person: unit, by: "联络员")
    case .explain(let name, let day): try explain(name, on: day)
    }
  }

  private func run(on day: CivilDate) throws {
    if day < today { text.note("the clock is set back from \(today) to \(day)") }
    today = day
    let now = Timestamp(day, .defaultSendAt, utcOffset: 8 * 3600)
    if mustLoad { try load(now) }
    let active = try #require(active, "nothing is in force")
    let report = try PlanningRun(active, outbox, refusal: refusal).run(at: now)
    #expect(report.failures == [])
    let again = try PlanningRun(active, outbox, refusal: refusal).run(at: now.adding(seconds: 60))
    #expect(again.queued == [], "a second look on \(day) queues something")
    guard !report.queued.isEmpty else { return }
    #expect(active.calendar.isWorkday(day), "mail on a day off, \(day)")
    text.day(day, active.calendar)
    let facts = try outbox.facts(withPrefix: "notice/")
    for entry in report.queued {
      let told = facts.filter { $0.value == String(entry) }.map { String($0.key.dropFirst("notice/".count)) }
      text.mail(try outbox.show(entry), tells: told.map { $0.replacing(folder.path + "/", with: "") })
    }
  }

  private func load(_ now: Timestamp) throws {
    let path = folder.url.appendingPathComponent("duban.yaml").path
    let result = Loader(configuration: path, environment: [:]).load { _ in now }
    for diagnostic in result.diagnostics {
      text.note("read: \(diagnostic)".replacing(folder.path + "/", with: ""))
    }
    if let fresh = result.active {
      (active, refusal) = (try fresh.registered(in: outbox, at: now), [])
    } else {
      refusal = result.diagnostics
    }
    mustLoad = false
  }

  private func decide(
    _ kind: Decision.Kind, _ item: String, occurrence: CivilDate? = nil, person: String = "",
    until: CivilDate? = nil, by: String, why: String = ""
  ) throws {
    let active = try #require(active, "nothing is in force")
    let plan = active.ledgers[0].plan.key
    var decision = Decision(
      kind, plan: plan, item: item, identity: active.identities(of: item).first, occurrence: occurrence,
      person: person, until: until, by: by, why: why,
      at: Timestamp(today, .defaultSendAt, utcOffset: 8 * 3600))
    let measure = active.ledgers[0].measures.first { $0.id == item.prefix { $0 != "#" } }
    if kind == .done || kind == .snooze {
      decision.words = Decision.words(
        of: measure, besides: [], isDoneAsAWhole: kind == .done && occurrence == nil)
    }
    try outbox.decide([decision])
  }

  private func explain(_ name: String, on day: CivilDate) throws {
    let active = try #require(active, "nothing is in force")
    let planner = active.planner(try DecisionReader.read(outbox))
    let history = try HistoryReader.read(outbox, before: day)
    for one in planner.explain(name, on: day, after: history) {
      text.answer(
        "\(one.item.id)  \(one.recipient.person)  \(one.due.map { "due \($0)" } ?? "no date"): \(one)")
    }
    for digest in planner.explainDigest(name, on: day, after: history) {
      text.answer("digest  \(digest.contact.person): \(digest)")
    }
  }
}
