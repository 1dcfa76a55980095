import DubanCore
import DubanOutbox
import TestSupport
import Testing

@Suite struct OutboxContractTests {
  @Test(arguments: OutboxContract.all) func inSQLite(_ contract: OutboxContract) throws {
    let directory = try ScratchDirectory()
    let outbox = try Outbox(directory: directory.path)
    try contract.check(outbox)
    try outbox.checkIntegrity()
  }

  @Test(.enabled(if: PostgresServer.isInstalled, "PostgreSQL isn't installed"), arguments: OutboxContract.all)
  func inPostgreSQL(_ contract: OutboxContract) throws {
    let outbox = try TestStore(.postgres).open()
    try contract.check(outbox)
    try outbox.checkIntegrity()
  }

  @Test(arguments: OutboxContract.all) func inMemory(_ contract: OutboxContract) throws {
    try contract.check(MemoryOutbox())
  }
}
