import Testing

@testable import DubanMail

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
