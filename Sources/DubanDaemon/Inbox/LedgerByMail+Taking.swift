import DubanCore
import DubanInbox
import DubanLedger
import DubanMail
import DubanOutbox
import Foundation

/// What becomes of a file that the contact sent in answer to a digest.
extension String {
  /// With a full stop, where it doesn't end a sentence already.
  var asSentence: String { last.map("。？！".contains) ?? true ? self : self + "。" }
}

extension LedgerByMail {
  /// A version to keep, and the mail that tells of it.
  struct Taken {
    var version: MailedLedger?
    var replies: [NewEntry] = []
    /// What units ask for in sheets, for the contact to decide.
    var proposals: [NewProposal] = []
    /// What units' sheets have said, for the next time that they come.
    var facts: [String: String] = [:]
  }

  /// A mail before it has an addressee.
  struct Reply {
    var subject: String
    var paragraphs: [String]
    var workbook: (name: String, bytes: [UInt8])?
  }

  /// How many diagnostics and changes a mail lists.
  static let mostListed = 40

  /// As many lines as a mail lists, and behind them in words how many more there are.
  static func listed(_ lines: [String], _ rest: (Int) -> String) -> [String] {
    let more = lines.count - mostListed
    return lines.prefix(mostListed) + (more > 0 ? [rest(more)] : [])
  }

  /// What follows from the file that a contact's answer brings; nil where it brings none that could be a ledger.
  ///
  /// The answer is proven to be the contact's (``DubanInbox/MailReading/isProven``).
  func take(
    _ mail: MailPart, _ reading: MailReading, answering digest: EntryDetails, because key: String,
    at now: Timestamp
  ) throws(OutboxError) -> Taken? {
    guard let contact = active.ledgers.first?.plan.contact, let messageID = reading.messageID,
      contact.email.lowercased() == digest.entry.recipient.lowercased()
    else { return nil }
    let files = mail.files(largest: Self.mostBytes + 1).filter { file in
      [".xlsx", ".xlsm", ".xls", ".et", ".docx", ".doc", ".wps", ".pdf"].contains {
        file.name.lowercased().hasSuffix($0)
      }
    }
    guard let file = files.first else { return nil }
    var taken = Taken()
    let reply: Reply
    if files.count > Self.mostFiles {
      reply = refused(["来信有\(files.count)个附件，一次最多\(Self.mostFiles)个，请分次发送。"], at: now)
    } else if files.allSatisfy({ $0.bytes.count <= Self.mostBytes && isSheet($0.bytes) }) {
      reply = try merge(files, from: messageID, into: &taken, at: now)
    } else if files.count > 1 {
      reply = refused(["来信有\(files.count)个附件，请只附一个台账文件。"], at: now)
    } else if file.bytes.count > Self.mostBytes {
      reply = refused(["“\(file.name)”超过\(Self.mostBytes >> 20)MB，不是台账。"], at: now)
    } else {
      switch MailedFile(file.bytes) {
      case .workbook: (taken.version, reply) = try check(file, from: messageID, answering: digest, at: now)
      case .document, .pdf: reply = draft(of: file, at: now)
      case .macros: reply = refused(["“\(file.name)”含有宏，未读取。请另存为不含宏的 .xlsx 工作簿。"], at: now)
      case .other where file.name.lowercased().wholeMatch(of: /.*\.(docx?|wps|pdf)/) != nil:
        reply = refused(["“\(file.name)”不能读取。整改方案请另存为 .docx 或 .pdf，台账请另存为 .xlsx。"], at: now)
      case .other: reply = refused(["“\(file.name)”不是 .xlsx 工作簿。请在 Excel 或 WPS 中另存为 .xlsx。"], at: now)
      }
    }
    taken.replies = entries(reply, to: contact, answering: messageID, because: key, at: now)
    return taken
  }

  private func entries(
    _ reply: Reply, to contact: Contact, answering messageID: String, because key: String, at now: Timestamp
  ) -> [NewEntry] {
    let mail = ReplyMail(
      to: contact.recipient, contact.email, subject: reply.subject, paragraphs: reply.paragraphs,
      answering: messageID, because: key, workbook: reply.workbook)
    guard
      let message = try? active.composer().compose(mail, at: now, utcOffset: active.zone.utcOffset(at: now))
    else { return [] }
    let day = active.zone.day(of: now)
    return [EntryFactory.reply(message, of: mail, on: day, at: now)]
  }

