import DubanCore
import Foundation
import GRDB
import TestSupport
import Testing

@testable import DubanOutbox

@Suite struct OutboxOpeningTests {
  private let directory: ScratchDirectory
  private var database: String { directory.path + "/duban.sqlite" }

  init() throws { directory = try ScratchDirectory() }

  /// SQLite copies the log into the database as it grows, and the last handle leaves none.
  @Test func theLogStaysShort() throws {
    do {
      let outbox = try Outbox(directory: directory.path)
      for batch in 0..<24 {
        _ = try outbox.enqueue(
          (0..<64).map { number in
            var entry = Sample.entry("e\(batch)-\(number)")
            entry.body = Array(repeating: UInt8(ascii: "x"), count: 16_384)
            return entry
          })
      }
      let log = try FileManager.default.attributesOfItem(atPath: directory.path + "/duban.sqlite-wal")
      #expect(try #require(log[.size] as? Int) < 8 << 20, "24 MiB were written")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["duban.sqlite"])
    try Outbox(directory: directory.path).checkIntegrity()
  }

  @Test func onlyTheOwnerMayReadTheFiles() throws {
    let outbox = try Outbox(directory: directory.path)
    _ = try outbox.enqueue([Sample.entry("a")])
    for file in try FileManager.default.contentsOfDirectory(atPath: directory.path) {
      let attributes = try FileManager.default.attributesOfItem(atPath: directory.path + "/" + file)
      #expect(attributes[.posixPermissions] as? Int == 0o600, "\(file)")
    }
  }

  // That the log is on disk before a call returns is for scripts/system/durability-test to see.
  @Test func theHandleIsSetUpAsTheOutboxNeedsIt() throws {
    let outbox = try Outbox(directory: directory.path)
    let settings = try outbox.queue.read { db in
      try ["journal_mode", "synchronous", "foreign_keys", "busy_timeout"].map { name in
        try String.fetchOne(db, sql: "PRAGMA \(name)")
      }
    }
    #expect(settings == ["wal", "2", "1", "10000"])
  }

  @Test func theDirectoryMustExist() {
    let path = directory.path + "/none"
    #expect(throws: OutboxError.noDirectory(path)) { try Outbox(directory: path) }
    #expect(
      "\(OutboxError.noDirectory(path))".hasSuffix(
        "as the user that the service runs as: mkdir -m 700 \(path)"))
  }

  @Test func aFileIsNoDirectory() throws {
    let path = directory.path + "/file"
    try Data("x".utf8).write(to: URL(fileURLWithPath: path))
    #expect(throws: OutboxError.notADirectory(path)) { try Outbox(directory: path) }
  }

