public import DubanCore
import DubanInbox
public import DubanMail
public import DubanOutbox

/// What came in, as the contact reads it in the digest: open proposals each time, the rest once.
enum InboxNotices {
  /// For so many days a mail that came back is still worth a word.
  private static let returnedDays: Int64 = 30

  /// Makes the secrets of the links for what is to be decided, which the state keeps; by proposal. Nil: no links, since
  /// without a mailbox to read nobody would hear what one says.
  static func issueLinks(
    _ active: ActiveConfiguration, _ outbox: Outbox, at now: Timestamp
  ) throws(OutboxError) -> [Int64: String]? {
    guard !active.configuration.inboxes.isEmpty else { return nil }
    let asking = try outbox.proposals().filter(\.kind.asksForDecision)
    return try outbox.tokens(for: asking.map(\.id), at: now) { randomToken() }
  }

  /// What isn't decided. Where there are links, a proposal that came in after they were made waits for the next digest.
  static func open(
    _ active: ActiveConfiguration, _ outbox: Outbox, links: [Int64: String]?, now: Timestamp
  ) throws(OutboxError) -> [PendingNotice] {
    let proposals = try outbox.proposals().filter { proposal in
      guard let links, proposal.kind.asksForDecision else { return true }
      return links[proposal.id] != nil
    }
    let how = active.configuration.inboxes.isEmpty ? "请将决定告知管理员（duban inbox）。" : ""
    return proposals.map { proposal in
      let words = ProposalWords(proposal, active, now: now)
      return PendingNotice(
        plan: proposal.plan, key: "notice/proposal/\(proposal.id)",
        notice: proposal.kind.asksForDecision
          ? Notice(.request, words.text + how, request: words.request(token: links?[proposal.id]))
          : Notice(.answer, words.text),
        staysOpen: proposal.kind.asksForDecision)
    }
  }

  /// What was decided of proposals lately and no decision about an item says.
  static func ruled(
    _ decisions: [Decision], _ active: ActiveConfiguration, _ outbox: Outbox, now: Timestamp
  ) throws(OutboxError) -> [PendingNotice] {
    let since = now.adding(seconds: -returnedDays * 86_400)
    return try outbox.proposals(openOnly: false).compactMap { proposal in
      guard let at = proposal.decidedAt, at >= since, proposal.wasRuledAlone(decisions) else { return nil }
      return PendingNotice(
        plan: proposal.plan, key: "notice/ruling/\(proposal.id)/\(at.seconds)",
        notice: Notice(.decision, ProposalWords(proposal, active, now: now).decided))
    }
  }

  /// For so many days an answer is repeated beside its item: the one before the last report is history.
  private static let answeredDays: Int64 = 60

  /// What was answered last about each item, and what became of it: for a page that many may read, without a word of the
  /// answer itself. With a moment: lately, for an owner's next mail.
  static func notes(
    _ active: ActiveConfiguration, _ outbox: Outbox, lately now: Timestamp? = nil
  ) throws(OutboxError) -> [ItemID: String] {
    var notes: [ItemID: String] = [:]
    let since = now?.adding(seconds: -answeredDays * 86_400)
    let year = now.map { active.zone.day(of: $0).year }
    for proposal in try outbox.proposals(openOnly: false)
    where !proposal.item.isEmpty && since.map({ $0 <= proposal.at }) ?? true {
      // What is asked is only for its reader.
      guard proposal.kind != .question, let asks = proposal.kind.word(of: "其"),
        let measure = proposal.measure(in: active.ledgers),
        proposal.identity == measure.identity
      else { continue }
      let until = proposal.until.map { "至\($0.chinese(relativeTo: year))" } ?? ""
      let state =
        switch proposal.state {
        case _ where !proposal.kind.asksForDecision: ""
        case .open: "（待确认）"
        case .accepted: "（已同意）"
        case .rejected: "（未同意）"
        }
      notes[ItemID(measure, ofPlan: proposal.plan)] =
        "\(proposal.day(in: active.zone).chinese(relativeTo: year))答复：\(asks)\(until)\(state)"
    }
    return notes
  }

  /// 128 bits from the system's own generator.
  private static func randomToken() -> String {
    (0..<2).map { _ in
      let digits = String(UInt64.random(in: 0 ... .max), radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  /// Mails that came back though the address may be sound; a dead address has a notice of its own.
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
              + "\(RelayWords.chinese(status))。\(active.call(entry))。")))
    }
    return found
  }
}

extension ActiveConfiguration {
  /// `请电话转告（65650001）`, with the number that the ledger has for whom a mail was to reach.
  func call(_ entry: Entry) -> String {
    let phones = ledgers.flatMap(\.owners).filter { ($0.person, $0.unit) == (entry.person, entry.unit) }
      .compactMap(\.phone).filter { !$0.isEmpty }
    return "请电话转告" + (phones.first.map { "（\(CleanText.line($0, limit: 40))）" } ?? "")
  }

