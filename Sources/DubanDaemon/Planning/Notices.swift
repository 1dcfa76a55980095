import DubanCore
import DubanCourier
import DubanMail
import DubanOutbox

/// Something the contact hears once, and the keys under which the outbox remembers that.
struct PendingNotice {
  /// The plan whose contact hears of it; nil for every contact.
  var plan: String?
  /// One, or those of all that a sentence sums up.
  let keys: [String]
  let notice: Notice
  /// Whether each digest says it, as long as a person has to see to it.
  var staysOpen = false
  /// Whether it wasn't said before: reason enough for a digest.
  var isNew = true

  init(plan: String? = nil, key: String, notice: Notice, staysOpen: Bool = false) {
    self.init(plan: plan, keys: [key], notice: notice)
    self.staysOpen = staysOpen
  }

  init(plan: String?, keys: [String], notice: Notice) {
    (self.plan, self.keys, self.notice) = (plan, keys, notice)
  }

  /// Whether it belongs into that mail.
  func concerns(_ mail: PlannedMail) -> Bool {
    guard case .digest(let plans, _) = mail.kind else { return false }
    return plan.map(plans.contains) ?? true
  }
}

/// What the contacts have to hear besides the items: each thing once, in the next digest.
enum Notices {
  /// Everything that is to be said now and hasn't been, or still waits for a person.
  ///
  /// - Parameters:
  ///   - refusal: what is wrong with files that changed and don't read; empty while everything in force is current.
  ///   - losses: the ledgers that lost too much to be put in force unasked.
  ///   - links: the secrets of ``InboxNotices/issueLinks(_:_:at:)``, by proposal; without them there are no links.
  static func pending(
    _ active: ActiveConfiguration, _ outbox: Outbox, refusal: [Diagnostic] = [], losses: [LedgerLoss] = [],
    links: [Int64: String] = [:], now: Timestamp
  ) throws(OutboxError) -> [PendingNotice] {
    let today = active.zone.day(of: now)
    var found = refused(refusal) + losses.map(lost) + warned(active, today: today)
    found += try Host.differing(from: active, outbox).map { host in
      let name = host.key.dropFirst(Host.digests.count)
      return PendingNotice(
        key: key("host", [String(name), host.value]),
        notice: Notice(.diagnostic, "服务器“\(name)”上的台账与正在执行的不一致，请管理员核对两台服务器上的台账文件。"))
    }
    let decisions = try outbox.decisions()
    found += try undelivered(outbox, active) + decided(decisions, outbox) + issued(outbox)
    found += try StalledMeasures.notices(active, outbox, today: today)
    found += try InboxNotices.returned(active, outbox, now: now)
    found += try NotedMails.notices(active, outbox, now: now)
    found += try InboxNotices.open(active, outbox, links: links, now: now)
    found += try SheetRequests.partial(active, outbox)
    found += try InboxNotices.ruled(decisions, active, outbox, now: now)
    found += try LapsedDecisions.notices(decisions.inForce, active, outbox, today: today)
    var fresh: [PendingNotice] = []
    for var notice in found {
      notice.isNew = false
      for key in notice.keys where try outbox.fact(key) == nil {
        notice.isNew = true
        break
      }
      if notice.isNew || notice.staysOpen { fresh.append(notice) }
    }
    return fresh
  }

  /// Forgets what was said of files that have changed since: it would be kept for good, and the same mistake, made again,
  /// has to be said again.
  static func forgetOutdated(
    _ active: ActiveConfiguration, _ outbox: Outbox, refusal: [Diagnostic], today: CivilDate
  ) throws(OutboxError) {
    let present = Set((refused(refusal) + warned(active, today: today)).flatMap(\.keys))
    for subject in ["refused", "warnings"] {
      let known = try outbox.facts(withPrefix: "notice/\(subject)/").map(\.key)
      try outbox.forget(known.filter { !present.contains($0) })
    }
  }

