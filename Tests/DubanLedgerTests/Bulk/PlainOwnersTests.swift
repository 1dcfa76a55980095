import DubanCore
import Foundation
import TestSupport
import Testing

@testable import DubanLedger

/// Owners of plain tables are those that the general reader finds, and it has nothing to say of such a table.
@Suite struct PlainOwnersTests {
  private static let factor =
    ProcessInfo.processInfo.environment["DUBAN_FUZZ_FACTOR"].flatMap { UInt64($0) } ?? 1

  private struct Found: Equatable {
    var owners: [Owner]
    var places: [Diagnostic.Location]
  }

  private func plain(_ bytes: [UInt8]) -> Found? {
    PlainOwners(bytes, file: "owners.csv").map { plain in
      let owners = plain.directory.owners
      return Found(owners: owners, places: owners.indices.map(plain.location))
    }
  }

  private func general(_ bytes: [UInt8]) -> (found: Found, problems: [Diagnostic]) {
    let (draft, diagnostics) = TableLedger.read(bytes, file: "owners.csv", for: .owners)
    var checker = LedgerChecker(
      file: "ledger.yaml", today: nil, calendar: WorkdayCalendar(), diagnostics: diagnostics,
      deadlines: DeadlineReader(issued: nil, calendar: WorkdayCalendar()), unread: draft.unread)
    let (owners, places) = checker.owners(draft.owners)
    return (Found(owners: owners, places: places), checker.diagnostics)
  }

  /// Whether the table was taken for a plain one; then both agree.
  private func compare(_ bytes: [UInt8], _ what: String) -> Bool {
    guard let plain = plain(bytes) else { return false }
    let (found, problems) = general(bytes)
    #expect(problems == [], "\(what)")
    #expect(plain == found, "\(what)")
    return true
  }

  @Test func madeUpTables() {
    var taken = 0
    let rounds = 600 * Self.factor
    for seed in 0..<rounds {
      var table = GeneratedOwners(seed: seed)
      if compare(table.bytes(), "seed \(seed)") { taken += 1 }
    }
    #expect(taken > rounds / 5, "only \(taken) of \(rounds) tables were plain")
  }

  @Test func damagedTables() {
    for seed in 0..<600 * Self.factor {
      var generator = SeededGenerator(seed: seed)
      var table = GeneratedOwners(seed: seed % 40)
      _ = compare(Mutator.mutated(table.bytes(), &generator), "seed \(seed)")
    }
  }

  @Test(arguments: [
    "责任人,责任单位,邮箱\n徐娟,市场监督管理局,a@example.org\n徐娟,市场监督管理局,b@example.org\n",
    "责任人,责任单位,邮箱\n徐娟,市场监督管理局,\n", "责任人,责任单位,邮箱\n", "责任人,责任单位,邮箱\n徐娟,局,a@b@example.org\n",
    "责任人,责任单位,邮箱,电话\n徐娟,局,a@example.org,65650000\n", "责任人,责任单位,邮箱\n徐娟,局,a@example.org,多\n",
    "责任人,责任单位,邮箱\n徐娟,局,\u{0}a@example.org\n", "",
  ])
  func othersAreTheGeneralReaders(text: String) { #expect(plain(Array(text.utf8)) == nil) }

  @Test func headsAndColumnsOfNoInterest() throws {
    let text = "序号,单位,姓名,邮箱,是否第一责任人\n1,局,徐娟,a@example.org,是\n\n2,局,郭兰,b@example.org,否\n"
    #expect(compare(Array(text.utf8), "heads"))
    let found = try #require(plain(Array(text.utf8)))
    #expect(found.owners.map(\.isHead) == [true, false])
    #expect(found.places.map(\.line) == [2, 4])
  }

  /// The same owners in a ledger, whichever reader reads the table: also where measures bring addresses of their own.
  @Test(arguments: [false, true])
  func besideMeasures(withAddresses: Bool) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "duban-owners-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func write(_ name: String, _ text: String) throws {
      try Data(text.utf8).write(to: folder.appending(path: name))
    }
    try write(
      "ledger.yaml",
      """
      plan: {title: 方案, issued: 2022-09-21, contact: {unit: 服务中心, email: contact@example.org}}
      owners: owners.csv
      measures: measures.csv
      """)
    try write(
      "measures.csv",
      withAddresses
        ? "序号,领域,整改措施,责任单位,责任人,完成时限,邮箱\n1.1,领域,推进,局,徐娟,长期,other@example.org\n"
        : "序号,领域,整改措施,责任单位,责任人,完成时限\n1.1,领域,推进,局,徐娟,长期\n")
    let rows = "局,徐娟,a@example.org\n局,郭兰,b@example.org\n"
    func read(_ head: String) throws -> LedgerReading {
      try write("owners.csv", head + rows)
      return LedgerReader.read(
        file: folder.appending(path: "ledger.yaml").path, calendar: WorkdayCalendar(), today: nil)
    }
    // A name spread out by spaces is for the general reader.
    let (one, other) = (try read("单位,姓名,邮箱\n"), try read("单位,姓名,邮箱\n局,任 园 园,c@example.org\n"))
    #expect(one.diagnostics.hasErrors == withAddresses)
    let idle = one.diagnostics.filter { $0.message.contains("郭兰") }
    #expect(idle.map(\.location.line) == (withAddresses ? [] : [3]))
    #expect(
      other.diagnostics.filter { $0.message.contains("郭兰") }.map(\.location.line)
        == (withAddresses ? [] : [4]))
    #expect(one.ledger?.owners == other.ledger?.owners.filter { $0.person != "任园园" })
    if withAddresses {
      #expect(one.diagnostics.map(\.message) == other.diagnostics.map(\.message))
      let place = "owners.csv:2:6"
      #expect(one.diagnostics.contains { $0.description.contains(place) }, "\(one.diagnostics)")
    }
  }
}

