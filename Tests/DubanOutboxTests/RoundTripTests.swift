import DubanCore
import Foundation
import TestSupport
import Testing

@testable import DubanOutbox

/// What a delivery asks of PostgreSQL all the time costs one round trip, and is done once whatever is lost on the way.
@Suite(.enabled(if: PostgresServer.isInstalled, "PostgreSQL isn't installed")) struct RoundTripTests {
  private let thief: AnswerThief
  private let outbox: Outbox
  private let engine: PostgresEngine
  private let terms = LeasePolicy.shared(Sample.process(1))

  init() throws {
    thief = try AnswerThief(before: try PostgresServer.shared.get().directory.path)
    outbox = try Outbox(
      PostgresAddress(
        "postgresql://duban@/postgres?host=\(thief.directory.path)", schema: PostgresServer.freshSchema()))
    engine = try #require(outbox.engine as? PostgresEngine)
    _ = try outbox.enqueue((0..<200).map { Sample.entry("e\($0)") })
    // Every statement is prepared the first time.
    try record(claim(1))
  }

  private func claim(_ count: Int, within limits: [ClaimLimit] = []) throws -> [Claim] {
    try outbox.advance([], claiming: count, on: terms, within: limits, now: Sample.now)
  }

  private func record(_ claims: [Claim]) throws {
    _ = try outbox.advance(finished(claims), claiming: 0, on: terms, now: Sample.now)
  }

  private func finished(_ claims: [Claim]) -> [FinishedClaim] {
    claims.map { FinishedClaim($0, Sample.accepted, at: Sample.now) }
  }

  private func trips(_ work: () throws -> Void) rethrows -> Int {
    let before = engine.roundTrips
    try work()
    return engine.roundTrips - before
  }

  @Test func oneForAClaimAndOneForARecordOf64() throws {
    var claims: [Claim] = []
    #expect(try trips { claims = try claim(64) } == 1)
    #expect(claims.count == 64)
    #expect(try trips { try record(claims) } == 1)
    #expect(try outbox.states().filter { $0 == .sent }.count == 65)
  }

  @Test func oneForARecordWithTheNextClaim() throws {
    var claims = try claim(64)
    let both = try trips {
      claims = try outbox.advance(finished(claims), claiming: 64, on: terms, now: Sample.now)
    }
    #expect(both == 1)
    #expect(claims.map(\.entry) == Array(66...129))
  }

  @Test func aCommitWhoseAnswerWasLostIsLookedUp() throws {
    var runs = 0
    try outbox.write { db in
      runs += 1
      try db.execute("INSERT INTO fact (key, value, at) VALUES (?, ?, 1)", ["k\(runs)", "v"])
      if runs == 1 { thief.loseNextAnswer() }
    }
    #expect(runs == 1)
    #expect(try outbox.facts(withPrefix: "k").map(\.key) == ["k1"])
  }

  @Test func aClaimWhoseAnswerWasLostIsRemembered() throws {
    thief.loseNextAnswer()
    let claims = try claim(3)
    #expect(claims.map(\.entry) == [2, 3, 4])
    #expect(claims.map(\.attempt) == [1, 1, 1])
    #expect(claims.allSatisfy { !$0.body.isEmpty })
    #expect(try outbox.backlog().counts[.sending] == 3, "claimed once")
    thief.loseNextAnswer()
    try record(claims)
    #expect(try claims.allSatisfy { try outbox.show($0.entry).entry.state == .sent })
  }

  /// The server sees the request after the outbox has given it up and asked anew.
  @Test func aRequestThatComesLateIsRefused() throws {
    thief.keepNextRequest()
    let claims = try claim(3)
    thief.deliver()
    #expect(claims.count == 3)
    #expect(try outbox.backlog().counts[.sending] == 3, "the late one claimed nothing")
  }
}

/// Two offices with a role each: neither gets at what the other's schema holds.
@Suite(.enabled(if: PostgresServer.isInstalled, "PostgreSQL isn't installed")) struct OfficeRoleTests {
  @Test func neitherSeesTheOthersRows() throws {
    let server = try PostgresServer.shared.get()
    let schemas = [PostgresServer.freshSchema(), PostgresServer.freshSchema()]
    let administrator = try PostgresConnection.open(PostgresAddress(server.uri), toWrite: true)
    for schema in schemas {
      try administrator.run("CREATE ROLE \(schema) LOGIN; CREATE SCHEMA \(schema) AUTHORIZATION \(schema)")
    }
    let uris = schemas.map { server.uri.replacing("duban@", with: "\($0)@") }
    let offices = try zip(uris, schemas).map { try Outbox(PostgresAddress($0, schema: $1)) }
    for office in offices { #expect(try office.enqueue([Sample.entry("a")]).queued == [1]) }
    #expect(try offices[0].serverSummary()?.description.hasSuffix("every right") == true)
    for (own, other) in [(0, 1), (1, 0)] {
      let address = try PostgresAddress(uris[own], schema: schemas[other])
      #expect(throws: OutboxError.self) { try Outbox(address) }
      let intruder = try PostgresConnection.open(address, toWrite: true)
      for table in OutboxTable.all.map(\.name) + ["lease", "writer", "migration", "lastEntry"] {
        for sql in ["SELECT * FROM \(schemas[other]).\(table)", "DELETE FROM \(schemas[other]).\(table)"] {
          let error = #expect(throws: PostgresFailure.self) { try intruder.execute(sql, []) }
          guard case .refused("42501", _) = error else {
            Issue.record("\(sql): \(String(describing: error))")
            continue
          }
        }
      }
    }
  }

  @Test func whatTheRoleMayNotDoIsTold() throws {
    let server = try PostgresServer.shared.get()
    let role = PostgresServer.freshSchema()
    let administrator = try PostgresConnection.open(PostgresAddress(server.uri), toWrite: true)
    try administrator.run("CREATE ROLE \(role) LOGIN; CREATE SCHEMA \(role) AUTHORIZATION \(role)")
    let address = try PostgresAddress(server.uri.replacing("duban@", with: "\(role)@"), schema: role)
    let outbox = try Outbox(address)
    #expect(try outbox.serverSummary()?.closedTables == [])
    try administrator.run("REVOKE DELETE ON \(role).entry, \(role).body FROM \(role)")
    #expect(try outbox.serverSummary()?.closedTables == ["body", "entry"])
    try administrator.run(
      "GRANT ALL ON ALL TABLES IN SCHEMA \(role) TO \(role); ALTER TABLE \(role).entry OWNER TO duban; GRANT ALL ON \(role).entry TO \(role)"
    )
    let summary = try outbox.serverSummary()
    #expect(summary?.closedTables == [])
    #expect(summary?.hasOthersTables == true)
    #expect(summary?.synchronousStandbys == nil, "not for this role's eyes")
    try administrator.run("GRANT pg_read_all_stats TO \(role)")
    #expect(try outbox.serverSummary()?.synchronousStandbys == 0)
  }
}
