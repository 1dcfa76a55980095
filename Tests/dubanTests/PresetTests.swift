import DubanCore
import DubanCourier
import DubanDaemon
import Foundation
import TestSupport
import Testing

/// The configurations that are shipped.
@Suite struct PresetTests {
  private static let environment = ["CREDENTIALS_DIRECTORY": "/run/credentials"]
  private static let names = ["126", "163", "qq", "exchange", "local-relay"]

  @Test func everyPresetIsTested() throws {
    let shipped = try FileManager.default.contentsOfDirectory(atPath: RepositoryFile.url("etc/presets").path)
    #expect(Set(shipped) == Set(Self.names.map { "\($0).yaml" }))
  }

  @Test(arguments: names) func aPresetIsAWholeConfiguration(name: String) throws {
    let file = RepositoryFile.url("etc/presets/\(name).yaml").path
    let (configuration, diagnostics) = ConfigurationReader.read(file, environment: Self.environment)
    #expect(diagnostics.isEmpty, "\(diagnostics.map(\.description))")
    let read = try #require(configuration)
    #expect(read.sender?.name == "整改办公室")
    let relay = try #require(read.relay?.relay)
    // Providers take mail only from the login's own address; on loopback nobody logs in.
    #expect(relay.user == (name == "local-relay" ? nil : read.sender?.address))
  }

  @Test func theShippedConfigurationReadsWithWhatLiesBesideIt() throws {
    let run = try Office().shell(
      "umask 077; echo code > relay-password; export CREDENTIALS_DIRECTORY=$PWD; duban check --config '\(RepositoryFile.url("etc/duban.yaml").path)' --now 2022-09-22T09:00"
    )
    #expect(run.status == 0, "\(run.output)\(run.complaints)")
    #expect(run.output.contains("all is well"))
  }
}