/// A table of owners made up from a seed, most of them plain.
private struct GeneratedOwners {
  private var random: SeededGenerator
  private let separator: String
  private let lineBreak: String
  private let oddness: Int

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    separator = [",", ",", "\t", ";"][Int(random.next() % 4)]
    lineBreak = ["\n", "\n", "\r\n", "\r"][Int(random.next() % 4)]
    oddness = [0, 0, 1, 5, 25][Int(random.next() % 5)]
  }

  mutating func bytes() -> [UInt8] {
    var lines: [String] = chance(10) ? ["通讯录"] : []
    lines.append(["序号", "责任单位", "姓名", "邮箱", "抄送邮箱", "是否第一责任人", "备注"].joined(separator: separator))
    for row in 0..<below(30) { lines.append(self.row(row)) }
    let end = chance(70) ? lineBreak : ""
    return (chance(30) ? [0xEF, 0xBB, 0xBF] : []) + Array((lines.joined(separator: lineBreak) + end).utf8)
  }

  private mutating func row(_ row: Int) -> String {
    if odd() {
      return pick([
        "", separator, "注：内部使用", "姓名\(separator)邮箱", "序号\(separator)责任单位\(separator)姓名\(separator)邮箱",
      ])
    }
    var cells = [
      "\(row + 1)", "第\(row % 3)局", "责任人\(row)", "owner\(row)@example.org", "",
      chance(20) ? pick(["是", "否"]) : "", "",
    ]
    if odd() {
      cells[1] = pick(["", " 第1局", "第1局　", "甲、乙", "\"第1局\"", "第 1 局", "单位", "'局", "é局", "e\u{301}局"])
    }
    if odd() { cells[2] = pick(["", "责任人0", "徐 娟", "徐娟、郭兰", "姓名", "徐娟\u{7}", "\u{A0}徐娟", "\"徐\"\"娟\""]) }
    if odd() {
      cells[3] = pick([
        "", "a@b@c", "owner", "a@example.org;b@example.org", "邮箱", "a＠example.org", "A@example.org ",
      ])
    }
    if odd() { cells[4] = pick(["c@example.org", " ", "'"]) }
    if odd() { cells[5] = pick(["√", "不", " 是", "true"]) }
    if odd() { cells[6] = pick(["无", " "]) }
    if odd() { cells.append(pick(["", "多出来的"])) }
    if odd() { cells.removeLast(below(6)) }
    return cells.joined(separator: separator)
  }

  private mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }
  private mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
  private mutating func odd() -> Bool { chance(oddness) }
  private mutating func pick(_ texts: [String]) -> String { texts[below(texts.count)] }
}
