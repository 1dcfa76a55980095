/// Takes lists of units and persons apart, as plans print them.
enum NameList {
  /// The persons of a list, and what is with their names in brackets (an office, a number).
  static func persons(_ text: String) -> (names: [String], asides: [String]) {
    var (names, asides, offices) = ([String](), [String](), [String]())
    let parts = text.withoutEnd.parts(at: ["、", "；", ";", "，", ",", "/", "／"]).flatMap(twoNames)
    for part in parts {
      var name = part
      if let open = part.firstIndex(where: \.opensBracket), part.last?.closesBracket == true {
        name = part[..<open].trimmedWhitespace
        asides.append(part[open...].trimmedWhitespace)
      }
      // 县委常委、副县长何清: an office of the one named next.
      if isTitle(name) {
        offices.append(name)
        continue
      }
      // 县教育局局长、何清: that is someone else.
      asides += offices.filter(namesUnit).map { "（\($0)）" }
      offices = []
      // 江平等, 江平同志
      for ending in ["等同志", "同志", "等"] where name.count > ending.count + 1 && name.hasSuffix(ending) {
        name = String(name.dropLast(ending.count))
        if ending != "同志" { asides.append("（等）") }
      }
      names += split(name).map(withoutTitle)
    }
    // 何清副县长、公安局局长; but an office alone means the one who holds it.
    if names.isEmpty { names = offices } else { asides += offices.map { "（\($0)）" } }
    return (names, asides)
  }

  /// 何清及方圆, 何清和方圆
  private static func twoNames(_ part: String) -> [String] {
    for joint in ["及", "和", "与"] where part.count >= 5 {
      guard let place = part.dropFirst(2).firstRange(of: joint) else { continue }
      let names = [part[..<place.lowerBound], part[place.upperBound...]].map { $0.squeezed }
      if names.allSatisfy({ (2...3).contains($0.count) && looksLikeName($0) && !isTitle($0) }) {
        return names
      }
    }
    return [part]
  }

  /// Whether words name units in general (各部门, 有关单位), so that nobody can be reminded.
  static func isVague(_ unit: String) -> Bool {
    if unit.hasPrefix("各") || unit.hasPrefix("其他") || unit.hasPrefix("全体") || unit.hasPrefix("所有") {
      return true
    }
    // 城区五个街道, 四大班子办公室, 三大运营商
    if zip(unit, unit.dropFirst()).contains(where: {
      "个大".contains($1) && ($0.isASCIIDigit || ChineseNumeral.characters.contains($0))
    }), !unit.hasSuffix("大队") {
      return true
    }
    // 县（区）政府, 县（市、区）委, 镇（街道）
    if let open = unit.firstIndex(where: \.opensBracket), unit.distance(from: unit.startIndex, to: open) <= 2,
      unit[..<open].allSatisfy({ "县市区镇乡街道州旗".contains($0) })
    {
      return true
    }
    let kinds = ["有关", "相关", "各", "所在地", "属地", "责任", "成员", "牵头", "配合"]
    let heads = [
      "部门", "单位", "乡镇", "镇", "街道", "地区", "地方", "政府", "企业", "方面", "县区", "县", "区", "市", "科室", "处室", "机构", "村",
      "社区",
    ]
    if ["部门", "单位", "乡镇", "街道", "镇街", "企业", "县区", "区县", "属地政府", "镇", "村", "村居"].contains(unit) {
      return true
    }
    // 县级行政执法部门, 建设单位: a kind of units.
    if unit.hasSuffix("部门") || unit.hasSuffix("单位") { return true }
    // 有关金融机构
    if unit.hasPrefix("有关") || unit.hasPrefix("相关"), unit.count <= 8, heads.contains(where: unit.hasSuffix) {
      return true
    }
    return kinds.contains { kind in
      unit.ranges(of: kind).contains { range in
        heads.contains {
          unit[range.upperBound...].hasPrefix($0) || unit[range.upperBound...].hasSuffix($0) && kind == "各"
        }
      }
    }
  }

  /// Whether a list's part looks like a person's name: two to four ideographs, or one with a middle dot.
  static func looksLikeName(_ name: String) -> Bool {
    let plain = name.filter { $0 != "·" && $0 != "•" }
    guard plain.allSatisfy(\.isIdeograph), !placeholders.contains(name), !PlanDate.soundsLikeDeadline(name)
    else { return false }
    if plain.count > 2, endsAsUnit(name) || "股科室处站所".contains(name.last ?? " ") { return false }
    return plain.count == name.count ? (2...4).contains(plain.count) : (4...16).contains(plain.count)
  }

  /// A name without the office that is before or behind it: 局长方圆, 方圆副主任, 县政府副县长方圆.
  static func withoutTitle(_ name: String) -> String {
    for title in titles {
      guard let place = name.firstRange(of: title) else { continue }
      let (before, behind) = (name[..<place.lowerBound], name[place.upperBound...])
      if behind.isEmpty, (2...3).contains(before.count) { return String(before) }
      if (2...3).contains(behind.count) || behind.count == 4 && isCompound(behind.prefix(2)),
        before.isEmpty || isTitle(String(name[..<place.upperBound]))
      {
        return String(behind)
      }
    }
    return name
  }

