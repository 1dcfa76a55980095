import Foundation
import TestSupport
import Testing

/// `duban deadline`, run as the built program.
@Suite struct DeadlineCommandTests {
  private struct Run {
    var status: Int32
    var output, complaints: String
  }

  private static func run(_ arguments: String..., input: String = "") throws -> Run {
    let scratch = try ScratchDirectory()
    let streams = ["in", "out", "err"].map { scratch.url.appendingPathComponent($0) }
    try Data(input.utf8).write(to: streams[0])
    for stream in streams.dropFirst() { try Data().write(to: stream) }
    let process = Process()
    // `swift test` runs the tests in a helper; the products lie where the test bundle lies.
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments[0]
    process.executableURL = URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent(
      "duban")
    process.arguments = ["deadline"] + arguments
    process.standardInput = try FileHandle(forReadingFrom: streams[0])
    process.standardOutput = try FileHandle(forWritingTo: streams[1])
    process.standardError = try FileHandle(forWritingTo: streams[2])
    try process.run()
    process.waitUntilExit()
    let texts = try streams.map { try String(contentsOf: $0, encoding: .utf8) }
    return Run(status: process.terminationStatus, output: texts[1], complaints: texts[2])
  }

  @Test func phrasesAsArgumentsAreAligned() throws {
    let run = try Self.run("--issued", "2022-09-21", "年内", "2022年10月31日前完成，长期坚持", "立行立改")
    #expect(run.status == 0)
    #expect(run.complaints.isEmpty)
    #expect(
      run.output == """
        年内                              read       2022-12-31
        2022年10月31日前完成，长期坚持    read       2022-10-31 + standing
        立行立改                          read       at once

        """)
  }

  @Test func linesMayBringTheirOwnDate() throws {
    let run = try Self.run("--json", "--issued", "2022-09-21", input: "9月底前\n9月底前\t2021-01-25\n9月底前\t2020\n")
    #expect(run.status == 0)
    let due = run.output.split(separator: "\n").map { $0.split(separator: "\"due\":\"").last?.prefix(10) }
    #expect(due == ["2022-09-30", "2021-09-30", "2020-09-30"])
  }

  @Test func aLineWithABadDateIsNamedAndTheRestRead() throws {
    let run = try Self.run(input: "长期\n9月底前\t2022-09-31\n\n2022年底前\n")
    #expect(run.status == 1)
    #expect(
      run.complaints
        == "-:2:6: error: “2022-09-31” is no date; expected 2022-09-21 or 2022 behind the tab\n")
    #expect(run.output.split(separator: "\n").count == 3)
    #expect(run.output.contains("2022-12-31"))
  }

  @Test func anUnusableIssueDateIsRefused() throws {
    let run = try Self.run("--issued", "21.9.2022", "年内")
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(run.complaints.contains("21.9.2022"))
  }
}
