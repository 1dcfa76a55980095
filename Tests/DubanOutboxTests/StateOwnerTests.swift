import Foundation
import TestSupport
import Testing

@testable import DubanOutbox

@Suite struct StateOwnerTests {
  @Test(
    arguments: [
      (owner: 990, from: 0, becomes: true),
      (owner: 0, from: 0, becomes: false),
      (owner: 990, from: 990, becomes: false),
      (owner: 990, from: 1000, becomes: false),
      (owner: 0, from: 1000, becomes: false),
    ] as [(owner: UInt32, from: UInt32, becomes: Bool)])
  func onlyRootBecomesSomebodyElse(_ row: (owner: UInt32, from: UInt32, becomes: Bool)) {
    let owner = StateOwner(user: row.owner, group: 12)
    #expect(owner.toBecome(from: row.from) == (row.becomes ? owner : nil))
  }

  @Test func theOwnerIsTheDirectorys() throws {
    let directory = try ScratchDirectory()
    #expect(try StateOwner.of(directory.path).user == geteuid())
  }

  @Test func theDirectoryMustExist() {
    #expect(throws: OutboxError.noDirectory("/nowhere/at/all")) { try StateOwner.assume("/nowhere/at/all") }
  }
}