  /// Whether a word is an office alone: 局长, 常务副区长, 县委常委, 县公安局局长.
  private static func namesUnit(_ title: String) -> Bool {
    titles.contains {
      $0 != "常委" && title.hasSuffix($0) && endsAsUnit(String(title.dropLast($0.count)))
    }
  }

  static func isTitle(_ word: String) -> Bool {
    word.count <= 14
      && titles.contains { title in
        guard word.hasSuffix(title) else { return false }
        let place = word.dropLast(title.count)
        return place.isEmpty || ["常务", "党组", "党委"].contains(place) || endsAsUnit(String(place))
          || placesOfTitles.contains(where: place.hasSuffix) && place.count <= 6
      }
  }

  /// What is before an office: 县委副书记, 县人大常委会副主任, 县政协副主席.
  private static let placesOfTitles = [
    "县", "市", "区", "省", "州", "旗", "镇", "乡", "街道", "人大", "人大常委会", "常委会", "政协", "政府", "党委", "党组", "常务", "纪委",
    "级",
  ]

  /// Whether two characters are a surname: 欧阳, 诸葛.
  static func isCompound(_ surname: some StringProtocol) -> Bool { compounds.contains(String(surname)) }

  private static let compounds: Set<String> = [
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "长孙", "宇文", "司徒", "夏侯", "端木", "百里", "南宫",
    "独孤",
    "澹台", "轩辕", "呼延", "东郭", "西门", "闻人", "赫连", "申屠", "钟离", "淳于", "单于", "太叔", "公冶", "濮阳", "拓跋", "完颜",
  ]

  private static let titles = [
    "党组成员", "党委委员", "县委常委", "市委常委", "区委常委", "常委", "副主席", "副调研员", "调研员", "副董事长", "总工程师", "总经济师",
    "党组书记", "党委书记", "副市长", "市长", "副总经理", "总经理", "董事长", "副院长", "副校长", "副处长", "处长", "副部长", "局党组成员", "副局长",
    "副主任", "副书记", "副县长", "副区长", "副镇长", "副乡长", "副科长", "局长", "主任", "书记", "县长", "区长", "镇长", "乡长",
    "大队长", "支队长", "中队长", "队长", "所长", "园长", "馆长", "行长", "台长", "秘书长", "总监",
    "科长", "股长", "部长", "主席", "经理", "站长", "院长", "校长",
  ]

  /// What is where a name is yet to come, or for the holder of an office.
  private static let placeholders: Set<String> = [
    "待定", "另定", "暂定", "暂缺", "空缺", "待补", "未定", "同上", "下同", "负责人", "责任人", "联系人", "领导", "主要领导", "分管领导", "主要负责",
    "负责同志",
    "局长", "主任", "书记", "县长", "区长", "镇长", "乡长", "副局长", "副主任", "全体", "本人", "相关人员", "牵头", "配合", "筹建", "试点", "主办",
  ]

  /// Whether words have the ending of an office's name.
  static func looksLikeUnit(_ unit: String) -> Bool {
    guard (2...30).contains(unit.count), !unit.contains(where: \.endsSentence) else { return false }
    return endsAsUnit(unit) || looseEndings.contains(where: unit.hasSuffix)
      || unit.endingBracket() != nil
  }

  /// Whether a unit's name begins with a place: 临川区水利局.
  static func namesPlace(_ unit: String) -> Bool {
    let places = unit.dropFirst(2).prefix(2)
    return unit.count >= 5 && places.contains { "市县区旗镇乡".contains($0) } && !unit.hasPrefix("高新区")
      && !unit.hasPrefix("开发区") && endsAsUnit(unit)
  }

  /// Whether a unit's name begins with what only names begin with: 国网云水县供电公司.
  static func namesCountry(_ unit: String) -> Bool {
    ["国网", "国家", "中国", "中共"].contains(where: unit.hasPrefix) && endsAsUnit(unit)
  }

  /// Whether two names are in one without a sign between them: 县农业农村局县水利局, 区委宣传部河口华川燃气有限公司.
  static func looksGlued(_ unit: String) -> Bool {
    guard let place = unit.first, unit.count > 6 else { return false }
    let ends = unit.indices.dropFirst(3).contains { index in
      let rest = String(unit[index...])
      guard "局委办厅部处心府会司".contains(unit[unit.index(before: index)]) else { return false }
      return namesCountry(rest) || namesOwnFirm(rest) && isOfPlace(String(unit[..<index]))
        || rest.count > 4 && ["街道办事处", "街道办", "街道"].contains(where: rest.hasSuffix)
        || namesPlace(rest) && ["局", "委", "办", "中心", "政府", "公司"].contains(where: rest.hasSuffix)
          && !rest.hasSuffix("分局")
    }
    if ends { return true }
    return unit.indices.dropFirst(3).contains { index in
      unit[index] == place && endsAsUnit(String(unit[..<index])) && endsAsUnit(String(unit[index...]))
    }
  }