  /// How many of a kind are said one by one; nil: all, since they are said nowhere else.
  private static func most(_ kind: Notice.Kind) -> (count: Int, more: String)? {
    switch kind {
    case .diagnostic: (20, "条提示，请运行 duban check 查看")
    case .change: (100, "项变动，详见台账")
    case .request, .answer: (30, "封回复，请管理员运行 duban inbox list 查看")
    case .question: (30, "项变动请核对，详见台账")
    case .stalled: (30, "项措施长期无进展，详见台账")
    case .noted: (30, "封自动回复或延迟通知，请管理员运行 duban status 查看")
    case .delivery, .refusal, .decision, .paper: nil
    }
  }

  /// The same with one sentence for all beyond what anybody reads, plan by plan and kind by kind.
  static func shortened(_ notices: [PendingNotice]) -> [PendingNotice] {
    var rest: [[String]: [PendingNotice]] = [:]
    var counts: [[String]: Int] = [:]
    var shown = notices.filter { notice in
      guard let most = most(notice.notice.kind) else { return true }
      let group = [notice.plan ?? "", "\(notice.notice.kind)"]
      counts[group, default: 0] += 1
      if counts[group, default: 0] <= most.count { return true }
      rest[group, default: []].append(notice)
      return false
    }
    for (_, more) in rest.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      let kind = more[0].notice.kind
      var rest = PendingNotice(
        plan: more[0].plan, keys: more.flatMap(\.keys),
        notice: Notice(kind, "另有\(more.count)\(most(kind)?.more ?? "")。"))
      rest.isNew = more.contains(where: \.isNew)
      shown.append(rest)
    }
    return shown
  }

  static func refused(_ diagnostics: [Diagnostic]) -> [PendingNotice] {
    let errors = diagnostics.filter { $0.severity == .error }
    guard let first = errors.first else { return [] }
    let file = first.location.file.split(separator: "/").last.map(String.init) ?? first.location.file
    let text =
      "\(file) 已改动，但有\(errors.count)处错误，目前仍按上一次正确的内容执行，请尽快改正。"
      + listed(errors)
    return [PendingNotice(key: key("refused", errors.map(\.description)), notice: Notice(.refusal, text))]
  }

  /// The first few in Chinese: `工作表“台账”第9行A列：编号“1”出现两次。`, and where all of them are.
  private static func listed(_ diagnostics: [Diagnostic]) -> String {
    let shown = diagnostics.prefix(mostListed).map(DiagnosticWords.chinese)
    let more = diagnostics.count > mostListed ? "；其余请管理员运行 duban check 查看" : ""
    let text = shown.joined(separator: "；") + more
    return text.hasSuffix("？") ? text : text + "。"
  }

  private static let mostListed = 4

  private static func lost(_ loss: LedgerLoss) -> PendingNotice {
    PendingNotice(
      plan: loss.plan, key: "notice/loss/\(loss.plan)|\(loss.since.seconds)", notice: loss.notice)
  }

  private static func warned(_ active: ActiveConfiguration, today: CivilDate) -> [PendingNotice] {
    var found: [PendingNotice] = []
    func tell(_ subject: String, _ parts: [String], _ text: String, plan: String? = nil) {
      found.append(
        PendingNotice(plan: plan, key: key(subject, parts), notice: Notice(.diagnostic, text)))
    }
    for ledger in active.ledgers {
      for owner in ledger.owners where owner.email == nil {
        tell(
          "no-address", [ledger.plan.key, owner.unit, owner.person],
          "\(owner.unit)\(owner.person)没有登记邮箱，其提醒改送贵处，请代为转达并补登邮箱。",
          plan: ledger.plan.key)
      }
      for date in ledger.reports where date < today {
        tell(
          "past-report", [ledger.plan.key, date.description],
          "报送日期\(date.chinese())已过。还有下一次报送的，请在台账中写明新的日期；报送已收齐的，请删去该日期。",
          plan: ledger.plan.key)
      }
      for measure in ledger.measures where measure.status != .closed && measure.deadline.needsDecision {
        tell(
          "undecided", [ledger.plan.key, measure.id, measure.deadline.text],
          "措施\(measure.id)的完成时限“\(measure.deadline.text)”无法确定到具体日期，不会自动提醒，请在台账中填明日期。",
          plan: ledger.plan.key)
      }
    }
    if !active.calendar.knownYears.contains(today.year) {
      tell(
        "unknown-year", [String(today.year)],
        "尚无\(today.year)年的节假日安排，暂按周一至周五为工作日计算，请补充该年的节假日文件。")
    }
    let next = today.year + 1
    // The State Council announces the next year's holidays between the end of October and the beginning of December.
    if (today.month, today.day) >= (11, 15), !active.calendar.knownYears.contains(next) {
      tell(
        "next-year", [String(next)],
        "尚无\(next)年的节假日安排。国务院办公厅一般在11月前后发布：请在中国政府网（www.gov.cn）查找“国务院办公厅关于\(next)年部分节假日安排的通知”，"
          + "保存为文本、Word或PDF文件，请管理员运行 duban holidays import 文件 -o 节假日目录。")
    }
    let others = active.warnings.filter { !DiagnosticWords.hasOwnLine($0) }
    if !others.isEmpty {
      tell(
        "warnings", active.warnings.map(\.message).sorted(),
        "台账和配置共有\(others.count)条提示：" + listed(others))
    }
    return found + moved(active.configuration.policy.overrides, active.ledgers)
  }

  /// The configuration names measures by their numbers: where another measure has such a number now, nobody but the
  /// administrator knows which one is meant.
  static func moved(_ overrides: [PolicyOverride], _ ledgers: [Ledger]) -> [PendingNotice] {
    overrides.flatMap { override -> [PendingNotice] in
      guard case .measure(let number) = override.scope else { return [] }
      return ledgers.compactMap { ledger in
        guard let measure = ledger.measures.first(where: { $0.id == number && $0.identity != number })
        else { return nil }
        let title = CleanText.quoted(measure.title)
        let before = ledger.measures.first { $0.identity == number }
          .map { "，原来的措施\(CleanText.quoted($0.title))现为\($0.id)" }
        return PendingNotice(
          plan: ledger.plan.key, key: key("override", [ledger.plan.key, number, measure.title]),
          notice: Notice(
            .diagnostic,
            "配置中为措施\(number)单独设定的提醒，现在用于改编为该编号的\(title)\(before ?? "")，请管理员核对 duban.yaml 中的 overrides。"))
      }
    }
  }

  /// What people decided by hand: the contact answers for it, and sees each decision once.
  static func decided(
    _ decisions: [Decision], _ outbox: Outbox
  ) throws(OutboxError) -> [PendingNotice] {
    var titles: [String: [String: KnownMeasure]] = [:]
    for (plan, decisions) in Dictionary(grouping: decisions, by: \.plan) {
      titles[plan] = try outbox.measures(
        ofPlan: plan, identities: Set(decisions.map { String($0.identity.prefix { $0 != "#" }) }))
    }
    let (inForce, names) = (Set(decisions.inForce), try UnitRenames(outbox))
    return decisions.map { decision in
      let measure = titles[decision.plan]?[String(decision.identity.prefix { $0 != "#" })]
      let title = measure.map { CleanText.quoted($0.title) } ?? ""
      let due = decision.occurrence.map { "（\($0.chinese())）" } ?? ""
      // report#商事登记周报 is an area's; report is the plan's.
      let report = decision.item.split(separator: "#").dropFirst().first.map(String.init) ?? "整改情况"
      let what =
        switch decision.kind {
        case .done: "\(decision.item)\(due)标记为已完成"
        case .snooze: "\(decision.item)暂缓提醒至\(decision.until?.chinese() ?? "")"
        case .reportReceived: "\(decision.person)的\(report)报送\(due)已收到"
        case .doneUndone: "撤销\(decision.item)\(due)的完成标记"
        case .snoozeUndone: "撤销\(decision.item)的暂缓提醒，恢复提醒"
        case .reportUndone: "撤销\(decision.person)\(report)报送\(due)的收到标记"
        case .due: "\(decision.item)延期至\(decision.until?.chinese() ?? "")"
        case .handover: "\(decision.item)由\(decision.former)移交\(decision.person)"
        case .dueUndone: "撤销\(decision.item)的延期，恢复原期限"
        case .handoverUndone: "撤销\(decision.item)向\(decision.person)的移交"
        }
      // What the key is made of stays as it is: what was said isn't said again. People read the number in force, of a
      // duty (8.1#1) the measure's alone, since nobody has seen the other.
      var text = what
      if decision.kind != .reportReceived, decision.kind != .reportUndone,
        let number = what.firstRange(of: decision.item)
      {
        let duty = decision.item.contains("#") ? "的定期工作" : ""
        text.replaceSubrange(
          number, with: "措施\(measure?.number ?? String(decision.item.prefix { $0 != "#" }))\(title)\(duty)")
      }
      let by = decision.by.isEmpty ? "" : "\(decision.by)："
      let why = decision.why.isEmpty ? "" : "，原因：\(decision.why)"
      let isStill = measure.flatMap { decision.madeFor(names)?.isGiven(to: $0.units) } ?? true
      return PendingNotice(
        plan: decision.plan, key: key("decision", [decision.plan, String(decision.at.seconds), what]),
        notice: Notice(
          .decision, "\(by)\(text)\(why)。",
          news: inForce.contains(decision) && isStill ? news(decision) : nil))
    }
  }

  /// What is in force counts as new. One date of several, or of a duty, closes no measure.
  private static func news(_ decision: Decision) -> Notice.News? {
    switch decision.kind {
    case .reportReceived: .reported
    case .done where decision.closesMeasure: .closed
    default: nil
    }
  }

  private static func undelivered(
    _ outbox: Outbox, _ active: ActiveConfiguration
  ) throws(OutboxError) -> [PendingNotice] {
    var failed: [PendingNotice] = []
    for entry in try outbox.undelivered() {
      let isOver = entry.state == .failed
      let key = "notice/\(isOver ? "failed" : "deferred")/\(entry.id)"
      guard try outbox.fact(key) == nil else { continue }
      let end = active.zone.day(of: entry.queuedAt.adding(seconds: RetryPolicy.lifetime)).chinese()
      let text =
        entry.kind == MailKind.robot
        ? "\(entry.day.chinese())的“\(entry.subject)”未能发到\(entry.person)（\(entry.code.map { "答复代码\($0)" } ?? "无答复")），请管理员检查机器人设置。"
        : "\(entry.day.chinese())发给\(entry.unit)\(entry.person)的“\(entry.subject)”\(isOver ? "未能" : "尚未")送达："
          + RelayWords.chinese(entry.answer) + (isOver ? "。" : "，将继续尝试到\(end)。急事") + "\(active.call(entry))。"
      failed.append(
        PendingNotice(
          plan: try outbox.show(entry.id).reminders.first?.plan, key: key, notice: Notice(.delivery, text)))
    }
    let refused = try outbox.badRecipients().map { bad in
      PendingNotice(
        key: "notice/bad-address/\(bad.address)/\(bad.since.seconds)",
        notice: Notice(
          .delivery, "邮箱 \(bad.address) 被对方服务器拒收（\(RelayWords.chinese(bad.answer))），其提醒改送贵处，请核对后更正。"))
    }
    return failed + refused
  }

  /// A key that changes with what is to be said, and only then; a short one, however much that is.
  static func key(_ subject: String, _ parts: [String]) -> String {
    let text = parts.joined(separator: "|")
    return "notice/\(subject)/" + (text.utf8.count <= longestKey ? text : Fingerprint.hex(parts))
  }

  /// In bytes. Shorter keys are as they were, so that what was said before isn't said again.
  private static let longestKey = 400
}

extension Entry {
  /// Whether it waits although the relay's last answer was a no for good by its digits (5yz); those of a group's server are
  /// HTTP's.
  var isRefused: Bool { state == .deferred && kind != MailKind.robot && (code ?? 0) >= 500 }
}

extension Outbox {
  /// The mails that were given up or are refused and tried again, without those that were dropped.
  func undelivered() throws(OutboxError) -> [Entry] {
    var filter = EntryFilter()
    filter.states = [.failed, .deferred]
    return try entries(filter).filter { !$0.dropped && ($0.state == .failed || $0.isRefused) }
  }
}
