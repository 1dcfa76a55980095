import Testing

@testable import DubanMail

/// Lines of plain text break where a Chinese reader expects it.
struct TextWrapTests {
  static let rows: [(name: String, text: String, width: Int, lines: [String])] = [
    ("anywhere", "一二三四五六", 4, ["一二", "三四", "五六"]),
    ("a closing mark hangs over", "一二，三四。", 4, ["一二，", "三四。"]),
    ("an opening mark goes along", "一（二三）四", 4, ["一", "（二", "三）", "四"]),
    ("Latin stays whole", "请发zwfw@126.com处", 12, ["请发", "zwfw@126.com", "处"]),
    ("a space starts no line", "一二 三四", 4, ["一二", "三四"]),
    (
      "an endless word is cut", String(repeating: "a", count: 50), 40,
      [
        String(repeating: "a", count: 40), String(repeating: "a", count: 10),
      ]
    ),
    ("breaks stay", "一\n二三", 4, ["一", "二三"]),
    ("nothing", "", 4, []),
  ]

  @Test("lines", arguments: rows)
  func lines(_ row: (name: String, text: String, width: Int, lines: [String])) {
    #expect(TextWrap.lines(row.text, width: row.width) == row.lines.joined(separator: "\n"))
    #expect(
      TextWrap.lines(row.text, width: row.width + 2, indent: "  ")
        == row.lines.map { "  " + $0 }.joined(separator: "\n"))
  }
}
