import Testing

@testable import DubanCourier

@Suite struct MessageFaultTests {
  @Test("the quick look and the one that finds words agree on every short message")
  func agree() {
    let alphabet: [UInt8] = [0x0D, 0x0A, 0x00, 0x2E, 0x61]
    var messages: [[UInt8]] = [[]]
    for _ in 0..<7 {
      for message in messages {
        message.withUnsafeBytes { #expect(isInLines($0) == (firstLineFault($0) == nil), "\(message)") }
      }
      messages = messages.flatMap { message in alphabet.map { message + [$0] } }
    }
  }

  @Test(
    "a plain address: signs that print, one @ with something before and behind it, 254 bytes at most",
    arguments: [
      ("a@b", true), ("first.last+tag@example.org", true), ("!#$%&'*-/=?^_`{|}~@example.org", true),
      ("", false),
      ("@", false), ("@b", false), ("a@", false), ("a@@b", false), ("a@b@", false), ("@a@b", false),
      ("ab", false),
      ("a b@c", false), ("a@b\u{7F}", false), ("a@b\u{0}", false), ("a@b\r\n", false), ("很@b", false),
      ("<a@b>", false),
      ("(a)@b", false), ("a@[b]", false), ("a\\@b", false), ("a,b@c", false), ("a;b@c", false),
      ("a:b@c", false),
      ("\"a\"@b", false), (String(repeating: "a", count: 252) + "@b", true),
      (String(repeating: "a", count: 253) + "@b", false),
    ])
  func addresses(_ address: String, _ isPlain: Bool) { #expect(isPlainAddress(address) == isPlain) }

  @Test("a line may have 1000 bytes with its CRLF", arguments: [(998, true), (999, false)])
  func longest(_ letters: Int, _ isFine: Bool) {
    let message = Array((String(repeating: "x", count: letters) + "\r\nend\r\n").utf8)
    message.withUnsafeBytes {
      #expect(isInLines($0) == isFine)
      #expect((firstLineFault($0) == nil) == isFine)
    }
  }
}
