import DubanCore
import DubanOutbox
import TestSupport
import Testing

/// Reminders that are made when they are asked for are queued as those are that were there before.
@Suite struct ReminderRecordsTests {
  private let folder: ScratchDirectory
  private let outbox: Outbox

  init() throws {
    folder = try ScratchDirectory()
    outbox = try Outbox(directory: folder.path)
  }

  private func entry(_ name: String, making keys: [String]) -> NewEntry {
    var entry = Sample.entry(name)
    entry.reminders = ReminderRecords(count: keys.count) { Sample.reminder(keys[$0]) }
    return entry
  }

  @Test func theyAreRecordedInOrder() throws {
    let keys = ["r2", "r1", "r3"]
    #expect(entry("a", making: keys) == Sample.entry("a", reminders: keys))
    #expect(try outbox.enqueue([entry("a", making: keys)]).queued == [1])
    #expect(try outbox.reminders(plannedSince: Sample.day).map(\.reminder.key) == keys)
    let known = try outbox.enqueue([entry("b", making: ["r4", "r3"])]).known
    #expect(known == [.init(key: "b", reminders: ["r3"], entry: 1)])
  }

  @Test func onlyKeysThatWereNeverQueuedAreFound() throws {
    _ = try outbox.enqueue([Sample.entry("a", reminders: ["r1", "r3"])])
    let keys = ["r0", "r1", "r2", "r3", "r4"]
    #expect(try outbox.unqueued(of: keys.count) { keys[$0] } == [0, 2, 4])
    #expect(try outbox.unqueued(of: 0) { _ in "" } == [])
  }

  @Test func eachIsGoneThroughWithoutKeyAndReason() throws {
    _ = try outbox.enqueue([
      Sample.entry("a", reminders: ["r1", "r2"]), Sample.entry("b", reminders: ["r3"]),
    ])
    var past: [PastReminder] = []
    try outbox.forEachReminder(plannedSince: Sample.day) { past.append($0) }
    let records = try outbox.reminders(plannedSince: Sample.day).map(\.reminder)
    #expect(past.count == 3)
    for (reminder, record) in zip(past, records) {
      #expect(reminder.plan == record.plan && reminder.kind == record.kind && reminder.item == record.item)
      #expect(reminder.due == record.due && reminder.stage == record.stage)
      #expect(reminder.person == record.person && reminder.unit == record.unit)
      #expect(reminder.plannedOn == record.plannedOn)
    }
    try outbox.forEachReminder(plannedSince: Sample.day.adding(days: 1)) { _ in
      Issue.record("none is planned later")
    }
  }
}
