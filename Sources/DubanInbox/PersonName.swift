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
  /// What stands before a name: a unit, a title.
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
    "相关",
    "有关", "领导", "业主", "平台", "安全", "安排", "安置", "安保", "金融", "金额", "高新", "高速", "高校", "应急", "文旅", "文化", "文件",
    "文物",
    "农业", "宣传", "纪检", "党建", "党政", "后勤", "路政", "代表", "方案", "方式", "方面", "成果", "成员", "程序", "任务", "史料", "关系",
    "项目",
    "设备", "资料", "材料", "清单", "万元", "任何", "常态", "全体", "于今", "向上", "对方", "甲方", "乙方", "工作", "商务",
  ]
}
