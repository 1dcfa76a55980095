import DubanDaemon
import Synchronization
import Testing

@Suite struct JournalTests {
  @Test("no event turns the direction of writing or begins a line of its own")
  func eventsAreOneVisibleLine() {
    let seen = Mutex<[JournalEvent]>([])
    let journal = Journal { event in seen.withLock { $0.append(event) } }
    journal.note(
      JournalEvent(.loaded, .info, "《改造\u{202E}》\nsecond", fields: ["DUBAN_PLAN": "a\u{2067}\u{7}b"]))
    let event = seen.withLock { $0[0] }
    #expect(event.message == "《改造U+202E》 second")
    #expect(event.fields == ["DUBAN_PLAN": "aU+2067 b"])
  }
}
