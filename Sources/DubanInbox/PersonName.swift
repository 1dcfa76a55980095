/// Names of persons in running text.
enum PersonName {
  /// The person that these words name, perhaps with unit and title (市监局信用科王建国科长); nil where they name an office,
  /// or a title alone (王科长): nobody knows which Wang.
  static func read(_ words: some StringProtocol) -> String? {
    let bare = String(words).replacing(titleBehind.regex, with: "")
    return [4, 3, 2].lazy.compactMap { length -> String? in
      guard bare.count >= length else { return nil }
      let before = bare.dropLast(length)
      let name = String(bare.suffix(length))
      return isName(name) && (before.isEmpty || leadsToName.isIn(String(before))) ? name : nil
    }.first
  }

  /// The same where a label says that a person is named, of whatever people: 买买提.
  static func labelled(_ words: some StringProtocol) -> String? {
    if let name = read(words) { return name }
    let isPlain = (2...4).contains(words.count) && words.allSatisfy { !nameless.contains($0) }
    return isPlain && !words.holds(anyOf: nouns) && !titleBehind.isIn(String(words)) ? String(words) : nil
  }

  /// Whether this is a name and can be nothing else: 施工方 begins with a surname too.
  static func isName(_ word: some StringProtocol) -> Bool {
    let given =
      if compound.contains(where: word.hasPrefix) {
        word.dropFirst(2)
      } else if word.count <= 3, let first = word.first, surnames.contains(first) {
        word.dropFirst()
      } else {
        word.prefix(0)
      }
    return (1...2).contains(given.count)
      && given.allSatisfy {
        !nameless.contains($0) && $0.unicodeScalars.allSatisfy(\.properties.isIdeographic)
      }
      && !word.holds(anyOf: nouns) && !(given.last.map(placeEnds.contains) ?? true)
  }

  /// Whether this is the surname of many.
  static func isSurname(_ word: some StringProtocol) -> Bool {
    compound.contains { $0 == word } || word.count == 1 && word.first.map(surnames.contains) ?? false
  }

  /// 成都市, 沙河村, 党校.
  private static let placeEnds: Set<Character> = Set("市区省村所校馆厂社")
  private static let titleBehind = Pattern(
    /(?:副?(?:科长|主任|局长|处长|部长|院长|所长|站长|校长|队长|组长|股长|镇长|区长|县长|书记|经理|主管|干事|专员)|同志|老师|先生|女士)$/)
  /// What is before a name: a unit, a title.
  private static let leadsToName = Pattern(
    /(?:[局科室处办委厅部院所站队组校团会镇乡县区的]|街道|中心|公司|单位|政府|同事|科长|主任|[局处部院所站校队组股]长|书记|经理)$/)

  private static let compound = [
    "欧阳", "司马", "诸葛", "上官", "司徒", "东方", "独孤", "南宫", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "令狐", "长孙", "宇文", "轩辕",
    "端木", "百里", "呼延", "第五", "申屠", "太史", "澹台", "闻人", "赫连", "钟离", "濮阳", "公冶", "淳于", "单于", "拓跋",
  ]
  private static let surnames: Set<Character> = Set(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付傅方邹熊白孟秦邱侯江尹薛闫阎段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向汤康易乔赖文樊兰殷施洪翁葛柳安庞牛温耿关岳季俞章鲁颜倪梅柴苗凌曲甘焦管路左包舒阮宁欧涂祝童申尚喻华柯骆巩成卫裴游盛谷瞿齐边卞霍纪费詹聂常苑符景辛桂党柏项屈鲍简车冉靳褚尤连麦卓窦蓝池宫应仇桑晏宗刁娄佟蒙邢巫沙迟蔺郎饶冀姬谈闵敖岑古匡厉吉奚寇富封屠巢巴帅幸廉戎戚扈揭敬晁栗栾楚楼檀毕牟狄甄皮祁祖竺米索缪臧艾芦荀荆荣蒲蒯虞衡訾谌贝贡邝邬郁郦钮铁闻阚阳隋雍韶鞠伍伊卜乐单逄仝亓冼逯滕惠冷那商丰"
  )
  /// Characters of offices and of grammar, in no given name.
  private static let nameless: Set<Character> = Set(
    "部局科室处办委厅署县镇乡街院站队组们的了已未不由给我你您谁这那此该各其他它与及或等待后前项目位将把请使用")
  /// Words that begin as names do, or in which offices are called.
  private static let nouns = [
    "施工", "单位", "公司", "集团", "中心", "企业", "政府", "机关", "管理", "运营", "建设", "物业", "工程", "档案", "人员", "责任", "负责",
    "相关", "有关", "领导", "业主", "平台", "安全", "安排", "安置", "安保", "金融", "金额", "高新", "高速", "高校", "应急", "文旅", "文化",
    "文件", "文物", "农业", "宣传", "纪检", "党建", "党政", "后勤", "路政", "代表", "方案", "方式", "方面", "成果", "成员", "程序", "任务",
    "史料", "关系", "项目", "设备", "资料", "材料", "清单", "万元", "任何", "常态", "全体", "于今", "向上", "对方", "甲方", "乙方", "工作",
    "商务",
  ]
}

