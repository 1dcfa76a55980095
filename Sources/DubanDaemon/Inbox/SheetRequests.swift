public import DubanCore
import DubanInbox
public import DubanLedger
import DubanMail
public import DubanOutbox
import Foundation

/// What units ask for in sheets that come back (申请事项), as proposals: the contact decides them like those of answers.
public struct SheetRequests {
  /// Where they come from, as a mailbox of its own: nothing is ever fetched from it.
  private static let mailbox = "sheets"

  private let active: ActiveConfiguration
  private let outbox: Outbox

  /// Requests about the ledgers in force.
  public init(_ active: ActiveConfiguration, _ outbox: Outbox) {
    (self.active, self.outbox) = (active, outbox)
  }

  /// Records those that no earlier merge brought; the same one isn't asked twice while it is open. Returns how many there
  /// are.
  public func record(
    _ requests: [SheetMerge.Request], ofPlan plan: String, file: String, at now: Timestamp
  ) throws(OutboxError) -> Int {
    let new = proposals(requests, ofPlan: plan, at: now)
    guard !new.isEmpty else { return 0 }
    let day = active.zone.day(of: now)
    let place = try outbox.openMailbox(Self.mailbox, uidValidity: 1, since: day, at: now)
    var incoming = IncomingMail(
      mailbox: Self.mailbox, uid: place.lastUID + 1, digest: "\(Self.mailbox)/\(place.lastUID + 1)",
      kind: "sheet",
      sender: file, at: now)
    incoming.proposals = new
    _ = try outbox.record(incoming)
    return new.count
  }

  /// Those that no earlier merge brought, as proposals.
  func proposals(_ requests: [SheetMerge.Request], ofPlan plan: String, at now: Timestamp) -> [NewProposal] {
    let day = active.zone.day(of: now)
    return requests.filter { !$0.isKnown }.compactMap { proposal($0, plan, on: day) }
  }

  private static func prefix(_ plan: String) -> String { "sheet/\(plan)/" }

  /// What units' sheets said of a plan's measures when they were last merged, as ``SheetMerge/said`` has it.
  public static func said(
    ofPlan plan: String, _ outbox: Outbox
  ) throws(OutboxError) -> [String: [String: MergedRow]] {
    var said: [String: [String: MergedRow]] = [:]
    for fact in try outbox.facts(withPrefix: prefix(plan)) {
      let rows = try? JSONDecoder().decode([String: MergedRow].self, from: Data(fact.value.utf8))
      said[String(fact.key.dropFirst(prefix(plan).count))] = rows
    }
    return said
  }

  /// Of measures that units share, and of which some have filled in that they are done: the units that haven't.
  static func unreported(
    _ active: ActiveConfiguration, _ outbox: Outbox
  ) throws(OutboxError) -> [ItemID: [String]] {
    var found: [ItemID: [String]] = [:]
    for ledger in active.ledgers {
      let said = try said(ofPlan: ledger.plan.key, outbox)
      for measure in ledger.measures where measure.units.count > 1 {
        let done = SheetMerge.reported(measure, said)
        if done.isEmpty { continue }
        found[ItemID(measure, ofPlan: ledger.plan.key)] = measure.units.filter { !done.contains($0) }
      }
    }
    return found
  }

  /// Of a measure that several units share, which have filled in that it is done and which haven't: said once.
  static func partial(
    _ active: ActiveConfiguration, _ outbox: Outbox
  ) throws(OutboxError) -> [PendingNotice] {
    var notices: [PendingNotice] = []
    let unreported = try unreported(active, outbox)
    for ledger in active.ledgers {
      for measure in ledger.measures where [.open, .inProgress].contains(measure.status) {
        guard let missing = unreported[ItemID(measure, ofPlan: ledger.plan.key)], !missing.isEmpty else {
          continue
        }
        let done = measure.units.filter { !missing.contains($0) }
        notices.append(
          PendingNotice(
            plan: ledger.plan.key,
            key: Notices.key("partial", [ledger.plan.key, measure.identity] + done),
            notice: Notice(
              .answer,
              "措施\(measure.id)\(CleanText.quoted(measure.title))：\(done.joined(separator: "、"))填报已完成，"
                + "\(missing.joined(separator: "、"))尚未报完成。")))
      }
    }
    return notices
  }

  /// Takes in what sheets said in a merge.
  public static func remember(
    _ said: [String: [String: MergedRow]], ofPlan plan: String, _ outbox: Outbox, at now: Timestamp
  ) throws(OutboxError) {
    try outbox.change(facts(said, ofPlan: plan).mapValues(\.self), at: now)
  }

  /// What sheets said, as the state remembers it.
  static func facts(_ said: [String: [String: MergedRow]], ofPlan plan: String) -> [String: String] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    var facts: [String: String] = [:]
    for (unit, rows) in said {
      guard let value = try? encoder.encode(rows) else { continue }
      facts[prefix(plan) + unit] = String(decoding: value, as: UTF8.self)
    }
    return facts
  }

  private func proposal(_ request: SheetMerge.Request, _ plan: String, on day: CivilDate) -> NewProposal? {
    guard let ledger = active.ledgers.first(where: { $0.plan.key == plan }),
      let measure = ledger.measures.first(where: { $0.id == request.id })
    else { return nil }
    let unit = request.unit ?? measure.units.first ?? ""
    let person = OwnerDirectory(ledger.owners).owners(of: measure).first { $0.unit == unit }?.person ?? ""
    let due = measure.deadline.dueDates.last
    let item = MailReading.Item(request.text, about: measure.id, title: measure.title, due: due, on: day)
    let kind = item.flatMap { NewProposal.Kind($0.says) } ?? .message
    return NewProposal(
      kind == .progress ? .message : kind, plan: plan, item: measure.id, identity: measure.identity, due: due,
      person: person, unit: unit,
      until: item?.until.flatMap { CivilDate($0) }, successor: item?.to ?? "", text: request.text)
  }
}
