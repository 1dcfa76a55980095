import Testing

@testable import DubanCourier

@Suite struct DotStuffingTests {
  @Test(
    "a dot more where a line begins with one, and a lone dot at the end",
    arguments: [
      ("a\r\n", "a\r\n.\r\n"), (".\r\n", "..\r\n.\r\n"), (".a.\r\n...\r\n", "..a.\r\n....\r\n.\r\n"),
      ("a.b\r\n\r\n.\r\n", "a.b\r\n\r\n..\r\n.\r\n"),
    ])
  func stuffed(_ message: String, _ stuffed: String) {
    #expect(dotStuffed(Array(message.utf8)) == Array(stuffed.utf8))
  }
}