  func refused(
    _ reasons: [String], besides warnings: [String] = [], workbook: (name: String, bytes: [UInt8])? = nil,
    at now: Timestamp
  ) -> Reply {
    let marked = workbook == nil ? "" : "所附台账中有问题的单元格已标红并加批注。"
    var paragraphs = ["您发来的台账未生效，现行台账继续执行。"]
    for (list, heading) in [(reasons, []), (warnings, ["另请核对："])] where !list.isEmpty {
      paragraphs += heading + Self.listed(list.map(\.asSentence)) { "另有\($0)处。" }
    }
    paragraphs.append("\(marked)更正后请作为附件回复本邮件或最近一期报告。")
    return Reply(
      subject: "【台账未生效】\(reasons.count == 1 ? "请更正后重发" : "\(reasons.count)处需更正")",
      paragraphs: paragraphs, workbook: workbook)
  }

  // MARK: A workbook

  private func check(
    _ file: (name: String, bytes: [UInt8]), from messageID: String, answering digest: EntryDetails,
    at now: Timestamp
  ) throws(OutboxError) -> (MailedLedger?, Reply) {
    let reading = read(file.bytes, at: now)
    guard let theirs = reading.ledger else {
      let marks = reading.diagnostics.map { ($0.location, DiagnosticWords.chinese($0)) }
      let (errors, warnings) = (said(.error, reading), said(.warning, reading))
      let marked = MarkedWorkbook.bytes(of: file.bytes, marks: marks, on: active.zone.day(of: now))
      return (
        nil,
        refused(
          errors, besides: warnings, workbook: marked.map { ("标明问题的台账.xlsx", $0) }, at: now)
      )
    }
    guard let current = try keepCurrent(at: now), let ours = read(current.bytes, at: now).ledger,
      canWrite
    else {
      return (nil, refused(["系统目前不能写入台账文件，请联系管理员。"], at: now))
    }
    guard theirs.plan.name == ours.plan.name || theirs.isCorrection(of: ours) else {
      return (nil, refused(["台账中的方案“\(theirs.plan.name)”与现行台账的“\(ours.plan.name)”不是同一个方案。"], at: now))
    }
    var (ledger, bytes, merged) = (theirs, file.bytes, "")
    // A workbook that lost its number is the one that went out with the digest.
    var base = WorkbookVersion.read(file.bytes)
    if base == nil { base = try sent(with: digest)?.number }
    if base != current.number {
      var kept: MailedLedger?
      if let base { kept = try outbox.ledgerVersion(base) }
      guard let base, let old = kept.flatMap({ read($0.bytes, at: now).ledger }) else {
        return (nil, refused(["所依据的台账版本已无存档，无法合并。请在最近一期报告所附台账上修改。"], at: now))
      }
      switch LedgerMerge.merge(base: old, theirs: theirs, ours: ours) {
      case .conflict(let rows):
        let reasons = rows.map { "\($0)：您修改的是第\(base)版，此后第\(current.number)版也有改动，请在第\(current.number)版上修改。" }
        let file = try? self.file(ours, version: current.number, at: now)
        return (nil, refused(reasons, workbook: file.map { ($0.name, $0.bytes) }, at: now))
      case .merged(let both):
        guard let written = try? workbook(both, at: now), read(written, at: now).ledger != nil else {
          return (nil, refused(["与现行第\(current.number)版合并后有误，请在最近一期报告所附台账上修改。"], at: now))
        }
        (ledger, bytes) = (both, written)
        merged = "您修改的是第\(base)版，已与现行第\(current.number)版合并。"
      }
    }
    if let found = LedgerLoss.missing(ours, in: ledger, otherwise: []) {
      let ids = found.missing.prefix(20).joined(separator: "、")
      return (
        nil,
        refused(
          ["原有\(found.open)条未完成措施少了\(found.missing.count)条（\(ids)）。完成的请改状态为已销号，不要删去；确需删除的，请联系管理员。"], at: now)
      )
    }
    let changes = try changes(to: ledger)
    let version = try next(bytes, from: messageID, at: now)
    let warnings = reading.diagnostics.filter { !DiagnosticWords.hasOwnLine($0) }
    var paragraphs = ["您发来的台账检查无误，现已生效，为第\(version.number)版。\(merged)"]
    if changes.isEmpty { paragraphs.append("与上一版相比没有变动。") }
    paragraphs += Self.listed(changes) { "另有\($0)项变动，见台账。" }
    if !warnings.isEmpty {
      paragraphs.append("另请核对：")
      paragraphs += Self.listed(warnings.map { DiagnosticWords.chinese($0).asSentence }) { "另有\($0)处。" }
    }
    paragraphs.append("所附为现行台账，再有修改请以此为准。")
    let file = try? self.file(ledger, version: version.number, at: now)
    let reply = Reply(
      subject: "【台账已生效】第\(version.number)版，\(changes.isEmpty ? "无变动" : "变动\(changes.count)项")",
      paragraphs: paragraphs, workbook: file.map { ($0.name, $0.bytes) })
    return (version, reply)
  }

