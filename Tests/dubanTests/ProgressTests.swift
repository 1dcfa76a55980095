import Foundation
import TestSupport
import Testing

/// Progress of long work: seen on a terminal and taken away at the end, and nowhere else.
@Suite struct ProgressTests {
  private static let clear = "\r\u{1B}[K"
  private static let plan = RepositoryFile.url("Tests/DubanLedgerTests/Fixtures/plan.txt").path

  private static let work = [
    ("duban run --once --config duban.yaml --now 2022-12-16T08:30", "delivering: 9 of 9"),
    ("duban digest --to owners --config duban.yaml --now 2022-12-16T08:30", "delivering: 11 of 11"),
    ("duban import '\(plan)' -o imported.yaml", "finding the measures…"),
  ]

  @Test(arguments: work)
  func aTerminalSeesItAndIsLeftClean(command: String, last: String) throws {
    let office = try Office()
    // script(1) gives the program a terminal; what goes to standard output is out of the way.
    let run = try office.shell("script -qec \"\(command) >printed\" /dev/null </dev/null")
    #expect(run.output.contains(Self.clear + last), "\(run.output)\(run.complaints)")
    let rest = run.output.components(separatedBy: last).last ?? ""
    #expect(rest.hasPrefix(Self.clear), "the line stays: \(run.output)")
    #expect(!rest.dropFirst(Self.clear.count).contains("\u{1B}"))
    // Whatever else was written has its lines for itself.
    for row in run.output.split(whereSeparator: \.isNewline) where row.contains("\u{1B}") {
      let visible = row.components(separatedBy: Self.clear).last ?? ""
      #expect(!visible.contains("delivering") || !visible.contains("entry"), "\(row)")
    }
  }

  @Test(arguments: work)
  func nothingOfItGoesElsewhere(command: String, last: String) throws {
    let office = try Office()
    let run = try office.shell(command)
    #expect(run.status <= 1, "it did its work: \(run.complaints)")
    #expect(!(run.output + run.complaints).contains("\u{1B}"))
    #expect(!(run.output + run.complaints).contains(last))
  }
}
