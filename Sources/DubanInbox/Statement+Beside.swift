import DubanCore

/// What is beside a state: what leaves it as it is, and what makes a careful reader ask.
extension Statement {
  /// Whether what follows 已完成 in its clause leaves it so: 并通过验收, （材料见附件）, 请予销号; and not （初稿）.
  static func leavesDone(_ tail: Substring) -> Bool {
    var rest = tail
    while let first = rest.first {
      switch first {
      case "（", "(":
        let inside = rest.dropFirst().prefix { $0 != "）" && $0 != ")" }
        guard inside.isEmpty || aside.isIn(inside) else { return false }
        rest = rest[inside.endIndex...].dropFirst()
      case "并": return !draft.isIn(rest)
      case "请", "、": return request.isIn(rest.drop { $0 == "、" })
      default: return false
      }
    }
    return true
  }

  /// Whether the other cells of a form say that something is left to be done of what was called done.
  static func leavesWork(_ text: String) -> Bool {
    let key = squeezed(text)
    return key.utf8.count > longest || isUnfinished(key) || work.isIn(key)
  }

  /// Whether words beside 已完成 tell of what may have undone it: 验收已驳回, 欠薪企业增多; and not 会议已召开, or what the
  /// measure itself asks for.
  static func turns(_ key: String, _ own: OwnWords) -> Bool {
    key.matches(of: worse.regex).contains { !own.holds($0.output) }
      || key.matches(of: hasBeen.regex).contains { match in
        let what = match.output.what
        return !wellDone.isIn(what) && !own.holds(what.drop { $0 == "经" }.prefix(2))
      }
  }

  /// What follows 已 in good news: 召开, 上报区委.
  static let wellDone = Pattern(
    /^(?:[于向在与由对将为从按经][^，。；已]{1,12}?|全部|全面|均|都|如期|及时|顺利|正式|陆续|圆满|初步|逐[一项]|同步|累计|共|一并|\d+[%％]|百分之百|经){0,2}(?:召开|完[成善毕结工]|到[位货账岗]|签[订署约]|进[场驻]|上[线传报]|开[通工展放业]|建[立成设]|印[发制]|出台|安装|竣工|交付|投入|启[用动]|设[立置]|拨付|结[束项案]|组织|归档|报(?:[送备请告批上区市省县局委]|$)|提[交供升前]|交齐|出具|告知|通过|修[订改复]|公[示布开告]|发[布放送文]|下[发达]|举[办行]|升级|整改|落实|健全|制[定作]|编制|实[现施行]|达到?|形成|优化|推[行广送]|覆盖|办[结理完好]|做[完好]|销号|闭环|解决|纠正|处[置理]|查[处收]|培训|配[备置套]|挂牌|运行|备案|批复|获[批得]|验收|评审|审[定核批议]|督[导查]|走访|排查|核[实查]|收[集到]|整[理治]|汇[总报]|附|填[报写好]|盖章|张贴|更新|兑[现付]|支付|清[退理零]|消除|改造|接入|对接|明确|确[定认]|取得|有|无|全覆盖|反馈|回复|答复|宣传|入驻|受理|帮助|服务|惠及|成立|成为|征求|摸排|知晓|录入|显现|投[用产资]|得到|同意|接受\p{sc=Han}{0,4}检查|受到好评)/
  )
  private static let hasBeen = Pattern(/已(?<what>[^，,。；;！!已]{0,24})/)
  private static let worse = Pattern(
    /增多|又[坏出有]|举报|被投诉|收到[^，]{0,6}(?:投诉|整改通知|督办)|要求[再重]|(?:确认|仍|还)存在|有假|通报[我本]|较[多重]|[多频高]发|偏[低高多少慢弱]|猖獗|依旧|依然|严重|拒绝|不力|下滑|(?:户|投诉|案件|隐患|行为)\p{sc=Han}{0,4}(?:上升|增[加长])/
  )

  /// What a bracket behind 已完成 may hold: a day, a paper, that it was confirmed.
  private static let aside = Pattern(
    /^(?!.*(?:[补再另拟]|收集|整理|起草|编制|编写|准备|初稿|草案|招标|采购|方案))(?:(?:[于在]?(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}[日号](?:完成|办结|印发|报送|销号|通过验收)?)|(?:(?:相关|具体|详细)?(?:详?见|附)?.{0,12}(?:附件|佐证|材料|照片|截图|资料|文件).{0,12})|.{0,12}〔\d{4}〕\d+号.{0,8}|(?:已|均|全部)*(?:完成|办结|销号|通过验收|验收通过|公示|归档|报送|印发)|100[%％]|\d+\.\d+(?:[、，,]\d+\.\d+)*项?)$/
  )

  private static let draft = Pattern(/初稿|草案|征求意见|方案|启动|开始/)
  private static let request = Pattern(
    /^(?:请(?:予以?|给予|领导|贵办|督办|帮忙|协助|及时|尽快|同意)*(?:销号|核销|审核|查收|核实|核查|确认|知悉|审阅|审查|审定|验收|登记|查看|查阅|备案|更新|(?:停止|取消|不要再|不再|勿再|别再)提醒).{0,6}|(?:已|均已|全部)?(?:办结|完成|销号|落实|整改到位|落实到位|验收通过|通过验收|归档|公示))$/
  )

  private static let work = Pattern(
    /暂未|尚[有需待]|剩余|滞后|正在(?:推进|办理|整改|进行)|推进中|(?:尽快|抓紧|尽早)(?:完成|办结|推进|整改)|(?:前|底|日|月)(?:全部|全面|力争)*(?:完成|办结)|(?:组织|准备|等待|申请|待)验收|移交|转交|延期|推迟|征求意见|返工|重新/
  )

  /// Whose it is, before what it is.
  static let we = Pattern(/^[我本](?:[局部办委处科院区县市镇]|单位|中心|公司|街道)/)

  /// What takes a day back, moves it, makes it depend on something, or says that it is another's or of a part.
  static let unsettled = Pattern(
    /作废|叫停|搁置|停止|不再实施|[中终]止|暂[停缓](?:实施|推进|办理|整改)|但.{0,6}已|未获批|[未没]批|被否|不同意|不需要|不报|不延|放弃|取消|请勿|不宜|建议不|应为|更正|为准|最晚|最迟|[现后]改[为成]|提前[至到]|[日底月]之?后(?!续)|以后|次日|前后|更晚|视情况|万一|前提|到位后|后再|很难|未必|此前|曾(?:经|承诺|计划|预计|申请|说)|原(?:计划|预计|本)|仅限|[（(](?:招标|初稿|部分|一期|二期|草案|其中|仅|限).{0,6}[）)]|(?:^|[，,])[一二三]期|[日底]前完成.{0,6}\d[%％]|上次|之前说|[，,]不[，,]|约定|统一定|^等|[^我本，](?:局|公司|方|院|中心|办)(?:申请|预计|计划)/
  )
}
