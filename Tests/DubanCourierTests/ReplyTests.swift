import Testing

@testable import DubanCourier

@Suite struct ReplyTests {
  @Test(
    "the enhanced status at the start of the last line's words",
    arguments: [
      ("250 2.0.0 ok", "2.0.0"), ("550 5.1.1", "5.1.1"), ("550  5.1.123 x", "5.1.123"),
      ("250-2.1.0 a\n250 4.4.2 b", "4.4.2"),
      ("250 ok", nil), ("250", nil), ("250 ", nil), ("550 5.1", nil), ("550 5.1.1.1 x", nil),
      ("550 3.1.1 x", nil),
      ("550 5.1.1234 x", nil), ("550 5..1 x", nil), ("550 55.1.1 x", nil), ("550 5.1.a x", nil),
      ("550 x 5.1.1", nil),
    ] as [(String, String?)])
  func enhanced(_ lines: String, _ status: String?) {
    var reply = Reply()
    for line in lines.split(separator: "\n") { reply.append(String(line)) }
    #expect(reply.enhanced == status)
  }

  @Test(
    "the words of a line begin after its code and one sign more",
    arguments: [
      ("250 ok", "ok"), ("250-ok", "ok"), ("250", ""), ("250 ", ""), ("no code", "no code"),
      ("250很 ok", " ok"),
    ])
  func words(_ line: String, _ words: String) {
    var reply = Reply()
    reply.append(line)
    #expect(reply.words == [words[...]])
  }
}
