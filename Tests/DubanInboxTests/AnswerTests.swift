import DubanCore
import Testing

@testable import DubanInbox

/// What a careful clerk takes from an answer, written on Wednesday, 28 December 2022. A question mark: a person reads it.
@Suite struct AnswerTests {
  static func mail(_ items: String) throws -> SentMail {
    let mail = """
      From: 整改办公室 <duban@example.org>
      To: owner@example.org
      Reply-To: contact@example.org
      Date: Wed, 28 Dec 2022 08:30:00 +0800
      Subject: =?utf-8?B?5pW05pS55o+Q6YaS?=
      Message-ID: <one@example.org>
      Content-Type: text/plain; charset=utf-8

      您负责的事项将于12月31日（周六）到期，还剩3天。
      12月31日（周六）到期，还剩3天
      \(items)
      有疑问请联系：陈静波
      如不再负责上述事项，请回复本邮件报告责任人变更。
      """
    return try #require(SentMail(mail: Array(mail.utf8)))
  }

  static func read(_ body: String, _ sent: SentMail) -> String {
    let mail = """
      From: owner@example.org
      To: contact@example.org
      Date: Wed, 28 Dec 2022 10:00:00 +0800
      In-Reply-To: <one@example.org>
      Content-Type: text/plain; charset=utf-8

      \(body)
      """
    let reading = InboxReader(sent: [sent]).read(Array(mail.utf8))
    let items = reading.items.map {
      "\($0.id) \($0.says.rawValue)" + ($0.until.map { " \($0)" } ?? "") + ($0.to.map { " \($0)" } ?? "")
    }
    return (items + (reading.needsPerson ? ["?"] : [])).joined(separator: "; ")
  }

