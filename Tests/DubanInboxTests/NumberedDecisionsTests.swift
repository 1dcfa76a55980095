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

  /// A yes with a wish, a number that may be a count, a day that nobody can mean; and what stands below any letter.
  static let besides: [(text: String, decisions: String?)] = [
    ("都同意。另：1、2请补材料", nil), ("都同意，另1、2请补材料", nil), ("都同意。另请1补材料。", nil), ("都同意。\n1、2请补材料", nil),
    ("都同意。请补材料", nil), ("都同意。材料要齐", nil), ("都同意。第二项再议", nil), ("都同意。李四的时间太长", nil), ("都同意。王五那个缓办", nil),
    ("都同意。2有异议", nil), ("都同意。13还差材料", nil), ("都同意（1、2请补材料）", nil), ("都同意。延期的只到1月10日", nil),
    ("都同意。4.1请补材料", nil), ("都同意。以附件为准", nil), ("都同意。1号的原件呢", nil), ("都同意。需公示后生效", nil),
    ("同意1。请补报验收单", nil), ("同意1、13。请抓紧", nil), ("同意1。务必归档", nil), ("同意1。材料后补", nil), ("同意1。另，2的材料呢", nil),
    ("同意4.1销号。另请补材料", nil), ("同意4.1销号，材料后补", nil), ("同意4.1销号，另须公示", nil), ("同意4.1销号，务必归档", nil),
    ("没同意4.1销号", nil), ("别同意4.1销号", nil),
    ("同意2项", nil), ("同意2条", nil), ("2项同意", nil), ("2项都同意", nil), ("同意1项销号", nil), ("1项同意，2项不同意", nil),
    ("同意13，同意2项", nil), ("两项都同意", nil), ("四项都同意", nil), ("同意两项", nil), ("前两项同意", nil), ("同意后2项", nil),
    ("三项都同意", "1+ 13+ 2+2023-01-15"), ("3项都同意", "1+ 13+ 2+2023-01-15"), ("同意第2项", "2+2023-01-15"),
    ("同意〔2〕项", "2+2023-01-15"), ("同意2号", "2+2023-01-15"), ("同意1、13项", "1+ 13+"),
    ("同意2，延期到2022年12月10日", nil), ("同意2延期至2022年12月19日", nil), ("同意2延期至2033年1月15日", nil),
    ("同意4.2延期至2022年12月10日", nil), ("同意4.2延期至2032年1月10日", nil), ("同意4.2延期至2023年1月10日", "4.2+2023-01-10"),
    ("都同意，谢谢！", "1+ 13+ 2+2023-01-15"), ("您好，都同意，辛苦了。", "1+ 13+ 2+2023-01-15"), ("同意1。特此回复，谢谢您！", "1+"),
    ("同意1、13。\n\n杜潘\n区营商服务中心\n电话：65650023\n2022年12月19日", "1+ 13+"), ("同意1\n此致\n敬礼", "1+"),
    ("同意1。区营商服务中心 杜潘主任 0379-65650023", "1+"), ("同意1\n祝工作顺利！\ndupan@example.org", "1+"),
    ("同意1\n联系人：杜潘\n地址：涧西区牡丹广场西路8号", "1+"),
  ]

  @Test(arguments: table + besides)
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
