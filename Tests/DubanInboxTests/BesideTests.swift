import DubanCore
import Testing

@testable import DubanInbox

/// What stands beside a state and turns it round, narrows it or makes it another's: a careful clerk asks.
@Suite struct BesideTests {
  /// Behind 已完成, in its clause and in the next; of the one measure 7.3, on 28 December.
  @Test(arguments: [
    "已完成（初稿）", "已完成（草案）", "已完成（一期）", "已完成（1/3）", "已完成（上半年）", "已完成（拟）", "已完成（内部）",
    "已完成（资料收集）", "已完成（招标文件编制）", "已完成并形成初稿",
    "已完成，请勿销号", "已完成，漏了两家", "已完成，有反弹", "已完成，被退回", "已完成，退回重做", "已完成，专家提出修改意见",
    "已完成，准备验收", "已完成，目前试运行", "已完成，转周启明", "局部已完成", "从推进中改为已完成", "状态为未完成，实际已完成",
    "未完成的都已完成", "是否完成：是", "是否完成：否",
    "已完成，验收已驳回", "已完成，整改结果已推翻", "已完成，合同已终止", "已完成，系统已停用", "已完成，公示率已下滑", "选址已推翻，已完成",
    "已完成，公示率偏低", "已完成，违规案件较多", "已完成，后来又坏了", "已完成，有群众举报", "已完成，区里要求重查", "已完成，已收到督办函",
  ])
  func doneIsAskedAbout(text: String) throws {
    #expect(AnswerTests.read(text, try AnswerTests.mail("7.3 推进新建学校布点")) == "?")
  }

  /// What leaves 已完成 as it is.
  @Test(arguments: [
    "已完成（12月27日）", "已完成（材料见附件）", "已完成，请予以销号", "已完成并通过验收", "已完成、请审核",
    "实际已完成", "已完成，佐证材料已上报区委", "论证会已召开，已完成", "已完成，选址论证已全部公示", "已完成，清单已经区政府审定", "已完成，验收已经通过",
  ])
  func doneStays(text: String) throws {
    #expect(AnswerTests.read(text, try AnswerTests.mail("7.3 推进新建学校布点")).hasPrefix("7.3 done"))
  }

  /// Days that are taken back, corrected, another's, past or of a part.
  @Test(arguments: [
    "不宜申请延期至1月15日", "放弃申请延期至1月15日", "申请延期至1月15日（未获批）", "申请延期至1月15日，作废", "申请延期至1月15日，但已于昨日完成",
    "申请延期至1月15日，应为1月20日", "申请延期至1月15日，请以1月20日为准", "预计1月15日完成，最晚1月31日", "申请延期至1月15日之后",
    "申请延期至1月15日前后", "施工方预计1月15日完成", "万一不行，申请延期至1月15日", "1月15日前完成（前提是资金到位）", "很难1月15日前完成",
    "此前预计1月15日完成", "原计划1月15日完成，现提前至12月30日", "申请延期至1月15日（仅限线下部分）", "一期1月15日完成", "预计明年完成",
    "上月28日完成", "上周五完成", "去年底完成", "30日完成", "3日完成",
  ])
  func aDayIsAskedAbout(text: String) throws {
    #expect(AnswerTests.read(text, try AnswerTests.mail("7.3 推进新建学校布点")) == "?")
  }

  /// Names of whom nobody says that he has it now.
  @Test(arguments: [
    "不再由周启明负责", "不由周启明负责", "以前由周启明负责", "数据由周启明负责", "由周启明负责汇总，我部负责报送", "由周启明负责技术",
    "资料已移交周启明，项目完成", "移交周启明，他还没同意", "周启明负责的部分已完成", "不移交周启明",
  ])
  func aHandoverIsAskedAbout(text: String) throws {
    let read = AnswerTests.read(text, try AnswerTests.mail("7.3 推进新建学校布点"))
    #expect(read.hasSuffix("?") && !read.contains("handover"), "\(read)")
  }

  private static let three = "4.1 强化行政执法信息公示\n4.2 优化信用监管机制\n4.3 开展双随机抽查"