  /// Of the one measure 7.3.
  static let alone: [(text: String, says: String)] = [
    ("已完成", "done"), ("完成", "done"), ("办结，请销号", "done"), ("整改到位", "done"), ("已落实", "done"),
    ("该项工作已全部完成，请予销号。", "done"), ("2022年12月27日已办结", "done"), ("已于12月10日办结。", "done"),
    ("收到！已完成。", "done"), ("新建学校布点已完成", "done"), ("我局已按要求完成整改任务", "done"), ("已完成。论证报告及批复附后。", "done"),
    ("未完成", "progress"), ("正在推进", "progress"), ("招标已完成", "progress"), ("招标已完成，正在施工。", "progress"),
    ("已完成80%", "progress"), ("目前进展顺利，能够按期完成。", "progress"), ("已于12月15日召开推进会，正在整改", "progress"),
    ("计划月底完成", "progress 2022-12-31"), ("本周五前办结", "progress 2022-12-30"),
    ("收到，预计12月30日完成", "progress 2022-12-30"),
    ("预计完成时间：12月30日", "progress 2022-12-30"), ("预计两天内完成", "progress 2022-12-30"),
    ("尚未完成，预计1月15日前完成。", "postpone 2023-01-15"), ("预计下周五完成", "postpone 2023-01-06"),
    ("已完成80%，预计1月10日全部完成。", "postpone 2023-01-10"), ("无法按期完成，预计2023年1月底。", "postpone 2023-01-31"),
    ("申请延期至2023年2月底，原因是施工图审查未通过。", "postpone 2023-02-28"), ("原定12月31日，申请延期至1月15日", "postpone 2023-01-15"),
    ("推迟到下月15日", "postpone 2023-01-15"), ("需要延长至一月二十日", "postpone 2023-01-20"),
    ("从12月31日延期到1月15日", "postpone 2023-01-15"),
    ("已移交李晓明同志负责。", "handover 李晓明"), ("本人已调任，由王建国同志接手，电话13800000000", "handover 王建国"),
    ("我不再负责此项工作，新责任人：赵敏", "handover 赵敏"), ("不由我负责。\n新责任人：赵敏", "handover 赵敏"),
    ("这项不归我了。\n由赵敏负责，邮箱 zhaomin@example.org", "handover 赵敏"), ("请问完成标准是什么？", "question"),
    ("如何填写报送表", "question"),
    ("收到，我们会抓紧落实。", "received"), ("好的", "received"), ("申请延期", "postpone; ?"), ("我已不再负责此项工作", "notmine; ?"),
    ("此项任务不属于我局职责范围，建议转教育局。", "notmine; ?"),
    ("７．３已完成", "done"), ("7.3项：完成。", "done"), ("我们没完成，再给点时间", "postpone; ?"),
    ("申请由12月31日延期至2023年1月31日", "postpone 2023-01-31"),
    ("上周五已完成", "done"), ("昨天已办结。", "done"), ("此项工作已于上周五完成。", "done"), ("上月底已完成", "done"), ("早就完成了", "done"),
    ("已圆满完成", "done"), ("已100%完成", "done"), ("已完成✅", "done"), ("【已完成】", "done"), ("（已完成）", "done"),
    ("我局高度重视，现已完成", "done"), ("已按照方案要求落实到位", "done"),
    ("大部分已完成", "progress"), ("即将完成", "progress"), ("进展顺利", "progress"), ("已移交施工方，正在施工", "progress"),
    ("收到，会按时报送", "received"), ("收到，谢谢提醒！", "received"), ("收到，马上办", "received"),
    ("申请延期两周。", "postpone; ?"), ("申请将完成时限由12月31日调整为1月20日", "postpone 2023-01-20"),
    ("12月25日因疫情停工，预计1月20日完成", "postpone 2023-01-20"), ("申请延至23年1月20日", "postpone 2023-01-20"),
    ("预计20230110完成", "postpone 2023-01-10"), ("预计后天（30日）完成", "progress 2022-12-30"),
    ("未完成。还有两处，计划1月20日前完成。", "postpone 2023-01-20"),
    ("责任人由林晓岚变更为欧阳志远，电话60001234", "handover 欧阳志远"), ("已移交给信用科王建国科长负责", "handover 王建国"),
    ("我已退休，由副局长王建国接手", "handover 王建国"), ("此项工作由李晓明负责", "handover 李晓明"),
    ("请与李晓明联系", "handover 李晓明"), ("转李晓明办理", "handover 李晓明"), ("新责任人：买买提", "handover 买买提"),
    ("此项应由住建局负责", "notmine; ?"),
  ]

  @Test(arguments: alone)
  func ofOneMeasure(text: String, says: String) throws {
    #expect(Self.read(text, try Self.mail("7.3 推进新建学校布点")) == "7.3 \(says)")
  }

  /// Nothing of these is certain.
  @Test(arguments: [
    "不可能已完成", "计划完成", "基本完成", "除尾款外已完成", "如无意外，月底前能完成", "已完成招标", "已于12月26日完成验收", "12月25日完成",
    "1月15日",
    "力争春节前完成", "预计1月中旬完成", "已完成了吗？", "12.30前完成", "1月15日左右完成", "应该已完成", "听说已完成", "能否延期至1月15日？",
    "延期不是我局原因",
    "尚未移交李晓明", "建议由李晓明负责", "已移交规划局负责", "以为已完成", "预计12月30日，最迟1月5日完成", "已完成，但还有两处",
    "无法确认已完成", "7.2已完成", "7.2正在推进", "七点三已完成", "请勿标记为已完成", "没有未完成的事项", "申请延期至1月10日或1月15日",
    "于2022年1月15日完成", "必须12月31日前完成", "撤回延期申请", "不同意延期", "",
    // A paper, a part, somebody else's words, a form that wasn't filled in.
    "报告已完成", "整改报告已完成，正在走签批程序", "已完成（不含签约部分）", "已完成三项", "☑已完成 ☐未完成", "已完成/未完成", "谁说我们已完成了？",
    "均已完成或正在推进", "12月31日已完成", "无法完成", "预计完成", "没完成就不报了",
    // Given to no person, to two, not yet.
    "已移交施工方", "已移交物业管理", "已移交王科长", "已移交小王", "由李晓明和王建国负责", "联系人变更为刘洋", "正在移交给李晓明", "将移交李晓明负责",
    "有问题请联系李晓明", "此项工作不由我一人负责",
    // A day that isn't the end's, or isn't the owner's.
    "1月5日完成验收", "预计1月5日开工", "不早于1月5日完成", "要求12月31日前完成", "请于12月31日前完成", "申请延期至1.15",
    "能否延期？", "原申请延期至1月20日，现提前完成", "已同意延期至1月20日", "延期申请已获批准",
  ])
  func isUncertain(text: String) throws {
    #expect(Self.read(text, try Self.mail("7.3 推进新建学校布点")) == "?")
  }

