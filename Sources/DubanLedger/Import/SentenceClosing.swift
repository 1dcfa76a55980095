import DubanCore

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
  /// several sentences name somebody.
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
