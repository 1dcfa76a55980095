import DubanCore

extension Closing {
  /// Takes the closing off the end of `text`: in brackets, or as labels behind the sentences (责任单位：县财政局，完成时限：6月底前。);
  /// nil where it ends with none.
  static func take(from text: String, _ lines: [SourceLine]) -> (rest: String, closing: Closing)? {
    if let found = BracketedClosing.take(from: text) ?? SentenceClosing.take(from: text) {
      var (rest, closing) = found
      closing.lines = lines
      return (rest, closing)
    }
    let pieces = PlanLabel.cut(text, where: \.isClosing)
    guard pieces.count > 1, pieces.dropFirst().allSatisfy({ PlanLabel.read($0)?.label.isClosing ?? false })
    else { return nil }
    var closing = Closing()
    for piece in pieces.dropFirst() {
      if let found = PlanLabel.read(piece) { closing.add(found.label, found.rest) }
    }
    closing.lines = lines
    return (pieces[0], closing)
  }
}

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

  /// How many closings are in `text`, wherever.
  static func count(in text: String) -> Int {
    var (count, depth, start) = (0, 0, text.startIndex)
    for index in text.indices {
      let change = text[index].asideDepth
      if change > 0, depth == 0 { start = text.index(after: index) }
      if change < 0, depth == 1, isClosing(String(text[start..<index])) { count += 1 }
      depth = max(0, depth + change)
    }
    return count
  }

  /// The bracket that `text` ends with, the full stop after it aside.
  private static func lastBracket(of text: String) -> (before: String, inner: String)? {
    let trimmed = text.withoutEnd
    var depth = 0
    let open = trimmed.indices.reversed().first { index in
      depth -= trimmed[index].asideDepth
      return depth <= 0
    }
    guard let open, trimmed.last?.asideDepth == -1 else { return nil }
    let inner = trimmed[trimmed.index(after: open)...].dropLast()
    return (trimmed[..<open].trimmedWhitespace, inner.trimmedWhitespace)
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
      // Behind a full stop are notes: 以下措施均需各乡镇落实，不再单独列出.
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
    } else if let label {
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

/// Closings that are sentences of the measure itself: 由县教育局牵头，县财政局配合，6月底前完成。
enum SentenceClosing {
  /// Takes a last sentence off the end of `text` that says who and by when and nothing else; nil where it says more.
  static func take(from text: String) -> (rest: String, closing: Closing)? {
    let trimmed = text.withoutEnd
    guard let stop = trimmed.lastIndex(of: "。") else { return nil }
    let last = trimmed[trimmed.index(after: stop)...].trimmedWhitespace
    let clauses = last.parts(at: ["，", ",", "；", ";"])
    guard clauses.contains(where: namesUnits), clauses.allSatisfy({ names($0) || isDeadline($0) }) else {
      return nil
    }
    return (String(trimmed[...stop]), closing(of: clauses, sentence: last))
  }

  /// Who answers by the clauses that begin with 由 or 请, or by the unit with which the measure begins (县农业农村局要组织…); nil where
  /// several sentences name anyone.
  static func find(in text: String) -> Closing? {
    let sentences = text.parts(at: ["。", "；", ";"]).map { $0.parts(at: ["，", ","]) }
    let naming = sentences.filter { $0.contains { isLed($0) && namesUnits($0) } }
    if naming.count == 1, let clauses = naming.first {
      return closing(of: clauses.filter(namesUnits), with: clauses, sentence: clauses.joined(separator: "，"))
    }
    guard naming.isEmpty, let clause = sentences.first?.first else { return nil }
    let subjects = ["要", "应", "须", "负责", "牵头"].compactMap { verb in
      clause.firstRange(of: verb).map { String(clause[..<$0.lowerBound]) + "负责" }
    }
    return subjects.first(where: namesUnits).map { closing(of: [$0], sentence: clause) }
  }

  /// - Parameter all: the sentence's clauses, of which those such as 会同县财政局 name units without their part.
  private static func closing(of clauses: [String], with all: [String] = [], sentence: String) -> Closing {
    var closing = Closing(doubts: ["the units were taken from the sentence “\(sentence.excerpt)”"])
    var list = UnitList()
    for clause in clauses where names(clause) { list.add(clause) }
    for clause in all
    where clause.hasPrefix("会同")
      && clause.dropFirst(2).squeezed.parts(at: ["、"]).allSatisfy(NameList.endsAsUnit)
    {
      list.add(clause)
    }
    closing.add(list)
    for clause in clauses where !names(clause) { closing.add(.deadline, clause) }
    return closing
  }

  /// Whether a clause names units with their part, and nothing else.
  private static func namesUnits(_ clause: String) -> Bool {
    names(clause) && units(clause).contains(where: NameList.endsAsUnit)
  }

  /// The same for units in general too: 各乡镇配合.
  private static func names(_ clause: String) -> Bool {
    let units = units(clause)
    return UnitList.withoutRole(clause).role != nil && !units.isEmpty
      && units.allSatisfy { NameList.endsAsUnit($0) || NameList.isVague($0) || $0.contains("等") }
  }

  private static func units(_ clause: String) -> [String] {
    let names = UnitList.withoutRole(clause).name
    return (isLed(names) ? String(names.dropFirst()) : names).parts(at: ["、"])
  }

  private static func isLed(_ clause: String) -> Bool { "由请".contains(clause.first ?? " ") }

  private static func isDeadline(_ clause: String) -> Bool {
    PlanDate.soundsLikeDeadline(clause) && clause.count <= 16
  }
}
