import DubanCore

@testable import DubanOutbox

extension MemoryOutbox {
  func entries(_ filter: EntryFilter) throws -> [Entry] {
    let all = records.indices.map { entry($0) }.filter { entry in
      let items = Set(records[Int(entry.id) - 1].new.reminders.map(\.identity))
      return filter.states?.contains(entry.state) ?? true
        && (filter.to.map { $0 == entry.person || $0 == entry.recipient } ?? true)
        && (filter.items.map { !items.isDisjoint(with: $0) } ?? true)
        && (filter.from.map { entry.day >= $0 } ?? true)
        && (filter.through.map { entry.day <= $0 } ?? true)
    }
    return Array((filter.newestFirst ? all.reversed() : all).prefix(filter.limit ?? .max))
  }

  private func entry(_ index: Int) -> Entry {
    let (record, new) = (records[index], records[index].new)
    return Entry(
      id: Int64(index + 1), key: new.key, kind: new.kind, reversePath: new.reversePath,
      recipient: new.recipient,
      person: new.person, unit: new.unit, messageID: new.messageID, subject: new.subject, day: new.day,
      queuedAt: new.queuedAt, state: record.state, attempts: record.attempts.count,
      nextAttempt: record.nextAttempt, lastAttempt: record.lastAttempt, endedAt: record.endedAt,
      answer: record.answer, code: record.code, possiblyDelivered: record.possiblyDelivered,
      dropped: record.dropped)
  }

  func show(_ id: Int64) throws -> EntryDetails {
    guard records.indices.contains(Int(id) - 1) else { throw OutboxError.noEntry(id) }
    let record = records[Int(id) - 1]
    return EntryDetails(
      entry: entry(Int(id) - 1),
      attempts: record.attempts.enumerated().map { number, attempt in
        Attempt(
          number: number + 1, startedAt: attempt.startedAt, endedAt: attempt.endedAt,
          outcome: attempt.outcome,
          answer: attempt.answer, code: attempt.code, possiblyDelivered: attempt.possiblyDelivered)
      },
      reminders: record.new.reminders.sorted { $0.key < $1.key },
      body: record.hasBody ? record.new.body : nil)
  }

  func backlog() throws -> Backlog {
    var backlog = Backlog()
    for record in records where record.state != .sent { backlog.counts[record.state, default: 0] += 1 }
    let open = records.filter { ![.sent, .failed].contains($0.state) }
    backlog.oldest = open.map(\.new.queuedAt).min()
    backlog.waitingSince = open.filter { $0.state != .held }.map(\.new.queuedAt).min()
    backlog.nextAttempt = open.filter { $0.state != .sending }.compactMap(\.nextAttempt).min()
    return backlog
  }

  func handedOver(after since: Timestamp, through now: Timestamp) throws -> [Timestamp] {
    records.flatMap(\.attempts).filter { attempt in
      attempt.startedAt > since && attempt.startedAt <= now
        && (attempt.outcome == nil || attempt.outcome == .sent || attempt.possiblyDelivered)
    }.map(\.startedAt).sorted()
  }

  func relayState() throws -> RelayState? { relay }

  func clearStop() throws {
    if let relay, let until = relay.stoppedUntil {
      for index in records.indices where records[index].state == .deferred {
        guard records[index].nextAttempt == until || records[index].answer == relay.reason else { continue }
        records[index].nextAttempt = records[index].lastAttempt
      }
    }
    relay?.stoppedUntil = nil
    if relay?.pausedUntil == nil { relay = nil }
  }

  func badRecipients() throws -> [BadRecipient] { bad.values.sorted { $0.address < $1.address } }

  func clearBadRecipient(_ address: String) throws -> Bool { bad.removeValue(forKey: address) != nil }
}
