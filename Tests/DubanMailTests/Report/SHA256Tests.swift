import Testing

@testable import DubanMail

/// NIST's examples: libcrypto's digest comes out of our call whole.
struct SHA256Tests {
  static let rows: [(message: String, digest: String)] = [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
  ]

  @Test("digests", arguments: rows)
  func digests(_ row: (message: String, digest: String)) {
    #expect(SHA256.hex(of: row.message.utf8) == row.digest)
  }
}
