import Testing

@testable import DubanLedger

/// Lists of units as documents print them.
@Suite struct UnitListTests {
  /// A list with what it says, each kind of name parted by spaces.
  struct Case: Sendable, CustomTestStringConvertible {
    var text: String
    var names: String
    var lead = ""
    var supporting = ""
    var vague = ""
    var notes = 0
    var unusual = ""

    var testDescription: String { text }
  }

  @Test(arguments: [
    Case(text: "县教育局、县财政局", names: "县教育局 县财政局"),
    Case(text: "县教育局牵头，县财政局、县审计局配合", names: "县教育局 县财政局 县审计局", lead: "县教育局", supporting: "县财政局 县审计局"),
    Case(text: "县财政局配合，县教育局牵头", names: "县教育局 县财政局", lead: "县教育局", supporting: "县财政局"),
    Case(text: "市工信局、市商务局分别牵头，市税务局参与", names: "市工信局 市商务局 市税务局", lead: "市工信局 市商务局", supporting: "市税务局"),
    Case(text: "县水务局等有关部门按职责分工负责", names: "县水务局", vague: "等有关部门"),
    Case(text: "县水务局、县林业局等负责", names: "县水务局 县林业局", vague: "等"),
    Case(text: "县教育局牵头，会同县财政局落实", names: "县教育局 县财政局", lead: "县教育局", supporting: "县财政局"),
    Case(text: "县水务局会同县林业局等单位负责", names: "县水务局 县林业局", vague: "等单位"),
    Case(text: "县发展和改革局和县工业和信息化局", names: "县发展和改革局 县工业和信息化局"),
    Case(text: "区住房和城乡建设局、区人力资源和社会保障局", names: "区住房和城乡建设局 区人力资源和社会保障局"),
    Case(text: "省高等教育管理中心", names: "省高等教育管理中心"),
    Case(text: "县公安局及各乡镇人民政府", names: "县公安局", vague: "各乡镇人民政府"),
    Case(text: "县残联，各县（市、区）政府", names: "县残联", vague: "各县（市、区）政府"),
    Case(text: "国务院相关部门、市直有关单位", names: "", vague: "国务院相关部门 市直有关单位"),
    Case(text: "县住建局（第一责任单位为牵头单位，下同）", names: "县住建局", notes: 1),
    Case(text: "高新区（自贸区、综保区）管委会", names: "高新区（自贸区、综保区）管委会"),
    Case(text: "县税务局、县财政局。以下措施均由各单位落实，不再列出", names: "县税务局 县财政局", notes: 1),
    Case(text: "县教育局\n县财政局", names: "县教育局 县财政局"),
    Case(text: "城关镇\n人民政府、白鹭街道办\n事处", names: "城关镇人民政府 白鹭街道办事处"),
    Case(text: "城关街道\n办事处", names: "城关街道办事处"), Case(text: "城关街道\n县水利局", names: "城关街道 县水利局"),
    Case(text: "县经济技术开发区\n管理委员会", names: "县经济技术开发区管理委员会"),
    Case(text: "县委\n组织部\n县委宣传部", names: "县委组织部 县委宣传部"),
    Case(text: "中国人民银行\n远山县支行\n建设银行远山支行", names: "中国人民银行远山县支行 建设银行远山支行"),
    Case(text: "县公安局\n组织部", names: "县公安局 组织部"),
    Case(text: "县教育局（牵头）、县财政局", names: "县教育局 县财政局", lead: "县教育局"),
    Case(text: "牵头：县审计局\n配合：县统计局、县财政局", names: "县审计局 县统计局 县财政局", lead: "县审计局", supporting: "县统计局 县财政局"),
    Case(text: "县财政局（2项）", names: "县财政局", notes: 1),
    Case(text: "市场监管局（知识产权局）", names: "市场监管局（知识产权局）"),
    Case(text: "县商务局（供销社）", names: "县商务局（供销社）"),
    Case(text: "县教体局（县人社局、县财政局）", names: "县教体局 县人社局 县财政局", supporting: "县人社局 县财政局"),
    Case(text: "县教体局（县人社局配合）", names: "县教体局 县人社局", supporting: "县人社局"),
    Case(text: "县市场监管局（配合单位：县公安局、各乡镇）", names: "县市场监管局 县公安局", supporting: "县公安局", vague: "各乡镇"),
    Case(
      text: "县商务局牵头，县财政局、县税务局等参加", names: "县商务局 县财政局 县税务局", lead: "县商务局", supporting: "县财政局 县税务局", vague: "等"),
    Case(text: "县商务局牵头，县财政局协同推进", names: "县商务局 县财政局", lead: "县商务局", supporting: "县财政局"),
    Case(text: "县财政局、县税务局按职责落实", names: "县财政局 县税务局"),
    Case(text: "县财政局、县税务局按职责分工配合", names: "县财政局 县税务局", supporting: "县财政局 县税务局"),
    Case(text: "中国证监会及各省级人民政府", names: "中国证监会", vague: "各省级人民政府"),
    Case(text: "请县水利局牵头", names: "县水利局", lead: "县水利局"),
    Case(text: "县住房和城\n乡建设局、街道社区服务\n中心", names: "县住房和城乡建设局 街道社区服务中心"),
    Case(text: "临港新城\n东湖街道", names: "临港新城 东湖街道", unusual: "临港新城"),
    Case(text: "白云山林", names: "白云山林", unusual: "白云山林"),
    Case(text: "县教育局县财政局", names: "县教育局县财政局", unusual: "县教育局县财政局"),
    Case(text: "区委宣传部河口华川燃气有限公司", names: "区委宣传部河口华川燃气有限公司", unusual: "区委宣传部河口华川燃气有限公司"),
    Case(text: "白鹭街道办事处河口城建集团有限公司", names: "白鹭街道办事处河口城建集团有限公司", unusual: "白鹭街道办事处河口城建集团有限公司"),
    Case(text: "河口燃气有限公司白鹭街道办事处", names: "河口燃气有限公司白鹭街道办事处", unusual: "河口燃气有限公司白鹭街道办事处"),
    Case(text: "县水利局第一工程公司、中铁十一局城市轨道工程有限公司", names: "县水利局第一工程公司 中铁十一局城市轨道工程有限公司"),
    Case(text: "县商务局国网青石县供电公司", names: "县商务局国网青石县供电公司", unusual: "县商务局国网青石县供电公司"),
  ]) func reads(_ example: Case) {
    var list = UnitList()
    list.add(example.text)
    #expect(list.names.joined(separator: " ") == example.names)
    #expect(list.lead.joined(separator: " ") == example.lead)
    #expect(list.supporting.joined(separator: " ") == example.supporting)
    #expect(list.vague.joined(separator: " ") == example.vague)
    #expect(list.notes.count == example.notes)
    #expect(list.unusual.joined(separator: " ") == example.unusual)
  }

