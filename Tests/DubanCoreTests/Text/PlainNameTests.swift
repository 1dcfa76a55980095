import DubanCore
import Foundation
import Testing

@Suite struct PlainNameTests {
  private var all: some Sequence<Unicode.Scalar> {
    (UInt32(0)...0x10FFFF).lazy.compactMap { Unicode.Scalar($0) }
  }

  private func isPlain(_ text: String) -> Bool {
    var text = text
    return text.withUTF8(PlainName.isPlain)
  }

  /// The scalars of a text in form C or D, which say more than strings do: those are the same however they are written.
  private func composed(_ text: String) -> [Unicode.Scalar] {
    Array(text.precomposedStringWithCanonicalMapping.unicodeScalars)
  }

  private func decomposed(_ text: String) -> [Unicode.Scalar] {
    Array(text.decomposedStringWithCanonicalMapping.unicodeScalars)
  }

  /// Every plain character is its own form C and no combining mark.
  @Test func plainCharactersStandForThemselves() {
    var count = 0
    for scalar in all where isPlain(String(scalar)) {
      count += 1
      if composed(String(scalar)) != [scalar] || scalar.properties.canonicalCombiningClass != .notReordered {
        Issue.record("U+\(String(scalar.value, radix: 16))")
      }
    }
    #expect(count == 0x300 + 0x2A + 0x6C00 + 0x1900 + 0x80 + 0xF000)
  }

  /// No plain character melts into the one before: none stands second in what another is made of.
  @Test func plainCharactersComposeWithNothing() {
    for scalar in all {
      for part in decomposed(String(scalar)).dropFirst() where isPlain(String(part)) {
        Issue.record("U+\(String(scalar.value, radix: 16)) holds U+\(String(part.value, radix: 16))")
      }
    }
  }

  @Test(arguments: [
    "", "徐娟", "第12责任单位", "科技创新部（双创办、孵化中心）", "José", "Müller", "〇一", "ＡＢＣ", "a b", "䶮", "李𠮷", "𬭎", "\u{E863}",
  ])
  func plain(name: String) { #expect(isPlain(name.precomposedStringWithCanonicalMapping)) }

  /// Combining marks, ideographs with a second code, Hangul, kana (゛ melts into the one before), the Kelvin sign.
  @Test(arguments: [
    "Jose\u{301}", "e\u{301}局", "\u{F90A}", "\u{1112}\u{1161}\u{11AB}", "か\u{3099}", "\u{302A}", "\u{212A}",
    "\u{2F801}", "\u{309}", "𝒜",
  ])
  func notPlain(name: String) { #expect(!isPlain(name)) }
}
