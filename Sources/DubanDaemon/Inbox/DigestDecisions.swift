public import DubanCore
import DubanInbox
public import DubanOutbox

/// What the contact decides of proposals that were in the digest they answer.
///
/// Their word counts in answer to a digest that went to their own address, which names its unguessable id; a link's also
/// needs its token, once and within 30 days. What can't be carried out is in the next digest.
struct DigestDecisions {
  struct Result {
    var found: [ProposalDecision] = []
    /// Why the rest doesn't, in Chinese.
    var refusals: [String] = []

    /// What was understood and done, for who decided it.
    var words: String {
      let done = found.map { decided in
        let until = decided.decision?.until.map { "（\($0.chinese())）" } ?? ""
        return "〔\(decided.proposal)〕\(decided.isAccepted ? "同意" : "不同意")\(until)"
      }
      let parts = [
        done.isEmpty ? nil : "已登记：\(done.joined(separator: "；"))。",
        refusals.isEmpty ? nil : "\(refusals.joined(separator: "；"))。",
      ].compactMap(\.self)
      return parts.isEmpty ? "系统未能读出明确的决定，来信将列入下一期报告。" : parts.joined()
    }
  }

  private let active: ActiveConfiguration
  private let outbox: Outbox

  init(_ active: ActiveConfiguration, _ outbox: Outbox) { (self.active, self.outbox) = (active, outbox) }

  func read(
    _ reading: MailReading, on digest: EntryDetails, at now: Timestamp
  ) throws(OutboxError) -> Result {
    var result = Result()
    guard reading.senderIsRecipient, !reading.needsPerson else { return result }
    if let token = reading.token, let why = try refusal(of: token, reading, at: now) {
      result.refusals = [why]
      return result
    }
    let asked = active.renumbered(try outbox.proposals(openOnly: false).filter { isAsked($0, in: digest) })
    let shown = digest.body.flatMap(SentMail.init(mail:))?.asked ?? [:]
    for decision in reading.decisions {
      do throws(Refusal) {
        var decided = try decided(decision, among: asked, shown: shown, by: digest.entry.person, at: now)
        decided.token = reading.token
        result.found.append(decided)
      } catch { result.refusals.append(error.words) }
    }
    return result
  }

  private struct Refusal: Error {
    var words: String
  }

  /// - Parameter shown: the number of the measure that the digest gave each of its requests: the ledger may have been
  ///   numbered anew since.
  private func decided(
    _ decision: MailReading.Decision, among asked: [Proposal], shown: [Int: String], by: String,
    at now: Timestamp
  ) throws(Refusal) -> ProposalDecision {
    let name = decision.number.map { "第\($0)项" } ?? "措施\(decision.id)"
    func isNamed(_ proposal: Proposal) -> Bool {
      (shown[Int(proposal.id)] ?? String(proposal.item.prefix { $0 != "#" })) == decision.id
    }
    let fitting = asked.filter { proposal in
      if let number = decision.number { return proposal.id == Int64(number) }
      return isNamed(proposal) && proposal.state == .open && proposal.kind.fits(decision.what)
    }
    guard fitting.count == 1, let proposal = fitting.first else {
      throw Refusal(words: "\(name)不在所答复的报告中，或不止一项，未处理")
    }
    guard proposal.kind.fits(decision.what), isNamed(proposal) || decision.id.isEmpty else {
      throw Refusal(words: "\(name)与所答复的报告不符，未处理")
    }
    guard proposal.state == .open else { throw Refusal(words: "\(name)此前已处理，未再处理") }
    // Seen to, whatever was asked for.
    if decision.what == .none {
      return ProposalDecision(proposal.id, isAccepted: decision.decision == .approve, by: by)
    }
    do throws(Proposal.Obstacle) {
      return try proposal.decided(
        isAccepted: decision.decision == .approve, until: decision.until.flatMap { CivilDate($0) },
        successor: decision.to, by: by, at: now,
        on: active.zone.day(of: now), in: active.ledgers)
    } catch {
      switch error {
      case .noDay: throw Refusal(words: "\(name)未写明延期日期，未处理")
      case .gone: throw Refusal(words: "\(name)已不在台账中，未处理")
      case .unlikely(let day, let fault):
        throw Refusal(words: "\(name)延期至\(day.chinese())，\(Self.words(fault))，未处理，请另行写明日期")
      case .unknownOwner(let person): throw Refusal(words: "\(name)的新责任人\(person)不在通讯录中，未处理")
      }
    }
  }

  private static func words(_ fault: UnlikelyDay) -> String {
    switch fault {
    case .past: "该日期不晚于今日"
    case .early: "该日期不晚于原定时限"
    case .far: "比原定时限晚一年以上"
    }
  }

  /// Whether a proposal was open when the digest went out, and stood in it for its contact.
  private func isAsked(_ proposal: Proposal, in digest: EntryDetails) -> Bool {
    max(proposal.at, proposal.reopenedAt ?? proposal.at) <= digest.entry.queuedAt
      && active.ledgers.contains {
        $0.plan.key == proposal.plan
          && $0.plan.contact.email.lowercased() == digest.entry.recipient.lowercased()
      }
  }

  /// Why nothing follows from a link; nil where its token is good for the one proposal that the answer is about.
  private func refusal(
    of token: String, _ reading: MailReading, at now: Timestamp
  ) throws(OutboxError) -> String? {
    guard let known = try outbox.token(token), reading.decisions.count == 1,
      reading.decisions[0].number == Int(known.proposal)
    else { return "链接无效，未处理" }
    if known.usedAt != nil { return "链接已使用过或该事项已处理，未再处理" }
    return now.seconds - known.madeAt.seconds > ProposalToken.lifetime ? "链接已过期（30天），未处理，请按最近一期报告答复" : nil
  }
}

