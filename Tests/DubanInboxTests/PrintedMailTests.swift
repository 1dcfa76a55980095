import DubanCore
import Testing

@testable import DubanInbox

/// Which mail a page without a Message-ID is about: the one that fits, and none where several do.
@Suite struct PrintedMailTests {
  /// The last mails to one recipient: two of one subject on two days, two of one subject on one day.
  private static let sent: [(subject: String, day: CivilDate)] = [
    ("【整改提醒】12月31日到期4项", "2022-12-16"), ("【整改提醒】12月31日到期4项", "2022-12-23"), ("【报送提醒】", "2022-12-26"),
    ("【自动答复】", "2022-12-16"), ("【自动答复】", "2022-12-16"), ("", "2022-12-16"),
  ].compactMap { subject, day in CivilDate(day).map { (subject, $0) } }

  @Test(
    arguments: [
      ("主 题：【报送提醒】", 2), ("主题：【报送\n提醒】 时间：2022-12-16", 2), ("主题：【整改提醒】12月31日到期4项 时间：2022-12-23", 1),
      ("【整改提醒】12月31日到期4项，2022年12月16日 08:30", 0), ("【整改提醒】12月31日到期4项 2022/12/23", 1),
      // Two fit, or the day of none.
      ("【整改提醒】12月31日到期4项", nil), ("【整改提醒】12月31日到期4项 2022-12-17", nil),
      ("【整改提醒】12月31日到期4项 2022-12-16 退回于 2022-12-23", nil), ("【自动答复】 2022-12-16", nil),
      ("【整改提醒】12月31日到期9项 2022-12-16", nil), ("2022-12-16", nil),
    ])
  func place(text: String, place: Int?) {
    let page = MailPart(mail: Array("Content-Type: text/plain; charset=utf-8\n\n\(text)\n".utf8))
    #expect(PrintedMail.place(in: page, among: Self.sent) == place)
  }
}
