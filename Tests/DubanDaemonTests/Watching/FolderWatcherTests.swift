import Dispatch
import Foundation
import TestSupport
import Testing

@testable import DubanDaemon

/// The watcher with the kernel's own events; each test waits for the watcher to speak.
@Suite struct FolderWatcherTests {
  private let scratch: ScratchDirectory
  private let queue = DispatchQueue(label: "test.watching")
  private let told = DispatchSemaphore(value: 0)

  init() throws { scratch = try ScratchDirectory() }

  @Test(arguments: ["write in place", "replace", "delete", "rename", "another mode"])
  func aChangeIsTold(_ way: String) throws {
    try write("a", to: "ledger.yaml")
    let watcher = try watch([scratch.path])
    let before = FileStamps(folders: [scratch.path])
    switch way {
    case "write in place": try write("b", to: "ledger.yaml")
    case "replace":
      // As editors do: another file, which then takes the name.
      try write("b", to: ".ledger.yaml.swp")
      #expect(rename(path(".ledger.yaml.swp"), path("ledger.yaml")) == 0)
    case "another mode": #expect(chmod(path("ledger.yaml"), 0o600) == 0)
    case "delete": try FileManager.default.removeItem(atPath: path("ledger.yaml"))
    default: #expect(rename(path("ledger.yaml"), path("old.yaml")) == 0)
    }
    #expect(told.comes)
    queue.sync { watcher.cancel() }
    #expect(FileStamps(folders: [scratch.path]) != before)
  }

  @Test func aFileThatIsBeingWrittenIsToldOnceItIsQuiet() throws {
    let watcher = try watch([scratch.path])
    let file = try #require(fopen(path("ledger.yaml"), "w"))
    for _ in 0..<20 {
      fputs("half", file)
      fflush(file)
    }
    fclose(file)
    #expect(told.comes)
    // Everything that was written came as one change: nothing more is on its way.
    #expect(queue.sync { watcher.isWaitingForQuiet } == false)
    #expect(told.wait(timeout: .now()) == .timedOut)
    queue.sync { watcher.cancel() }
  }

  @Test func aFolderThatIsDeletedAndMadeAgainIsWatchedAgain() throws {
    try FileManager.default.createDirectory(atPath: path("a/b"), withIntermediateDirectories: true)
    let watcher = try watch([path("a/b")])
    try FileManager.default.removeItem(atPath: path("a"))
    #expect(told.comes)
    try FileManager.default.createDirectory(atPath: path("a"), withIntermediateDirectories: true)
    #expect(told.comes)
    try FileManager.default.createDirectory(atPath: path("a/b"), withIntermediateDirectories: true)
    #expect(told.comes)
    try write("x", to: "a/b/ledger.yaml")
    #expect(told.comes)
    queue.sync { watcher.cancel() }
  }

  private func watch(_ folders: Set<String>) throws -> FolderWatcher {
    let told = told
    return try queue.sync {
      try #require(FolderWatcher(folders, queue: queue) { told.signal() })
    }
  }

  private func path(_ name: String) -> String { scratch.path + "/" + name }

  private func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path(name)))
  }
}
