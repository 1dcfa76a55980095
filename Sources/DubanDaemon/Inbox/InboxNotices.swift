import DubanCore
import DubanInbox
import DubanMail
import DubanOutbox

/// What came in, as the contact reads it in the digest: open proposals each time, the rest once.
enum InboxNotices {
  /// For so many days a mail that came back is still worth a word.
  private static let returnedDays: Int64 = 30

  static func open(
    _ active: ActiveConfiguration, _ outbox: Outbox, now: Timestamp
  ) throws(OutboxError) -> [PendingNotice] {
    try outbox.proposals().map { proposal in
      PendingNotice(
        plan: proposal.plan, key: "notice/proposal/\(proposal.id)",
        notice: Notice(proposal.kind.asksForDecision ? .request : .answer, text(proposal, active, now: now)),
        staysOpen: true)
    }
  }

  /// Mails that came back though the address may be sound; a dead address is told as such.
  static func returned(
    _ active: ActiveConfiguration, _ outbox: Outbox, now: Timestamp
  ) throws(OutboxError) -> [PendingNotice] {
    let since = now.adding(seconds: -returnedDays * 86_400)
    var found: [PendingNotice] = []
    for mail in try outbox.returnedMails(since: since) where mail.isFinal && !mail.isPermanent {
      let entry = mail.entry
      let status = (BounceReason(rawValue: mail.reason) ?? .undefined).status
      found.append(
        PendingNotice(
          plan: try outbox.show(entry.id).reminders.first?.plan,
          key: "notice/returned/\(mail.incoming)/\(entry.id)",
          notice: Notice(
            .delivery,
            "\(entry.day.chinese(relativeTo: active.zone.day(of: now).year))发给\(entry.unit)\(entry.person)的“\(entry.subject)”被退回："
              + "\(RelayWords.chinese(status))。请电话转告。")))
    }
    return found
  }

  private static func text(_ proposal: Proposal, _ active: ActiveConfiguration, now: Timestamp) -> String {
    let ledger = active.ledgers.first { $0.plan.key == proposal.plan }
    let measure = ledger?.measures.first { $0.identity == proposal.identity.prefix { $0 != "#" } }
    let number = proposal.item.prefix { $0 != "#" }
    let item = "措施\(number)\(measure.map { "“\($0.title)”" } ?? "")"
    let year = active.zone.day(of: now).year
    let day = active.zone.day(of: proposal.at).chinese(relativeTo: year)
    let who = "\(proposal.unit)\(proposal.person)\(day)来信"
    let shown = proposal.text.hasSuffix("。") ? proposal.text.dropLast() : proposal.text[...]
    let words = shown.isEmpty ? "" : "：“\(shown)”"
    let until = proposal.until.map { $0.chinese() }
    let says: String
    switch proposal.kind {
    case .done: says = "请确认\(item)能否销号：\(who)称已完成\(words)。同意请回复“同意\(number)销号”，不同意请回复“不同意\(number)销号”"
    case .postpone:
      let asked = until.map { "申请延期至\($0)" } ?? "申请延期，未写明日期"
      says =
        "请决定\(item)能否延期：\(who)\(asked)\(words)。同意请回复“同意\(number)延期至\(until ?? "（日期）")”，"
        + "不同意请回复“不同意\(number)延期”"
    case .handover: says = "请核对\(item)的责任人：\(who)称已移交\(proposal.successor)\(words)。属实的请更改台账"
    case .notMine: says = "请核对\(item)的责任人：\(who)称不由其负责\(words)。属实的请更改台账"
    case .question: says = "请答复\(who)对\(item)的询问\(words)"
    case .report: says = "请查收\(who)报送的整改情况\(words)"
    case .progress: says = "\(item)：\(who)报告进展\(words)"
    case .message: says = "请阅读\(proposal.person.isEmpty ? "" : who)\(words)"
    }
    let doubt = proposal.doubt.isEmpty ? "" : "（\(proposal.doubt)）"
    return "\(says)\(doubt)。〔编号\(proposal.id)〕"
  }
}

extension NewProposal.Kind {
  /// Whether somebody has to do something about it; progress is only read.
  var asksForDecision: Bool { self != .progress }
}
