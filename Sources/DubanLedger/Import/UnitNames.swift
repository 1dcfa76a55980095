/// Brings the short and the full name of one unit together: 县发改局 and 县发展和改革局.
///
/// Only names that say the same by custom are: a wrong unit is worse than one that stands twice under owners.
struct UnitNames {
  /// The full name of each short one.
  private(set) var fullNames: [String: String] = [:]
  /// Short names that may be any of several others, or of another place: 财政局 beside 县财政局 and 市财政局.
  private(set) var unclear: [String: [String]] = [:]

  /// Compares all names of a paper.
  init(_ names: [String]) {
    let keys = names.map { (name: $0, key: Self.key($0)) }
    for (name, key) in keys {
      // 发改局 and 县发改局 are 青石县发改局's, where the paper names only one of them.
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

  /// What stands before 局, 委 or 办; longer ones first.
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
