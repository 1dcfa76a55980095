import Foundation
import GRDB
import TestSupport
import Testing

@testable import DubanOutbox

/// A copy that was laid over the database beside the log of the one before.
@Suite struct LogMarkTests {
  private let scratch: ScratchDirectory

  init() throws { scratch = try ScratchDirectory() }

  private func folder(_ name: String) throws -> String {
    let path = scratch.path + "/" + name
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }

  /// What a machine that went down would find: the file and its log as they are now.
  private func crashed(_ directory: String, as name: String) throws -> String {
    let copy = try folder(name)
    for file in ["duban.sqlite", "duban.sqlite-wal"] {
      try FileManager.default.copyItem(atPath: directory + "/" + file, toPath: copy + "/" + file)
    }
    return copy
  }

  private func lay(_ file: String, over directory: String) throws {
    try FileManager.default.removeItem(atPath: directory + "/duban.sqlite")
    try FileManager.default.copyItem(atPath: file, toPath: directory + "/duban.sqlite")
  }

  @Test("another day's copy over the database is refused, and restored with the command")
  func another() throws {
    let live = try folder("live")
    let outbox = try Outbox(directory: live)
    _ = try outbox.enqueue([Sample.entry("a")])
    try outbox.backup(to: scratch.path + "/backup")
    // A copy by other means has the database's own count.
    let early = scratch.path + "/early"
    let copy = try DatabaseQueue(path: early)
    try (outbox.engine as? SQLiteEngine)?.queue.backup(to: copy)
    try copy.close()
    for number in 0..<40 { _ = try outbox.enqueue([Sample.entry("b\(number)")]) }
    checkpoint(outbox)
    _ = try outbox.enqueue([Sample.entry("c")])
    let database = "/duban.sqlite"
    for (name, copy) in [("backup", scratch.path + "/backup"), ("copy", early)] {
      let state = try crashed(live, as: "over-\(name)")
      try lay(copy, over: state)
      for access in [Outbox.Access.readOnly, .readWrite] {
        #expect(throws: OutboxError.foreignLog(state + database)) {
          try Outbox(directory: state, access: access)
        }
      }
      try Outbox.restore(copy, into: state)
      let subjects = try Outbox(directory: state).entries(EntryFilter()).map(\.subject)
      #expect(subjects == ["督办 a"])
    }
  }

  @Test("whenever a machine goes down, the log is the database's own")
  func own() throws {
    let live = try folder("live")
    let outbox = try Outbox(directory: live)
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let reader = try DatabaseQueue(path: live + "/duban.sqlite", configuration: configuration)
    for number in 0..<30 {
      _ = try outbox.enqueue([Sample.entry("a\(number)")])
      // A reader keeps the log from being begun anew, and a part of it from being taken over.
      if number % 7 == 3 { try reader.inDatabase { db in try db.execute(sql: "BEGIN; SELECT * FROM entry") } }
      if number % 3 == 1 { checkpoint(outbox) }
      if number % 7 == 6 { try reader.inDatabase { db in try db.execute(sql: "COMMIT") } }
      let state = try crashed(live, as: "crash\(number)")
      #expect(try Outbox(directory: state, access: .readOnly).entries(EntryFilter()).count == number + 1)
      let again = try Outbox(directory: state)
      try again.checkIntegrity()
      #expect(try again.entries(EntryFilter()).count == number + 1)
    }
  }

  /// As much of the log as the readers leave free.
  private func checkpoint(_ outbox: Outbox) {
    let engine = outbox.engine as? SQLiteEngine
    _ = try? engine?.queue.writeWithoutTransaction { db in try db.checkpoint(.passive) }
  }
}
