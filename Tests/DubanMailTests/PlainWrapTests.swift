import TestSupport
import Testing

@testable import DubanMail

/// The fast way to break lines breaks them as the slow one does.
struct PlainWrapTests {
  private static let pieces = [
    "一", "整改措施", "，", "。", "（", "）", "“", "”", "、", "…", "【", "】", "(", ")", " ", "  ", "a", "zwfw@126.com",
    "5G",
    "100%", "丁䶿", "鿿", "\n", "\n\n", "\u{3000}", "—", "·", "é", "①", "カ", String(repeating: "w", count: 39),
    String(repeating: "x", count: 41), String(repeating: "y", count: 83),
  ]

  @Test("random text", arguments: 1...8)
  func random(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<400 {
      let text = (0..<Int.random(in: 0...30, using: &random))
        .map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined()
      let width = [4, 7, 40, 72].randomElement(using: &random) ?? 72
      for indent in ["", "  "] {
        let lines = try #require(
          PlainWrap.lines(text, width: width, indent: indent), "\(text.debugDescription)")
        #expect(
          String(decoding: lines, as: UTF8.self)
            == TextWrap.linesByCharacter(text, width: width, indent: indent), "\(text.debugDescription)")
      }
    }
  }

  @Test(
    "what may join its neighbour is left to the slow way",
    arguments: ["e\u{301}", "䷀", "か\u{3099}", "👍", "한", "a\u{200D}b"])
  func joining(text: String) {
    #expect(PlainWrap.lines("一\(text)二", width: 4, indent: "") == nil)
    #expect(TextWrap.lines("一\(text)二", width: 2).split(separator: "\n").joined() == "一\(text)二")
  }
}
