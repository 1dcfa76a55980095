import Foundation
import TestSupport
import Testing

/// The units' sandbox, judged by systemd-analyze.
@Suite struct ServiceUnitTests {
  private static let units = RepositoryFile.url("systemd").path

  /// systemd-analyze ends with an error where the exposure is above the threshold, in tenths.
  private static func judge(_ unit: String, threshold: Int, dropIn: Bool) throws -> Office.Run {
    let office = try Office()
    let copy =
      dropIn ? "mkdir -p duban.service.d && cp '\(units)/loopback-relay.conf' duban.service.d/ && " : ""
    return try office.shell(
      """
      cp '\(units)/'*.service . && \(copy)\
      systemd-analyze --no-pager security --offline=yes --threshold=\(threshold) "$PWD/\(unit)"
      """)
  }

  @Test(arguments: ["duban.service", "duban-digest@.service"])
  func theExposureIsAtMostOnePointOne(unit: String) throws {
    let run = try Self.judge(unit, threshold: 11, dropIn: false)
    #expect(run.status == 0, "\(run.output.suffix(200))\(run.complaints)")
    #expect(run.output.contains("Overall exposure level"))
    let stricter = try Self.judge(unit, threshold: 10, dropIn: false)
    #expect(stricter.status != 0, "the judge passes everything")
  }

  @Test func theDropInForALoopbackRelayLeavesLess() throws {
    let run = try Self.judge("duban.service", threshold: 9, dropIn: true)
    #expect(run.status == 0, "\(run.output.suffix(200))\(run.complaints)")
    #expect(run.output.contains("Overall exposure level"))
  }

  @Test func systemdFindsNothingWrongWithTheUnits() throws {
    let office = try Office()
    let program = BuiltProducts.duban.path
    let run = try office.shell(
      """
      mkdir duban.service.d && cp '\(Self.units)/'*.conf duban.service.d/ && \
      cp '\(Self.units)/'*.service . && sed -i 's|/usr/bin/duban|\(program)|' *.service && \
      systemd-analyze verify --man=no ./duban.service ./duban-digest@contact.service
      """)
    #expect(run.status == 0)
    #expect(run.complaints.isEmpty, "\(run.complaints)")
  }

  @Test func aServiceWhoseDatabaseIsAwayIsStartedAgain() throws {
    let office = try Office()
    try office.replace(
      "state: state", "state: {url: \"postgresql://duban@127.0.0.1:1/duban\", directory: state}",
      in: "duban.yaml")
    let run = try office.duban("run")
    #expect(run.complaints.contains("once it is back everything goes on by itself"), "\(run.complaints)")
    let unit = try String(contentsOf: RepositoryFile.url("systemd/duban.service"), encoding: .utf8)
    let final = try #require(unit.split(separator: "\n").first { $0.hasPrefix("RestartPreventExitStatus=") })
    let codes = final.split(separator: "=")[1].split(separator: " ").compactMap { Int32($0) }
    #expect(codes == [2, 66, 78])
    // Otherwise an hour without a disk would leave it down for good.
    #expect(unit.contains("\nStartLimitIntervalSec=0\n"))
    #expect(run.status != 0 && !codes.contains(run.status), "it stays down after \(run.status)")
  }

  @Test func bothUnitsHaveTheSameSandbox() throws {
    let sandboxes = try ["duban.service", "duban-digest@.service"].map { name in
      let text = try String(contentsOf: RepositoryFile.url("systemd/\(name)"), encoding: .utf8)
      let start = try #require(text.range(of: "\nUser=")).lowerBound
      let end = text.range(of: "\n[Install]")?.lowerBound ?? text.endIndex
      return text[start..<end].trimmingCharacters(in: .newlines)
    }
    #expect(sandboxes[0] == sandboxes[1])
  }
}
