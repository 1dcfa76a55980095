import DubanCore
import Testing

@Suite struct DiagnosticTests {
  @Test(
    "what can't be seen, or turns the direction of writing, is shown by its number",
    arguments: [
      ("改造\u{202E}gnp.exe", "改造U+202Egnp.exe"), ("\u{2066}a\u{2069}", "U+2066aU+2069"),
      ("徐\u{200B}娟", "徐U+200B娟"), ("a\u{AD}b", "aU+00ADb"), ("\u{1B}[31m\nb", " [31m b"), ("甲“乙”", "甲“乙”"),
    ])
  func printable(_ text: String, _ expected: String) {
    #expect(CleanText.visible(text) == expected)
    let diagnostic = Diagnostic(.error, at: .init(file: "t"), text, help: text)
    #expect(diagnostic.description == "t: error: \(expected); \(expected)")
  }
}
