import DubanOutbox
import Foundation
import Testing

@Suite struct ProcessIdentityTests {
  @Test func thisProcessIsAliveAndReadsBack() throws {
    let current = try ProcessIdentity.current()
    #expect(current.process == getpid())
    #expect(current.liveness(seenBy: current) == .alive)
    #expect(ProcessIdentity("\(current)") == current)
  }

  @Test func aNumberThatIsUsedAgainIsAnotherProcess() throws {
    let current = try ProcessIdentity.current()
    var before = current
    before.start -= 1
    #expect(before.liveness(seenBy: current) == .dead)
  }

  @Test func anotherBootIsOver() throws {
    let current = try ProcessIdentity.current()
    var before = current
    before.boot = "00000000-0000-0000-0000-000000000000"
    #expect(before.liveness(seenBy: current) == .dead)
  }

  @Test func anotherContainerCannotBeSeen() throws {
    let current = try ProcessIdentity.current()
    var elsewhere = current
    elsewhere.namespace = "pid:[1]"
    #expect(elsewhere.liveness(seenBy: current) == .unknown)
  }

  @Test func aProcessThatEndedIsDead() throws {
    let child = Process()
    child.executableURL = URL(fileURLWithPath: "/bin/cat")
    child.standardInput = Pipe()
    try child.run()
    let current = try ProcessIdentity.current()
    var identity = current
    identity.process = child.processIdentifier
    identity.start = try #require(startTime(of: child.processIdentifier))
    #expect(identity.liveness(seenBy: current) == .alive)
    kill(child.processIdentifier, SIGKILL)
    child.waitUntilExit()
    #expect(identity.liveness(seenBy: current) == .dead)
  }

  @Test(arguments: ["", "a b c", "a b x 1", "a b 1 -1", "a b 1 2 3"]) func refusesWhatIsNoIdentity(
    _ text: String
  ) {
    #expect(ProcessIdentity(text) == nil)
  }

  private func startTime(of process: Int32) -> UInt64? {
    guard let line = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return nil }
    return line.split(separator: ")").last?.split(separator: " ").dropFirst(19).first.flatMap { UInt64($0) }
  }
}
