import DubanCore
import Foundation
import GRDB
import TestSupport
import Testing

@testable import DubanOutbox

/// The log is copied into the database while it is written, and begins anew; nothing of it is lost or left behind.
@Suite struct WriteAheadLogTests {
  private let directory: ScratchDirectory
  private var database: String { directory.path + "/duban.sqlite" }

  init() throws { directory = try ScratchDirectory() }

  /// Some entries of a megabyte in all.
  private func entries(_ batch: Int) -> [NewEntry] {
    (0..<64).map { number in
      var entry = Sample.entry("e\(batch)-\(number)")
      entry.body = Array(repeating: UInt8(ascii: "x"), count: 16_384)
      return entry
    }
  }

  private func size(_ path: String) throws -> Int {
    try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
  }

  @Test func aLongLogIsCopiedWhileItIsWritten() throws {
    let outbox = try Outbox(directory: directory.path)
    for batch in 0..<24 { _ = try outbox.enqueue(entries(batch)) }
    outbox.releaseMemory()
    // At rest the database has it all: a copy of that file alone is whole.
    let alone = try ScratchDirectory()
    try FileManager.default.copyItem(atPath: database, toPath: alone.path + "/duban.sqlite")
    #expect(try Outbox(directory: alone.path).backlog().counts == [.queued: 24 * 64])
    #expect(try size(database) > 24 << 20)
    #expect(try size(database + "-wal") == 0, "the room is given back")
    // Whoever comes next writes as ever.
    _ = try outbox.enqueue([Sample.entry("next")])
    let reader = try Outbox(directory: directory.path, access: .readOnly)
    #expect(try reader.backlog().counts == [.queued: 24 * 64 + 1])
  }

  /// By the lock on the database another process sees that its log is in use.
  @Test func aLogThatIsCopiedLeavesTheDatabaseLocked() throws {
    let outbox = try Outbox(directory: directory.path)
    for batch in 0..<24 { _ = try outbox.enqueue(entries(batch)) }
    outbox.releaseMemory()
    let attributes = try FileManager.default.attributesOfItem(atPath: database)
    let inode = try #require(attributes[.systemFileNumber] as? Int)
    // proc_locks(5): the number, the kind of lock, how it binds, what it is for, whose it is, and the file.
    let ours = try String(contentsOfFile: "/proc/locks", encoding: .utf8).split(separator: "\n")
      .map { $0.split(separator: " ") }
      .filter { $0.count > 5 && $0[4] == "\(getpid())" && $0[5].hasSuffix(":\(inode)") }
    #expect(ours.contains { $0[1] == "POSIX" && $0[3] == "READ" }, "\(ours)")
    withExtendedLifetime(outbox) {}
  }

  @Test func theLastHandleLeavesNoLog() throws {
    do {
      let outbox = try Outbox(directory: directory.path)
      for batch in 0..<12 { _ = try outbox.enqueue(entries(batch)) }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["duban.sqlite"])
    let outbox = try Outbox(directory: directory.path)
    #expect(try outbox.backlog().counts == [.queued: 12 * 64])
    try outbox.checkIntegrity()
  }

  @Test func aReaderThatStaysHoldsNobodyUp() throws {
    let outbox = try Outbox(directory: directory.path)
    _ = try outbox.enqueue(entries(0))
    let reader = try DatabaseQueue(path: database)
    try reader.read { db in
      // Its snapshot stands from here on: the log can't begin anew.
      #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM entry") == 64)
      for batch in 1..<20 { _ = try outbox.enqueue(entries(batch)) }
      outbox.releaseMemory()
      #expect(try Int.fetchOne(db, sql: "SELECT count(*) FROM entry") == 64)
    }
    #expect(try outbox.backlog().counts == [.queued: 20 * 64])
    try outbox.checkIntegrity()
  }

  @Test func severalThreadsCommitAtTheSameTime() throws {
    let outbox = try Outbox(directory: directory.path)
    let (lanes, each) = (4, 6)
    nonisolated(unsafe) let failures = NSCountedSet()
    let queue = DispatchQueue(label: "failures")
    DispatchQueue.concurrentPerform(iterations: lanes) { lane in
      for batch in 0..<each {
        do { _ = try outbox.enqueue(entries(lane * each + batch)) } catch {
          queue.sync { failures.add("\(error)") }
        }
      }
    }
    #expect(failures.count == 0, "\(failures)")
    #expect(try outbox.backlog().counts == [.queued: lanes * each * 64])
    try outbox.checkIntegrity()
  }

  @Test func whatIsCommittedAndNotSettledIsThereForAll() throws {
    let outbox = try Outbox(directory: directory.path)
    let queued = try outbox.enqueueUnsettled(entries(0)).queued
    #expect(queued.count == 64)
    #expect(try Outbox(directory: directory.path, access: .readOnly).backlog().counts == [.queued: 64])
    try outbox.settle()
    #expect(try outbox.enqueueUnsettled(entries(0)).known.count == 64)
  }

  @Test func aLogThatCannotBeOpenedIsAnErrorOfTheCall() throws {
    let log = WriteAheadLog(of: directory.path + "/none.sqlite")
    // Nothing is committed: nothing to wait for.
    try log.settle()
    let queue = try DatabaseQueue(path: database)
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA journal_mode = WAL")
      try log.follow(db)
      try db.execute(sql: "CREATE TABLE some (value)")
    }
    #expect(
      throws: OutboxError.inputOutput(directory.path + "/none.sqlite", detail: "No such file or directory")
    ) { try log.settle() }
    try queue.close()
  }
}
