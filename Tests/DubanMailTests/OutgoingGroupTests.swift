import DubanCore
import TestSupport
import Testing

@testable import DubanMail

/// Who is reminded of what today, as a digest lists it: by person, then people with the same together.
@Suite struct OutgoingGroupTests {
  private static let day = SampleLedger.day("2022-12-28")

  /// The reminders of a day on which each of these is due in a week; `shares` says which owners answer for a measure.
  private func reminders(_ shares: [[Int]]) throws -> [Reminder] {
    let owners = (0...(shares.joined().max() ?? 0)).map {
      // Two of the same name in different units are two people.
      SampleLedger.owner("责任人\($0 / 2)", "单位\($0 % 2)", "o\($0)")
    }
    let measures = shares.enumerated().map { number, share in
      SampleLedger.measure("1.\(number + 1)", due: "2023-01-04", owners: share.map { owners[$0] })
    }
    let planner = Planner(
      ledgers: [SampleLedger.ledger(owners: owners, measures: measures)], policy: Policy(),
      calendar: SampleLedger.calendar)
    let mail = planner.plan(on: Self.day, after: History()).mails.first { $0.kind != .reminders }
    return try #require(mail).reminders
  }

  @Test(arguments: [
    [[0]], [[0, 1], [1]], [[0], [1], [0, 1], [2]], [[3, 2, 1, 0], [0], [2], [0, 2]],
  ])
  func eachPersonHasTheirOwnLines(_ shares: [[Int]]) throws {
    let reminders = try reminders(shares)
    let people = PersonLines.of(reminders)
    var seen: Set<Recipient> = []
    let expected = reminders.map(\.recipient).filter { seen.insert($0).inserted }
    #expect(people.map(\.recipient) == expected, "in the order in which they come first")
    for person in people {
      let own = reminders.filter { $0.recipient == person.recipient }
      #expect(person.lines.map(\.item) == own.map(\.occurrence.item), "\(person.recipient)")
      #expect(person.lines.allSatisfy { $0.owners == [person.recipient] })
    }
  }

  @Test func nobodyIsRemindedOfNothing() { #expect(PersonLines.of([]).isEmpty) }

  @Test func peopleWithTheSameItemsAreTogether() throws {
    let groups = OutgoingGroup.groups(
      PersonLines.of(try reminders([[0, 2], [1], [0, 2], [3, 1]])), on: Self.day)
    #expect(groups.map(\.ids) == ["1.1、1.3", "1.2、1.4", "1.4"])
    #expect(groups.map { $0.receivers.map(\.person) } == [["责任人0", "责任人1"], ["责任人0"], ["责任人1"]])
    #expect(
      groups.map(\.what) == ["2项", "2项", "1项"].map { "2023年1月4日到期\($0)（剩7天）" })
  }

  /// Whoever comes late still counts in a group that is shown; groups that aren't shown are only known to be there.
  @Test func aLongListKeepsCountingThoseItShows() throws {
    let most = OutgoingGroup.mostGroups
    let shares = [[0, most + 50]] + (1..<most + 50).map { [$0] }
    let groups = OutgoingGroup.groups(PersonLines.of(try reminders(shares)), on: Self.day)
    #expect(groups.count == most + 1)
    #expect(groups.first?.receivers.count == 2)
    #expect(groups.dropFirst().allSatisfy { $0.receivers.count == 1 })
    let whole = OutgoingGroup.groups(PersonLines.of(try reminders(Array(shares.prefix(most)))), on: Self.day)
    #expect(whole.count == most, "as many as are shown: nothing is cut")
  }
}