  /// What the contact decides in words, of measures that no proposal is shown of.
  static let decided: [(text: String, says: String)] = [
    ("同意4.1销号。", "4.1 approve done"), ("4.1、4.2同意销号", "4.1 approve done; 4.2 approve done"),
    ("4.1可以销号", "4.1 approve done"),
    ("4.1材料齐全，同意销号。", "4.1 approve done"), ("4.1已完成，同意销号", "4.1 approve done"),
    ("不同意4.1销号", "4.1 reject done"),
    ("4.1先不销号", "4.1 reject done"), ("4.1暂不销号，请补充材料", "4.1 reject done"),
    ("同意7.2延期至2023年1月15日", "7.2 approve postpone 2023-01-15"),
    ("同意7.2延期", "7.2 approve postpone"), ("同意6.1移交周启明", "6.1 approve handover 周启明"),
    ("7.2不同意延期", "7.2 reject postpone"),
    ("不同意4.1销号，同意4.2销号", "4.1 reject done; 4.2 approve done"),
    ("4.1同意销号，4.2不同意销号", "4.1 approve done; 4.2 reject done"),
    ("同意4.1销号，谢谢！", "4.1 approve done"), ("4.1为什么还没完成？先不销号", "4.1 reject done; ?"), ("4.1不同意", "?"),
    ("原则同意4.1销号", "?"),
    ("同意4.1销号，但请补报材料", "?"), ("如材料齐全，同意4.1销号", "?"), ("同意4.1销号，4.2延期至1月20日", "4.1 approve done; ?"),
    ("收到", "?"), ("4.1能否销号？", "?"),
    ("同意4.1、4.2销号", "4.1 approve done; 4.2 approve done"),
    ("同意将4.1延期至2023年1月20日", "4.1 approve postpone 2023-01-20"),
    ("经核实，4.1材料齐全，同意销号。", "4.1 approve done"), ("4.1的销号申请已审核通过", "4.1 approve done"),
    ("4.1不销号", "4.1 reject done"),
    ("4.1不同意延期，请抓紧完成", "4.1 reject postpone"), ("不同意4.1移交张华", "4.1 reject handover 张华"),
    // 同意 stands in all of these.
    ("我不是不同意4.1销号", "?"), ("无法同意4.1销号", "?"), ("没有同意过4.1销号", "?"), ("谁同意4.1销号的", "?"), ("领导不会同意4.1销号", "?"),
    ("4.1请主任同意后销号", "?"), ("4.1建议同意销号", "?"), ("4.1同意不销号", "?"), ("同意撤销4.1销号", "?"), ("上次同意4.1销号有误", "?"),
    ("4.1可以考虑销号", "?"), ("4.1何时可以销号", "?"), ("4.1同意延期，不同意销号", "?"), ("4.1延期至1月10日不同意，同意至1月5日", "?"),
    ("同意7.2延期至春节后", "?"), ("同意", "?"),
    // Ranges, lists and what the digest doesn't name.
    ("4.1-4.3同意销号", "4.1 approve done; 4.2 approve done; 4.3 approve done"),
    ("4.1～4.3同意销号", "4.1 approve done; 4.2 approve done; 4.3 approve done"),
    ("4.1至4.3不同意销号", "4.1 reject done; 4.2 reject done; 4.3 reject done"),
    ("同意4.1到4.3销号", "4.1 approve done; 4.2 approve done; 4.3 approve done"),
    ("4.1、同意销号；4.2、不同意销号", "4.1 approve done; 4.2 reject done"),
    ("14.1同意销号", "?"), ("9.9同意销号，4.1同意销号", "4.1 approve done; ?"), ("4.1-4.9同意销号", "?"),
    // A no with a word before it, and what is as good as a no.
    ("暂不同意4.1销号，请补充佐证材料。", "4.1 reject done"), ("4.1先不要销号", "4.1 reject done"),
    ("7.2不得延期", "7.2 reject postpone"),
    // The day of a postponement in a clause of its own.
    ("同意7.2延期，但最迟不超过1月10日", "7.2 approve postpone 2023-01-10"),
    ("7.2延期同意，至1月15日止", "7.2 approve postpone 2023-01-15"),
    ("同意7.2延期，1月10日前先报送进展", "?"), ("同意7.2延期至1月20日，最迟1月25日", "?"), ("同意4.1销号，1月10日前", "?"),
    ("同意7.2延期，但最迟不超过春节", "?"), ("7.2最多延期到1月5日", "?"),
    // New owners, and a yes in a clause of its own.
    ("7.2改由冯志远负责，同意。", "7.2 approve handover 冯志远"), ("6.1转给周启明，同意", "6.1 approve handover 周启明"),
    ("6.1责任人变更为周启明，同意", "6.1 approve handover 周启明"), ("6.1转给周启明，不同意", "6.1 reject handover 周启明"),
    ("同意6.1由周启明负责", "6.1 approve handover 周启明"), ("6.1由我负责，同意", "?"), ("4.1材料不全，同意", "?"),
    ("请将4.1销号", "4.1 approve done"), ("关于4.1销号，请林晓岚来一趟", "?"), ("同意4.1销号（林晓岚）", "4.1 approve done"),
    ("同意4.1销号（除附件外）", "?"),
  ]

