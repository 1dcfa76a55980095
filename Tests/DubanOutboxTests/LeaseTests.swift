import DubanCore
import Foundation
import TestSupport
import Testing

@testable import DubanOutbox

/// Who may do what one host does at a time, and what several hosts and offices see of each other.
@Suite(.enabled(if: PostgresServer.isInstalled, "PostgreSQL isn't installed")) struct LeaseTests {
  private let store: TestStore
  private let outbox: Outbox

  init() throws {
    store = try TestStore(.postgres)
    outbox = try store.open()
  }

  @Test func oneHolderAtATime() throws {
    let first = try #require(try outbox.take("planning", as: "a"))
    #expect(try outbox.take("planning", as: "b") == nil)
    #expect(try outbox.take("planning", as: "a") == first, "prolonged")
    #expect(try outbox.take("inbox", as: "b")?.token == 1, "another lease")
    #expect(try outbox.leases().map(\.lease.name) == ["inbox", "planning"])
    #expect(try outbox.leases().allSatisfy { (1...30).contains($0.secondsLeft) })
  }

  @Test func whatWasTakenOverCountsForNothing() throws {
    let first = try #require(try outbox.take("planning", as: "a", for: 0))
    let late = outbox.holding(first)
    let second = try #require(try outbox.take("planning", as: "b"))
    #expect(second.token == first.token + 1)
    #expect(throws: OutboxError.leaseLost("planning")) { try late.enqueue([Sample.entry("a")]) }
    #expect(try outbox.entries(EntryFilter()) == [], "nothing of it is left")
    _ = try outbox.holding(second).enqueue([Sample.entry("a")])
    #expect(try outbox.entries(EntryFilter()).count == 1)
  }

  @Test func theSameHolderAnewHasAnotherToken() throws {
    let first = try #require(try outbox.take("planning", as: "a", for: 0))
    let second = try #require(try outbox.take("planning", as: "a"))
    #expect(second.token > first.token)
    #expect(throws: OutboxError.self) { try outbox.holding(first).remember("k", "v", at: Sample.now) }
    try outbox.release(second)
    #expect(try outbox.take("planning", as: "b")?.token == second.token + 1)
  }

  @Test func anOfficeNeverSeesAnothers() throws {
    let other = try TestStore(.postgres).open()
    _ = try outbox.enqueue([Sample.entry("a")])
    _ = try outbox.take("planning", as: "a")
    #expect(try other.entries(EntryFilter()) == [])
    #expect(try other.leases() == [])
    #expect(try other.enqueue([Sample.entry("a")]).queued == [1], "its own numbers and keys")
  }

  /// The session is ended in the middle of a transaction, and between the commit and its answer's way back: what
  /// happened is looked up and never repeated.
  @Test func aTransactionIsMadeOnceWhateverIsLost() throws {
    var runs = 0
    try outbox.write { db in
      runs += 1
      try db.execute("INSERT INTO fact (key, value, at) VALUES (?, ?, 1)", ["k\(runs)", "v"])
      if runs == 1 { _ = try? db.execute("SELECT pg_terminate_backend(pg_backend_pid())") }
    }
    #expect(runs == 2)
    #expect(try outbox.facts(withPrefix: "k").map(\.key) == ["k2"])
    _ = try outbox.enqueue([Sample.entry("a")])
    #expect(try outbox.entries(EntryFilter()).count == 1)
  }

  @Test func aReplacedPrimaryIsRefused() throws {
    let connection = try PostgresConnection.open(
      try #require(outbox.engine as? PostgresEngine).address, toWrite: true)
    let present = try PostgresHistory(connection)
    var (promoted, other) = (present, present)
    promoted.timeline += 1
    other.system += 1
    #expect(promoted.continues(present))
    #expect(!present.continues(promoted))
    #expect(!other.continues(present))
    try promoted.remember(in: store.directory.path)
    var address = try #require(outbox.engine as? PostgresEngine).address
    address.directory = store.directory.path
    #expect(throws: OutboxError.self) { try Outbox(address) }
  }

  /// The worst that a failover can leave behind: the former primary, first in the list, takes everything as before.
  @Test func theServerThatTookThePlaceOfAnotherIsUsed() throws {
    let former = try PostgresServer.shared.get()
    let place = try ScratchDirectory()
    var address = try PostgresAddress(
      "postgresql://duban@/postgres?host=\(former.directory.path),\(place.path)",
      schema: PostgresServer.freshSchema())
    address.directory = store.directory.path
    let host = try Outbox(address)
    _ = try host.enqueue([Sample.entry("a")])
    #expect(!host.leaveReplacedServer())

    let promoted = try PostgresServer(replacing: former)
    try FileManager.default.removeItem(at: place.url)
    try FileManager.default.createSymbolicLink(at: place.url, withDestinationURL: promoted.directory.url)
    _ = try host.enqueue([Sample.entry("b")])
    #expect(host.leaveReplacedServer())
    #expect(try host.entries(EntryFilter()).map(\.key) == ["a"])
    #expect(!host.leaveReplacedServer(), "it is there")
    _ = try host.enqueue([Sample.entry("c")])
    for access in [Outbox.Access.readWrite, .readOnly] {
      #expect(
        try Outbox(address, access: access).entries(EntryFilter()).map(\.key) == ["a", "c"], "\(access)")
    }
    // Where it can't be reached, the former one isn't taken instead.
    try FileManager.default.removeItem(at: place.url)
    #expect(throws: OutboxError.self) { try Outbox(address) }
  }

  /// A host of the version before, whose statements were prepared for the tables as they were.
  @Test func whatAnotherVersionAddsToATableIsNoHindrance() throws {
    let upgraded = try store.open()
    func use() throws {
      try outbox.remember("k", "v", at: Sample.now)
      #expect(try outbox.fact("k")?.value == "v")
      _ = try outbox.openMailbox(
        "m", uidValidity: 1, since: Sample.now.day(utcOffset: 0), isChosen: false, at: Sample.now)
      #expect(try outbox.mailboxes().map(\.key) == ["m"])
    }
    try use()
    try upgraded.write { db in
      for table in ["fact", "mailbox"] { try db.execute("ALTER TABLE \(table) ADD COLUMN later bigint") }
    }
    try use()
  }

  /// A pager that shows the first rows for longer than the server waits.
  @Test func whatWasReadCountsThoughTheServerEndedTheSession() throws {
    try outbox.remember("k", "v", at: Sample.now)
    let facts = try outbox.read { db in
      let found: [String] = try db.column("SELECT key FROM fact")
      _ = try? db.execute("SELECT pg_terminate_backend(pg_backend_pid())")
      return found
    }
    #expect(facts == ["k"])
    #expect(try outbox.fact("k")?.value == "v", "and it goes on")
  }

  @Test func nothingThatIsNoServerIsWaitedForLong() throws {
    let address = try PostgresAddress("postgresql://nobody@127.0.0.1:1/none")
    let error = #expect(throws: OutboxError.self) { try Outbox(address) }
    guard case .unreachable = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}

@Suite struct PostgresAddressTests {
  @Test(
    arguments: [
      ("postgresql://duban@/var?host=/run/postgresql", "duban", nil),
      ("postgresql://duban@127.0.0.1:5432,localhost/duban", "office_1", nil),
      ("postgresql://duban@db1.example.org,db2.example.org/duban", "duban", nil),
      ("postgresql://duban@db1.example.org/duban?sslmode=verify-full", "duban", nil),
      (
        "postgresql://duban@db1.example.org/duban?sslmode=require", "duban",
        "db1.example.org is another machine"
      ),
      (
        "postgresql://duban@localhost,db2.example.org/duban?sslmode=prefer", "duban",
        "db2.example.org is another machine"
      ),
      ("postgresql://duban:geheim@localhost/duban", "duban", "the address holds a password"),
      ("postgresql://localhost/duban?nonsense=1", "duban", "libpq can't read this address"),
      ("postgresql://localhost/duban", "Office", "Office is no name of a schema"),
      ("postgresql://localhost/duban", "a; DROP TABLE entry", "a; DROP TABLE entry is no name of a schema"),
      ("postgresql://localhost/duban", "pg_x", "pg_x is no name of a schema"),
    ] as [(String, String, String?)])
  func isChecked(_ uri: String, _ schema: String, _ complaint: String?) throws {
    do throws(PostgresAddress.Problem) {
      let address = try PostgresAddress(uri, schema: schema)
      #expect(complaint == nil)
      #expect(!address.name.contains("geheim"))
    } catch {
      #expect(error.description.hasPrefix(complaint ?? "nothing"))
      #expect(!error.description.contains("geheim"))
    }
  }

  /// Where no host is named, libpq's environment may name any; with one that is another machine it is meant anyway.
  @Test(arguments: [
    ("postgresql:///duban", true), ("postgresql://duban@db1.example.org/duban", true),
    ("postgresql://duban@127.0.0.1/duban", false), ("postgresql:///duban?host=/run/postgresql", false),
  ])
  func theCertificateOfAnotherMachineIsChecked(_ uri: String, _ isChecked: Bool) throws {
    let settings = try PostgresAddress(uri).security.map { "\($0.key)=\($0.value)" }
    #expect(settings == (isChecked ? ["sslmode=verify-full"] : []))
  }

  @Test func placesAreNumbered() {
    #expect(
      PostgresConnection.numbered("a = ? AND b = '?' OR c IN (?, ?)") == "a = $1 AND b = '?' OR c IN ($2, $3)"
    )
    #expect(PostgresConnection.numbered("a = ?2 AND b = ?1") == "a = $2 AND b = $1")
  }
}