/// To whom a measure was handed.
extension Statement {
  static let handedOver = [
    "移交", "转交", "交由", "交给", "改由", "变更为", "调整为", "调离", "调任", "调往", "不再负责", "不再担任", "退休", "接手", "接任", "接替",
    "负责人", "责任人", "调走", "离职", "调岗", "交接", "不归", "不由", "不再由",
  ]

  /// Given to one who is no person: 已移交施工方.
  static let handedAway = Pattern(
    /(?:已经?|现|均|正在?|将|待|拟)(?:正式|全部|办理)?(?:移交|转交|交由|交给|交接)(?!.{0,4}(?:未|没)|给?(?:施工|承建|建设|中标|监理|设计|物业))|由\p{sc=Han}{2,12}负责/
  )
  /// Who takes over, in words that may name unit and title too.
  private static let newOwner = Pattern(
    /(?:移交[给至到]?|转交给?|转给|交由|交给|交接给|改由|变更为|调整为|换成|请联系|请与|联系|(?:责任人|负责人)(?:为|是|改为))(?<name>\p{sc=Han}{2,24}?)(?:负责|接手|接任|接替|承担|承接|办理|牵头|联系|对接|跟进|电话|邮箱|手机|$|[A-Za-z\d，,。；;（(）])|新(?:责任人|负责人)[：:](?<labelled>\p{sc=Han}{2,24}?)(?=$|[A-Za-z\d，,。；;（(]|电话|邮箱|手机)|(?:责任人|负责人)[：:](?<holder>\p{sc=Han}{2,24}?)(?:$|[A-Za-z\d，,。；;（(]|电话|邮箱|手机)|由(?<successor>\p{sc=Han}{2,24}?)(?:[（(][^）)]{1,40}[）)])?(?:负责(?!的)|接手|接任|接替|承担|承接|办理|牵头|对接|跟进)|(?:^|[，,])(?<next>\p{sc=Han}{2,4})(?:接手|接任|接替)(?:$|[，,])/
  )

  /// Nothing but whom to turn to.
  private static let passedOn = Pattern(
    /(?:您好|你好|[，,])*(?:[此该本这]项?|后续|今后|以后|相关)?(?:工作|任务|事项|事宜|提醒)?(?:请(?:联系|与|转给?|发给|找)|转(?:给|由)?)(?<name>\p{sc=Han}{2,16}?)(?:联系|办理|负责|对接|处理)?(?:[，,（(：:]*(?:联系)?(?:电话|手机|邮箱)?[：:]?(?:[\d\-]*|[A-Za-z\d._\-]+@[A-Za-z\d.\-]+)[）)]?)/
  )

  private static let notHandedOver = Pattern(
    /拟|建议|计划|准备|可以|希望|应由|应该|应当|不再?[移转交]|不(?:再)?由(?!我|本)|[以之]前由|曾由|也由|暂由|暂时由|(?:数据|材料|资料|培训|汇总|技术|地块|文件|档案|手续|方案|部分|具体)(?:均|都)?(?:已|已经)?(?:由|移交|转交|交给)|由\p{sc=Han}{2,12}负责(?![此该本这]项?(?:工作|任务|事项)(?:$|[，,。；;（(]))(?:\p{sc=Han}|，\p{sc=Han}{0,3}(?:我|本))(?!的)|的部分|不同意|[没未]同意|我来(?:牵头|负责)|现由我|[，,]我(?:部|局|办|委|单位|科)?(?:负责|牵头)|到\d|完成移交|(?:项目|工程|任务)完成|(?:未|没|没有)(?:完成|正式|办理)?(?:移交|转交|交接)|待|等|如果|可能|(?:联系人|联络人|联络员|分管|领导|电话|邮箱|地址)[^，,。]{0,10}(?:变更|调整|换)|仍由|还是由|原由|正在?(?:办理)?(?:移交|转交|交接)|将(?:由|移交|转交|交由|交给)/
  )

  /// The persons to whom a measure was handed.
  static func newOwners(_ key: String) -> Set<String> {
    guard !notHandedOver.isIn(key) else { return [] }
    let isHandedOver = key.holds(anyOf: handedOver)
    return Set(
      key.matches(of: newOwner.regex).compactMap { match in
        guard isHandedOver || match.output.name == nil else { return nil }
        let found = match.output
        if let name = found.labelled { return PersonName.labelled(name) }
        return (found.name ?? found.holder ?? found.successor ?? found.next).flatMap(PersonName.read)
      } + (key.wholeMatch(of: passedOn.regex).flatMap { PersonName.read($0.output.name) }.map { [$0] } ?? []))
  }
}
