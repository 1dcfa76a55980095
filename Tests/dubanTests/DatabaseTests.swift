import Foundation
import TestSupport
import Testing

/// The commands of an office whose state is in a PostgreSQL.
@Suite(.enabled(if: PostgresServer.isInstalled, "PostgreSQL isn't installed")) struct DatabaseTests {
  @Test func theDoctorLooksAtTheDatabase() throws {
    let peer = try ScriptedPeer()
    defer { peer.stop() }
    let office = try Office(port: peer.port)
    try office.replace("state: state", try StoreKind.postgres.configuration, in: "duban.yaml")
    let run = try office.duban("doctor")
    #expect(run.status == 0, "\(run.output)")
    let step = try #require(run.output.split(separator: "\n").first { $0.contains(" database: ") })
    #expect(step.hasPrefix("✓ database: PostgreSQL "))
    #expect(step.hasSuffix(", the primary, no TLS, no synchronous standby, every right"), "\(step)")
  }

  @Test func theStateMovesThereAndBack() throws {
    let office = try Office()
    #expect(try office.duban("run", "--once", "--now", "2022-12-20T08:31").status == 0)
    let (uri, schema) = (try PostgresServer.shared.get().uri, PostgresServer.freshSchema())
    for line in ["duban state copy state '\(uri)'", "mkdir -m 700 back && duban state copy '\(uri)' back"] {
      let run = try office.shell("\(line) --schema \(schema)")
      #expect(run.status == 0, "\(run.complaints)")
      #expect(run.output.contains("rows copied, each compared with what it was"))
    }
    let again = try office.shell("duban state copy state '\(uri)' --schema \(schema)")
    #expect(again.status == 1)
    #expect(again.complaints.contains("name an empty schema or directory"), "\(again.complaints)")
    let before = try office.duban("history", "--json").output
    try office.replace("state: state", "state: back", in: "duban.yaml")
    #expect(try office.duban("history", "--json").output == before)
    #expect(before.contains("2022-12-20"))
  }
}