  /// What composes the mails, with what was understood of the answers and sheets that came in.
  public func composer(after outbox: Outbox?, at now: Timestamp) throws -> Composer {
    var composer = try composer()
    if let outbox {
      composer.answered = try InboxNotices.notes(self, outbox, lately: now)
      composer.unreported = try SheetRequests.unreported(self, outbox)
    }
    return composer
  }
}

/// A proposal in the contact's words. What is asked for is before the first colon, and its number before that:
/// there `DubanInbox` finds it again when the contact answers.
private struct ProposalWords {
  private let proposal: Proposal
  private let year: Int
  private let day: String
  private let measure: Measure?
  /// Whether the new owner that is named is one.
  private let knowsSuccessor: Bool

  init(_ proposal: Proposal, _ active: ActiveConfiguration, now: Timestamp) {
    self.proposal = proposal
    year = active.zone.day(of: now).year
    day = proposal.day(in: active.zone).chinese(relativeTo: year)
    measure = proposal.measure(in: active.ledgers)
    let ledger = active.ledgers.first { $0.plan.key == proposal.plan }
    knowsSuccessor = measure.map { ledger?.successor(proposal.successor, of: $0) != nil } ?? false
  }

  /// As the ledger in force numbers it.
  private var number: String { measure?.id ?? String(proposal.item.prefix { $0 != "#" }) }

  private var item: String {
    "措施\(number)\(measure.map { CleanText.quoted($0.title) } ?? "")\(proposal.item.contains("#") ? "的定期工作" : "")"
  }

  /// `规划建设部李晓光12月16日填报`.
  private var who: String {
    "\(proposal.unit)\(proposal.person)\(day)\(proposal.isOfSheet ? "填报" : "来信")"
  }

  /// One sentence on what was decided, where that is a no, or that it was seen to: `杜潘：未同意措施3.3“…”延期至…（…）。`.
  var decided: String {
    let about = proposal.item.isEmpty ? "" : item
    let what =
      switch proposal.kind {
      case .done: "\(about)销号"
      case .postpone: "\(about)延期\(proposal.until.map { "至\($0.chinese())" } ?? "")"
      case .handover: "\(about)移交\(proposal.successor)"
      case .notMine: "\(about)更换责任人"
      case .question: "\(about)的询问"
      case .report: "\(proposal.unit)报送整改情况"
      case .progress: "\(about)的进展"
      case .message where proposal.isOfSheet: "\(about)的申请事项"
      case .message: about.isEmpty ? "来信" : "\(about)的来信"
      }
    let by = proposal.decidedBy.map { $0.isEmpty ? "" : "\($0)：" } ?? ""
    let from = proposal.person.isEmpty && !proposal.isOfSheet ? proposal.sender : who
    return "\(by)\(proposal.state == .rejected ? "未同意" : "已处理")\(what)（\(from)）。"
  }

  /// One sentence, with who, what and when.
  var text: String {
    let asked = proposal.until.map { "申请延期至\($0.chinese())" } ?? "申请延期，未写明可行的日期"
    let shown = proposal.text.hasSuffix("。") ? String(proposal.text.dropLast()) : proposal.text
    let words = shown.isEmpty || shown == asked ? "" : "：\(CleanText.quoted(shown))"
    let doubt = proposal.doubt.isEmpty ? "" : "（\(proposal.doubt)）"
    let says: String
    switch proposal.kind {
    case .done: says = "请确认能否销号：\(item)，\(who)称已完成\(words)"
    case .postpone:
      says = "请决定能否延期：\(item)，\(who)\(asked)\(words)"
    case .handover where knowsSuccessor:
      says = "请决定能否移交：\(item)，\(who)称已移交\(proposal.successor)\(words)"
    case .handover:
      says = "请核对责任人：\(item)，\(who)称已移交\(proposal.successor)\(words)。\(proposal.successor)不在通讯录中，属实的请更改台账"
    case .notMine: says = "请核对责任人：\(item)，\(who)称不由其负责\(words)。属实的请更改台账"
    case .question: says = "请答复询问：\(item)，\(who)\(words)"
    case .report: says = "请查收报送：\(who)报送整改情况\(words)"
    case .progress: return "\(item)：\(who)报告进展\(words)\(doubt)。"
    case .message where proposal.isOfSheet: says = "请研究申请事项：\(item)，\(who)\(words)"
    // One that couldn't be read has none.
    case .message where proposal.sender.isEmpty: says = "请查看来信：\(proposal.text)"
    case .message: says = "请阅读来信：\(proposal.person.isEmpty ? proposal.sender : who)\(words)"
    }
    return "〔\(proposal.id)〕\(says)\(doubt)。"
  }

