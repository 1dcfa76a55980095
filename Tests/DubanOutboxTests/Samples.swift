import DubanCore
import DubanOutbox

/// Values for the outbox's tests: short, and different wherever a test may tell them apart.
enum Sample {
  /// 2022-12-20 08:30 in Shanghai.
  static let now = Timestamp(seconds: 1_671_496_200)
  static let day = CivilDate(dayNumber: 19_346)

  /// A process that nobody can see: its lease lasts until it runs out.
  static func process(_ number: Int32) -> ProcessIdentity {
    ProcessIdentity(boot: "boot", namespace: "pid:[\(number)]", process: number, start: UInt64(number))
  }

  static func terms(_ number: Int32 = 1) -> LeasePolicy { LeasePolicy(owner: process(number)) }

  static func entry(
    _ name: String, reminders: [String] = [], person: String = "徐娟", at moment: Timestamp = now,
    notBefore: Timestamp? = nil
  ) -> NewEntry {
    NewEntry(
      key: name, kind: "reminders", reversePath: "contact@example.org", recipient: "\(name)@example.org",
      person: person,
      unit: "市场监督管理局", messageID: "<\(name)@example.org>", subject: "督办 \(name)",
      body: Array("Subject: \(name)\r\n\r\n正文 \(name)\r\n".utf8), day: day, queuedAt: moment,
      notBefore: notBefore ?? moment, reminders: reminders.map { reminder($0) })
  }

  static func reminder(_ key: String) -> ReminderRecord {
    ReminderRecord(
      key: key, plan: "洛开〔2022〕19号", kind: "measure", item: "3.1", due: day.adding(days: 11),
      stage: "advance 7", person: "徐娟",
      unit: "市场监督管理局", plannedOn: day, reason: "12月31日到期")
  }

  static func ledger(_ number: Int64) -> MailedLedger {
    MailedLedger(
      number: number, plan: "洛开〔2022〕19号", bytes: [0x50, 0x4B, 0, 0xFF], source: "m@example.org",
      isWritten: false,
      at: now)
  }

  static let accepted = DeliveryVerdict(entry: .sent, answer: "250 2.0.0 Ok: queued", code: 250)
  static let refused = DeliveryVerdict(entry: .giveUp, answer: "554 5.7.1 DT:SPM", code: 554)

  static func deferred(until moment: Timestamp, possiblyDelivered: Bool = false) -> DeliveryVerdict {
    DeliveryVerdict(
      entry: .retry(at: moment), answer: "451 try again", code: 451, possiblyDelivered: possiblyDelivered)
  }
}
