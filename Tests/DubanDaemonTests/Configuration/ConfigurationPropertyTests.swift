import DubanCore
import DubanDaemon
import DubanLedger
import Foundation
import TestSupport
import Testing

/// What holds for any bytes whatever: no crash, and a configuration or an error that says where.
struct ConfigurationPropertyTests {
  private static let factor =
    ProcessInfo.processInfo.environment["DUBAN_FUZZ_FACTOR"].flatMap { Int($0) } ?? 1

  @Test func damagedConfigurationsGiveAConfigurationOrALocatedError() throws {
    let file = "Tests/DubanDaemonTests/Fixtures/small-duban.yaml"
    let bytes = Array(try Data(contentsOf: RepositoryFile.url(file)))
    var (sound, broken) = (0, 0)
    for seed in 0..<UInt64(1000 * Self.factor) {
      var generator = SeededGenerator(seed: seed)
      let (configuration, diagnostics) = ConfigurationReader.read(
        Mutator.mutated(bytes, &generator), file: "duban.yaml", environment: [:])
      #expect((configuration == nil) == diagnostics.hasErrors, "seed \(seed)")
      #expect(diagnostics.allSatisfy { $0.location.line != nil }, "seed \(seed)")
      #expect(diagnostics == diagnostics.inFileOrder(), "seed \(seed)")
      if configuration == nil { broken += 1 } else { sound += 1 }
    }
    #expect(sound > 0)
    #expect(broken > sound)
  }
}