  /// Whether a firm has a name of its own, rather than one that goes on with an office's: 河口华川燃气有限公司, but not 第一分公司.
  private static func namesOwnFirm(_ unit: String) -> Bool {
    guard unit.hasSuffix("公司") else { return false }
    let kinds = ["公司", "有限", "股份", "责任", "集团", "分"]
    var own = unit[...]
    while let kind = kinds.first(where: own.hasSuffix) { own.removeLast(kind.count) }
    return own.count >= 4 && !own.hasPrefix("第") && !kinds.contains(where: own.hasPrefix)
  }

  /// Whether an office is a place's, by how its name begins or ends: 区委宣传部, 白鹭街道办, but not 中铁十一局.
  private static func isOfPlace(_ office: String) -> Bool {
    !office.hasSuffix("公司") && endsAsUnit(office)
      && ("省市县区州旗".contains(office.first ?? " ") || namesPlace(office) || office.contains("街道"))
  }

  /// Whether words end as few words but an office's name do, so that 和 behind them joins two offices.
  static func endsAsUnit(_ unit: String) -> Bool {
    if let before = unit.endingBracket()?.before { return endsAsUnit(before) }
    return unit.count > 1 && endings.contains(where: unit.hasSuffix)
      && !["城乡", "乡镇"].contains(where: unit.hasSuffix)
  }

  private static let endings = [
    "局", "委", "办", "部", "厅", "署", "中心", "公司", "政府", "街道", "办事处", "办公室", "委员会", "管委会", "协会", "商会", "工会", "总会",
    "联合会", "红十字会", "基金会", "村委会", "居委会", "学会", "研究院", "医院", "法院", "检察院", "学院", "党校", "大学", "银行", "支行", "分行",
    "农商行", "农信社", "集团", "总队", "支队", "大队", "海关", "机关", "残联", "妇联", "工商联", "科协", "文联", "侨联", "社科联", "供销社",
    "合作社",
    "联社", "档案馆", "图书馆", "文化馆", "博物馆", "指挥部", "领导小组", "专班", "督查室", "镇", "乡", "法庭", "派出所", "监狱", "人防办", "园区",
    "开发区", "高新区", "示范区", "管理处", "监测站", "管理站", "服务站", "所",
  ]
  private static let looseEndings = [
    "院", "处", "科", "室", "股", "会", "队", "站", "馆", "校", "社", "组", "区", "县", "市", "州", "旗", "盟", "企业", "行", "关",
    "联",
    "班", "厂", "店",
    "村", "场", "台", "网", "机构", "大学", "中学", "小学", "学校", "支部", "党组", "分会", "局党组", "工委", "省", "中队",
  ]

  /// 欧阳 and 锋 are one name.
  private static func joinedNames(_ words: [String]) -> [String] {
    words.reduce(into: []) { names, word in
      if let last = names.last, isCompound(last), word.count <= 2 {
        names[names.count - 1] += word
      } else {
        names.append(word)
      }
    }
  }

  /// The names on the lines of a narrow cell, one below another: a character alone goes on with the line above, and so
  /// does what is below 欧阳; nil where they aren't all names.
  static func names(onLines lines: [String]) -> [String]? {
    guard let first = lines.first, first.squeezed.count > 1 else { return nil }
    let names = joinedNames(lines.map(\.squeezed)).reduce(into: [String]()) { names, line in
      if let last = names.last, line.count == 1, last.count == 2 {
        names[names.count - 1] += line
      } else {
        names.append(line)
      }
    }
    return names.allSatisfy(looksLikeName) ? names : nil
  }

  /// Names in one part: 徐 娟 is one name spaced out; 李晓光 任园园 are two.
  private static func split(_ part: String) -> [String] {
    let all = part.split(whereSeparator: \.isWhitespace).map(String.init)
    // 局长 方圆
    let words = joinedNames(all.count > 1 ? all.filter { !isTitle($0) } : all)
    guard words.count > 1 else { return words }
    if words.allSatisfy({ $0.count == 1 }) { return [words.count <= 3 ? words.joined() : part.collapsed] }
    var names: [String] = []
    var single: String?
    for word in words {
      if let first = single {
        guard word.count == 1 else { return [part.collapsed] }
        names.append(first + word)
        single = nil
      } else if word.count == 1 {
        single = word
      } else if looksLikeName(word) {
        names.append(word)
      } else if looksLikeUnit(word) || placeholders.contains(word) {
        // 预算股 江平: an office beside the name, which is listed.
        names.append(word)
      } else {
        return [part.collapsed]
      }
    }
    return single == nil ? names : [part.collapsed]
  }
}
