import Foundation
import TestSupport
import Testing

/// `duban import`, run as the built program.
@Suite struct ImportCommandTests {
  struct Run {
    var status: Int32
    var output, complaints: String
  }

  private static let plan = RepositoryFile.url("Tests/DubanLedgerTests/Fixtures/plan.txt").path
  private static let plans = RepositoryFile.url("Tests/DubanLedgerTests/Fixtures/plans")

  /// Runs `duban import` with the arguments; files take the streams, so that no pipe can fill up.
  private static func run(_ arguments: String..., path: String? = nil) throws -> Run {
    let scratch = try ScratchDirectory()
    let streams = ["out", "err"].map { scratch.url.appendingPathComponent($0) }
    for stream in streams { try Data().write(to: stream) }
    let process = Process()
    process.executableURL = Bundle.main.executableURL?.deletingLastPathComponent().appendingPathComponent(
      "duban")
    if process.executableURL.map({ !FileManager.default.isExecutableFile(atPath: $0.path) }) ?? true {
      // `swift test` runs the tests in a helper; the products lie where the test bundle lies.
      let bundle = try #require(CommandLine.arguments.first { $0.hasSuffix(".xctest") })
      process.executableURL = URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent(
        "duban")
    }
    process.arguments = ["import"] + arguments
    if let path { process.environment = ["PATH": path] }
    process.standardOutput = try FileHandle(forWritingTo: streams[0])
    process.standardError = try FileHandle(forWritingTo: streams[1])
    try process.run()
    process.waitUntilExit()
    let texts = try streams.map { try String(contentsOf: $0, encoding: .utf8) }
    return Run(status: process.terminationStatus, output: texts[0], complaints: texts[1])
  }

  @Test func theRealPlanGoesToStandardOutput() throws {
    let run = try Self.run(Self.plan)
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("plan:\n  title: 洛阳高新区"))
    let shipped = try String(contentsOf: RepositoryFile.url("etc/ledger.yaml"), encoding: .utf8)
    #expect(run.output == shipped.replacing(/, email: [a-z]+@example\.org/, with: ""))
    #expect(run.complaints.split(separator: "\n").count == 6)
    #expect(run.complaints.hasPrefix("\(Self.plan):3:1: warning: left out: “洛阳高新区"))
  }

  @Test func whatNeedsAPersonExitsWithOne() throws {
    let run = try Self.run(Self.plans.appendingPathComponent("bracketed.txt").path)
    #expect(run.status == 1)
    #expect(run.output.contains("title: 推行“一件事一次办”"))
    #expect(run.complaints.contains("bracketed.txt:17:1: warning: left out: “各部门” in the closing of"))
    #expect(
      run.complaints.contains(
        "bracketed.txt: 5 measures read: 4 sure, 1 to look at; 1 place left out that may belong into the ledger"
      ))
  }

  @Test func addressesComeFromATable() throws {
    let scratch = try ScratchDirectory()
    let table = scratch.path + "/owners.csv"
    try "责任人,责任单位,邮箱\n徐娟,市场监督管理局,xj@example.org\n".write(toFile: table, atomically: false, encoding: .utf8)
    let run = try Self.run(Self.plan, "--owners", table)
    // The others have none, which is said to a person.
    #expect(run.status == 1)
    #expect(run.complaints.contains("常鸣”未填邮箱：通讯录中没有此人，请在通讯录中补充，或写入台账"), "\(run.complaints)")
    #expect(run.output.contains("{person: 徐娟, unit: 涧西区市场监督管理局, email: xj@example.org}"))
    #expect(try Self.run(Self.plan, "--owners", scratch.path + "/none.csv").status == 66)
  }

  @Test func jsonHasPlacesDoubtsAndCounts() throws {
    let run = try Self.run(Self.plans.appendingPathComponent("bracketed.txt").path, "--json")
    #expect(run.status == 1)
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let measures = try #require(json["measures"] as? [[String: Any]])
    #expect(measures.first?["place"] as? Int == 17)
    #expect((measures.first?["doubt"] as? String)?.contains("各部门") ?? false)
    #expect(measures.last?["doubt"] is NSNull)
    #expect(json["counts"] as? [String: Int] == ["read": 5, "sure": 4, "toLookAt": 1, "leftOut": 1])
    let leftOut = try #require((json["leftOut"] as? [[String: Any]])?.first)
    #expect(leftOut["line"] as? Int == 17)
    #expect((leftOut["why"] as? String)?.contains("各部门") ?? false)
    #expect((leftOut["text"] as? String)?.contains("各部门") ?? false)
  }

  @Test func theReportIsAPageOfItsOwn() throws {
    let scratch = try ScratchDirectory()
    let page = scratch.path + "/report.html"
    let run = try Self.run(Self.plans.appendingPathComponent("bracketed.txt").path, "--report", page)
    #expect(run.status == 1)
    #expect(try String(contentsOfFile: page, encoding: .utf8).hasPrefix("<!doctype html>"))
    // The table for a person stands before the last line.
    let lines = run.complaints.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("行号") } && lines.last?.contains("5 measures read") ?? false)
  }

  /// What stands in a workbook is said by its sheet and row.
  @Test func aWorkbooksPlacesAreCells() throws {
    let sheets = Self.plans.deletingLastPathComponent().appendingPathComponent("sheets")
    let run = try Self.run(sheets.appendingPathComponent("office-openpyxl.xlsx").path, "--json")
    let json = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let place = (json["measures"] as? [[String: Any]])?.first?["place"] as? String
    #expect(place?.contains("!A") ?? false, "\(run.complaints)")
  }

  @Test func aFileIsWrittenOnceAndReplacedOnlyByForce() throws {
    let scratch = try ScratchDirectory()
    let output = scratch.path + "/ledger.yaml"
    #expect(try Self.run(Self.plan, "-o", output).status == 0)
    let written = try String(contentsOfFile: output, encoding: .utf8)
    #expect(written.hasPrefix("plan:\n"))

    try "kept by hand".write(toFile: output, atomically: false, encoding: .utf8)
    let refused = try Self.run(Self.plan, "-o", output)
    #expect(refused.status == 2)
    #expect(refused.complaints.contains("exists already"))
    #expect(try String(contentsOfFile: output, encoding: .utf8) == "kept by hand")

    #expect(try Self.run(Self.plan, "-o", output, "--force").status == 0)
    #expect(try String(contentsOfFile: output, encoding: .utf8) == written)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["ledger.yaml"])
  }

  @Test func exitCodes() throws {
    #expect(try Self.run().status == 2)
    #expect(try Self.run(Self.plan, "--force").status == 2)
    let missing = try Self.run("/none/plan.txt")
    #expect(missing.status == 66)
    #expect(missing.output.isEmpty)
    #expect(
      missing.complaints == "/none/plan.txt: error: there is no such file; see whether the path is right\n")
    let unwritable = try Self.run(Self.plan, "-o", "/none/ledger.yaml")
    #expect(unwritable.status == 1)
    #expect(unwritable.complaints.hasPrefix("/none/ledger.yaml: error: can't be written"))
  }

  @Test func aMissingPdftotextIsNamed() throws {
    let pdf = RepositoryFile.url("Tests/DubanLedgerTests/Fixtures/documents/real-plan.pdf").path
    let run = try Self.run(pdf, path: "/none")
    #expect(run.status == 66)
    #expect(run.complaints.contains("needs the program pdftotext, which is not installed"))
    #expect(run.complaints.contains("apt-get install poppler-utils"))
  }
}
