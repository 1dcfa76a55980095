public import DubanCore
import DubanInbox
import DubanLedger
import DubanMail
public import DubanOutbox
import Glibc

/// The ledger's workbook on its way to the contact and back: what comes is checked, kept as a version together with the
/// mail that tells of it, and put into the ledger's file, from where it is read like one that was edited by hand.
public struct LedgerByMail {
  /// A larger workbook isn't taken: ten thousand measures have three million bytes.
  static let mostBytes = 10 << 20
  static let mostFiles = 30

  let active: ActiveConfiguration
  let outbox: Outbox

  /// The way of the ledger in force.
  public init(_ active: ActiveConfiguration, _ outbox: Outbox) {
    (self.active, self.outbox) = (active, outbox)
  }

  /// The ledger's file.
  var path: String { active.configuration.ledgers[0] }

  // MARK: Versions

  /// Keeps bytes as the next version, to be put into the ledger's file, and returns its number.
  public func keep(_ bytes: [UInt8], from source: String, at now: Timestamp) throws(OutboxError) -> Int64 {
    let version = try next(bytes, from: source, at: now)
    try outbox.keep(version)
    return version.number
  }

  func next(_ bytes: [UInt8], from source: String, at now: Timestamp) throws(OutboxError) -> MailedLedger {
    MailedLedger(
      number: (try outbox.lastLedgerVersion()?.number ?? 0) + 1, plan: active.ledgers.first?.plan.key ?? "",
      bytes: bytes, source: source, isWritten: false, at: now)
  }

  /// The version in force. A file that was changed by hand is kept as the next one; nil where the file can't be read.
  func keepCurrent(at now: Timestamp) throws(OutboxError) -> MailedLedger? {
    let last = try outbox.lastLedgerVersion()
    // What isn't written yet is in force as soon as it is.
    if let last, !last.isWritten { return last }
    guard let bytes = fileBytes else { return last }
    if let last, last.bytes == bytes { return last }
    if try isBehind(bytes) { return last }
    var version = try next(bytes, from: "the file", at: now)
    version.isWritten = true
    try outbox.keep(version)
    return version
  }

  private var fileBytes: [UInt8]? { try? SourceFile.bytes(path, limit: Self.mostBytes).get() }

  /// Whether a file of this host's is an earlier version: another host has put the last one into its own file.
  private func isBehind(_ bytes: [UInt8]) throws(OutboxError) -> Bool {
    guard outbox.isShared else { return false }
    return try outbox.ledgerVersions().contains { $0.bytes == bytes }
  }

  /// Puts the last version into the ledger's file where it isn't there yet; why that fails, nil where it didn't.
  ///
  /// Of several hosts each does so with a file of its own, unless it was changed by hand.
  public func writePending() throws(OutboxError) -> String? {
    guard let last = try outbox.lastLedgerVersion() else { return nil }
    if last.isWritten {
      guard let bytes = fileBytes, bytes != last.bytes, try isBehind(bytes) else { return nil }
    }
    do throws(AtomicFile.Failure) { try AtomicFile.write(last.bytes, to: path, replacing: true) } catch {
      return "\(path) \(error.reason)"
    }
    try outbox.markWritten(last.number)
    return nil
  }

  /// The workbook of the version in force, which is kept, as it goes out; nil where it can't be read.
  func issue(at now: Timestamp) throws -> LedgerFile? {
    guard let current = try keepCurrent(at: now), let ledger = read(current.bytes, at: now).ledger else {
      return nil
    }
    return try file(ledger, version: current.number, at: now)
  }

  func file(_ ledger: Ledger, version: Int64, at now: Timestamp) throws(ExportFailure) -> LedgerFile {
    LedgerFile(version: version, bytes: try workbook(ledger, version: version, at: now))
  }

  func workbook(
    _ ledger: Ledger, version: Int64? = nil, remarks: [String: String] = [:], at now: Timestamp
  ) throws(ExportFailure) -> [UInt8] {
    try LedgerXLSX.bytes(
      ledger, on: active.zone.day(of: now), lights: active.configuration.policy.lights,
      calendar: active.calendar, version: version, remarks: remarks)
  }

  func read(_ bytes: [UInt8], at now: Timestamp) -> LedgerReading {
    LedgerReader.read(
      workbook: bytes, file: "台账.xlsx", calendar: active.calendar, today: active.zone.day(of: now))
  }

  /// Whether the service may write the ledger's file, and so could put another one in force.
  var canWrite: Bool {
    let folder = path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex)
    return access(String(folder), W_OK) == 0
  }
}

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
    guard let current = try keepCurrent(at: now), let ours = read(current.bytes, at: now).ledger,
      canWrite
    else {
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
