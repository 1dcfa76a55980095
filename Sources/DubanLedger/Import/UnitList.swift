/// The units of a list, as documents print them: 县财政局牵头，县税务局、县审计局等有关部门配合.
struct UnitList: Sendable, Hashable {
  /// The units in the list's order, those that lead first; each once.
  private(set) var names: [String] = []
  /// Those that lead, where the list tells them apart.
  private(set) var lead: [String] = []
  /// Those that only help.
  private(set) var supporting: [String] = []
  /// Words for units in general (各乡镇, 有关部门): nobody can be reminded.
  private(set) var vague: [String] = []
  /// Persons who are in brackets behind their units: 县教育局（何清）.
  private(set) var persons: [String] = []
  /// What else is in the list: notes, sentences.
  private(set) var notes: [String] = []
  /// What isn't certain, English.
  private(set) var doubts: [String] = []
  /// Names that don't look like a unit's.
  private(set) var unusual: [String] = []

  /// Adds the units in `text`; `role` is theirs unless the list itself says which part they have.
  mutating func add(_ text: String, role: UnitRole = .responsible) {
    let lines = text.split(separator: "\n").map { $0.withoutEnd }.reduce(into: [String]()) { lines, line in
      guard let last = lines.last, let above = last.parts(at: ["、"]).last,
        let below = line.parts(at: ["、"]).first,
        UnitNames.isOne(above, below)
      else { return lines.append(line) }
      lines[lines.count - 1] = last + line
      doubts.append("“\((above + below).excerpt)” was put together from two lines")
    }
    let sentences = lines.joined(separator: "、").parts(at: ["。"])
    guard let list = sentences.first else { return }
    notes += sentences.dropFirst()
    var role = role
    for clause in list.parts(at: ["，", ",", "；", ";"]) {
      var pending: [String] = []
      for labelled in Self.items(clause) {
        // 牵头：县审计局、配合：县统计局
        var item = labelled
        if let colon = item.firstIndex(where: { "：:".contains($0) }),
          let said = Self.role(ofLabel: item[..<colon].squeezed)
        {
          for name in pending { add(name: name, role) }
          pending = []
          role = said
          item = item[item.index(after: colon)...].trimmedWhitespace
        }
        // 县残联配合（责任人：何清、方圆）
        if let (unit, inner) = item.endingBracket(), let found = PlanLabel.read(inner),
          found.label == .persons
        {
          persons += NameList.persons(found.rest).names.filter(NameList.looksLikeName)
          item = unit
        }
        let (name, said) = Self.withoutRole(item)
        if !name.isEmpty { pending.append(name) }
        guard let said else { continue }
        for name in pending { add(name: name, said == .responsible ? role : said) }
        pending = []
      }
      for name in pending { add(name: name, role) }
    }
    names = lead + names.filter { !lead.contains($0) }
  }

  /// The list's parts between 、 and the like; a space parts only whole names.
  private static func items(_ clause: String) -> [String] {
    clause.parts(at: ["、", "/", "／"]).flatMap { part -> [String] in
      let words = part.split(whereSeparator: \.isWhitespace).map(String.init)
      if words.count > 1, words.allSatisfy({ NameList.looksLikeUnit($0) && $0.count > 2 }) { return words }
      return [words.unwrapped]
    }
  }

  // MARK: Roles

