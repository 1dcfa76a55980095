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

/// A date and its brackets stay on one line. ‹…› stands for the span.
@Suite struct KeptDatesTests {
  @Test(arguments: [
    ("<p>请于12月27日（周二）前报送</p>", "<p>请于‹12月27日（周二）›前报送</p>"),
    ("<p>2022年12月31日（周六）到期，1月3日（周二）起</p>", "<p>‹2022年12月31日（周六）›到期，‹1月3日（周二）›起</p>"),
    ("<p>请于今日（12月27日）下班前</p>", "<p>请于今日‹（12月27日）›下班前</p>"),
    ("<p>（12月27日前报送）</p>", "<p>‹（12月27日前报送）›</p>"),
    ("<p>12月27日到期，27日、星期日（周末）</p>", "<p>12月27日到期，27日、星期日（周末）</p>"),
    (
      "<title>12月27日（周二）</title><style>12月27日（周二）</style>",
      "<title>12月27日（周二）</title><style>12月27日（周二）</style>"
    ),
    ("<a href=\"x\" title=\"12月27日（周二）\">看</a>", "<a href=\"x\" title=\"12月27日（周二）\">看</a>"),
    (
      "<b style=\"white-space:nowrap\">12月27日（周二）</b>", "<b style=\"white-space:nowrap\">12月27日（周二）</b>"
    ),
    ("<p>（12月27日<br>到期）", "<p>（12月27日<br>到期）"), ("<p>月27日（周二", "<p>月27日（周二"),
    ("<p>12月27日（周", "<p>12月27日（周"), ("日", "日"), ("<", "<"),
  ])
  func datesAreKept(_ page: String, _ expected: String) {
    let kept = String(decoding: KeptDates.html(Array(page.utf8)), as: UTF8.self)
    #expect(
      kept.replacing("<span style=\"white-space:nowrap\">", with: "‹").replacing("</span>", with: "›")
        == expected)
  }
}
