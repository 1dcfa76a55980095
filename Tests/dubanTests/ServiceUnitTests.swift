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
  func theExposureIsAtMostOnePointTwo(unit: String) throws {
    let run = try Self.judge(unit, threshold: 12, dropIn: false)
    #expect(run.status == 0, "\(run.output.suffix(200))\(run.complaints)")
    #expect(run.output.contains("Overall exposure level"))
    let stricter = try Self.judge(unit, threshold: 11, dropIn: false)
    #expect(stricter.status != 0, "the judge passes everything")
  }

  @Test func theDropInForALoopbackRelayLeavesLess() throws {
    let run = try Self.judge("duban.service", threshold: 10, dropIn: true)
    #expect(run.status == 0, "\(run.output.suffix(200))\(run.complaints)")
    #expect(run.output.contains("Overall exposure level"))
  }

  @Test func systemdFindsNothingWrongWithTheUnits() throws {
    let office = try Office()
    let program = BuiltProducts.duban.path
    let run = try office.shell(
      """
      cp '\(Self.units)/'*.service . && sed -i 's|/usr/bin/duban|\(program)|' *.service && \
      systemd-analyze verify --man=no ./duban.service ./duban-digest@contact.service
      """)
    #expect(run.status == 0)
    #expect(run.complaints.isEmpty, "\(run.complaints)")
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