  func request(token: String?) -> Notice.Request {
    let isDecidable: Bool =
      switch proposal.kind {
      case .done, .postpone, .report: true
      case .handover: knowsSuccessor
      case .notMine, .progress, .question, .message: false
      }
    let about =
      switch proposal.kind {
      case .done: "措施\(number)销号"
      case .postpone: "措施\(number)延期"
      case .handover: "措施\(number)移交\(proposal.successor)"
      case .report: "\(proposal.unit)报送整改情况"
      case .notMine, .question: "措施\(number)"
      case .message where proposal.isOfSheet: "措施\(number)"
      case .progress, .message: "来信"
      }
    return Notice.Request(
      number: proposal.id, token: token, about: about, isDecidable: isDecidable,
      asksForDay: proposal.kind == .postpone && proposal.until == nil)
  }
}

extension Proposal {
  /// When its owner wrote; where the mail's own date can't be, when it was read.
  fileprivate func day(in zone: Zone) -> CivilDate { writtenOn ?? zone.day(of: at) }
}

extension NewProposal.Kind {
  /// What an answer says of an item; nil for a mere acknowledgement, which asks for nothing.
  init?(_ says: MailReading.Says) {
    switch says {
    case .done: self = .done
    case .progress: self = .progress
    case .postpone: self = .postpone
    case .handover: self = .handover
    case .notmine: self = .notMine
    case .question: self = .question
    case .received, .none: return nil
    }
  }

  /// What an answer says of an item, in a word; nil where it is about none.
  ///
  /// - Parameter person: who wrote it: `您` or `其`.
  func word(of person: String) -> String? {
    switch self {
    case .done: AnswerForm.Reply.done.label
    case .postpone: AnswerForm.Reply.postpone.label
    case .handover: "移交"
    case .notMine: "不由\(person)负责"
    case .progress: "正在办理"
    case .question: "有疑问"
    case .report, .message: nil
    }
  }

  /// Whether a person has to do something about it; progress is only read.
  var asksForDecision: Bool { self != .progress }
}

/// What mail systems said that is good to know and asks for nothing: who is away, and which mails are delayed.
public enum NotedMails {
  /// For so many days a delayed mail is shown; a server that goes on trying for longer sends it back (RFC 5321, 4.5.4.1).
  private static let delayedDays: Int64 = 3

  /// What holds at a moment, in the order in which it was said; of several that are about the same the last one.
  public static func current(
    _ active: ActiveConfiguration, _ outbox: Outbox, now: Timestamp
  ) throws(OutboxError) -> [NotedMail] {
    let today = active.zone.day(of: now)
    let holding = try outbox.notedMails(
      awayOn: today, delayedSince: now.adding(seconds: -delayedDays * 86_400))
    let last = Dictionary(holding.map { ($0.subject, $0) }) { $1 }
    return last.values.sorted { $0.incoming < $1.incoming }
  }

  /// The same in the contact's words: an absence once, however many mails say so, a delay as long as it lasts.
  static func notices(
    _ active: ActiveConfiguration, _ outbox: Outbox, now: Timestamp
  ) throws(OutboxError) -> [PendingNotice] {
    let year = active.zone.day(of: now).year
    var found: [PendingNotice] = []
    for mail in try current(active, outbox, now: now) {
      let entry = mail.entry
      let who = "\(entry.unit)\(entry.person)"
      var (key, text) = (
        mail.subject, "\(entry.day.chinese(relativeTo: year))发给\(who)的“\(entry.subject)”暂未送达，邮件系统仍在重试。"
      )
      if let day = mail.awayUntil {
        key += "/\(day)"
        text = "\(who)自动回复：外出至\(day.chinese(relativeTo: year))。"
      }
      found.append(
        PendingNotice(
          plan: try outbox.show(entry.id).reminders.first?.plan, key: "notice/noted/" + key,
          notice: Notice(.noted, text), staysOpen: mail.awayUntil == nil))
    }
    return found
  }

  /// For a terminal: `徐娟（市场监管局） is away until 2022-12-30, by an automatic reply of 2022-12-16`.
  public static func line(_ mail: NotedMail, _ zone: Zone) -> String {
    let who = "\(mail.entry.person)（\(mail.entry.unit)）"
    let day = zone.day(of: mail.at)
    return mail.awayUntil.map { "\(who) is away until \($0), by an automatic reply of \(day)" }
      ?? "entry \(mail.entry.id) to \(who) is delayed, by a notice of \(day): its mail system goes on trying"
  }
}

extension NotedMail {
  /// What it is about: a person, or a mail.
  fileprivate var subject: String {
    awayUntil == nil ? "entry/\(entry.id)" : "away/\(entry.recipient.lowercased())"
  }
}