  @Test func personsStandBehindTheirUnits() {
    var list = UnitList()
    list.add("县财政局（江平）、县司法局（局长方圆）")
    #expect(list.names == ["县财政局", "县司法局"])
    #expect(list.persons == ["江平", "方圆"])
  }

  /// What stands where persons do, and isn't one's name.
  @Test(arguments: [
    ("江平、林远", ["江平", "林远"]), ("江 平", ["江平"]), ("江平等", ["江平"]), ("江平同志", ["江平"]), ("副局长何清", ["何清"]),
    ("县委常委、副县长何清", ["何清"]), ("县政府副县长、县公安局局长 诸葛明", ["诸葛明"]), ("欧阳\n锋", ["欧阳锋"]),
    ("预算股 江平", ["江平"]), ("待定", []), ("局长", []), ("欧阳川", ["欧阳川"]),
  ]) func persons(_ text: String, _ names: [String]) {
    #expect(NameList.persons(text).names.filter(NameList.looksLikeName) == names)
  }

  /// A unit's name with another behind it in brackets: a second name, or a second unit.
  @Test func aNameInBracketsIsAskedAbout() {
    var closing = Closing()
    closing.add(.units(.responsible), "县商务局（供销社）、县教体局（县人社局、县财政局）")
    #expect(
      closing.doubts == [
        "“县商务局（供销社）” may be one unit or two",
        "the units in brackets in “县教体局（县人社局、县财政局）” were taken as those that help",
      ])
  }

  /// A short name is a longer one's, or asked about: `short → full`, `short ? others`.
  @Test(arguments: [
    ("财政局 县财政局", "财政局 → 县财政局"), ("财政局 县财政局 青石县财政局", "县财政局 → 青石县财政局, 财政局 → 青石县财政局"),
    ("财政局 县财政局 市财政局", "财政局 ? 县财政局 市财政局"), ("财政局 青石县财政局", "财政局 ? 青石县财政局"), ("财政局 县审计局", ""),
  ]) func shortNames(names: String, expected: String) {
    let found = UnitNames(names.split(separator: " ").map(String.init))
    let full = found.fullNames.map { "\($0.key) → \($0.value)" }
    let unclear = found.unclear.map { "\($0.key) ? \($0.value.joined(separator: " "))" }
    #expect((full + unclear).sorted().joined(separator: ", ") == expected)
  }

  @Test func aColumnsHeadingGivesTheRole() {
    var list = UnitList()
    list.add("县教育局", role: UnitRole(heading: "牵头责任单位"))
    list.add("县财政局、县审计局", role: UnitRole(heading: "协同单位"))
    #expect(list.names == ["县教育局", "县财政局", "县审计局"])
    #expect(list.lead == ["县教育局"])
    #expect(list.supporting == ["县财政局", "县审计局"])
  }
}
