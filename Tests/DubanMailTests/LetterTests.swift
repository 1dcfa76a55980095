import DubanCore
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
