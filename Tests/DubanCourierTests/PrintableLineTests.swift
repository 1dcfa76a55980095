import Testing

@testable import DubanCourier

@Suite struct PrintableLineTests {
  @Test(
    "one printable line",
    arguments: [
      ("", ""), ("2.0.0 queued as 4321", "2.0.0 queued as 4321"), (" a", "a"), ("a ", "a"), ("a  b", "a b"),
      (" ", ""), ("a\tb\r\n", "a b"), ("\u{7F}a\u{202E}b", "ab"), ("很好", "很好"),
      (String(repeating: "x", count: 600), String(repeating: "x", count: 600)),
      (String(repeating: "x", count: 601), String(repeating: "x", count: 599) + "…"),
    ])
  func lines(_ text: String, _ line: String) { #expect(printableLine(text) == line) }
}
