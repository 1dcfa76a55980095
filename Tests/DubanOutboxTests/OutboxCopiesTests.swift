import DubanCore
import Foundation
import GRDB
import TestSupport
import Testing

@testable import DubanOutbox

/// Backup, restore and rehearsal; and what is changed in waiting mail.
@Suite struct OutboxCopiesTests {
  private let directory: ScratchDirectory
  private let outbox: Outbox

  init() throws {
    directory = try ScratchDirectory()
    outbox = try Outbox(directory: directory.path)
  }

  private func states(_ outbox: Outbox) throws -> [String: EntryState] {
    Dictionary(uniqueKeysWithValues: try outbox.entries(EntryFilter()).map { ($0.subject, $0.state) })
  }

  private func send(_ count: Int = 1) throws {
    for claim in try outbox.claim(count, on: Sample.terms(), now: Sample.now) {
      try outbox.record(FinishedClaim(claim, Sample.accepted, at: Sample.now))
    }
  }

  @Test("a backup of an outbox in use is whole, its owner's alone, and never replaces a file")
  func backup() throws {
    _ = try outbox.enqueue([Sample.entry("a", reminders: ["r"]), Sample.entry("b")])
    try send()
    let file = directory.path + "/backup"
    try outbox.backup(to: file)
    let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    #expect(throws: OutboxError.inputOutput(file, detail: "the file exists already")) {
      try outbox.backup(to: file)
    }
    #expect(!FileManager.default.fileExists(atPath: file + ".unfinished"))
  }

  @Test("a backup that is restored is what it was, whatever log lies about")
  func restore() throws {
    _ = try outbox.enqueue([Sample.entry("a", reminders: ["r"])])
    try send()
    let file = directory.path + "/backup"
    try outbox.backup(to: file)
    // Stays in the log beside the database.
    _ = try outbox.enqueue([Sample.entry("later")])
    try Outbox.restore(file, into: directory.path)
    let restored = try Outbox(directory: directory.path)
    #expect(try states(restored) == ["督办 a": .sent])
    #expect(try restored.enqueue([Sample.entry("c", reminders: ["r"])]).queued == [])
    try restored.checkIntegrity()
    #expect(FileManager.default.fileExists(atPath: directory.path + "/duban.sqlite.before-restore"))
  }

  @Test("what is no backup of ours changes nothing", arguments: ["", "no database", "SQLite format 3"])
  func restoreOfAnotherFile(content: String) throws {
    _ = try outbox.enqueue([Sample.entry("a")])
    let file = directory.path + "/other"
    try Data(content.utf8).write(to: URL(fileURLWithPath: file))
    #expect(throws: OutboxError.self) { try Outbox.restore(file, into: directory.path) }
    #expect(try states(outbox) == ["督办 a": .queued])
  }

  @Test("a rehearsal sends what waits to its address, and leaves no trace")
  func rehearsal() throws {
    _ = try outbox.enqueue([Sample.entry("a"), Sample.entry("b", reminders: ["r"])])
    let trial = try Rehearsal.begin(in: directory.path, redirectingTo: "trial@example.org")
    #expect(Rehearsal.isUnderWay(in: directory.path))
    let claims = try trial.claim(9, on: Sample.terms(), now: Sample.now)
    #expect(claims.map(\.recipient) == ["trial@example.org", "trial@example.org"])
    for claim in claims { try trial.record(FinishedClaim(claim, Sample.accepted, at: Sample.now)) }
    // Begun again, it goes on where it was.
    #expect(
      try states(Rehearsal.begin(in: directory.path, redirectingTo: "trial@example.org")).values.allSatisfy {
        $0 == .sent
      })
    #expect(try states(outbox) == ["督办 a": .queued, "督办 b": .queued])
    Rehearsal.end(in: directory.path)
    #expect(!FileManager.default.fileExists(atPath: Rehearsal.directory(in: directory.path)))
  }

  @Test("mail that waits gets a corrected sender, but not what may have arrived")
  func sender() throws {
    _ = try outbox.enqueue([Sample.entry("a"), Sample.entry("b"), Sample.entry("c")])
    let doubtful = try outbox.claim(1, on: Sample.terms(), now: Sample.now)
    for claim in doubtful {
      let verdict = Sample.deferred(until: Sample.now, possiblyDelivered: true)
      try outbox.record(FinishedClaim(claim, verdict, at: Sample.now))
    }
    #expect(try outbox.adoptSender("right@example.org") { $0 + Array("!".utf8) } == 2)
    #expect(try outbox.adoptSender("right@example.org") { _ in [] } == 0)
    let claims = try outbox.claim(9, on: Sample.terms(), now: Sample.now)
    let changed = Dictionary(
      uniqueKeysWithValues: claims.map { ($0.recipient, $0.body.last == UInt8(ascii: "!")) })
    #expect(changed == ["a@example.org": false, "b@example.org": true, "c@example.org": true])
    #expect(Set(claims.map(\.messageID)).count == 3)
  }

  @Test(
    "what a clock that was ahead has queued is dropped with its reminders, but not what may have gone out")
  func future() throws {
    let ahead = Sample.now.adding(seconds: 86_400 * 300)
    _ = try outbox.enqueue([
      Sample.entry("now", reminders: ["r1"]), Sample.entry("ahead", reminders: ["r2"], at: ahead),
      Sample.entry("tried", reminders: ["r3"], at: ahead),
    ])
    #expect(try outbox.dropFromTheFuture(now: ahead) == 0)
    #expect(try outbox.dropFromTheFuture(now: Sample.now) == 2)
    #expect(try states(outbox) == ["督办 now": .queued])
    #expect(try outbox.enqueue([Sample.entry("anew", reminders: ["r2"])]).queued.count == 1)
    try outbox.checkIntegrity()
  }

  @Test(
    "what is copied to PostgreSQL and back is the same, row by row",
    .enabled(if: PostgresServer.isInstalled, "PostgreSQL isn't installed"))
  func copiedThereAndBack() throws {
    _ = try outbox.enqueue([
      Sample.entry("a", reminders: ["r2", "r1"]), Sample.entry("b"), Sample.entry("gone"),
    ])
    let claim = try #require(outbox.claim(on: Sample.terms(), now: Sample.now).first)
    try outbox.record(FinishedClaim(claim, Sample.refused, at: Sample.now))
    try outbox.remember("key", "值", at: Sample.now)
    try outbox.keep(Sample.ledger(1))
    let there = try TestStore(.postgres).open()
    let rows = try outbox.copy(to: there)
    #expect(rows == 3 + 3 + 1 + 2 + 1 + 1)
    let files = try TestStore(.sqlite)
    defer { withExtendedLifetime(files) {} }
    let back = try files.open()
    #expect(try there.copy(to: back) == rows)
    for id in Int64(1)...3 { #expect(try back.show(id) == outbox.show(id)) }
    for store in [there, back] {
      #expect(try store.ledgerVersions() == [Sample.ledger(1)])
      #expect(try store.enqueue([Sample.entry("later")]).queued == [4])
      #expect(throws: OutboxError.self, "it isn't empty") { try outbox.copy(to: store) }
    }
  }

  @Test(
    "nothing that is kept is left out of a copy, and both engines keep the same",
    .enabled(if: PostgresServer.isInstalled, "PostgreSQL isn't installed"))
  func allOfItIsCopied() throws {
    let there = try TestStore(.postgres).open()
    let copied = OutboxTable.all.map { $0.name.lowercased() }.sorted()
    let ours: [String] = try outbox.read { db in
      try db.column("SELECT lower(name) FROM sqlite_master WHERE type = 'table'")
    }
    #expect(ours.filter { !["sqlite_sequence", "grdb_migrations"].contains($0) }.sorted() == copied)
    let theirs: [String] = try there.read { db in
      try db.column("SELECT CAST(tablename AS text) FROM pg_tables WHERE schemaname = current_schema()")
    }
    // What only several hosts, or the engine itself, need.
    #expect(theirs.filter { !["lease", "writer", "migration", "lastentry"].contains($0) }.sorted() == copied)
    for table in OutboxTable.all {
      let (one, other) = try (
        outbox.read { try $0.columns(of: table.name) }, there.read { try $0.columns(of: table.name) }
      )
      #expect(
        Set(one.map { $0.lowercased() } + table.order) == Set(other), "\(table.name)")
    }
  }
}
