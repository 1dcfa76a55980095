import DubanCore
import DubanCourier
import Foundation
import Testing

@Suite struct MaildirCourierTests {
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("duban-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path)
  }

  @Test("names are unique, hold no separator, and begin with the time (maildir(5))")
  func names() throws {
    try withFolder { folder in
      let courier = MaildirCourier(directory: folder)
      for _ in 0..<50 { #expect(courier.deliver(.forTests()).result == .accepted) }
      let names = try FileManager.default.contentsOfDirectory(atPath: folder + "/new")
      #expect(names.count == 50)
      for name in names {
        #expect(
          name.wholeMatch(of: /[0-9]{9,}\.M[0-9]+P[0-9]+V[0-9]+I[0-9]+Q[0-9]+\.[^\/:]+/) != nil, "\(name)")
      }
    }
  }

  @Test("only the owner can read what is stored")
  func permissions() throws {
    try withFolder { folder in
      _ = MaildirCourier(directory: folder + "/Maildir").deliver(.forTests())
      let name = try #require(FileManager.default.contentsOfDirectory(atPath: folder + "/Maildir/new").first)
      let mode = { (path: String) in
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      }
      #expect(try mode(folder + "/Maildir") == 0o700)
      #expect(try mode(folder + "/Maildir/new/" + name) == 0o600)
    }
  }

  @Test("a place that can't be written keeps the mail and says why")
  func unwritable() throws {
    try withFolder { folder in
      _ = FileManager.default.createFile(atPath: folder + "/file", contents: nil)
      let outcome = MaildirCourier(directory: folder + "/file").deliver(.forTests())
      #expect(outcome.step == .store && outcome.result == .failed)
      #expect(outcome.text.hasSuffix(": Not a directory"))
      let verdict = RetryPolicy.verdict(
        on: outcome, to: Situation.addressee, attempts: 1, queuedAt: Situation.now, now: Situation.now,
        jitter: 0, utcOffset: 0)
      #expect(Situation.words(verdict) == "retry in 5 min, pause 5 min")
    }
  }
}
