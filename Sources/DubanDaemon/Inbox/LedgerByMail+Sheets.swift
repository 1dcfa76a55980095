import DubanCore
import DubanInbox
import DubanLedger
import DubanMail
import DubanOutbox

/// Sheets that units filled in and the contact sends on in answer to a digest: merged as `duban merge` does it. What a unit
/// sends itself is a person's to read: nothing of it is in force without the contact.
extension LedgerByMail {
  /// Whether a file is a sheet that units fill in.
  func isSheet(_ bytes: [UInt8]) -> Bool {
    guard case .workbook = MailedFile(bytes) else { return false }
    return SheetMerge.isSheet(bytes)
  }

  /// Merges sheets into the ledger in force; what comes of it is put into `taken`, but for the mail that says so.
  func merge(
    _ files: [(name: String, bytes: [UInt8])], from messageID: String, into taken: inout Taken,
    at now: Timestamp
  ) throws(OutboxError) -> Reply {
    guard let current = try keepCurrent(at: now), let ours = read(current.bytes, at: now).ledger, canWrite else {
      return refused(["系统目前不能写入台账文件，请联系管理员。"], at: now)
    }
    var next = active
    next.ledgers = [ours]
    next = try next.identified(by: outbox)
    let ledger = next.ledgers[0]
    let key = ledger.plan.key
    var merge = SheetMerge(into: ledger, said: try SheetRequests.said(ofPlan: key, outbox))
    for file in files { merge.add(file.bytes, file: file.name) }
    var paragraphs: [String] = []
    var file: LedgerFile?
    if merge.changes.isEmpty {
      paragraphs.append(
        merge.diagnostics.hasErrors ? "填报表未并入，现行台账不变。" : "填报表中没有台账尚未记载的内容，现行台账不变。")
    } else {
      let filled = ledger.applying(merge.changes)
      guard let bytes = try? workbook(filled, at: now), read(bytes, at: now).ledger != nil else {
        return refused(["并入填报表后台账有误，请联系管理员。"], at: now)
      }
      let version = try self.next(bytes, from: messageID, at: now)
      taken.version = version
      file = try? self.file(filled, version: version.number, at: now)
      paragraphs.append("填报表已并入台账，现行台账为第\(version.number)版。")
      let changes = try changes(to: filled)
      paragraphs += Self.listed(changes) { "另有\($0)项变动，见台账。" }
    }
    // Only now that nothing was refused: a sheet that says the same again says nothing new.
    taken.facts = SheetRequests.facts(merge.said, ofPlan: key)
    taken.proposals = SheetRequests(next, outbox).proposals(merge.requests, ofPlan: key, at: now)
    let faults = merge.diagnostics.map(DiagnosticWords.chinese)
    if !faults.isEmpty {
      paragraphs.append("以下各处请核对：")
      paragraphs += Self.listed(faults.map(\.asSentence)) { "另有\($0)处。" }
    }
    if !taken.proposals.isEmpty {
      paragraphs.append("申请事项\(taken.proposals.count)件，列入下一期报告的“下一步”，请届时决定。")
    }
    let count = merge.changes.count
    return Reply(
      subject: count == 0 ? "【填报未并入】请核对" : "【填报已并入】\(count)项措施有变动", paragraphs: paragraphs,
      workbook: file.map { ($0.name, $0.bytes) })
  }
}
