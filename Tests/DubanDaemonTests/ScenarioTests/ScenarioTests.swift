import Foundation
import TestSupport
import Testing

/// Each folder under `Scenarios` is a story with the plan that must come of it. `DUBAN_WRITE_GOLDEN=1` writes the
/// plans anew; read every line of the difference before it is committed.
@Suite struct ScenarioTests {
  private static let folder = RepositoryFile.url("Tests/DubanDaemonTests/Scenarios")
  private static let rewrites = ProcessInfo.processInfo.environment["DUBAN_WRITE_GOLDEN"] == "1"

  static func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { !$0.hasPrefix(".") }.sorted()
  }

  @Test(arguments: try names()) func plan(name: String) throws {
    let scenario = Self.folder.appendingPathComponent(name)
    let plan = try ScenarioRun(scenario).play()
    let golden = scenario.appendingPathComponent("expected.txt")
    if Self.rewrites { try plan.write(to: golden, atomically: true, encoding: .utf8) }
    let expected = try String(contentsOf: golden, encoding: .utf8)
    let (found, wanted) = (plan.split(separator: "\n"), expected.split(separator: "\n"))
    for (index, line) in found.enumerated() {
      guard wanted.indices.contains(index), wanted[index] == line else {
        Issue.record(
          "\(name), line \(index + 1): “\(line)”, expected “\(wanted.indices.contains(index) ? wanted[index] : "")”"
        )
        return
      }
    }
    #expect(found.count == wanted.count, "\(name): the expected plan goes on")
  }
}