  private static let roles: [(words: String, role: UnitRole)] = [
    ("按职责分工分别负责", .responsible), ("按照职责分工负责", .responsible), ("依职责分工负责", .responsible),
    ("按职责分工负责", .responsible), ("按职责负责", .responsible), ("按职责分工落实", .responsible), ("分工负责", .responsible),
    ("分别负责", .responsible), ("共同负责", .responsible), ("具体负责", .responsible), ("负责落实", .responsible),
    ("分别牵头", .lead),
    ("共同牵头", .lead), ("牵头负责", .lead), ("负责牵头", .lead), ("牵头组织", .lead), ("牵头落实", .lead),
    ("协同配合", .supporting), ("协同推进", .supporting), ("协同落实", .supporting), ("配合推进", .supporting),
    ("配合实施", .supporting), ("支持配合", .supporting), ("组织实施", .responsible), ("负责推进", .responsible),
    ("配合落实", .supporting), ("积极配合", .supporting), ("配合做好", .supporting), ("参与配合", .supporting),
    ("负责", .responsible),
    ("落实", .responsible), ("主办", .lead), ("牵头", .lead), ("配合", .supporting), ("参与", .supporting),
    ("协办", .supporting),
    ("协助", .supporting), ("协同", .supporting), ("会办", .supporting), ("参加", .supporting), ("指导", .supporting),
    // What is left where one of these is behind it: 县税务局按职责落实, 县财政局按职责分工配合.
    ("按照职责分工", .responsible), ("按职责分工", .responsible), ("依职责分工", .responsible),
    ("按照各自职责", .responsible), ("按各自职责", .responsible), ("按照职责", .responsible), ("按职责", .responsible),
  ]

  /// The part that words such as 牵头 or 协办单位 before a colon name.
  private static func role(ofLabel words: String) -> UnitRole? {
    let labels = ["牵头", "主办", "主责", "责任", "承办", "配合", "协办", "会办", "协同", "参与", "协助"]
    guard words.count <= 6, labels.contains(where: words.hasPrefix) else { return nil }
    return UnitRole(heading: words)
  }

  /// The words at a name's end or in brackets behind it that say which part it has; nil where they say none.
  static func withoutRole(_ item: String) -> (name: String, role: UnitRole?) {
    var name = item
    var role: UnitRole?
    if let (unit, printed) = name.endingBracket() {
      let inner = printed.squeezed
      if let said = roles.first(where: { $0.words == inner || $0.words + "单位" == inner || inner == "第一责任" }) {
        (name, role) = (unit, said.role)
      }
    }
    while let said = roles.first(where: { name.hasSuffix($0.words) }), !isOfficeOfCouncil(name) {
      role = role ?? said.role
      name = String(name.dropLast(said.words.count))
    }
    // 由县财政局牵头, 请县水利局牵头
    let isLed = "由请".contains(name.first ?? " ") && NameList.looksLikeUnit(name.dropFirst().squeezed)
    return (isLed ? String(name.dropFirst()) : name, role)
  }

  /// Whether 协办 is the end of a name: 县政协办, the office of 县政协.
  private static func isOfficeOfCouncil(_ name: String) -> Bool {
    name.hasSuffix("政协办") || name.hasSuffix("科协办") && name.count <= 4
  }

  // MARK: Names