  /// Of three measures: exceptions, brackets, ranges, and several states.
  static let ofThree: [(text: String, says: String)] = [
    ("4.2之外，均已完成", "4.1 done; 4.3 done; ?"), ("除4.2外，4.1-4.3均已完成", "4.1 done; 4.3 done; ?"),
    ("除4.2外，4.1、4.2、4.3均延期至1月15日", "4.1 postpone 2023-01-15; 4.3 postpone 2023-01-15; ?"),
    ("均延期至1月10日（4.1除外）", "?"), ("均未完成（4.1已完成）", "?"), ("全部已完成（4.3在推进）", "?"),
    ("已完成（4.1、4.2）", "4.1 done; 4.2 done"), ("4.1-4.3均已完成（4.2正在推进）", "4.1 done; 4.3 done; ?"),
    ("4.1、4.2、4.3已完成、推进中、未启动", "?"), ("4.1 4.2 4.3 已完成/已完成/推进中", "?"), ("已完成 4.1 4.2 4.3 未完成", "?"),
    ("4.3-4.1已完成", "?"), ("4.1、2、3已完成", "?"), ("4.1前全部完成", "?"), ("预计4.1前完成", "?"),
    ("更正：4.1已完成", "4.1 done"), ("4.1外办：已完成", "?"), ("4.2正在推进，4.1前期未启动", "4.1 progress; 4.2 progress"),
    ("4.2已完成，4.1号措施也已完成", "4.1 done; 4.2 done"), ("4.1\n已完成\n还有2处正在整改", "?"),
    // What stands between 除 and the number makes it another's word, or none.
    ("除非4.1已完成，否则4.2不能销号", "?"), ("除希望4.1已完成外，其余均已完成", "4.2 done; 4.3 done; ?"),
    ("除上级要求4.1已完成外，其余均推进中", "4.2 progress; 4.3 progress; ?"),
    ("除请核实4.1已完成外，4.2、4.3均推进中", "4.2 progress; 4.3 progress; ?"),
    ("除了4.1已完成外，其余均推进中", "4.1 done; 4.2 progress; 4.3 progress"),
    ("除第4.1项已完成外，其余均推进中", "4.1 done; 4.2 progress; 4.3 progress"),
    // Titles copied above the answer.
    ("4.1 强化行政执法信息公示\n4.2 优化信用监管机制\n均已完成", "?"), ("4.1 强化行政执法信息公示\n4.2 优化信用监管机制\n已完成", "?"),
    ("已完成：\n4.1 强化行政执法信息公示\n未完成：\n4.2 优化信用监管机制", "?"),
    ("已完成\n4.1 强化行政执法信息公示\n申请延期至1月20日\n4.2 优化信用监管机制", "?"),
  ]

  @Test(arguments: ofThree)
  func ofThreeMeasures(text: String, says: String) throws {
    #expect(AnswerTests.read(text, try AnswerTests.mail(Self.three)) == says)
  }

  /// A step that is put off, of the one measure 7.3: its day is not the end's.
  static let putOff: [(text: String, says: String)] = [
    ("论证会推迟到1月10日召开，预计1月20日完成。", "7.3 postpone 2023-01-20"), ("论证会推迟到1月10日。", "?"),
    ("论证会推迟到12月30日召开，预计12月31日完成。", "7.3 progress 2022-12-31"),
    ("论证会延期至1月10日，1月20日前完成报批。", "?"), ("家具延期到1月5日到货，预计1月15日完成安装。", "?"),
    ("会议推迟到1月10日，完成时间另行报告。", "?"), ("整改情况报送推迟到1月10日，请谅解。", "?"),
    ("申请延期至1月10日召开论证会", "?"), ("延期至1月10日，预计1月20日完成", "?"),
    ("此项工作推迟到1月10日完成", "7.3 postpone 2023-01-10"), ("新建学校布点工作延期至1月10日", "7.3 postpone 2023-01-10"),
    ("项目完工时间推迟到1月10日", "7.3 postpone 2023-01-10"), ("因专家行程冲突推迟到1月10日", "7.3 postpone 2023-01-10"),
    ("不能按期完成，请延至1月10日，望批准。", "7.3 postpone 2023-01-10"),
    ("因供货原因无法于12月31日前完成，申请延期至1月10日", "7.3 postpone 2023-01-10"),
  ]

  /// Questions, and retorts that only look like them.
  static let questions: [(text: String, says: String)] = [
    ("离月底只有三天，怎么可能完成？", "?"), ("这么短的时间怎么完成？", "?"), ("只有三天了，哪里来得及？", "?"), ("你们怎么老是催？", "?"),
    ("何时能完成，还不好说。", "?"), ("不知道是否算完成。", "?"), ("是否完成另行通知", "?"),
    ("怎么填写报送表？", "7.3 question"), ("报送表在哪里下载？", "7.3 question"), ("是否需要盖章", "7.3 question"),
    ("请问何时报送？", "7.3 question"),
  ]

