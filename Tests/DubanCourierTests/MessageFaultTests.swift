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

  @Test("a line may have 1000 bytes with its CRLF", arguments: [(998, true), (999, false)])
  func longest(_ letters: Int, _ isFine: Bool) {
    let message = Array((String(repeating: "x", count: letters) + "\r\nend\r\n").utf8)
    #expect((lineFault(message) == nil) == isFine)
  }
}
