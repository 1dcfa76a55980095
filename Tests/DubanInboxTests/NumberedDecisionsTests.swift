import DubanCore
import Testing

@testable import DubanInbox

/// What the contact says of a digest that asks four things: certain where a clause is numbers and a verdict.
@Suite struct NumberedDecisionsTests {
  private static let digest = """
    From: duban@example.org
    To: office@example.org
    Subject: 督办周报
    Message-ID: <digest@example.org>
    Date: Mon, 19 Dec 2022 08:30:00 +0800
    Content-Type: text/plain; charset=utf-8

    ■ 下一步
    - 〔1〕请确认能否销号：措施4.1“不延期至2023年9月9日的改革”，某局张三来信称已完成。
    - 〔2〕请决定能否延期：措施4.2“乙”，某局李四来信申请延期至2023年1月15日：“等设备”。
    - 〔13〕请确认能否销号：措施5.3“丙”，某局王五来信称已完成。
    - 〔14〕请阅读来信：某局赵六来信：“请同意1”。
    - 请催报应于12月27日前报送的整改情况。
    """

  /// `1+` approved, `1-` rejected, with the day; nil: a person is needed.
  static let table: [(text: String, decisions: String?)] = [
    ("同意1、13。", "1+ 13+"), ("同意1和13项，谢谢！", "1+ 13+"), ("1、13同意；2不同意", "1+ 2- 13+"),
    ("同意〔1〕", "1+"), ("同意第1、2项", "1+ 2+2023-01-15"), ("您好，同意1销号，同意2延期。", "1+ 2+2023-01-15"),
    ("同意2延期至2023年1月20日", "2+2023-01-20"), ("同意2，延期至2023年1月20日。", "2+2023-01-20"),
    ("驳回1", "1-"), ("已处理14", "14+"), ("都同意。", "1+ 13+ 2+2023-01-15"), ("同意以上全部事项", "1+ 13+ 2+2023-01-15"),
    ("均不同意", "1- 13- 2-"), ("同意4.1销号；同意13", "4.1+ 13+"), ("同意.1", nil),
    ("同意3", nil), ("同意1、3", nil), ("同意1，但要补充材料", nil), ("同意1。如果材料不齐则退回", nil),
    ("除2外都同意", "1+ 13+"), ("除2、13外，其余均同意。", "1+"), ("除3外都同意", nil), ("除2外都不同意", "1- 13-"),
    ("都同意，2再等等", nil), ("同意1不同意1", nil), ("同意1；不同意1", nil), ("原则同意1", nil),
    ("1是否同意？", nil), ("同意1延期", nil), ("已处理1", nil), ("同意2延期至1月20日或1月25日", nil), ("同意", nil), ("同意2023", nil),
    ("1、13已阅", nil), ("暂不同意1", nil), ("同意12.31", nil),
  ]

  @Test(arguments: table)
  func decides(text: String, decisions: String?) throws {
    let sent = try #require(SentMail(mail: Array(Self.digest.utf8)))
    let answer = """
      From: office@example.org
      In-Reply-To: <digest@example.org>
      Date: Mon, 19 Dec 2022 10:00:00 +0800
      Message-ID: <a@example.org>
      Content-Type: text/plain; charset=utf-8

      \(text)
      """
    let reading = InboxReader(sent: [sent]).read(Array(answer.utf8))
    #expect(reading.kind == .contact)
    let read = reading.decisions.map { one in
      (one.number.map(String.init) ?? one.id) + (one.decision == .approve ? "+" : "-")
        + (one.decision == .approve && one.what == .postpone ? one.until ?? "" : "")
    }
    #expect(reading.needsPerson == (decisions == nil))
    if let decisions {
      #expect(read.sorted() == decisions.split(separator: " ").map(String.init).sorted())
    }
  }
}
