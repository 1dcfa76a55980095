import DubanCore
import DubanDaemon
import DubanLedger
import Foundation
import TestSupport
import Testing

/// Every mistake in a configuration is said with its place, all of them at once, and no password with them.
struct ConfigurationMistakesTests {
  private static let folder = "Tests/DubanDaemonTests/Fixtures/"

  private static func sound() throws -> String {
    try String(contentsOf: RepositoryFile.url(folder + "small-duban.yaml"), encoding: .utf8)
  }

  @Test(arguments: try MistakeTable.mistakes(folder + "configuration-mistakes.txt"))
  func mistake(_ mistake: MistakeTable.Mistake) throws {
    let text = try mistake.text(of: try Self.sound())
    let (configuration, diagnostics) = ConfigurationReader.read(
      Array(text.utf8), file: "duban.yaml", environment: [:])
    #expect(diagnostics.map(\.description) == mistake.expected)
    #expect((configuration == nil) == diagnostics.hasErrors)
    #expect(!diagnostics.map(\.description).joined().contains("HUNTER2"))
  }
}
