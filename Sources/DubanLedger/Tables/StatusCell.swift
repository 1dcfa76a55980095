import DubanCore

/// The words that tables write into 状态, 办结情况 or 是否销号.
enum StatusCell {
  /// The status that the cell names in the ledger's own word; the cell's text where it is unknown, for the checker to
  /// report.
  static func word(_ text: String, under heading: String) -> String {
    let word = text.filter { !$0.isWhitespace }
    // 是否完成 may be under another heading.
    let question = heading.split(separator: "／").last.map { Heading.plain(String($0)) } ?? ""
    if let answer = answer(word, to: question) { return answer.rawValue }
    return StatusWords.isReturned(word) ? word : known(word)?.rawValue ?? text
  }

  /// The status that a word names by itself, wherever it is; nil for any other text, such as a sentence about progress.
  static func known(_ text: String) -> Measure.Status? {
    var word = text.filter { !$0.isWhitespace }
    while let last = word.last, "。.；;，,！!".contains(last) { word.removeLast() }
    if let known = StatusWords.status(word) ?? StatusWords.statusInTables(word) { return known }
    guard word.count <= 24, !word.isEmpty else { return nil }
    if let opening = openings.first(where: { word.hasPrefix($0.words) }) {
      return known(opening.instead + word.dropFirst(opening.words.count))
    }
    // What is in brackets says more: 推进中（80%）. Where it may say otherwise, as in 已销号（待审核）, it is a question.
    let brackets = /（([^）]*)）|\(([^)]*)\)|\[([^\]]*)\]/
    let plain = word.replacing(brackets, with: "")
    if plain != word {
      guard !plain.isEmpty, let status = known(plain) else { return nil }
      let asides = word.matches(of: brackets).map { $0.1 ?? $0.2 ?? $0.3 ?? "" }
      return asides.allSatisfy { agrees(String($0), with: status, saidOf: plain) } ? status : nil
    }
    // 推进中，完成80% says one thing twice; 已完成，未销号 or 逾期，已完成 is a question.
    let parts = plain.split { "，,、；;".contains($0) }
    if parts.count > 1 {
      let all = Set(parts.map { known(String($0)) })
      return all.count == 1 ? all.first ?? nil : nil
    }
    if plain.contains(where: { "%％".contains($0) }) { return percentage(plain) }
    if isTick(plain) { return .submitted }
    if plain.contains(where: \.isNumber) {
      // 12月31日完成 may be the plan as well.
      let day = /(已)?于?(20\d\d[年.\-\/])?\d{1,2}[月.\-\/]\d{1,2}日?(已)?(全部)?(完成|办结|整改完成|整改到位|落实到位|完成整改)/
      return plain.contains("已") && plain.wholeMatch(of: day) != nil ? .submitted : nil
    }
    guard plain.count <= 10 else { return nil }
    if plain.wholeMatch(of: /(已|严重)?(逾期|超期|超时限?)(未(完成|办结|整改|销号|办理?))?/) != nil { return .open }
    let notYet =
      /(尚|还)?未(全部)?(启动|开始|开展|完成|办结?|办理|整改|落实|销号|动工|开工|着手|实施|推进|达标|建成|完工|竣工|报送|上报|提交|到位|整改到位|达到?序时进度?)/
    if plain.wholeMatch(of: notYet) != nil { return .open }
    // Closed is what a person confirmed, in words that say so whole.
    let closed =
      /已(整改|完成|办结|验收|落实){0,2}(到位|完毕)?(并|且)?(已|完成)?销号(完成|完毕)?|(整改|完成|办结|验收){1,2}(到位)?(并|且)已?销号|销号(完成|完毕)/
    if plain.wholeMatch(of: closed) != nil { return .closed }
    let done =
      /已(全部|基本)?(完成|落实|办结|整改|办理|处理|解决|到位|上报|报送|提交|办|结|完工|竣工|建成|达标|交付|投用|投入使用)(整改|办理|任务)?(完成|完毕|到位|落实|达标|投用)?((待|未|申请)(核查|验收|销号|审核|确认|复核|评估))?/
    if plain.wholeMatch(of: done) != nil { return plain.contains("基本") ? .inProgress : .submitted }
    if plain.wholeMatch(of: /(整改|办理|落实|办结|处理)?(完成|完毕|到位)/) != nil { return .submitted }
    let isUnderWay =
      /(正在|正常|有序|持续|加快|稳步|积极|抓紧|扎实|按?序时|常态化|按(计划|节点|时序|进度|时间节点)|在){0,2}(推进|办理|整改|落实|开展|进行|实施|处理|建设|坚持|施工)([当之]?中)?|(进度|推进|进展|工作)?(滞后|缓慢|迟缓|顺利|正常|较慢)/
    if plain.wholeMatch(of: /已(启动|开工|动工|着手|开展|部署)/) != nil { return .inProgress }
    if plain.wholeMatch(of: /部分(已)?(完成|整改|落实|办结|达标|到位)(到位|整改)?/) != nil { return .inProgress }
    if plain.wholeMatch(of: isUnderWay) != nil || plain.wholeMatch(of: /已?(达到|符合|超)?序时(进度)?/) != nil {
      return .inProgress
    }
    return nil
  }

  /// Whether a cell holds a tick and nothing else.
  static func isTick(_ text: String) -> Bool { ["√", "✓", "✔", "☑"].contains(text) }

  /// Whether a heading names one status, to be ticked: 已完成, 整改状态／未启动.
  static func isStatus(heading words: String) -> Bool {
    words.split(separator: "／").last.map { known(String($0)) != nil } ?? false
  }

  /// Whether a text says only that nobody has confirmed yet what the unit calls done: 尚未销号, 未验收.
  static func awaitsConfirmation(_ text: String) -> Bool {
    text.filter { !$0.isWhitespace }.wholeMatch(of: /(尚|还|暂)?未(验收|销号)。?/) != nil
  }

  /// Whether a sentence about progress that names no status may mean that all is done: then a person says so.
  static func speaksOfCompletion(_ text: String) -> Bool {
    guard text.utf8.count < 200 else { return false }
    let word = text.filter { !$0.isWhitespace }
    let isDone = [
      "已完成", "已办结", "已销号", "已整改", "已落实", "已验收", "已到位", "全部完成", "整改完成", "经完成", "均完成", "完成整改", "整改到位",
    ]
    .contains(where: word.contains)
    let isPart = [
      "未", "尚", "正在", "部分", "基本", "阶段", "前期", "初", "方案", "预计", "拟", "计划", "下一步", "将", "%", "％", "其中", "待完成",
    ].contains(where: word.contains)
    return isDone && !isPart
  }

  /// Whether a sentence about progress says that work is still to be done, whatever the status says: then nobody would be
  /// reminded of it.
  static func speaksOfWorkAhead(_ text: String) -> Bool {
    guard text.utf8.count < 300 else { return false }
    // 尚未通过竣工验收，正在施工: the second clause says it.
    let plain = text.filter { !$0.isWhitespace }
    return plain.split { "，,。；;！!".contains($0) }.contains { clause in
      // 未出现反弹, 防止问题反弹
      if let place = clause.firstRange(of: "反弹")?.lowerBound,
        !["无", "未", "没", "不", "防", "避免", "杜绝"].contains(where: clause[..<place].contains)
      {
        return true
      }
      // What an acceptance has found is to be done.
      let clause = clause.replacing("验收发现", with: "")
      return ahead.contains { words, contrary in
        words.contains(where: clause.contains) && !contrary.contains(where: clause.contains)
      }
    }
  }

  /// What says that work is still to be done, unless one of the other words is in the same clause.
  private static let ahead: [(words: [String], contrary: [String])] = [
    (
      ["未完成", "尚未", "未整改", "没整改", "没完成", "未落实", "正在施工", "正在推进", "正在建设", "正在整改", "正在办理", "重新整改"],
      [
        "验收", "销号", "审核", "资料", "档案", "未反弹", "未发现", "未出现", "未发生", "未收到", "尾款", "无未", "无尚未", "不存在未", "不存在尚未",
        "没有未", "没有尚未",
      ]
    ),
    (["预计"], ["比", "提前", "验收", "销号", "审核"]),
  ]

  /// What may be before a status and says no more.
  private static let openings: [(words: String, instead: String)] = [
    ("截至目前", ""), ("截止目前", ""), ("目前", ""), ("该项工作", ""), ("该工作", ""), ("此项工作", ""), ("本项工作", ""),
    ("均已", "已"), ("都已", "已"),
    ("已经", "已"), ("全部已", "已"),
  ]

  /// Whether what is in brackets leaves the status as it is: any doubt of what is still open changes nothing, but
  /// something done or closed is so on a day, in full, or until a person has looked at it.
  private static func agrees(_ aside: String, with status: Measure.Status, saidOf word: String) -> Bool {
    guard status == .submitted || status == .closed, !aside.isEmpty else { return true }
    let day =
      /(于|截至)?(20\d\d[年.\-\/]\d{1,2}([月.\-\/](\d{1,2}[日号]?)?)?|\d{1,2}月(\d{1,2}[日号]?)?|\d{1,2}[.\-]\d{1,2})(前|底)?(已?(全部)?(完成|办结|销号|验收|通过|确认|整改)(完成|到位|通过|完毕)?)?/
    // 完成（12月底） may be the plan.
    if aside.wholeMatch(of: day) != nil { return word.contains("已") || aside.contains("已") }
    if status == .submitted,
      aside.wholeMatch(of: /(待|尚?未|申请|拟|等待|报请)(市|区|县|省|上级)?(核查|验收|销号|审核|确认|复核|评估|核实)/) != nil
    {
      return true
    }
    if let own = known(aside) { return own == status }
    return aside.wholeMatch(of: /详?见.+|附.+|第.{1,3}[批期次]|.+〔\d{4}〕.+号/) != nil
  }

  /// 80%, 完成率100%, 已完成80%.
  private static func percentage(_ text: String) -> Measure.Status? {
    guard
      let percent = text.wholeMatch(of: /(?:已?完成率?|整改率|进度|形象进度)?(?:约|达|至)?(\d{1,3})(?:\.\d+)?[%％](左右|以上)?/)
    else { return nil }
    return percent.1 == "100" && percent.2 == nil ? .submitted : .inProgress
  }

  /// The meaning of 是 and 否 under a heading that asks.
  private static func answer(_ word: String, to heading: String) -> Measure.Status? {
    guard heading.hasPrefix("是否") || heading.hasSuffix("与否") else { return nil }
    if ["否", "×", "未"].contains(word) { return .open }
    guard ["是", "√", "✓"].contains(word) else { return nil }
    // 完成 and 办结 are the unit's own word; only 销号 is a confirmation.
    return heading.contains("销号") ? .closed : .submitted
  }
}

