import TestSupport
import Testing

@testable import DubanMail

/// Bodies get the line ends that MIME asks for.
struct LetterTests {
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
