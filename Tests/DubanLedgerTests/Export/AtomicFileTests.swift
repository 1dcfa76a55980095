import DubanLedger
import Foundation
import Glibc
import TestSupport
import Testing

/// What is no plain file is written into, and stays what it is.
@Suite struct AtomicFileTests {
  @Test(arguments: [true, false]) func aPipeStaysAPipe(replacing: Bool) throws {
    let scratch = try ScratchDirectory()
    let path = scratch.path + "/pipe"
    #expect(mkfifo(path, 0o600) == 0)
    // Held open for reading, so that writing doesn't wait for somebody.
    let reader = open(path, O_RDONLY | O_NONBLOCK)
    defer { close(reader) }
    try AtomicFile.write(Array("台账".utf8), to: path, replacing: replacing)
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = read(reader, &bytes, bytes.count)
    #expect(String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self) == "台账")
  }

  @Test func aLinkStaysALink() throws {
    let scratch = try ScratchDirectory()
    let (file, link) = (scratch.path + "/file", scratch.path + "/link")
    try AtomicFile.write(Array("before".utf8), to: file, replacing: false)
    #expect(symlink("file", link) == 0)
    try AtomicFile.write(Array("after".utf8), to: link, replacing: true)
    var status = stat()
    #expect(lstat(link, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "after")
    #expect(throws: AtomicFile.Failure.self) { try AtomicFile.write([], to: link, replacing: false) }
  }

  @Test func aFolderIsRefused() throws {
    let scratch = try ScratchDirectory()
    for replacing in [true, false] {
      #expect(throws: AtomicFile.Failure.self) {
        try AtomicFile.write([], to: scratch.path, replacing: replacing)
      }
    }
  }

  @Test func aPlainFileIsReplacedWhole() throws {
    let scratch = try ScratchDirectory()
    let path = scratch.path + "/file"
    try AtomicFile.write(Array("long before".utf8), to: path, replacing: false)
    try AtomicFile.write(Array("after".utf8), to: path, replacing: true)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "after")
    #expect(throws: AtomicFile.Failure.self) { try AtomicFile.write([], to: path, replacing: false) }
  }
}
