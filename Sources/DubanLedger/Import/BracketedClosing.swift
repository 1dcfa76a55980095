import DubanCore

/// Closings in brackets at the end of a measure: （市场监管局牵头，各部门按职责分工负责，2022年6月底前完成）.
enum BracketedClosing {
  /// Takes the closings off the end of `text`; nil where it ends with none.
  static func take(from text: String) -> (rest: String, closing: Closing)? {
    var rest = text
    var found: [String] = []
    var doubts: [String] = []
    while let (before, inner) = lastBracket(of: rest) {
      // 责任人：何清（县应急局）, 完成时限：汛期前（5月15日前）: a part of a label's value.
      let endsSentence = before.last?.endsSentence ?? false
      let isApart = endsSentence || before.last?.closesBracket ?? false
      if !isApart, PlanLabel.cut(before, where: \.isClosing).count > 1 { break }
      if !isClosing(inner) {
        // Behind a sentence units in a bracket answer for it; behind its last words they may only explain these.
        let isCertain = endsSentence || rest.withoutEnd.last == "】"
        let names = inner.parts(at: ["，", ",", "；", ";", "、"])
        guard found.isEmpty, isCertain ? areUnits(names) : namesUnitsOnly(names) else { break }
        if !isCertain {
          doubts.append("the units were taken from the bracket “\(inner.excerpt)”, which says no more")
        }
      }
      found.insert(inner, at: 0)
      rest = before
    }
    guard !found.isEmpty else { return nil }
    var closing = Closing(doubts: doubts)
    for inner in found { read(inner, into: &closing) }
    return closing.isEmpty ? nil : (rest, closing)
  }

  /// How many closings stand in `text`, wherever.
  static func count(in text: String) -> Int {
    var (count, depth, start) = (0, 0, text.startIndex)
    for index in text.indices {
      if opens(text[index]) {
        if depth == 0 { start = text.index(after: index) }
        depth += 1
      } else if closes(text[index]), depth > 0 {
        depth -= 1
        if depth == 0, isClosing(String(text[start..<index])) { count += 1 }
      }
    }
    return count
  }

  private static func opens(_ character: Character) -> Bool { "（(〔[【".contains(character) }
  private static func closes(_ character: Character) -> Bool { "）)〕]】".contains(character) }

  /// The bracket that `text` ends with, the full stop after it aside.
  private static func lastBracket(of text: String) -> (before: String, inner: String)? {
    let trimmed = text.withoutEnd
    guard let last = trimmed.last, closes(last) else { return nil }
    var depth = 0
    for index in trimmed.indices.reversed() {
      if closes(trimmed[index]) { depth += 1 }
      if opens(trimmed[index]) {
        depth -= 1
        if depth == 0 {
          let inner = trimmed[trimmed.index(after: index)...].dropLast()
          return (trimmed[..<index].trimmedWhitespace, inner.trimmedWhitespace)
        }
      }
    }
    return nil
  }

  /// Whether a bracket's words say who or by when.
  private static func isClosing(_ inner: String) -> Bool {
    let words = inner.squeezed
    if PlanLabel.cut(inner, where: \.isClosing).contains(where: {
      PlanLabel.read($0)?.label.isClosing ?? false
    }) {
      return true
    }
    let clauses = words.parts(at: ["，", ",", "；", ";", "。"])
    let hasRole = clauses.contains { clause in
      let (name, role) = UnitList.withoutRole(clause)
      // 6月底前落实; but 12345热线中心负责, and 三亚市教育局负责.
      return role != nil && name.count > 1 && !PlanDate.soundsLikeDeadline(name)
        && (!name.contains(where: \.isASCIIDigit) || NameList.endsAsUnit(name))
    }
    if hasRole { return true }
    let isDate = clauses.contains(where: isDeadline)
    return isDate
      && clauses.allSatisfy { isDeadline($0) || areUnits($0.parts(at: ["、"])) }
  }

  /// Whether a bracket holds units and nothing else: 【县政务局】, （县市场监管局、县供电公司）.
  private static func namesUnitsOnly(_ names: [String]) -> Bool {
    names.contains(where: NameList.endsAsUnit)
      && names.allSatisfy { NameList.endsAsUnit($0) || $0.count <= 16 && NameList.isVague($0) }
  }

  /// What it is asked for is only whether words name a day, in whatever year.
  private static let anyYear = DeadlineReader(issued: CivilDate(year: 2020, month: 1, day: 1))

  private static func isDeadline(_ clause: String) -> Bool {
    guard PlanDate.soundsLikeDeadline(clause), clause.count <= 24 else { return false }
    return PlanDate.endings.contains(where: clause.hasSuffix)
      || !clause.contains("元") && !anyYear.read(clause).readings.isEmpty
  }

  private static func read(_ inner: String, into closing: inout Closing) {
    var label: PlanLabel?
    for piece in PlanLabel.cut(inner, where: \.isClosing) {
      let found = PlanLabel.read(piece)
      label = found.map { $0.label.isClosing ? $0.label : nil } ?? label
      // Behind a full stop stand notes: 以下措施均需各乡镇落实，不再单独列出.
      let sentences = (found?.rest ?? piece).parts(at: ["。"])
      for clause in sentences.first?.parts(at: ["，", ",", "；", ";"]) ?? [] {
        read(clause, under: label, into: &closing)
      }
      for sentence in sentences.dropFirst() {
        if case .deadline? = label {
          closing.add(.deadline, sentence)
        } else {
          closing.leftOver.append(sentence)
        }
      }
    }
  }

  private static func read(_ clause: String, under label: PlanLabel?, into closing: inout Closing) {
    let (name, role) = UnitList.withoutRole(clause)
    if label == .deadline || isDeadline(clause.squeezed) {
      closing.add(.deadline, clause)
    } else if let label, label == .persons || label == .leaders {
      closing.add(label, clause)
    } else if case .units? = label, let label {
      closing.add(label, clause)
    } else if role != nil && !name.isEmpty || areUnits(clause.parts(at: ["、"])) {
      closing.add(.units(.responsible), clause)
    } else {
      closing.leftOver.append(clause)
    }
  }

  /// Whether names are units': most of them have the ending of one, and the others, which are asked about, are short.
  private static func areUnits(_ names: [String]) -> Bool {
    let usual = names.count { NameList.looksLikeUnit($0) || NameList.isVague($0) }
    return usual > 0 && usual * 2 > names.count
      && names.allSatisfy {
        NameList.looksLikeUnit($0) || NameList.isVague($0)
          || (2...12).contains($0.count) && $0.allSatisfy(\.isIdeograph) && !PlanDate.soundsLikeDeadline($0)
      }
  }
}