extension NewProposal.Kind {
  /// Whether that is what the contact speaks of.
  fileprivate func fits(_ says: MailReading.Says) -> Bool {
    switch self {
    case .done: says == .done
    case .postpone: says == .postpone
    case .handover: says == .handover || says == .none
    case .report: says == .received
    case .notMine, .question, .message, .progress: says == .none
    }
  }
}

extension Proposal {
  /// Why a proposal can't be accepted.
  public enum Obstacle: Error, Hashable {
    /// It names no day, and nobody gave one.
    case noDay
    /// The ledger has no such item any more.
    case gone
    /// The day can't be meant.
    case unlikely(CivilDate, UnlikelyDay)
    /// The ledger has no such owner, or several.
    case unknownOwner(String)
  }

  /// What becomes of it, with the decision that follows: an item that is done, due later or another's, a report that
  /// came in.
  ///
  /// - Parameters:
  ///   - until: another day than the one that was asked for.
  ///   - successor: another new owner than the one that was named.
  ///   - today: the day on which it is decided.
  ///   - ledgers: the ledgers in force, as they were read.
  public func decided(
    isAccepted: Bool, until: CivilDate? = nil, successor: String? = nil, by: String, at now: Timestamp,
    on today: CivilDate, in ledgers: [Ledger]
  ) throws(Obstacle) -> ProposalDecision {
    let asked = NewProposal(self, until: until, successor: successor)
    return ProposalDecision(
      id, isAccepted: isAccepted, by: by,
      decision: isAccepted
        ? try asked.decision(by: by, evidence: messageID, at: now, on: today, in: ledgers) : nil)
  }

  /// What takes back the decisions that followed when it was accepted.
  public func takenBack(_ decisions: [Decision], by: String, at now: Timestamp) -> [Decision] {
    guard state == .accepted else { return [] }
    return decisions.inForce.filter {
      $0.at == decidedAt && $0.by == decidedBy && $0.plan == plan && $0.identity == identity
    }.takenBack.map { back in
      var back = back
      (back.by, back.at) = (by, now)
      return back
    }
  }

  /// Whether it was decided and no decision about an item says so: it was refused, or only seen to.
  public func wasRuledAlone(_ decisions: [Decision]) -> Bool {
    switch state {
    case .open: false
    case .rejected: true
    case .accepted:
      !decisions.contains { $0.at == decidedAt && $0.plan == plan && $0.identity == identity }
    }
  }

  /// Whether a sheet brought it, and no mail.
  var isOfSheet: Bool { messageID.isEmpty && !item.isEmpty }

  /// What it is about in a ledger; nil where that has no such measure any more.
  func measure(in ledgers: [Ledger]) -> Measure? {
    ledgers.first { $0.plan.key == plan }?.measures.first { $0.identity == identity.prefix { $0 != "#" } }
  }
}

extension Ledger {
  /// Whether it has a measure of this identity, or the measure of such a duty.
  fileprivate func has(_ identity: String) -> Bool {
    measures.contains { $0.identity == identity.prefix { $0 != "#" } }
  }
}

extension NewProposal {
  fileprivate init(_ one: Proposal, until: CivilDate?, successor: String?) {
    self.init(
      one.kind, plan: one.plan, item: one.item, identity: one.identity, due: one.due, person: one.person,
      unit: one.unit, until: until ?? one.until, successor: successor ?? one.successor, text: one.text)
  }

  /// The decision that follows where it is accepted; nil where it was only seen to.
  func decision(
    by: String, evidence: String, at now: Timestamp, on today: CivilDate, in ledgers: [Ledger]
  ) throws(Proposal.Obstacle) -> Decision? {
    let ledger = ledgers.first { $0.plan.key == plan }
    let holder = ledger?.measures.first { $0.identity == identity.prefix { $0 != "#" } }
    let measure = item.contains("#") ? nil : holder
    let asksOfItem = [.done, .postpone, .handover, .notMine].contains(kind)
    if asksOfItem, !(ledger?.has(identity) ?? false) { throw .gone }
    func made(_ kind: Decision.Kind) -> Decision {
      var decision = Decision(
        kind, plan: plan, item: item, identity: identity, by: by,
        why: "\(unit)\(person)\(evidence.isEmpty ? "填报" : "来信")", at: now)
      decision.evidence = evidence
      return decision
    }
    switch kind {
    case .done:
      var decision = made(.done)
      // A duty without an end can't be done for good.
      if item.contains("#") { decision.occurrence = due }
      decision.words = Decision.words(
        of: holder, besides: [unit], isDoneAsAWhole: decision.occurrence == nil)
      return decision
    case .report:
      var decision = made(.reportReceived)
      (decision.occurrence, decision.person) = (due, unit)
      return decision
    case .postpone:
      guard let until else { throw .noDay }
      if let fault = UnlikelyDay(until, due: due, today: today) { throw .unlikely(until, fault) }
      // One date among several, or of a duty, has no place in the ledger: its reminders wait.
      guard let measure, measure.deadline.dueDates.count < 2 else {
        var decision = made(.snooze)
        decision.until = until
        decision.words = Decision.words(of: holder, besides: [unit], isDoneAsAWhole: false)
        return decision
      }
      var decision = made(.due)
      (decision.occurrence, decision.until, decision.words) = (due, until, measure.deadline.words)
      return decision
    case .handover, .notMine:
      if kind == .notMine, successor.isEmpty { return nil }
      guard let ledger, let measure else { return nil }
      guard let owner = ledger.successor(successor, of: measure) else {
        throw .unknownOwner(successor)
      }
      var decision = made(.handover)
      (decision.person, decision.former, decision.words) = (owner.person, person, measure.assignmentWords)
      return decision
    case .progress, .question, .message: return nil
    }
  }
}
