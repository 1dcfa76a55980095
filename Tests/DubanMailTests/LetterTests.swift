import DubanCore
import Foundation
import TestSupport
import Testing

@testable import DubanMail

/// The bytes of a message: what its header names, and the line ends that MIME asks for.
struct LetterTests {
  /// SpamAssassin gives 2.2 points for letters and digits in one piece before a domain such as 163.com (`MSGID_RANDY`);
  /// a boundary has none but the signs of RFC 2046, section 5.1.1.
  @Test(
    "the Message-ID is none of a spammer's, and the boundary one by the rules", arguments: ["", "geheim"])
  func names(secret: String) throws {
    let composer = try Composer(
      sender: Sender(name: "督查室", address: "office@163.com"), ledgers: [], lights: LightScheme(),
      templates: TemplateSet.load(overrides: nil).0, secret: secret)
    let message = try composer.composeTest(to: "a@example.org", at: Timestamp(seconds: 0), utcOffset: 0)
    let id = message.messageID
    #expect(id.wholeMatch(of: /<[0-9a-f]{8}\.([0-9a-f]{8}|[0-9a-f]{24})@163\.com>/) != nil, "\(id)")
    let text = String(decoding: message.data, as: UTF8.self)
    let boundary = try #require(text.firstMatch(of: /boundary="(.*)"/)?.1)
    #expect(boundary.wholeMatch(of: /[0-9A-Za-z'()+_,.\/:=?-]{1,70}/) != nil, "\(boundary)")
  }

  @Test("every LF becomes CRLF, and every other CR goes", arguments: 1...4)
  func lineEnds(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let text = (0..<Int.random(in: 0...20, using: &random))
        .map { _ in ["一行", "a", "\n", "\r", "\r\n"].randomElement(using: &random) ?? "" }.joined()
      let expected = text.utf8.filter { $0 != 13 }.flatMap { $0 == 10 ? [13, 10] : [$0] }
      #expect(Letter.canonical(Array(text.utf8)) == expected, "\(text.debugDescription)")
    }
  }
}

/// Encoded words end between characters, and hold the whole text.
struct HeaderFieldTests {
  private static let pieces = [
    "整改", "【", "项", "a", "1.2", " ", "é", "①", "e\u{301}", "👨‍👩‍👧", "한", "か\u{3099}",
    "x" + String(repeating: "\u{301}", count: 30),
  ]

  @Test("random text", arguments: 1...4)
  func random(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let text =
        "改"
        + (0..<Int.random(in: 0...20, using: &random))
        .map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined()
      var field = HeaderField("Subject")
      field.text(text)
      let lines = String(decoding: field.finished(), as: UTF8.self).split(separator: "\r\n")
      #expect(lines.allSatisfy { $0.utf8.count <= 76 })
      var decoded: [UInt8] = []
      for word in lines.joined().split(separator: " ").dropFirst() {
        #expect(word.hasPrefix("=?UTF-8?B?") && word.hasSuffix("?="))
        let bytes = try #require(Data(base64Encoded: String(word.dropFirst(10).dropLast(2))))
        #expect(String(validating: bytes, as: UTF8.self) != nil, "a word ends within a scalar")
        decoded += bytes
      }
      #expect(decoded == Array(text.utf8), "\(text.debugDescription)")
    }
  }
}

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