  /// A service would go on writing into a file that nobody finds any more, and send everything again after a restart.
  @Test(arguments: [false, true])
  func aFileThatIsRemovedOrReplacedIsNotWrittenInto(_ isReplaced: Bool) throws {
    let outbox = try Outbox(directory: directory.path)
    _ = try outbox.enqueue([Sample.entry("a")])
    if isReplaced { try FileManager.default.copyItem(atPath: database, toPath: database + ".copy") }
    try FileManager.default.removeItem(atPath: database)
    if isReplaced { try FileManager.default.moveItem(atPath: database + ".copy", toPath: database) }
    #expect(throws: OutboxError.replaced(database)) { try outbox.enqueue([Sample.entry("b")]) }
    #expect(throws: OutboxError.replaced(database)) {
      try outbox.advance([], claiming: 1, on: Sample.terms(), now: Sample.now)
    }
  }

  @Test func readingOnlyMakesNothing() throws {
    #expect(throws: OutboxError.noDatabase(database)) {
      try Outbox(directory: directory.path, access: .readOnly)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == [])
  }

  @Test func readingOnlySeesWhatIsThereAndChangesNothing() throws {
    let outbox = try Outbox(directory: directory.path)
    _ = try outbox.enqueue([Sample.entry("a")])
    let reader = try Outbox(directory: directory.path, access: .readOnly)
    #expect(try reader.entries(EntryFilter()).map(\.key) == ["a"])
    #expect(throws: OutboxError.readOnly(database)) { try reader.hold(1) }
    _ = try outbox.enqueue([Sample.entry("b")])
    #expect(try reader.backlog().counts == [.queued: 2])
  }

  /// SQLite takes a file of no byte or of one for a new database, and everything would go out again.
  @Test(arguments: [0, 1, 2, 99])
  func aFileTooShortIsDamage(_ size: Int) throws {
    try Data(repeating: 10, count: size).write(to: URL(fileURLWithPath: database))
    let detail = size == 0 ? "the file is empty" : "the file is too short"
    for access in [Outbox.Access.readWrite, .readOnly] {
      #expect(throws: OutboxError.damaged(database, detail: detail)) {
        try Outbox(directory: directory.path, access: access)
      }
    }
  }

  @Test func aDirectoryInItsPlaceIsDamage() throws {
    try FileManager.default.createDirectory(atPath: database, withIntermediateDirectories: false)
    for access in [Outbox.Access.readWrite, .readOnly] {
      #expect(throws: OutboxError.damaged(database, detail: "it is no file")) {
        try Outbox(directory: directory.path, access: access)
      }
    }
  }

  /// What a first start of the version before left that was killed before its first migration.
  @Test func aFirstStartThatBrokeOffGoesOn() throws {
    let begun = try DatabaseQueue(path: database)
    try begun.write { db in
      try db.execute(sql: "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
    }
    try begun.close()
    #expect(try Outbox(directory: directory.path).backlog() == Backlog())
  }

  /// A new database appears under its name when it is whole.
  @Test func whatAnInterruptedStartLeavesIsReplaced() throws {
    for name in [database + ".new", database + ".new-wal"] {
      try Data("half".utf8).write(to: URL(fileURLWithPath: name))
    }
    #expect(try Outbox(directory: directory.path).backlog() == Backlog())
    #expect(!FileManager.default.fileExists(atPath: database + ".new"))
    #expect(!FileManager.default.fileExists(atPath: database + ".new-wal"))
  }

  /// A full disk is one for SQLite too, unless it is the log's index that finds no room.
  @Test(arguments: [ResultCode.SQLITE_FULL, .SQLITE_IOERR_SHMSIZE])
  func aFullDiskIsCalledSo(_ code: ResultCode) {
    #expect(OutboxError(DatabaseError(resultCode: code), database) == .diskFull(database))
  }

  @Test func aNewerDatabaseIsLeftAlone() throws {
    try alter { db in try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('2 from the future')") }
    for access in [Outbox.Access.readWrite, .readOnly] {
      #expect(throws: OutboxError.newer(database)) { try Outbox(directory: directory.path, access: access) }
    }
  }

  @Test func anotherProgramsDatabaseIsLeftAlone() throws {
    let other = try DatabaseQueue(path: database)
    try other.write { db in try db.execute(sql: "CREATE TABLE theirs (x)") }
    try other.close()
    let before = try Data(contentsOf: URL(fileURLWithPath: database))
    #expect(throws: OutboxError.foreign(database)) { try Outbox(directory: directory.path) }
    #expect(try Data(contentsOf: URL(fileURLWithPath: database)) == before)
  }

  @Test(arguments: [0, 18, 100, 4096]) func aDamagedFileIsReported(_ offset: Int) throws {
    try alter { db in try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
    var bytes = try Data(contentsOf: URL(fileURLWithPath: database))
    for index in offset..<min(offset + 4000, bytes.count) { bytes[index] = 0xA5 }
    try bytes.write(to: URL(fileURLWithPath: database))
    let error = #expect(throws: OutboxError.self) {
      let outbox = try Outbox(directory: directory.path)
      try outbox.checkIntegrity()
      _ = try outbox.enqueue([Sample.entry("b")])
    }
    guard case .damaged(database, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func whatDubanNeverWroteIsDamage() throws {
    try alter { db in try db.execute(sql: "UPDATE entry SET day = '2022-02-30'") }
    let outbox = try Outbox(directory: directory.path)
    #expect(throws: OutboxError.damaged(database, detail: "the column day holds what duban never wrote")) {
      try outbox.entries(EntryFilter())
    }
  }

  @Test func errorsNameNoPersonAndNoAddress() throws {
    let outbox = try Outbox(directory: directory.path)
    var twin = Sample.entry("b")
    twin.messageID = "<a@example.org>"
    let error = #expect(throws: OutboxError.self) {
      try outbox.enqueue([Sample.entry("a"), twin])
    }
    #expect(error == .notAllowed("UNIQUE constraint failed: entry.messageID"))
    #expect(try outbox.entries(EntryFilter()) == [], "all or nothing")
  }

  /// Migrations never change: each makes the tables that it made when it was released.
  @Test(arguments: [
    ("1 outbox", "schema-1.sql"), ("2 comparisons", "schema-2.sql"), ("3 identities", "schema-3.sql"),
  ])
  func theSchemaIsAsReleased(_ migration: String, _ file: String) throws {
    let queue = try DatabaseQueue(path: database)
    try Schema.migrator.migrate(queue, upTo: migration)
    let schema =
      try queue.read { db in
        try String.fetchAll(
          db,
          sql: """
            SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'grdb%' AND name <> 'sqlite_sequence'
            ORDER BY rowid
            """)
      }.joined(separator: ";\n") + ";\n"
    let released = try String(
      contentsOf: RepositoryFile.url("Tests/DubanOutboxTests/Fixtures/\(file)"), encoding: .utf8)
    #expect(schema == released)
  }

  /// What an older version has written is all there after an upgrade, and the numbers go on.
  @Test func anOlderDatabaseIsMigrated() throws {
    let before = try DatabaseQueue(path: database)
    try Schema.migrator.migrate(before, upTo: "1 outbox")
    let states = [
      ("queued", "0, 10, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0"),
      ("sending", "1, 10, 5, 'some process', 90, NULL, NULL, NULL, 0, 0"),
      ("deferred", "2, 10, 5, NULL, NULL, NULL, '450 later', 450, 1, 0"),
      ("held", "0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0"),
      ("sent", "1, NULL, 5, NULL, NULL, 7, '250 yes', 250, 0, 0"),
      ("failed", "0, NULL, NULL, NULL, NULL, 7, NULL, NULL, 0, 1"),
    ]
    try before.write { db in
      for (place, (state, rest)) in states.enumerated() {
        let id = place + 1
        try db.execute(
          sql: """
            INSERT INTO entry VALUES (\(id), 'k\(id)', 'scheduled', 'a@example.org', 'b@example.org', '甲', '甲局',
              '<m\(id)@example.org>', '主题', '2022-12-20', 1, 1, '\(state)', \(rest));
            INSERT INTO body VALUES (\(id), x'0\(id)');
            INSERT INTO reminder VALUES ('r\(id)', \(id), '方案', 'measure', '1.\(id)', '2022-12-31', 'advance:7', '甲', '甲局',
              '2022-12-20', '');
            INSERT INTO attempt VALUES (\(id), 1, 5, 7, 'deferred', '450 later', 450, 0);
            INSERT INTO attempt VALUES (\(id), 2, 8, NULL, NULL, NULL, NULL, 0);
            """)
      }
      // Two that are gone: their numbers aren't given again.
      try db.execute(sql: "UPDATE sqlite_sequence SET seq = 8 WHERE name = 'entry'")
    }
    func rows(_ db: Database, identity: String) throws -> [String] {
      try ["entry", "attempt", "body", "reminder"].flatMap { table in
        let columns =
          table == "reminder"
          ? "key, entry, plan, kind, item, \(identity), due, stage, person, unit, reason" : "*"
        return try Row.fetchAll(db, sql: "SELECT \(columns) FROM \(table) ORDER BY 1, 2").map {
          "\(table) \($0)"
        }
      }
    }
    // What was queued before is about what had the number then.
    let old = try before.read { try rows($0, identity: "item AS identity") }
    try before.close()
    let outbox = try Outbox(directory: directory.path)
    #expect(try outbox.queue.read { try rows($0, identity: "identity") } == old)
    #expect(old.count == 6 + 12 + 6 + 6)
    try outbox.checkIntegrity()
    #expect(try outbox.enqueue([Sample.entry("new")]).queued == [9])
    #expect(try Outbox(directory: directory.path).entries(EntryFilter()).count == 7)
  }

  /// Every rule of the schema that keeps a half-done change out of the file.
  @Test(arguments: [
    "UPDATE entry SET state = 'lost'",
    "UPDATE entry SET state = 'sending'",
    "UPDATE entry SET state = 'sent'",
    "UPDATE entry SET state = 'deferred'",
    "UPDATE entry SET nextAttempt = NULL",
    "UPDATE entry SET attempts = -1",
    "UPDATE entry SET attempts = 1",
    "UPDATE entry SET dropped = 1",
    "UPDATE entry SET endedAt = 1",
    "UPDATE entry SET leaseOwner = 'x', leaseUntil = 1",
    "UPDATE entry SET recipient = ''",
    "UPDATE entry SET day = 'today'",
    "UPDATE entry SET code = 99",
    "UPDATE entry SET queuedAt = 'now'",
    "UPDATE body SET bytes = x''",
    "INSERT INTO body VALUES (99, x'00')",
    "DELETE FROM entry",
    "INSERT INTO attempt (entry, number, startedAt) VALUES (1, 0, 1)",
    "INSERT INTO attempt (entry, number, startedAt, outcome) VALUES (1, 1, 1, 'sent')",
    "INSERT INTO relay VALUES (2, 1, 1, '', 1)",
    "INSERT INTO relay VALUES (1, NULL, NULL, '', 1)",
  ]) func theSchemaRefuses(_ sql: String) throws {
    let outbox = try Outbox(directory: directory.path)
    _ = try outbox.enqueue([Sample.entry("a", reminders: ["r"])])
    let error = #expect(throws: OutboxError.self) { try outbox.write { db in try db.execute(sql) } }
    guard case .notAllowed = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  private func alter(_ change: (Database) throws -> Void) throws {
    let outbox = try Outbox(directory: directory.path)
    _ = try outbox.enqueue([Sample.entry("a")])
    try outbox.queue.writeWithoutTransaction(change)
    try outbox.queue.close()
  }
}

extension Outbox {
  /// The file beneath it.
  fileprivate var queue: DatabaseQueue {
    guard let engine = engine as? SQLiteEngine else {
      preconditionFailure("a directory holds an SQLite file")
    }
    return engine.queue
  }
}