  /// What stands before and behind, in other clauses and lines.
  static let around: [(text: String, says: String)] = [
    ("论证会已召开，7.3已完成。", "7.3 done"), ("论证会已召开，7.3正在报批。", "7.3 progress"), ("材料未报，7.3已完成。", "?"),
    ("如资金到位，7.3已完成。", "7.3 done; ?"), ("据了解，7.3已完成。", "7.3 done; ?"),
    ("验收已驳回，7.3已完成。", "7.3 done; ?"), ("系统已停用，7.3已完成。", "7.3 done; ?"),
    ("佐证材料已上报，7.3已完成。", "7.3 done"), ("验收已通过，7.3已完成。", "7.3 done"), ("制度已修订，7.3已完成。", "7.3 done"),
    ("培训已举办，7.3已完成。", "7.3 done"), ("信息已公示，7.3推进中。", "7.3 progress"),
    ("整改结果已推翻，7.3已完成。", "?"), ("上次答复已作废，7.3已完成。", "7.3 done; ?"),
    ("资金已挪用，7.3推进中。", "7.3 progress; ?"), ("设备已到货，7.3推进中。", "7.3 progress"),
    ("招标已完成，7.3已完成。", "?"),
    ("已完成，请将7.4一并销号。", "7.3 done; ?"), ("已完成，投资3.5万元", "7.3 done"),
    ("尚未完成，\n预计1月10日完成。", "7.3 postpone 2023-01-10"), ("陈主任，\n您好，\n已完成，\n谢谢！", "7.3 done"),
    ("已完成，\n但尚未报批", "?"),
    // Whoever names that many measures means something else.
    ("7.3已完成。" + String(repeating: "将7.4一并销号，", count: 300), "?"),
    ("我已调往省厅，请与张磊联系。", "7.3 handover 张磊"), ("我已退休。请联系张磊（zhanglei@example.org）。", "7.3 handover 张磊"),
    ("我已退休。7.3已完成。", "7.3 done; ?"), ("有问题请联系张磊（zhanglei@example.org）", "?"),
    ("现由王海波同志负责此项工作。", "7.3 handover 王海波"), ("由王海波同志负责此项工作的技术部分", "?"),
    ("正在推进，已合并3个事项", "7.3 progress"), ("已与7.2合并，已完成", "?"), ("收到，将于12月27日前报送。", "7.3 received"),
    ("收到，本周内报送材料。", "7.3 received"), ("已督导22家，还剩6家", "7.3 progress"), ("离年底还剩三天", "?"),
    ("答复见下文红色部分。\n7.3已完成", "7.3 done"),
  ]

  @Test(arguments: putOff + questions + around)
  func ofOneMeasure(text: String, says: String) throws {
    #expect(AnswerTests.read(text, try AnswerTests.mail("7.3 推进新建学校布点")) == says)
  }

  /// What the contact says of some in one breath with others.
  @Test(arguments: [
    "4.2之外，均同意销号", "除4.3外，4.1-4.3均同意销号", "4.3-4.1同意销号", "如无异议，4.1同意销号", "4.1同意销号，报主任审批",
    "王主任意见：同意4.1销号。\n刘书记意见：暂不销号，待核查。",
  ])
  func theContactIsAsked(text: String) throws {
    #expect(try AnswerTests.ofContact(text) == "?")
  }

  @Test func ofARangeThePartThatWaitsIsNotDecided() throws {
    #expect(try AnswerTests.ofContact("4.1-4.3同意销号，4.2暂缓") == "4.1 approve done; 4.3 approve done; ?")
  }

  /// What a reader of HTML doesn't see, or sees struck out, isn't said.
  @Test(arguments: [
    "<p><s>4.1已完成</s></p><p>4.2未完成</p>", "<p><del>4.1已完成</del></p><p>4.2未完成</p>",
    "<p><span style=\"color:red; text-decoration: line-through\">4.1<b>已</b>完成</span></p><p>4.2未完成</p>",
    "<div style='display:none'><div>4.1已完成</div></div><p>4.2未完成</p>", "<p hidden>4.1已完成</p><p>4.2未完成</p>",
    "<span style=\"font-size:0\">4.1已完成</span><p>4.2未完成</p>",
  ])
  func whatIsStruckOutIsNotSaid(html: String) {
    #expect(TextLines.html(html).map { squeezed($0) }.filter { !$0.isEmpty } == ["4.2未完成"])
  }

  /// A row of the owner's own table stays together, whatever a program made of its cells.
  @Test func aRowIsALine() {
    let html = """
      <table><tr><td><p>编号</p></td><td><p>状态</p></td></tr><tr><td><p>4.1</p></td><td><p>已完成</p></td></tr>
      <tr><td>第一行</td><td>第二格</td></tr></table>
      """
    let lines = TextLines.html(html).filter { !squeezed($0).isEmpty }
    #expect(lines == ["编号\t状态", "4.1\t已完成", "第一行", "第二格"])
    let drafts = html.replacing("编号", with: "科室").replacing("状态", with: "初稿")
    #expect(TextLines.html(drafts).first == "科室\t初稿")
  }
}
