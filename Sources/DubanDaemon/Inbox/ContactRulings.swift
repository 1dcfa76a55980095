import DubanCore
import DubanInbox
import DubanOutbox

/// What the contact decides of proposals that stood in the digest they answer.
///
/// Their word counts in answer to a digest that went to their own address, which names its unguessable id; a link's also
/// needs its token, once and within 30 days. What can't be carried out is told in the next digest.
struct ContactRulings {
  struct Result {
    var found: [Ruling] = []
    /// Why the rest doesn't, in Chinese.
    var refusals: [String] = []

    /// What was understood and done, for who decided it.
    var words: String {
      let done = found.map { ruling in
        let until = ruling.decision?.until.map { "（\($0.chinese())）" } ?? ""
        return "〔\(ruling.proposal)〕\(ruling.isAccepted ? "同意" : "不同意")\(until)"
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
    let shown = digest.body.flatMap(DubanInbox.SentMail.init(mail:))?.asked ?? [:]
    for decision in reading.decisions {
      do throws(Refusal) {
        var ruling = try ruling(decision, among: asked, shown: shown, by: digest.entry.person, at: now)
        ruling.token = reading.token
        result.found.append(ruling)
      } catch { result.refusals.append(error.words) }
    }
    return result
  }

  private struct Refusal: Error {
    var words: String
  }

  /// - Parameter shown: the number of the measure that the digest gave each of its requests: the ledger may have been
  ///   numbered anew since.
  private func ruling(
    _ decision: MailReading.Decision, among asked: [Proposal], shown: [Int: String], by: String,
    at now: Timestamp
  ) throws(Refusal) -> Ruling {
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
      return Ruling(proposal.id, isAccepted: decision.decision == .approve, by: by)
    }
    do throws(Proposal.Obstacle) {
      return try proposal.ruling(
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
