/// The units of a list, as papers print them: 县财政局牵头，县税务局、县审计局等有关部门配合.
struct UnitList: Sendable, Hashable {
  /// The units in the list's order, those that lead first; each once.
  private(set) var names: [String] = []
  /// Those that lead, where the list tells them apart.
  private(set) var lead: [String] = []
  /// Those that only help.
  private(set) var supporting: [String] = []
  /// Words for units in general (各乡镇, 有关部门): nobody can be reminded.
  private(set) var vague: [String] = []
  /// Persons who stand in brackets behind their units: 县教育局（何清）.
  private(set) var persons: [String] = []
  /// What else stands in the list: notes, sentences.
  private(set) var notes: [String] = []
  /// Names with another unit's in brackets behind them (县商务局（供销社）), which may be one unit's second name.
  private(set) var bracketed: [String] = []
  /// Lists of units in brackets behind a unit's name, without a word of their part.
  private(set) var helpers: [String] = []
  /// Names that a cell's line breaks cut: 县住房和城 over 乡建设局.
  private(set) var joined: [String] = []
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
      joined.append(above + below)
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
        if item.last?.closesBracket == true, let open = item.lastIndex(where: \.opensBracket),
          let found = PlanLabel.read(String(item[item.index(after: open)...].dropLast())),
          found.label == .persons
        {
          persons += NameList.persons(found.rest).names.filter(NameList.looksLikeName)
          item = item[..<open].trimmedWhitespace
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
      return [words.reduce("") { .unwrapped($0, $1) }]
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
    // What is left where one of these stands behind it: 县税务局按职责落实, 县财政局按职责分工配合.
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
    if let open = name.lastIndex(where: { "（(".contains($0) }), name.last?.closesBracket == true {
      let inner = name[name.index(after: open)...].dropLast().squeezed
      if let said = roles.first(where: { $0.words == inner || $0.words + "单位" == inner || inner == "第一责任" }) {
        (name, role) = (name[..<open].trimmedWhitespace, said.role)
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
      if others.contains(where: { $0.role == nil }) { helpers.append(text) }
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
    if name.last?.closesBracket == true, let open = name.firstIndex(where: \.opensBracket),
      NameList.endsAsUnit(name[..<open].trimmedWhitespace),
      NameList.endsAsUnit(String(name[name.index(after: open)...].dropLast())), !bracketed.contains(name)
    {
      bracketed.append(name)
    }
    if !names.contains(name) { names.append(name) }
    switch role {
    case .lead where !lead.contains(name): lead.append(name)
    case .supporting where !supporting.contains(name) && !lead.contains(name): supporting.append(name)
    default: break
    }
  }

  /// A unit and those in brackets behind it, each with the part that words say: 县教育局（县财政局、县人社局配合）; nil where one
  /// stands there without such words, which may be the unit's second name.
  private static func withUnitsBehind(_ text: String) -> (
    unit: String, others: [(name: String, role: UnitRole?)]
  )? {
    guard text.last?.closesBracket == true, let open = text.firstIndex(where: \.opensBracket) else {
      return nil
    }
    let unit = text[..<open].trimmedWhitespace
    var inner = text[text.index(after: open)...].dropLast().trimmedWhitespace
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

  /// A unit and the person in brackets behind it; nil where something else stands there, such as a second name.
  private static func withoutPerson(_ name: String) -> (unit: String, person: String)? {
    // 县教育局（何清）, 县教育局：何清
    let isBracketed = name.last?.closesBracket == true
    let parting =
      isBracketed ? name.lastIndex(where: \.opensBracket) : name.lastIndex { "：:".contains($0) }
    guard let parting else { return nil }
    let behind = name[name.index(after: parting)...]
    let (unit, inner) = (
      name[..<parting].trimmedWhitespace, (isBracketed ? behind.dropLast() : behind).squeezed
    )
    let person = NameList.withoutTitle(inner)
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