  /// Adds one name, or the several that words such as 会同 join.
  private mutating func add(name text: String, _ role: UnitRole) {
    // 县市场监管局，会同县税务局: who is called in is no lead, and the word no part of the name.
    for word in ["会同", "联合", "协同"] where text.hasPrefix(word) {
      let rest = text.dropFirst(word.count).squeezed
      if NameList.looksLikeUnit(rest) || NameList.isVague(rest) {
        return add(name: rest, lead.isEmpty && role != .lead ? role : .supporting)
      }
    }
    if let (unit, others) = Self.withUnitsBehind(text) {
      add(name: unit, role)
      if others.contains(where: { $0.role == nil }) {
        doubts.append("the units in brackets in “\(text.excerpt)” were taken as those that help")
      }
      for (name, said) in others { add(name: name, said == .responsible ? role : said ?? .supporting) }
      return
    }
    var (name, note) = Self.withoutNote(text)
    if let note { notes.append(note) }
    if let (unit, person) = Self.withoutPerson(name) {
      name = unit
      persons.append(person)
    }
    if name.isEmpty { return }
    for conjunction in ["会同", "以及", "及其", "及", "和", "与", "同"] {
      for range in name.ranges(of: conjunction) where range.lowerBound > name.startIndex {
        let (left, right) = (String(name[..<range.lowerBound]), String(name[range.upperBound...]))
        let isRightSide = NameList.looksLikeUnit(right) || NameList.isVague(right)
        // 中国证监会及各省级人民政府
        let isLeftSide =
          NameList.endsAsUnit(left) || NameList.isVague(left)
          || NameList.isVague(right) && left.count > 2 && NameList.looksLikeUnit(left)
        guard isLeftSide, isRightSide, right.count > 1 else { continue }
        // 发展和改革局: the first half is no unit.
        if conjunction == "同", !NameList.isVague(right) { continue }
        add(name: left, role)
        add(name: right, role)
        return
      }
    }
    for range in name.ranges(of: "等") {
      let (left, right) = (String(name[..<range.lowerBound]), String(name[range.upperBound...]))
      guard NameList.endsAsUnit(left) else { continue }
      add(name: left, role)
      vague.append("等" + right)
      return
    }
    if NameList.isVague(name) {
      if !vague.contains(name) { vague.append(name) }
      return
    }
    if !NameList.looksLikeUnit(name) {
      // Longer than names without a unit's ending are: words about the units.
      if name.count > 14 { return notes.append(name) }
      unusual.append(name)
    } else if NameList.looksGlued(name) {
      unusual.append(name)
    }
    if let (unit, inner) = name.endingBracket(first: true), NameList.endsAsUnit(unit),
      NameList.endsAsUnit(inner), !names.contains(name)
    {
      doubts.append("“\(name.excerpt)” may be one unit or two")
    }
    if !names.contains(name) { names.append(name) }
    switch role {
    case .lead where !lead.contains(name): lead.append(name)
    case .supporting where !supporting.contains(name) && !lead.contains(name): supporting.append(name)
    default: break
    }
  }

  /// A unit and those in brackets behind it, each with the part that words say: 县教育局（县财政局、县人社局配合）; nil where one
  /// is there without such words, which may be the unit's second name.
  private static func withUnitsBehind(_ text: String) -> (
    unit: String, others: [(name: String, role: UnitRole?)]
  )? {
    guard let (unit, printed) = text.endingBracket(first: true) else { return nil }
    var inner = printed
    var said: UnitRole?
    if let colon = inner.firstIndex(where: { "：:".contains($0) }) {
      said = role(ofLabel: inner[..<colon].squeezed)
      if said == nil { return nil }
      inner = inner[inner.index(after: colon)...].trimmedWhitespace
    }
    let names = inner.parts(at: ["、", "，", ",", "；", ";"]).map(withoutRole)
    let last = said ?? names.last?.role
    guard NameList.endsAsUnit(unit), !names.isEmpty,
      names.count > 1 || last != nil || NameList.isVague(inner) && !saysWhoLeads(inner),
      names.allSatisfy({ NameList.endsAsUnit($0.name) || NameList.isVague($0.name) })
    else { return nil }
    return (unit, names.map { ($0.name, $0.role ?? last) })
  }

  /// A unit and the person in brackets behind it; nil where something else is there, such as a second name.
  private static func withoutPerson(_ name: String) -> (unit: String, person: String)? {
    // 县教育局（何清）, 县教育局：何清
    let colon = name.lastIndex { "：:".contains($0) }
    let behindColon = colon.map { (name[..<$0].trimmedWhitespace, String(name[name.index(after: $0)...])) }
    guard let (unit, inner) = name.last?.closesBracket == true ? name.endingBracket() : behindColon else {
      return nil
    }
    let person = NameList.withoutTitle(inner.squeezed)
    guard NameList.endsAsUnit(unit), person.count <= 3, NameList.looksLikeName(person),
      !NameList.looksLikeUnit(person)
    else { return nil }
    return (unit, person)
  }

  /// Whether a note makes the first of several units the lead: 第一责任单位为牵头单位，下同; 排在首位的为牵头单位.
  static func saysWhoLeads(_ note: String) -> Bool {
    ["第一", "首位"].contains(where: note.contains) && note.contains("为牵头")
  }