  private func said(_ severity: Diagnostic.Severity, _ reading: LedgerReading) -> [String] {
    reading.diagnostics.filter { $0.severity == severity }.map(DiagnosticWords.chinese)
  }

  /// The version that was in force when a digest went out.
  private func sent(with digest: EntryDetails) throws(OutboxError) -> MailedLedger? {
    try outbox.ledgerVersions().last { $0.at <= digest.entry.queuedAt }
  }

  /// Everything that differs from what is in force: first as the digest would say it, then each other cell.
  func changes(to ledger: Ledger) throws(OutboxError) -> [String] {
    var next = active
    next.ledgers = [ledger]
    next = try next.identified(by: outbox)
    let (old, new) = (active.ledgers[0], next.ledgers[0])
    let changes = LedgerChange.between(LedgerSnapshot(old), LedgerSnapshot(new))
    return changes.map(\.description) + CellChanges.between(old, new, besides: changes)
  }

  // MARK: A new plan

  /// A draft of a ledger, of which nothing else follows.
  private func draft(of file: (name: String, bytes: [UInt8]), at now: Timestamp) -> Reply {
    // Programs read files alone.
    let folder = try? ScratchFolder()
    defer { folder?.remove() }
    guard let copy = folder?.url.appendingPathComponent("plan"),
      (try? Data(file.bytes).write(to: copy)) != nil
    else { return refused(["系统目前不能读取“\(file.name)”，请联系管理员。"], at: now) }
    switch PlanFile.document(of: copy.path) {
    case .failure(let diagnostic):
      return refused(["“\(file.name)”：\(DiagnosticWords.words(diagnostic.message))。"], at: now)
    case .success(let document):
      let plan = PlanImporter.plan(from: document, calendar: active.calendar)
      let byID = plan.doubts.mapValues { doubts in
        doubts.map { DiagnosticWords.words($0.message) }.joined(separator: "；")
      }
      guard !plan.ledger.measures.isEmpty, let bytes = try? workbook(plan.ledger, remarks: byID, at: now)
      else {
        return refused(["“\(file.name)”中没有读出整改措施。"], at: now)
      }
      let counts = plan.counts
      let listed = plan.ledger.measures.compactMap { measure in
        byID[measure.id].map { "措施\(measure.id)：\($0)。" }
      }.prefix(Self.mostListed)
      var paragraphs = ["由“\(file.name)”读出的台账草稿见附件，现行台账没有改动。待核对的措施已标红并加批注，责任人邮箱须补登。"]
      paragraphs += listed
      if counts.leftOut > 0 { paragraphs.append("原文另有\(counts.leftOut)处未列入，请对照。") }
      paragraphs.append("核对后如要启用，请交管理员。")
      return Reply(
        subject: "【台账草稿】\(counts.read)条措施，\(counts.toLookAt)条待核对",
        paragraphs: paragraphs, workbook: ("台账草稿.xlsx", bytes))
    }
  }
}
