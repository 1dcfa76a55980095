import DubanCore
import Foundation
import TestSupport
import Testing

@testable import DubanLedger

/// The bulk reader says what the general reader says, of every table that it takes.
@Suite struct BulkReaderTests {
  private static let factor =
    ProcessInfo.processInfo.environment["DUBAN_FUZZ_FACTOR"].flatMap { UInt64($0) } ?? 1
  private let calendar = WorkdayCalendar()
  private let folder = FileManager.default.temporaryDirectory.appending(path: "duban-bulk-\(UUID())")

  init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

  private func header() -> LedgerDraft {
    let place = Diagnostic.Location(file: "ledger.yaml", line: 1)
    var draft = LedgerDraft()
    var plan = LedgerDraft.Plan(at: place)
    plan.title = LocatedText("方案", at: place)
    plan.issued = LocatedText("2022-09-21", at: place)
    var contact = LedgerDraft.Contact(at: place)
    contact.unit = LocatedText("服务中心", at: place)
    contact.email = LocatedText("contact@example.org", at: place)
    plan.contact = contact
    draft.plan = plan
    draft.owners = GeneratedTable.owners.enumerated().map { number, names in
      var owner = LedgerDraft.Owner(at: place)
      owner.person = LocatedText(names.0, at: place)
      owner.unit = LocatedText(names.1, at: place)
      owner.email = LocatedText("owner\(number)@example.org", at: place)
      return owner
    }
    return draft
  }

  private func general(_ file: String) -> LedgerReading {
    var draft = header()
    draft.table = file
    let noticed = draft.readTable(noticed: [])
    return LedgerChecker.check(draft, file: "ledger.yaml", calendar: calendar, today: nil, noticed: noticed)
  }

  private func bulk(_ file: String) -> LedgerReading {
    var draft = header()
    draft.table = file
    return LedgerChecker.check(draft, file: "ledger.yaml", calendar: calendar, today: nil)
  }

  /// Whether the bulk reader takes the table at all.
  private func takes(_ file: String) -> Bool {
    var checker = LedgerChecker(
      file: "ledger.yaml", today: nil, calendar: calendar, diagnostics: [],
      deadlines: DeadlineReader(issued: SampleLedger.day("2022-09-21")), unread: [])
    let owners = checker.owners(header().owners).owners
    guard let feed = try? BulkFeed(file) else { return false }
    return (try? BulkReader.read(feed, into: &checker, OwnerDirectory(owners))) != nil
  }

  /// By file and place: which file comes first depends on the order of reading.
  private func lines(_ reading: LedgerReading) -> [String] { reading.diagnostics.map(\.description).sorted() }

  private func compare(_ bytes: [UInt8], _ what: String) throws -> Bool {
    let file = folder.appending(path: "measures.csv")
    try Data(bytes).write(to: file)
    let (one, other) = (bulk(file.path), general(file.path))
    let (ones, others) = (Set(lines(one)), Set(lines(other)))
    #expect(ones.subtracting(others) == [], "\(what): only the bulk reader says so")
    #expect(others.subtracting(ones) == [], "\(what): only the general reader says so")
    #expect(lines(one).count == lines(other).count, "\(what)")
    #expect(one.ledger == other.ledger, "\(what)")
    return takes(file.path)
  }

  @Test func madeUpTables() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    var taken = 0
    let rounds = 400 * Self.factor
    for seed in 0..<rounds {
      var table = GeneratedTable(seed: seed)
      if try compare(table.bytes(), "seed \(seed)") { taken += 1 }
    }
    #expect(taken > rounds / 3, "only \(taken) of \(rounds) tables were read in bulk")
  }

  @Test func damagedTables() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    for seed in 0..<300 * Self.factor {
      var generator = SeededGenerator(seed: seed)
      var table = GeneratedTable(seed: seed % 40)
      _ = try compare(Mutator.mutated(table.bytes(), &generator), "seed \(seed)")
    }
  }

  @Test(arguments: ["office-comma-utf8.csv", "office-tab-gb18030.csv", "office-tab-utf16.csv"])
  func fixtures(name: String) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    _ = try compare(try SheetFixture.bytes(name), name)
  }

  /// Pieces end within the table, rows are longer than a piece, and areas come again: all lanes work.
  @Test func manyPieces() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    var text = "序号,领域,整改措施,责任单位,责任人,完成时限,状态\n"
    for row in 0..<60_000 {
      let (person, unit) = GeneratedTable.owners[row % 5]
      let filler =
        row == 30_000 ? String(repeating: "长", count: 800_000) : String(repeating: "文", count: row % 20)
      text += "\(row / 100).\(row % 100),领域\(row / 1000 % 7),\"推进第\(row)项。\n\(filler)\",\(unit),\(person),"
      text += row == 45_000 ? "尽快,进行中\n" : "2022年12月\(row % 28 + 1)日前,进行中\n"
    }
    #expect(try compare(Array(text.utf8), "many pieces"))
  }

  @Test func idsThatStandTwice() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let rows = ["1.1", "1.2", "1.1", "2.1", "1.2", "1.1"].map { "\($0),领域,推进,规划建设部,李晓光,长期\n" }
    let text = "序号,领域,整改措施,责任单位,责任人,完成时限\n" + rows.joined()
    #expect(try compare(Array(text.utf8), "ids"))
    let file = folder.appending(path: "measures.csv").path
    let places = bulk(file).diagnostics.filter { $0.message.contains("twice") }.map(\.location.line)
    #expect(places == [4, 6, 7])
  }

  @Test func restsAndReadsTheSame() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    var text = "序号,领域,整改措施,责任单位,责任人,完成时限\n"
    for row in 0..<40_000 { text += "\(row + 1),领域,推进第\(row)项整改任务落实到位,规划建设部,李晓光,长期\n" }
    let file = folder.appending(path: "measures.csv")
    try Data(text.utf8).write(to: file)
    let ledger = try #require(bulk(file.path).ledger)
    let before = Array(ledger.areas[0].measures)
    for _ in 0..<3 {
      for area in ledger.areas { area.measures.store.memory.rest(in: folder.path) }
      #expect(Array(ledger.areas[0].measures) == before)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["measures.csv"])
  }
}