  /// A name without the note in brackets behind it (第一责任单位为牵头单位，下同): what it's called stays.
  private static func withoutNote(_ name: String) -> (name: String, note: String?) {
    guard name.last?.closesBracket == true, let open = name.firstIndex(where: \.opensBracket) else {
      return (name, nil)
    }
    let inner = name[open...]
    let isNote =
      inner.contains { "，。；,;：:".contains($0) || $0.isASCIIDigit }
      || ["下同", "牵头", "配合", "负责", "第一责任", "排名", "分别", "列第一", "为主", "简称"].contains(where: inner.contains)
    return isNote ? (name[..<open].trimmedWhitespace, String(inner)) : (name, nil)
  }
}

/// Brings the short and the full name of one unit together: 县发改局 and 县发展和改革局.
///
/// Only names that say the same by custom are: a wrong unit is worse than one that is there twice under owners.
struct UnitNames {
  /// The full name of each short one.
  private(set) var fullNames: [String: String] = [:]
  /// Short names that may be any of several others, or of another place: 财政局 beside 县财政局 and 市财政局.
  private(set) var unclear: [String: [String]] = [:]

  /// Compares all names of a document.
  init(_ names: [String]) {
    let keys = names.map { (name: $0, key: Self.key($0)) }
    for (name, key) in keys {
      // 发改局 and 县发改局 are 青石县发改局's, where the document names only one of them.
      let fuller = keys.filter { $0.key == key || Self.adds(place: $0.key, to: key) }
      // 青石县财政局 is the longer form of 县财政局.
      let longer = Set(fuller.filter { $0.key != key }.map(\.key))
      let places = longer.filter { place in !longer.contains { Self.adds(place: $0, to: place) } }
      let others = keys.filter { $0.key != key && Self.mayBe(key, $0.key) }.map(\.name)
      if places.count > 1 || places.isEmpty && !others.isEmpty {
        unclear[name] = others.isEmpty ? fuller.map(\.name).filter { $0 != name } : others
        continue
      }
      guard let longest = fuller.max(by: { $0.name.count < $1.name.count })?.name, longest != name else {
        continue
      }
      fullNames[name] = longest
    }
    // 发改局 → 县发改局 → 青石县发改局
    for (name, longer) in fullNames { fullNames[name] = fullNames[longer] ?? longer }
  }

  /// Whether the longer key is the shorter with its place before it. 区税务局 may be that of a 高新区 or a 开发区 too, so it is
  /// no other name's.
  private static func adds(place longer: String, to key: String) -> Bool {
    guard longer.count > key.count, longer.hasSuffix(key), key.count > 2, let first = key.first else {
      return false
    }
    let place = longer.dropLast(key.count)
    if "区省".contains(first) { return false }
    let isPlaced = "市县州旗".contains(first)
    return isPlaced
      ? (2...3).contains(place.count) && place.allSatisfy(\.isIdeograph) : ["市", "县", "区"].contains(place)
  }

  /// Whether a name without a place may be that of the other: 财政局 beside 青石县财政局.
  private static func mayBe(_ key: String, _ longer: String) -> Bool {
    guard longer.count > key.count, longer.hasSuffix(key), key.count > 2, let first = key.first,
      !"市县区省州旗".contains(first), let last = longer.dropLast(key.count).last
    else { return false }
    return "市县区州旗".contains(last) && longer.count <= key.count + 4
  }

