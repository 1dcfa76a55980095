import DubanCore
import DubanOutbox
import TestSupport
import Testing

/// What the planner asks of the past is read without holding it.
@Suite struct PastReminderTests {
  private let folder: ScratchDirectory
  private let outbox: Outbox

  init() throws {
    folder = try ScratchDirectory()
    outbox = try Outbox(directory: folder.path)
  }

  @Test func eachIsGoneThroughInOrder() throws {
    _ = try outbox.enqueue([
      Sample.entry("a", reminders: ["r1", "r2"]), Sample.entry("b", reminders: ["r3"]),
    ])
    var past: [ReminderRecord] = []
    try outbox.forEachReminder(plannedSince: Sample.day) { past.append($0) }
    let records = try outbox.reminders(plannedSince: Sample.day).map(\.reminder)
    #expect(past == records && past.count == 3)
    try outbox.forEachReminder(plannedSince: Sample.day.adding(days: 1)) { _ in
      Issue.record("none is planned later")
    }
    var older = 0
    let stage = try #require(records.first?.stage)
    try outbox.forEachReminder(plannedSince: Sample.day.adding(days: 1), orStages: [stage]) { _ in older += 1
    }
    #expect(older == 3)
  }
}
