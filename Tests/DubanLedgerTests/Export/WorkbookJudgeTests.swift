import DubanCore
import DubanLedger
import Foundation
import TestSupport
import Testing

/// What programs that aren't ours see in the workbooks that we write.
@Suite struct WorkbookJudgeTests {
  private let calendar = WorkdayCalendar()

  private static let hasOpenpyxl = (try? run("/usr/bin/python3", ["-c", "import openpyxl"])) != nil
  private static let office = ["/usr/bin/soffice", "/usr/bin/libreoffice"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  private func ledger() -> Ledger {
    let owners = [
      SampleLedger.owner("张三", "甲单位", "zhangsan"), SampleLedger.owner("李四", "乙单位", nil),
    ]
    var measures = [
      SampleLedger.measure("1.1", due: "2022-12-31", owners: [owners[0]]),
      SampleLedger.measure("1.2", due: nil, owners: owners, status: .inProgress),
      SampleLedger.measure("1.3", due: "2022-10-31", owners: [owners[1]], status: .closed),
      SampleLedger.measure("1.4", due: "2022-12-19", owners: [owners[1]]),
    ]
    measures[0].text = "=HYPERLINK(\"http://example.org\")"
    measures[1].deadline.decided = SampleLedger.day("2023-03-31")
    for index in measures.indices { measures[index].number = index + 1 }
    return SampleLedger.ledger(
      issued: "2022-09-21", reports: ["2022-12-27"], owners: owners, measures: measures)
  }

  private func workbook(in folder: ScratchDirectory) throws -> String {
    let bytes = try LedgerXLSX.bytes(ledger(), on: SampleLedger.day("2022-12-20"), calendar: calendar)
    let url = folder.url.appendingPathComponent("ledger.xlsx")
    try Data(bytes).write(to: url)
    return url.path
  }

  @Test(.enabled(if: hasOpenpyxl, "Debian's python3-openpyxl isn't installed"))
  func openpyxlSeesHeaderFilterDatesAndLights() throws {
    let folder = try ScratchDirectory()
    let judge = RepositoryFile.url("scripts/judge-workbook").path
    let seen = try Self.run("/usr/bin/python3", [judge, try workbook(in: folder)])
    let golden = RepositoryFile.url("Tests/DubanLedgerTests/Fixtures/judged-workbook.txt")
    if ProcessInfo.processInfo.environment["DUBAN_WRITE_GOLDEN"] != nil {
      try Data(seen.utf8).write(to: golden)
    }
    let expected = try String(contentsOf: golden, encoding: .utf8)
    #expect(seen.split(separator: "\n") == expected.split(separator: "\n"))
  }

  @Test(
    .enabled(if: office != nil, "Debian's libreoffice-calc-nogui isn't installed"),
    arguments: ["xlsx", "csv"])
  func libreOfficeSavesTheSameLedger(form: String) throws {
    let folder = try ScratchDirectory()
    let file = try workbook(in: folder)
    let filter =
      form == "csv" ? "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1" : form
    _ = try Self.run(
      try #require(Self.office),
      [
        "--headless", "-env:UserInstallation=file://\(folder.path)/profile", "--convert-to", filter,
        "--outdir",
        "\(folder.path)/out", file,
      ])
    let calendar = calendar
    if form == "xlsx" {
      let reading = LedgerReader.read(file: "\(folder.path)/out/ledger.xlsx", calendar: calendar, today: nil)
      #expect(reading.diagnostics.filter { $0.severity == .error }.map(\.description) == [])
      #expect(reading.ledger == ledger())
    } else {
      let header = """
        plan: {title: 整改方案, number: 测〔2022〕1号, issued: 2022-09-21, contact: {unit: 营商服务中心, person: 联络员, phone: "65650000", email: contact@example.org}}
        reports: [2022-12-27]
        owners: ledger-通讯录.csv
        measures: ledger-整改台账.csv
        """
      let path = "\(folder.path)/out/ledger.yaml"
      try Data(header.utf8).write(to: URL(fileURLWithPath: path))
      let reading = LedgerReader.read(file: path, calendar: calendar, today: nil)
      #expect(reading.diagnostics.filter { $0.severity == .error }.map(\.description) == [])
      #expect(reading.ledger == ledger())
    }
  }

  private struct Failed: Error {
    var words: String
  }

  /// What a program prints; an error when it fails.
  private static func run(_ program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging([
      "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8",
    ]) { $1 }
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let text = String(decoding: printed, as: UTF8.self)
    guard process.terminationStatus == 0 else { throw Failed(words: text) }
    return text
  }
}