  /// Whether a line's end cuts one name: 街道社区服务 over 中心, or 县住房和城 over 乡建设局, where the cut goes through words
  /// that units have in their names.
  static func isOne(_ above: String, _ below: String) -> Bool {
    let name = above + below
    if tails.contains(where: { $0.below.contains(below) && $0.above.contains(where: above.hasSuffix) }) {
      return name.count <= 20
    }
    if above.hasSuffix("银行"), !below.contains("银行"), ["支行", "分行"].contains(where: below.hasSuffix) {
      return true
    }
    guard !NameList.looksLikeUnit(above), !NameList.isVague(above), above.count > 2 else { return false }
    guard NameList.endsAsUnit(name), name.count <= 20 else { return false }
    if ["中心", "办公室", "委员会", "局", "办", "委", "管理局", "服务中心", "办事处"].contains(below) { return true }
    // Units have 和 in these words or not.
    let (before, plain) = (above.filter { $0 != "和" }, name.filter { $0 != "和" })
    let cut = plain.index(plain.startIndex, offsetBy: before.count)
    return stems.flatMap { [$0.short, $0.full] }.contains { words in
      plain.ranges(of: words).contains { $0.lowerBound < cut && cut < $0.upperBound }
    }
  }

  /// Second parts of names that are no unit's by themselves, each behind what is a unit's name too.
  private static let tails: [(above: [String], below: [String])] = [
    (["镇", "乡", "县", "市", "区"], ["人民政府"]), (["开发区", "园区", "高新区", "示范区", "度假区"], ["管理委员会", "管委会"]),
    (["街道办", "街办"], ["事处"]), (["街道"], ["办事处"]),
    (["县委", "市委", "区委"], ["组织部", "宣传部", "统战部", "政法委", "办公室", "办"]),
    (["机关"], ["事务服务中心", "事务管理局"]), (["公安局"], ["交通警察大队", "交警大队"]),
  ]

  /// The name as the longest form has it, without 和: the same for both names of a unit.
  private static func key(_ name: String) -> String {
    var key = name.replacing("和", with: "").replacing("与", with: "")
    if let (short, full) = wholes.first(where: { key.hasSuffix($0.short) && !key.hasSuffix($0.full) }) {
      key = key.dropLast(short.count) + full
    }
    for (long, short) in [("委员会", "委"), ("办公室", "办")] where key.hasSuffix(long) {
      key = key.dropLast(long.count) + short
    }
    guard let end = key.last, "局委厅办".contains(end) else { return key }
    let stem = key.dropLast()
    guard let (short, full) = stems.first(where: { stem.hasSuffix($0.short) || stem.hasSuffix($0.full) }),
      !stem.hasSuffix(full)
    else { return key }
    return "\(stem.dropLast(short.count))\(full)\(end)"
  }

  /// What is before 局, 委 or 办; longer ones first.
  private static let stems: [(short: String, full: String)] = [
    ("市场监管", "市场监督管理"), ("行政审批", "行政审批服务"), ("退役军人", "退役军人事务"), ("机关事务", "机关事务管理"),
    ("综合执法", "综合行政执法"), ("文广旅", "文化广电旅游"), ("文体旅", "文化体育旅游"), ("发改", "发展改革"), ("住建", "住房城乡建设"),
    ("市监", "市场监督管理"), ("人社", "人力资源社会保障"), ("卫健", "卫生健康"), ("教体", "教育体育"), ("工信", "工业信息化"),
    ("文旅", "文化旅游"), ("应急", "应急管理"), ("城管", "城市管理"), ("交通", "交通运输"), ("交运", "交通运输"),
    ("医保", "医疗保障"), ("审批", "行政审批服务"), ("民宗", "民族宗教事务"), ("国资", "国有资产监督管理"), ("科技", "科学技术"),
    ("城市管理", "城市管理"), ("乡村振兴", "乡村振兴"), ("农业农村", "农业农村"), ("生态环境", "生态环境"),
    ("自规", "自然资源规划"), ("资规", "自然资源规划"), ("自然资源规划", "自然资源规划"), ("政府", "人民政府"),
  ]

  private static let wholes: [(short: String, full: String)] = [
    ("工商联", "工商业联合会"), ("残联", "残疾人联合会"), ("妇联", "妇女联合会"), ("科协", "科学技术协会"), ("文联", "文学艺术界联合会"),
    ("供销社", "供销合作社"), ("检察院", "人民检察院"), ("法院", "人民法院"), ("政府", "人民政府"),
  ]
}
