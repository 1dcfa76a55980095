import DubanCore
import Testing

@testable import DubanInbox

/// A report that is a file: what may be taken as received unread, and what somebody has to look at.
@Suite struct HandedInTests {
  @Test(
    arguments: [
      ("整改情况报送表.docx", "", true), ("涧西区市场监督管理局整改情况报送表.pdf", "请查收。", true),
      ("整改情况报送表.docx", "您好，现将我局整改情况报送，请予查收。谢谢！", true), ("进展情况.xlsx", "本次报送表见附件", true),
      ("整改情况报送表.docx", "整改情况报送表见附件。\n涧西区市场监督管理局 徐娟\n电话：65650001\n2022年12月26日", true),
      // Words that say anything else.
      ("整改情况报送表.docx", "整改情况报送表见附件，部分数据待核实。", false), ("整改情况报送表.docx", "报送表请填好", false),
      ("整改情况报送表.docx", "请问报送表这样填可以吗？", false), ("整改情况报送表.docx", "上次发错了，请以此为准", false),
      ("整改情况报送表.docx", "先发一部分", false), ("整改情况报送表.docx", "表格无法填写", false),
      ("整改情况报送表.docx", "4.1未完成", false), ("整改情况报送表.docx", "请转商务局", false),
      // A file that is or may be another.
      ("工作总结.docx", "请查收", false), ("整改情况报送表（模板）.docx", "", false), ("整改情况报送表9月.docx", "", false),
      ("三季度整改情况.docx", "", false), ("整改情况报送表（初稿）.docx", "", false), ("上期整改情况报送表.docx", "", false),
      ("2021年整改情况报送表.docx", "", false), ("整改情况报送通知.docx", "", false), ("", "整改情况报送表见附件", false),
    ])
  func isPlain(file: String, words: String, isPlain: Bool) throws {
    func mail(_ fields: [String], _ text: String) -> [UInt8] {
      Array(
        (["From: owner@example.org", "To: contact@example.org"] + fields + ["", text]).joined(separator: "\n")
          .utf8)
    }
    let text = "Content-Type: text/plain; charset=utf-8"
    let reminder = try #require(
      SentMail(
        mail: Array(
          """
          From: contact@example.org
          To: owner@example.org
          Date: Mon, 26 Dec 2022 08:30:00 +0800
          Subject: 整改情况报送提醒
          Message-ID: <one@example.org>
          \(text)

          请于12月27日前报送整改情况。
          """.utf8)))
    func read(_ sender: String, _ content: String = "abc") -> MailReading {
      let part = file.isEmpty ? "" : "--b\nContent-Type: application/x; name=\"\(file)\"\n\n\(content)\n"
      let answer = mail(
        [
          "Message-ID: <two@example.org>", "In-Reply-To: <one@example.org>",
          "Date: Mon, 26 Dec 2022 10:00:00 +0800", "Content-Type: multipart/mixed; boundary=b",
        ], "--b\n\(text)\n\n\(words)\n\(part)--b--\n"
      )
      return InboxReader(sent: [reminder]).read(
        Array(
          String(decoding: answer, as: UTF8.self).replacing("From: owner@", with: "From: \(sender)@").utf8))
    }
    #expect(read("owner").isPlainReport == isPlain)
    #expect(!read("other").isPlainReport, "only from whom it was asked")
    // IMAP ends lines with CR and LF; a blank file is none.
    for content in ["", "\r", " \r\n\r", "\u{FEFF}\r\n"] {
      let blank = read("owner", content)
      #expect(!blank.isPlainReport && !blank.reportReceived)
    }
  }
}