/// What a sheet's name, or a line above measures, says of all of them: 已销号, 已完成事项, 作废.
enum StatusTitle {
  /// The word of 状态 that the title has for what is below it; nil for any other title.
  static func word(_ title: String) -> String? {
    let name = Heading.plain(TableNote.areaTitle(title) ?? title)
    guard name.count <= 16 else { return nil }
    if ["销号", "完成", "办结"].contains(name) { return name }
    var word = name[...]
    while let noun = nouns.first(where: word.hasSuffix) { word.removeLast(noun.count) }
    while let noun = nouns.first(where: word.hasPrefix) { word.removeFirst(noun.count) }
    if void.contains(where: { $0 == word }) { return "作废" }
    guard word.hasPrefix("已") || word.hasPrefix("全部"), let status = StatusCell.known(String(word)) else {
      return nil
    }
    return [.submitted, .closed].contains(status) ? String(word) : nil
  }

  private static let nouns = [
    "整改", "督办", "事项", "措施", "任务", "问题", "台账", "清单", "工作", "项目", "部分", "明细", "汇总", "名单", "表", "的",
  ]
  private static let void = [
    "作废", "已作废", "取消", "已取消", "废止", "已废止", "撤销", "已撤销", "终止", "已终止", "中止", "已中止", "不再执行", "停止执行", "删除",
    "已删除",
  ]
}

