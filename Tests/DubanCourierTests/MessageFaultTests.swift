import Testing

@testable import DubanCourier

@Suite struct MessageFaultTests {
  @Test(
    "CR and LF come together, NUL never, and the last line has an end",
    arguments: [
      ("a\r\nb\r\n", nil), ("", "the message is empty"), ("a", "the message doesn't end with CRLF"),
      ("a\r\nb\n", "line 2 of the message holds a CR or LF on its own"),
      ("a\rb\r\n", "line 1 of the message holds a CR or LF on its own"),
      ("a\n\r\n", "line 1 of the message holds a CR or LF on its own"),
      ("\n", "line 1 of the message holds a CR or LF on its own"),
      ("a\r\n\r", "the message doesn't end with CRLF"),
      ("\r\n\0\r\n", "line 2 of the message holds a NUL"),
    ])
  func lines(_ message: String, _ fault: String?) { #expect(lineFault(Array(message.utf8)) == fault) }

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
    #expect((lineFault(message) == nil) == isFine)
  }
}
