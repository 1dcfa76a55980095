import DubanCore
import Testing

@testable import DubanInbox

/// Where mailers put an answer: what is new is the answer alone. ANSWER, QUOTE and MARKED (the quotation behind marks)
/// stand for the texts.
@Suite struct LayoutTests {
  static let quote = """
    您负责的事项将于12月31日（周六）到期，还剩3天。
    12月31日（周六）到期，还剩3天
    4.1 强化行政执法信息公示
        行政处罚信息在20个工作日内向社会公示，公示率达到100%。
    4.2 优化信用监管机制
    4.3 联合开展抽查
    有疑问请联系：陈静波
    如不再负责上述事项，请回复本邮件报告责任人变更。
    """
  static let fields = "发件人: 整改办公室 <duban@example.org>\n发送时间: 2022年12月28日 8:30\n收件人: 林晓岚\n主题: 整改提醒\n"

  static let layouts: [(name: String, text: String)] = [
    ("QQ", "ANSWER\n\n------------------ 原始邮件 ------------------\n\(fields)\nQUOTE"),
    ("QQ on a telephone", "ANSWER\n\n\n发自我的iPhone\n\n---原始邮件---\n\(fields)\nQUOTE"),
    ("163", "ANSWER\n\n在 2022-12-28 08:30:00，\"整改办公室\" <duban@example.org> 写道：\nQUOTE"),
    (
      "163 on a telephone",
      "ANSWER\n| |\n签名由网易邮箱大师定制\n---- 回复的原邮件 ----\n| 发件人 | 整改办公室<duban@example.org> |\n| 发送日期 | 2022年12月28日 |\nQUOTE"
    ),
    ("Outlook", "ANSWER\n\n\(fields)\nQUOTE"),
    ("Outlook's web", "ANSWER\n________________________________\n\(fields)\nQUOTE"),
    (
      "Outlook in English",
      "ANSWER\n\nFrom: duban\nSent: Wednesday, December 28, 2022\nTo: owner\nSubject: x\n\nQUOTE"
    ),
    ("Gmail", "ANSWER\n\n整改办公室 <duban@example.org> 于2022年12月28日周三 08:30写道：\nMARKED"),
    (
      "Gmail in English", "ANSWER\n\nOn Wed, Dec 28, 2022 at 8:30 AM 整改办公室 <duban@example.org> wrote:\nMARKED"
    ),
    (
      "a broken mark",
      "ANSWER\n\nOn Wed, Dec 28, 2022 at 8:30 AM 整改办公室整改办公室 <\nduban@example.org> wrote:\nMARKED"
    ),
    ("another language", "ANSWER\n\nAm 28.12.2022 um 08:30 schrieb 整改办公室:\nMARKED"),
    ("Apple", "ANSWER\n\n> 在 2022年12月28日，上午8:30，整改办公室 <duban@example.org> 写道：\n> \nMARKED"),
    (
      "iPhone",
      "ANSWER\n\nSent from my iPhone\n\n> On Dec 28, 2022, at 8:30 AM, 整改办公室 <duban@example.org> wrote:\nMARKED"
    ),
    ("Huawei", "ANSWER\n\n发自我的华为手机\n-------- 原始邮件 --------\n发件人： 整改办公室\n日期： 2022年12月28日\n主 题： 整改提醒\nQUOTE"),
    ("Xiaomi", "ANSWER\n\n发自我的小米手机\n在 整改办公室 <duban@example.org>，2022年12月28日 上午8:30写道：\nQUOTE"),
    ("WeCom", "ANSWER\n----------回复的邮件信息----------\n整改办公室<duban@example.org> 在 2022年12月28日 写道：\nQUOTE"),
    ("Coremail", "ANSWER\n-----原始邮件-----\n发件人:\"整改办公室\" <duban@example.org>\n抄送:\n主题: 整改提醒\nQUOTE"),
    ("139", "ANSWER\n----邮件原文----\n发件人：整改办公室\n抄　送： (无)\n主题：整改提醒\nQUOTE"),
    ("Thunderbird", "ANSWER\n\n在 2022/12/28 8:30, 整改办公室 写道:\nMARKED"),
    ("below", "在 2022/12/28 8:30, 整改办公室 写道:\nMARKED\n\nANSWER"), ("below, without marks", "QUOTE\n\nANSWER"),
    ("fields as cells", "ANSWER\n---- 回复的原邮件 ----\n发件人\n整改办公室<duban@example.org>\n主题\n整改提醒\nQUOTE"),
    ("a letter", "陈科长：\n您好！现将有关情况回复如下：\nANSWER\n特此报告。\n此致\n敬礼\n市场监督管理局 林晓岚\n2022年12月28日\n\n\(fields)QUOTE"),
    ("QQ, as it is now", "ANSWER\n\n原始邮件\n发件人：整改办公室\n发件时间：2022年12月28日 08:30\n收件人：林晓岚\n主题：整改提醒\n\nQUOTE"),
    (
      "QQ in English",
      "ANSWER\n\n------------------ Original ------------------\nFrom:  \"duban\" <duban@example.org>;\nDate:  Wed, Dec 28, 2022\n\nQUOTE"
    ),
    ("163 in English", "ANSWER\n\nAt 2022-12-28 08:30:00, \"整改办公室\" <duban@example.org> wrote:\n\nMARKED"),
    (
      "163 on an English telephone",
      "ANSWER\n---- Replied Message ----\n| From | duban<duban@example.org> |\n| Date | 12/28/2022 08:30 |\nQUOTE"
    ),
    ("an old Foxmail", "ANSWER\n\n======= 2022-12-28 08:30:00 您在来信中写道：=======\n\nQUOTE"),
    (
      "Outlook in Japanese",
      "ANSWER\n\n差出人: 整改办公室 <duban@example.org>\n送信日時: 2022年12月28日 8:30\n宛先: 林晓岚\n件名: 整改提醒\n\nQUOTE"
    ),
    (
      "Outlook in Korean",
      "ANSWER\n\n보낸 사람: 整改办公室 <duban@example.org>\n보낸 날짜: 2022년 12월 28일\n제목: 整改提醒\n\nQUOTE"
    ),
    (
      "Outlook in a language that nobody knows here",
      "ANSWER\n\nОт: 整改办公室 <duban@example.org>\nОтправлено: 28 декабря 2022 г.\nТема: 整改提醒\n\nQUOTE"
    ),
    ("Outlook's web as it is now", "ANSWER\n\(fields.replacing("发送时间", with: "已发送"))QUOTE"),
    ("Gmail in Japanese", "ANSWER\n\n2022年12月28日(水) 8:30 整改办公室 <duban@example.org>:\n\nMARKED"),
    (
      "Gmail in three lines",
      "ANSWER\n\nOn Wed, Dec 28, 2022 at 8:30 AM\n整改办公室\n<duban@example.org> wrote:\n\nQUOTE"
    ),
    ("Zoho", "ANSWER\n\n---- 在 星期三, 28 十二月 2022 08:30:00 +0800 整改办公室 <duban@example.org> 写 ----\n\nQUOTE"),
    ("Samsung", "ANSWER\n\n-------- 原始消息 --------\n发件人： 整改办公室\n日期： 2022/12/28 08:30\nQUOTE"),
    ("Notes", "ANSWER\n\n整改办公室 ---2022/12/28 08:30:00---您负责的事项将于\n\n\(fields)\nQUOTE"),
    ("a divider", "ANSWER\n\n━━━━━━━━━━━━━\nQUOTE"),
    (
      "a colleague's answer in between",
      "ANSWER\n\n发件人: 赵敏 <zhaomin@example.org>\n发送时间: 2022年12月28日 9:30\n主题: 答复: 整改提醒\n\n科长：4.1未完成，4.2、4.3都已完成。\n\n\(fields)\nQUOTE"
    ),
    (
      "an earlier answer in between",
      "ANSWER\n\n林晓岚 <owner@example.org> 于2022年12月28日周三 09:00写道：\n\n都已完成。\n\n整改办公室 <duban@example.org> 于2022年12月28日周三 08:30写道：\n\nQUOTE"
    ),
    ("a signature", "ANSWER\n--\n林晓岚\n电话：60002211\n\n\(fields)\nQUOTE"), ("no quotation", "ANSWER"),
  ]

