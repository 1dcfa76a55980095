import Testing

@testable import DubanMail

/// The journal's names for mailboxes: a recipient keeps theirs for as long as the journal is kept.
@Suite struct PseudonymTests {
  /// By Python: `hashlib.sha256(f"{salt}|{address}".encode()).hexdigest()[:16]`.
  static let rows = [
    ("s", "owner@example.org", "8731100e3d04a8c1"),
    ("s", "Owner@Example.ORG", "8731100e3d04a8c1"),
    ("1f", "徐娟@example.org", "cce04e07ae184a9c"),
    (
      String(repeating: "x", count: 40), String(repeating: "a", count: 60) + "@example.org",
      "f5c9653608f17c22"
    ),
  ]

  @Test(arguments: rows) func isTheHashOfSaltAndAddress(salt: String, address: String, name: String) {
    #expect(Pseudonym.of(address, salt: salt) == name)
  }
}
