import DubanCore
import Testing

@testable import DubanInbox

/// Until when automatic replies of Friday, 16 December 2022 say that their sender is away; nil: not for certain.
@Suite struct AbsenceTests {
  static let table: [(text: String, until: String?)] = [
    ("本人12月20日至12月30日休假。", "2022-12-30"), ("您好，本人12月16日至20日外出开会，来信将于返回后处理。", "2022-12-20"),
    ("12月20日-30日出差，急事请打电话", "2022-12-30"), ("2022-12-20 至 2022-12-30 在外培训", "2022-12-30"),
    ("我正在休假，12月20日至1月3日，有事请联系张三。", "2023-01-03"), ("2月1日至20日休年假", "2023-02-20"),
    ("外出至本周五", "2022-12-16"), ("我将于1月3日返回。", "2023-01-02"), ("1月3日（周二）起正常上班", "2023-01-02"),
    ("返回时间：2023年1月3日", "2023-01-02"), ("12月20日至12月30日休假，1月3日返回。", "2023-01-02"),
    ("I am out of the office until 3 January.", "2023-01-03"),
    ("I'm away from 20 December to January 3rd, 2023.", "2023-01-03"),
    ("I will be back on 2023-01-03.", "2023-01-02"),
    ("I am on annual leave and return to work on Tuesday 3 January", "2023-01-02"),
    // Nothing that is certain: no day, another matter, a guess, two absences, what is over, a day that isn't there.
    ("您好，您的邮件我已收到，会尽快处理。", nil), ("您好，我正在休假，收到的邮件在假期结束后会尽快答复。", nil),
    ("我本周不在单位，来信将于下周一答复。", nil), ("我在休假，将于1月3日答复您", nil), ("I will get back to you on 3 January", nil),
    ("报名时间12月20日至12月30日", nil), ("休假可能到1月3日", nil), ("1月3日左右返回", nil), ("无法于1月3日返回", nil), ("休假至1月3日前", nil),
    ("12月20日至12月23日在北京出差，12月26日至12月30日在上海", nil), ("12月20日至12月23日出差。12月26日至12月30日休假。", nil),
    ("休假至1月5日，1月3日返回", nil), ("11月10日至20日休假", nil), ("2022年12月10日返回", nil), ("休假至2月30日", nil),
    ("外出至12.30", nil), ("out of office until 3/1/2023", nil), ("4.1 12月31日到期", nil),
  ]

  @Test(arguments: table)
  func end(text: String, until: String?) {
    #expect(AwayReply.end(in: text, from: CivilDate("2022-12-16"))?.description == until)
  }

  @Test func withoutADayOfItsOwnNothingIsCertain() {
    #expect(AwayReply.end(in: "12月20日至12月30日休假", from: nil) == nil)
  }
}