  @Test(arguments: layouts)
  func onlyTheAnswerIsNew(name: String, text: String) throws {
    let marked = Self.quote.split(separator: "\n").map { "> \($0)" }.joined(separator: "\n")
    let body = text.replacing("ANSWER", with: "4.1已完成，4.2预计1月10日完成，4.3还在推进。")
      .replacing("QUOTE", with: Self.quote).replacing("MARKED", with: marked)
    let sent = try AnswerTests.mail(
      String(Self.quote.split(separator: "\n").dropFirst(2).joined(separator: "\n")))
    #expect(
      AnswerTests.read(body, sent) == "4.1 done; 4.2 postpone 2023-01-10; 4.3 progress",
      Comment(rawValue: name))
  }

  /// Into the quotation, behind a title or below it, with marks and without.
  @Test(arguments: ["QUOTE", "MARKED"])
  func insideTheQuotation(text: String) throws {
    var written = Self.quote
    for (title, words) in [("执法信息公示", " 已完成"), ("信用监管机制", "\n预计1月10日完成"), ("开展抽查", "（还在推进）")] {
      written = written.replacing(title, with: title + words)
    }
    let marked = written.split(separator: "\n").map { $0.hasPrefix("预计") ? String($0) : "> \($0)" }
    let body = "\(Self.fields)\n" + (text == "QUOTE" ? written : marked.joined(separator: "\n"))
    let sent = try AnswerTests.mail(
      String(Self.quote.split(separator: "\n").dropFirst(2).joined(separator: "\n")))
    #expect(AnswerTests.read(body, sent) == "4.1 done; 4.2 postpone 2023-01-10; 4.3 progress")
  }

  /// A form of a report, filled in behind its labels or below them: what counts is all of a measure's cells.
  static let cells: [(progress: String, problem: String, next: String, says: String)] = [
    ("已完成", "无", "长期坚持", "4.1 done"), ("已完成", "群众知晓率不高", "继续加强宣传", "4.1 done"),
    ("未完成", "系统未上线", "申请延期至2023年2月底", "4.1 postpone 2023-02-28"),
    ("未完成", "无", "1月15日前完成", "4.1 postpone 2023-01-15"),
    ("正在推进", "无", "12月30日前完成", "4.1 progress 2022-12-30"),
    ("装修完成90%", "家具供货慢", "2023年1月15日前完成家具进场", "?"), ("已完成", "部分未完成", "无", "?"),
    ("已完成", "暂未验收", "组织验收", "?"), ("已完成", "尚有35件未公示", "继续公示", "?"), ("已完成", "进展滞后", "加快推进", "?"),
    ("已完成", "无", "1月15日前完成剩余工作", "?"), ("已完成", "无", "正在推进", "?"), ("已完成", "无", "移交周启明", "?"),
    ("正在办理，12月31日前完成", "进度滞后", "1月20日前完成", "?"), ("推进中", "无", "已完成", "?"), ("正在办理", "无", "预计明年完成", "?"),
    ("已完成", "无", "2023年持续推进", "4.1 done"), ("已完成", "人手不足", "1月10日前报送佐证材料", "4.1 done"),
  ]

  @Test(arguments: cells)
  func cellsOfAForm(progress: String, problem: String, next: String, says: String) throws {
    let labels = ["进展情况：", "存在问题：", "下一步打算："]
    let form = (["（1）4.1 强化行政执法信息公示", "完成时限：2022年12月底前"] + labels).joined(separator: "\n")
    let sent = try AnswerTests.mail(form)
    for between in ["", "\n"] {
      let filled = zip(labels, [progress, problem, next]).reduce(form) {
        $0.replacing($1.0, with: $1.0 + between + $1.1)
      }
      #expect(AnswerTests.read("\(Self.fields)\n\(filled)\n有疑问请联系：陈静波", sent) == says)
    }
    // The same above the quotation.
    let above = zip(labels, [progress, problem, next]).map { $0 + $1 }.joined(separator: "\n")
    #expect(AnswerTests.read("\(above)\n\n\(Self.fields)\n\(form)", sent) == says)
  }

  /// Forms and tables of several measures, typed or pasted above the quotation: a row that is certain counts, and words of
  /// which nobody knows whose they are count for none.
  static let forms: [(text: String, says: String)] = [
    (
      "4.1 强化行政执法信息公示\n已完成\n4.2 优化信用监管机制\n预计1月10日完成\n4.3 联合开展抽查\n还在推进",
      "4.1 done; 4.2 postpone 2023-01-10; 4.3 progress"
    ),
    (
      "4.1\n进展情况：已完成\n（2）4.2 优化信用监管机制\n进展情况：未完成\n下一步打算：申请延期至2023年2月底",
      "4.1 done; 4.2 postpone 2023-02-28"
    ),
    // As a table of HTML comes out.
    (
      "4.1\n强化行政执法信息公示\n进展情况：已完成\n存在问题：无\n4.2\n优化信用监管机制\n进展情况：正在推进",
      "4.1 done; 4.2 progress"
    ),
    (
      "序号\t措施\t进展情况\t存在问题\t下一步打算\n4.1\t强化行政执法信息公示\t已完成\t无\t长期坚持\n4.2\t优化信用监管机制\t正在推进\t无\t12月30日前完成\n4.3\t联合开展抽查\t已完成\t部分未完成",
      "4.1 done; 4.2 progress 2022-12-30; ?"
    ),
    ("| 4.1 | 强化行政执法信息公示 | 已完成 |\n| 4.2 | 优化信用监管机制 | 正在推进 |", "4.1 done; 4.2 progress"),
    ("4.1强化行政执法信息公示\t已完成\n4.2优化信用监管机制\t正在推进", "4.1 done; 4.2 progress"),
    ("4.1\n4.2\n已完成", "?"), ("已完成：\n4.1 强化行政执法信息公示\n4.2 优化信用监管机制", "?"), ("4.1\n4.2已完成", "4.2 done; ?"),
    ("4.1\n已完成\n4.2", "4.1 done; ?"), ("4.1\n请见附件\n4.2\n已完成", "4.2 done; ?"),
    ("4.1\t已完成\t无\t长期坚持\n4.2\t已完成\t部分未完成", "?"), ("4.1\n进展情况：\n4.2\n进展情况：已完成", "4.2 done"),
  ]

  @Test(arguments: forms)
  func formsAboveTheQuotation(text: String, says: String) throws {
    let sent = try AnswerTests.mail(
      String(Self.quote.split(separator: "\n").dropFirst(2).joined(separator: "\n")))
    #expect(AnswerTests.read("\(text)\n\n\(Self.fields)\n\(Self.quote)", sent) == says)
  }

  /// A day of what the measure's title is about is the measure's; of anything else nobody knows.
  @Test(arguments: [
    ("12月底前进驻", "3.3 progress 2022-12-31"), ("12月30日前全部进驻", "3.3 progress 2022-12-30"),
    ("12月30日前开会", "?"),
    ("1月15日前进驻", "3.3 postpone 2023-01-15"), ("1月15日前开会", "?"),
  ])
  func aDayOfTheMeasuresOwnWord(next: String, says: String) throws {
    let form = "（1）3.3 提升大厅进驻率\n完成时限：2022年12月底前\n进展情况：\n存在问题：\n下一步打算："
    let filled = form.replacing("进展情况：", with: "进展情况：正在推进，还有3个事项未进驻")
      .replacing("下一步打算：", with: "下一步打算：\(next)")
    #expect(AnswerTests.read("\(Self.fields)\n\(filled)\n有疑问请联系：陈静波", try AnswerTests.mail(form)) == says)
  }

  static let ownHeader = "发件人: 林晓岚 <owner@example.org>\n发送时间: 2022年12月28日 9:00\n主题: 答复: 整改提醒\n"

  /// Whatever stands below the mark above an earlier answer is old, also what that one wrote into our lines; below our own
  /// mark nobody knows whose words stand above our lines.
  @Test(arguments: [
    ("收到\n\n\(ownHeader)\n都已完成\n\n\(fields)\nQUOTE", "4.1 received; 4.2 received; 4.3 received"),
    ("收到\n\n\(ownHeader)\n见下表\n\n\(fields)\nFILLED", "4.1 received; 4.2 received; 4.3 received"),
    ("收到\n\n\(fields)\n都已完成\n\nQUOTE", "4.1 received; 4.2 received; 4.3 received; ?"),
    ("收到\n\n\(fields)\n【外部邮件】请谨慎打开链接\n\nQUOTE", "4.1 received; 4.2 received; 4.3 received"),
  ])
  func belowAnEarlierAnswer(text: String, says: String) throws {
    let filled = Self.quote.replacing("执法信息公示", with: "执法信息公示 已完成")
    let body = text.replacing("QUOTE", with: Self.quote).replacing("FILLED", with: filled)
    let sent = try AnswerTests.mail(
      String(Self.quote.split(separator: "\n").dropFirst(2).joined(separator: "\n")))
    #expect(AnswerTests.read(body, sent) == says)
  }
}