  @Test(arguments: decided)
  func ofTheContact(text: String, says: String) throws { #expect(try Self.ofContact(text) == says) }

  /// What the contact decides in these words, of a digest that names 4.1 to 7.2.
  static func ofContact(_ text: String) throws -> String {
    let answer = Answer(
      contact: text.split(separator: "\n").map { NewText.Line(text: String($0)) },
      of: try mail(["4.1", "4.2", "4.3", "6.1", "7.2"].map { "\($0) 措施" }.joined(separator: "\n")),
      day: CivilDate("2022-12-28"))
    let decisions = answer.decisions.map {
      "\($0.id) \($0.decision.rawValue) \($0.what.rawValue)" + ($0.until.map { " \($0)" } ?? "")
        + ($0.to.map { " \($0)" } ?? "")
    }
    return (decisions + (answer.needsPerson ? ["?"] : [])).joined(separator: "; ")
  }

  /// Of 4.1, 4.2 and 4.3.
  static let several: [(text: String, says: String)] = [
    ("4.1、4.2已完成，4.3预计1月10日完成", "4.1 done; 4.2 done; 4.3 postpone 2023-01-10"),
    ("三项均已完成", "4.1 done; 4.2 done; 4.3 done"), ("都已完成", "4.1 done; 4.2 done; 4.3 done"),
    ("目前两项已完成，一项未完成", "?"), ("此前两项工作均已完成", "?"), ("4·1·2已完成", "?"),
    ("4.1正在推进 4.2已完成", "4.1 progress; 4.2 done"),
    ("4.1-4.3均已办结", "4.1 done; 4.2 done; 4.3 done"), ("4.1/4.2 已完成", "4.1 done; 4.2 done"),
    ("4.1已完成，其余正在推进", "4.1 done; 4.2 progress; 4.3 progress"),
    ("4.1已完成，其余两项未完成", "4.1 done; 4.2 progress; 4.3 progress"),
    ("4.1已完成，其余三项未完成", "4.1 done; ?"), ("其余已完成", "?"), ("除4.2外均已完成", "4.1 done; 4.3 done; ?"),
    ("除4.2外均已完成，4.2预计1月5日完成", "4.1 done; 4.2 postpone 2023-01-05; 4.3 done"),
    ("第4.1项已完成；第4.2项尚未启动；第4.3项移交赵敏负责", "4.1 done; 4.2 progress; 4.3 handover 赵敏"),
    (
      "4.1：已完成\n4.2：预计12月30日完成\n4.3：申请延期至2023年1月31日（系统升级）",
      "4.1 done; 4.2 progress 2022-12-30; 4.3 postpone 2023-01-31"
    ),
    ("4.1已完成4.2未完成", "4.1 done; 4.2 progress"), ("措施4.1已完成，措施4.2未完成", "4.1 done; 4.2 progress"),
    ("已完成4.1、4.2，4.3正在推进", "4.1 done; 4.2 done; 4.3 progress"),
    ("已完成4.1、4.2，4.3还需两周", "4.1 done; 4.2 done; ?"),
    ("全部未完成", "4.1 progress; 4.2 progress; 4.3 progress"), ("收到", "4.1 received; 4.2 received; 4.3 received"),
    ("收到，4.1已完成", "4.1 done; 4.2 received; 4.3 received"), ("两项已完成，一项未完成", "?"), ("尚未全部完成", "?"),
    ("已完成", "?"), ("成都项目已完成", "?"),
    ("4.4已完成", "?"), ("14.1已完成", "?"), ("4.11已完成", "?"), ("4.1已完成，4.1未完成", "?"),
    ("1、已完成；2、未完成；3、未完成", "4.1 done; 4.2 progress; 4.3 progress"),
    ("未完成4.1，已完成4.2", "4.1 progress; 4.2 done"), ("4.1、4.2不由我负责", "4.1 notmine; 4.2 notmine; ?"),
    ("4.1已完成，请问4.2能否调整时限？", "4.1 done; 4.2 question"),
    ("4.2不归我了，由赵敏负责，邮箱 zhaomin@example.org", "4.2 handover 赵敏"),
    ("4.2不由我负责。\n新责任人：赵敏\n邮箱：zhaomin@example.org", "4.2 handover 赵敏"),
    ("4.1、4.2不由我负责\n新责任人：赵敏", "4.1 handover 赵敏; 4.2 handover 赵敏"),
    ("4.1不由我负责。4.2已完成。\n新责任人：赵敏", "4.1 notmine; 4.2 done; ?"),
    ("4.1不由我负责。\n新责任人：赵敏\n新责任人：李晓明", "?"), ("新责任人：赵敏", "?"),
    ("1. 4.1已完成\n2. 4.2未完成", "4.1 done; 4.2 progress"), ("4.1、4.4已完成", "4.1 done; ?"),
    ("4.4正在推进，4.1已完成", "4.1 done; ?"),
    ("4.1已完成，已投资3.5万元", "4.1 done"), ("4.1已完成。2022.12.28", "4.1 done"),
    ("整改情况如下：4.1已完成；4.2正在推进", "4.1 done; 4.2 progress"), ("我局负责的4.1、4.2已完成", "4.1 done; 4.2 done"),
    ("据说4.1已完成", "?"), ("领导要求4.1已完成", "?"), ("4.1招标已完成", "4.1 progress"), ("4.1书面材料已完成", "?"),
    ("希望4.1已完成", "?"),
    ("完成4.1、4.2两项", "4.1 done; 4.2 done"), ("4.1、4.2三项已完成", "?"), ("4.1以及4.2都已完成", "4.1 done; 4.2 done"),
    ("从4.1到4.3均已完成", "4.1 done; 4.2 done; 4.3 done"), ("已完成4.1至4.3", "4.1 done; 4.2 done; 4.3 done"),
    ("除4.2外，其余均已完成", "4.1 done; 4.3 done; ?"), ("除了4.2，其他都完成了", "4.1 done; 4.3 done; ?"),
    ("只有4.1未完成", "4.1 progress; ?"), ("已完成：4.1；未完成：4.2、4.3", "4.1 done; 4.2 progress; 4.3 progress"),
    // What relates two measures leaves both to a person.
    ("4.1或4.2已完成", "?"), ("4.1按4.2要求已完成", "?"), ("4.2与4.1合并，已完成", "?"), ("4.1-3已完成", "?"),
    ("4.1已完成4.2项目招标", "?"), ("4.1、4.2分别预计12月30日、1月10日完成", "?"),
    // By title, in brackets, in a table.
    ("4.1强化行政执法信息公示：已完成。\n4.2优化信用监管机制：正在推进。", "4.1 done; 4.2 progress"),
    ("强化行政执法信息公示已完成", "4.1 done"), ("4.1（已完成）、4.2（未完成）", "4.1 done; 4.2 progress"),
    ("| 4.1 | 已完成 |\n| 4.2 | 未完成 |", "4.1 done; 4.2 progress"), ("4·1已完成", "4.1 done"),
    ("【4.1】已完成", "4.1 done"),
    // By the order of the mail.
    ("前两项已完成，第三项预计1月5日完成", "4.1 done; 4.2 done; 4.3 postpone 2023-01-05"),
    ("前三项已完成", "4.1 done; 4.2 done; 4.3 done"),
    ("第一、二项已完成，第三项未完成", "4.1 done; 4.2 done; 4.3 progress"), ("前四项已完成", "?"),
    ("（1）已完成\n（2）未完成\n（3）预计1月10日完成", "4.1 done; 4.2 progress; 4.3 postpone 2023-01-10"),
    ("1.进展：已完成\n2.问题：未完成\n3.下一步：正在推进", "?"), ("1、已完成；2、未完成", "?"),
    ("4.1由赵敏负责，4.2由刘洋负责", "4.1 handover 赵敏; 4.2 handover 刘洋"),
    ("本人已调离，上述工作由欧阳娜娜接手", "4.1 handover 欧阳娜娜; 4.2 handover 欧阳娜娜; 4.3 handover 欧阳娜娜"),
    ("截至12月28日，4.1已完成", "4.1 done"), ("4.1已完成。\n市场监督管理局\n12月28日", "4.1 done"),
    ("4.1已完成。\n1月15日", "4.1 done; ?"),
    ("4.1未完成。还有6处，计划1月20日前完成。", "4.1 postpone 2023-01-20"),
    // A number that is part of another one.
    ("4.2已完成，投入24.1万元", "4.2 done"), ("三项均已完成，共投入24.1万元", "4.1 done; 4.2 done; 4.3 done"),
    // What is left unsaid.
    ("4.1做完了，4.2、4.3还没有", "4.1 done; 4.2 progress; 4.3 progress"),
    ("除4.1已完成外，其余均未完成", "4.1 done; 4.2 progress; 4.3 progress"), ("除4.1尾款外均已完成", "4.2 done; 4.3 done; ?"),
    ("4.1、4.2分别已完成、未完成", "4.1 done; 4.2 progress"), ("4.1、4.2、4.3分别已完成、未完成", "?"),
    // A table of the owner's own.
    ("编号\t状态\t计划\n4.1\t已完成\t—\n4.2\t推进中\t12月30日", "4.1 done; 4.2 progress 2022-12-30"),
    ("4.1 | 行政执法信息公示 | 已完成\n4.2 | 优化信用监管机制 | 未完成", "4.1 done; 4.2 progress"),
    ("序号|措施|完成情况|备注\n4.1|信息公示|已完成|初稿\n4.2|信用监管|未完成|预计1月10日完成", "4.2 postpone 2023-01-10; ?"),
    ("序号|完成情况\n4.1|已完成\n4.2|未完成", "4.1 done; 4.2 progress"), ("编号|状态|备注\n4.1|4.2|已完成", "?"),
    ("4.1|设备采购|已完成\n4.2|已完成|无", "4.2 done; ?"), ("编号|状态\n4.1|预计1月10日完成|", "4.1 postpone 2023-01-10"),
    ("均未完成，预计1月底前完成。", "4.1 postpone 2023-01-31; 4.2 postpone 2023-01-31; 4.3 postpone 2023-01-31"),
    ("均按时间节点推进，无延期风险。", "4.1 progress; 4.2 progress; 4.3 progress"),
    ("4.1按期完成没问题", "4.1 progress"), ("4.1已完成。以后请不要再发这种自动邮件了。", "4.1 done"),
    ("4.2此项工作由李志明（li@example.org）接替，请更新台账", "4.2 handover 李志明"),
    ("4.1本周五（12月30日）前完成", "4.1 progress 2022-12-30"), ("4.1本周五（12月31日）前完成", "?"),
    ("编号|状态|完成时间\n4.1|已完成|1月10日\n4.2|已完成|无", "4.2 done; ?"),
  ]

  /// Tables of the owner's own, whose headings say what a cell means; where they don't, or not of that cell, it is asked.
  static let tables: [(text: String, says: String)] = [
    ("序号|状态|完成时间\n4.1|推进中|1月10日", "4.1 postpone 2023-01-10"),
    ("序号|措施|目前进展\n4.1|强化行政执法信息公示|已完成", "4.1 done"),
    ("序号|状态|完成时间（计划）\n4.1|推进中|1月10日", "4.1 postpone 2023-01-10"),
    ("序号|状态|下次填报时间\n4.1|推进中|1月10日", "?"), ("序号|状态|开工时间\n4.1|推进中|12月30日", "?"),
    ("序号|状态|填表日期\n4.1|推进中|12月28日", "?"), ("序号|状态|招标完成时间\n4.1|推进中|1月10日", "?"),
    ("序号|状态|验收时间\n4.1|推进中|预计1月10日", "?"), ("序号|状态|填表日期\n4.1|已完成|12月28日", "4.1 done"),
    // 初稿 is no state, nor is an empty one.
    ("编号|初稿|定稿\n4.1|已完成|\n4.2|已完成|已完成", "?"), ("编号\t自查\t验收\n4.1\t已完成\t/", "?"),
    ("编号|初稿\n4.1|已完成", "?"), ("科室|初稿|定稿\n4.1|已完成|已完成", "?"),
    ("序号|本月状态|上月状态\n4.1||已完成", "?"), ("序号|状态|自查\n4.1||已完成\n4.2|已完成|已完成", "4.2 done; ?"),
    ("序号|自查|状态\n4.1|已完成|", "?"), ("4.1|强化行政执法信息公示|已完成|", "?"), ("4.1||已完成", "?"),
    ("|序号|措施|状态|\n|---|---|---|\n|4.1|强化行政执法信息公示|已完成|", "4.1 done"),
    // A row that says something is no heading.
    ("设备采购|状态|未完成\n4.1、4.2、4.3均已完成", "4.1 done; 4.2 done; 4.3 done; ?"),
    ("整体|完成情况|尚未验收\n4.1、4.2、4.3均已完成", "4.1 done; 4.2 done; 4.3 done; ?"),
    ("\t状态\t未完成原因\n4.1\t已完成\t无", "4.1 done; ?"), ("序号|状态|未完成原因\n4.1|已完成|无", "4.1 done"),
    ("序号|状态|完成时间\n4.1|已完成|12月20日\n4.2|已完成|2022年11月3日", "4.1 done; 4.2 done"),
    ("\t状态\t备注\n4.1\t已完成\t无", "4.1 done"),
    ("项目|状态|未完成\n4.1、4.2、4.3均已完成", "4.1 done; 4.2 done; 4.3 done; ?"),
    ("序号|本月进展\n4.1|已完成", "4.1 done"), ("序号|办理结果\n4.1|已完成", "4.1 done"), ("序号|现状\n4.1|推进中", "4.1 progress"),
    ("序号|进展情况（简述）\n4.1|已完成", "4.1 done"), ("序号|进展情况（上月）\n4.1|已完成", "?"),
    ("序号|工作情况|状态\n4.1|召开会议|已完成", "4.1 done"),
    // A day before the state.
    ("序号|计划完成时间|完成情况\n4.1|1月20日|推进中\n4.2|1月20日|已完成", "4.1 postpone 2023-01-20; 4.2 done"),
    ("序号|完成时限|完成情况\n4.3|2023年6月底前|推进中", "4.3 progress"),
    ("4.1已完成\n4.2 优化信用监管机制\n4.3已完成", "4.1 done; ?"), ("4.1已完成\n4.2 优化信用监管机制\n请延期至1月20日", "4.1 done; ?"),
    // Who writes.
    ("林晓岚 | 市场监督管理局 | 12月28日\n4.1|已完成|无", "4.1 done"), ("姓名：林晓岚|单位：市场局\n序号|状态\n4.1|已完成", "4.1 done"),
    ("市场监督管理局|法规科|2022年12月28日\n序号|状态\n4.1|已完成", "4.1 done"),
    ("序号|完成时限|状态\n4.1|12月31日|预计1月20日完成", "4.1 postpone 2023-01-20"),
    // A row whose state was cut off keeps nothing back of the next.
    ("序号\t措施\t状态\n4.1\t强化行政执法信息公示\t已完成\n4.2\t优化信用监管机制\n4.3\t联合开展抽查\t推进中", "4.1 done; ?"),
    ("整体|进展情况|未完成\n4.1、4.2、4.3均已完成", "4.1 done; 4.2 done; 4.3 done; ?"),
  ]

  @Test(arguments: tables)
  func ofTheirOwnTables(text: String, says: String) throws {
    let sent = try Self.mail("4.1 强化行政执法信息公示\n4.2 优化信用监管机制\n4.3 联合开展抽查")
    #expect(Self.read(text, sent) == says)
  }

  /// What the link 报告责任人变更 opens, as it may be filled in.
  static let changes: [(numbers: String, name: String, says: String)] = [
    ("4.2", "赵敏", "4.2 handover 赵敏"), ("4.1、4.3", "市监局 赵敏", "4.1 handover 赵敏; 4.3 handover 赵敏"),
    ("全部", "赵敏", "4.1 handover 赵敏; 4.2 handover 赵敏; 4.3 handover 赵敏"),
    ("4.2", "", "4.2 notmine; ?"), ("", "赵敏", "?"), ("4.4", "赵敏", "?"), ("4.2", "市监局", "?"),
  ]

  @Test(arguments: changes)
  func changeOfOwner(numbers: String, name: String, says: String) throws {
    let sent = try Self.mail("4.1 强化行政执法信息公示\n4.2 优化信用监管机制\n4.3 联合开展抽查")
    let form = """
      涉及措施编号：\(numbers)
      新责任人：\(name)
      单位：某项目办公室
      邮箱：zhaomin@example.org

      督办编号：one@example.org
      """
    #expect(Self.read(form, sent) == says)
  }

  @Test(arguments: several)
  func ofThreeMeasures(text: String, says: String) throws {
    let sent = try Self.mail("4.1 强化行政执法信息公示\n4.2 优化信用监管机制\n4.3 联合开展抽查")
    #expect(Self.read(text, sent) == says)
  }
}