/// The words for how far a measure is: the ledger's own, and those that offices write into 状态.
enum StatusWords {
  /// The status that `word` names in a ledger of any form, or nil.
  ///
  /// 已完成 is only `submitted`: closed (销号) takes a confirmation, and an item that closes falls silent.
  static func status(_ word: String) -> Measure.Status? {
    if let status = Measure.Status(rawValue: word) { return status }
    return isReturned(word) ? .open : words.first { $0.usual.contains(word) }?.status
  }

  /// The status of a word that is one only in the cell of a table, where it can't be a slip for another.
  static func statusInTables(_ word: String) -> Measure.Status? {
    words.first { $0.inTables.contains(word) }?.status
  }

  /// What there is to say of a word that ``status(_:)`` doesn't know.
  static func doubt(_ word: String, of name: String) -> (message: String, help: String) {
    let known = Measure.Status.allCases.map(\.rawValue) + words.flatMap(\.usual) + returned.sorted()
    return (
      "the status “\(word)” of \(name) is unknown and counts as open",
      Nearest.word(to: word, among: known).map { "did you mean “\($0)”?" }
        ?? "write 未完成, 进行中, 待销号 or 已销号 (open, in-progress, submitted, closed)"
    )
  }

  /// Whether `word` says that what was reported isn't enough.
  static func isReturned(_ word: String) -> Bool { returned.contains(word) }

  private static let returned: Set<String> = [
    "退回整改", "退回", "已退回", "退回重办", "退回重新整改", "重新整改", "重新办理", "返工", "返工整改", "限期重新整改", "不予销号", "验收未通过",
    "验收不通过", "未通过验收", "销号未通过", "未通过销号", "审核未通过", "整改不到位",
  ]

  private static let words: [(status: Measure.Status, usual: [String], inTables: [String])] = [
    (
      .open, ["未开始", "未启动", "未完成", "待办"],
      [
        "×", "✗", "✘", "☒", "未到期", "未到时限", "未整改", "未开展", "未办结", "未销号", "待启动", "待整改", "没有完成",
        "尚未启动", "尚未完成", "临期", "即将到期", "暂缓", "缓办", "待办理", "待开展", "待实施", "待推进", "待落实", "待完成",
      ]
    ),
    (
      .inProgress, ["进行中", "推进中", "整改中", "办理中"],
      ["正在整改", "正在推进", "正在进行", "持续推进", "持续整改", "长期坚持", "基本完成", "部分完成", "阶段性完成", "取得阶段性成效", "推进", "在办"]
    ),
    (
      .submitted, ["已报送", "待确认", "待销号", "已完成"],
      [
        "已提交", "已上报", "完成", "已办结", "办结", "已整改", "整改完成", "已完成整改", "完成整改", "申请销号", "拟销号", "办毕", "已办毕", "完结",
        "已完结", "已申请销号", "拟申请销号", "申请验收", "待验收", "待核验", "待核查", "待复核",
      ]
    ),
    (.closed, ["已销号", "销号", "已关闭"], ["已验收", "验收通过", "已确认", "同意销号"]),
  ]
}
