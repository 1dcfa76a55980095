import TestSupport
import Testing

@testable import DubanCore
@testable import DubanMail

/// The calendar entry follows its deadline.
struct CalendarFileTests {
  @Test("a deadline that moves takes its entry along, with a greater SEQUENCE")
  func moved() throws {
    let before = try entry(due: ["2022-12-30"], at: 0)
    let after = try entry(due: ["2023-01-20"], at: 86_400)
    #expect(before["UID"] == after["UID"])
    #expect(before["DTSTART;VALUE=DATE"] == "20221230")
    #expect(after["DTSTART;VALUE=DATE"] == "20230120")
    #expect(after["DTEND;VALUE=DATE"] == "20230121")
    let sequences = try [before, after].map { try #require($0["SEQUENCE"].flatMap { Int($0) }) }
    #expect(sequences[0] < sequences[1])
  }

  @Test("an item with two dates has an entry for each")
  func twoDates() throws {
    let both = ["2022-12-30", "2023-06-30"]
    #expect(try entry(due: both, at: 0)["UID"] != entry(due: both.reversed(), at: 0)["UID"])
  }

  @Test("what was closed, moved or handed over loses or moves the entry that an earlier mail made")
  func changes() throws {
    let item = ItemID(plan: "测", kind: .measure, id: "1.2", identity: "1.1")
    func change(_ old: [String], _ new: [String]) -> OwnerNote.CalendarChange {
      OwnerNote.CalendarChange(
        item: item, title: "事", area: "领域一", text: "文", old: old.map(SampleLedger.day),
        new: new.map(SampleLedger.day))
    }
    let first = try entry(due: ["2022-12-30"], at: 0)
    let cancelled = try entries([], [change(["2022-12-30"], [])], at: 60)
    #expect(cancelled.map { $0["STATUS"] } == ["CANCELLED"])
    #expect(cancelled[0]["UID"] == first["UID"], "the number has changed, the measure hasn't")
    #expect(cancelled[0]["SUMMARY"] == "整改到期：1.2 事")
    let moved = try entries([], [change(["2022-12-30"], ["2023-01-20"])], at: 60)
    #expect(moved.map { $0["STATUS"] } == ["CONFIRMED"])
    #expect(moved[0]["UID"] == first["UID"])
    #expect(moved[0]["DTSTART;VALUE=DATE"] == "20230120")
    let parted = try entries([], [change(["2022-12-30"], ["2022-12-30", "2023-06-30"])], at: 60)
    #expect(parted.map { $0["STATUS"] } == ["CONFIRMED", "CONFIRMED", "CANCELLED"])
    #expect(parted[2]["UID"] == first["UID"])
  }

  @Test("who takes a measure over has its entry, also where both read one mailbox")
  func takenOver() throws {
    let measure = ItemID(plan: "测", kind: .measure, id: "1.1")
    func change(_ old: [String], _ new: [String]) -> OwnerNote.CalendarChange {
      OwnerNote.CalendarChange(
        item: measure, title: "事", area: "领域一", text: "文", old: old.map(SampleLedger.day),
        new: new.map(SampleLedger.day))
    }
    let (leaving, arriving) = (change(["2022-12-30"], []), change([], ["2022-12-30"]))
    #expect(try entries([], [arriving], at: 60).map { $0["STATUS"] } == ["CONFIRMED"])
    #expect(try entries([], [leaving], at: 60).map { $0["STATUS"] } == ["CANCELLED"])
    #expect(try entries([], [leaving, arriving], at: 60).map { $0["STATUS"] } == ["CONFIRMED"])
  }

  @Test("texts are escaped and lines folded between characters")
  func text() throws {
    var lines = CalendarLines()
    lines.add("SUMMARY", text: "一；a;b,c\\d\r\n二" + String(repeating: "长", count: 60))
    let folded = lines.text.split(separator: "\r\n")
    #expect(folded.allSatisfy { $0.utf8.count <= 75 })
    #expect(folded.count == 3)
    let unfolded = lines.text.replacing("\r\n ", with: "")
    #expect(unfolded == "SUMMARY:一；a\\;b\\,c\\\\d\\n二" + String(repeating: "长", count: 60) + "\r\n")
  }

  /// The first entry's properties, for a measure whose dates are `due` and whose first one is mailed.
  private func entry(due: [String], at seconds: Int64) throws -> [String: String] {
    var measure = SampleLedger.measure("1.1", due: due[0], owners: [])
    measure.deadline.reading.readings = due.map { .date(due: SampleLedger.day($0)) }
    let line = ItemLine(
      AgendaItem(
        item: ItemID(plan: "测", kind: .measure, id: "1.1"), subject: .measure(measure, area: "领域一"),
        owners: [],
        due: SampleLedger.day(due[0]), daysLeft: nil, light: .yellow, noReminder: nil))
    return try #require(entries([line], at: seconds).first)
  }

  /// The properties of all entries, in order.
  private func entries(
    _ lines: [ItemLine], _ changes: [OwnerNote.CalendarChange] = [], at seconds: Int64
  ) throws -> [[String: String]] {
    let sender = try Sender(name: "办公室", address: "office@example.org")
    let file = CalendarFile(
      domain: "example.org", organizer: .init(name: sender.name, address: sender.address),
      contacts: ContactRecords(plans: []), at: Timestamp(seconds: 1_671_000_000 + seconds))
    let text = try #require(file.text(of: lines, changes)).replacing("\r\n ", with: "")
    return text.split(separator: "BEGIN:VEVENT").dropFirst().map { entry in
      let pairs = entry.split(separator: "\r\n").map {
        $0.split(separator: ":", maxSplits: 1).map(String.init)
      }
      return Dictionary(pairs.filter { $0.count == 2 }.map { ($0[0], $0[1]) }) { first, _ in first }
    }
  }
}
