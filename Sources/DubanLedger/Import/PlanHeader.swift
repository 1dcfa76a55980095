import DubanCore

/// Reads what a plan says about itself: title, number, date of issue, contact and report dates.
struct PlanHeader {
  private(set) var title = ""
  private(set) var number = ""
  private(set) var issued: CivilDate?
  private(set) var contact = Contact(unit: "", person: "", phone: "", email: "")
  private(set) var reports: [CivilDate] = []
  private(set) var recurringReports: [RecurringReport] = []
  /// The numbers of the lines that say when everyone reports.
  private(set) var reportLines: Set<Int> = []
  /// Whatever isn't certain or is missing.
  private(set) var findings: [ImportFinding] = []
  /// The numbers of the lines whose whole text went into the header.
  private(set) var taken: Set<Int> = []

  /// Reads the header from the text's `paragraphs`, of which those before the first number or label come first.
  ///
  /// `calendar` has the working days that phrases for recurring reports are read with.
  init(_ paragraphs: [PlanParagraph], calendar: WorkdayCalendar) {
    // A form for the document's approval may be before everything.
    let beforeForms = paragraphs.drop { paragraph in
      if case .table(let table) = paragraph.kind { table.header == nil } else { false }
    }
    let opening = beforeForms.prefix { paragraph in
      switch paragraph.kind {
      case .plain, .date, .pageNumber, .aside: true
      case .label(let label, _): label.isContact
      case .numbered, .table: false
      }
    }
    let lines = opening.filter(\.isPlainOrDate).flatMap(\.lines)
    readNumber(lines)
    readTitle(lines)
    readIssued(paragraphs, opening: lines)
    readReports(paragraphs, calendar)
    readContact(paragraphs)
  }

  private mutating func readNumber(_ lines: [SourceLine]) {
    for line in lines.prefix(12) where number.isEmpty {
      for word in line.text.split(whereSeparator: \.isWhitespace).map(String.init) + [line.text.squeezed]
      where Self.isNumber(word) && number.isEmpty {
        number = word
        if line.text.squeezed == word { taken.insert(line.number) }
      }
    }
  }

  /// Whether a word is a document's number: 洛开〔2022〕19号.
  private static func isNumber(_ word: String) -> Bool {
    guard word.hasSuffix("号"), (9...30).contains(word.count),
      let open = word.firstIndex(where: { "〔[［【（(".contains($0) }), open > word.startIndex
    else { return false }
    let tail = word[word.index(after: open)...]
    let year = tail.prefix { $0.isASCIIDigit }
    let rest = tail.dropFirst(year.count)
    guard year.count == 4, let close = rest.first, "〕]］】）)".contains(close) else { return false }
    let ordinal = rest.dropFirst().dropLast().drop { $0 == "第" }
    return !ordinal.isEmpty && ordinal.allSatisfy(\.isASCIIDigit)
      && word[..<open].allSatisfy { $0.isIdeograph }
  }

  private static let kinds = [
    "方案", "计划", "台账", "清单", "要点", "措施", "分工", "任务", "安排", "意见", "通知", "行动", "表", "举措", "细则", "决定", "规划", "实事",
    "项目", "责任书", "任务书", "督办单", "交办单", "函", "一览表", "汇总表", "分解", "通知书", "通报",
  ]

  private mutating func readTitle(_ lines: [SourceLine]) {
    let text = lines.map(\.text.squeezed).unwrapped
    for opening in ["关于印发《", "关于转发《", "现将《"] where title.isEmpty {
      guard let start = text.firstRange(of: opening)?.upperBound,
        let length = Self.length(ofTitle: text[start...])
      else {
        continue
      }
      title = String(text[start...].prefix(length))
    }
    let heading = title.isEmpty ? Self.titleAlone(lines) : title
    if title.isEmpty { title = Self.issuedTitle(in: heading) ?? heading }
    if title.isEmpty, let first = Self.firstLine(lines) {
      title = first.text.squeezed
      findings.doubt([first], "“\(title.excerpt)” was taken for the title, since it stands first")
    }
    if title.isEmpty {
      findings.doubt([], "no title found", help: "write it into plan.title")
    }
    for first in lines.indices {
      for count in 1...5 where first + count <= lines.count {
        let group = lines[first..<first + count]
        let joined = group.map(\.text.squeezed).unwrapped
        if !title.isEmpty, joined == title || joined == heading { taken.formUnion(group.map(\.number)) }
      }
    }
  }

  /// The characters up to the 》 that closes a title, which may itself name documents in 《》 or 〈〉.
  private static func length(ofTitle text: Substring) -> Int? {
    var depth = 1
    for (offset, character) in text.prefix(120).enumerated() {
      if character == "《" { depth += 1 }
      if character == "》" { depth -= 1 }
      if depth == 0 { return offset }
    }
    return nil
  }

  /// The title of the plan that a notice issues: 某办公室关于印发某方案的通知.
  private static func issuedTitle(in heading: String) -> String? {
    guard heading.hasSuffix("的通知"),
      let start = ["关于印发", "关于转发", "关于发布"].lazy.compactMap({ heading.firstRange(of: $0)?.upperBound }).first
    else { return nil }
    let title = heading[start...].dropLast("的通知".count)
    return title.count >= 6 && kinds.contains(where: title.hasSuffix) ? String(title) : nil
  }

  /// A title that is alone on one to four lines: without a sentence's punctuation, ending in 方案 or the like.
  private static func titleAlone(_ lines: [SourceLine]) -> String {
    for first in lines.indices {
      for count in (1...4).reversed() where first + count <= lines.count {
        let group = lines[first..<first + count]
        let joined = group.map(\.text.squeezed).unwrapped
        let isTogether = zip(group, group.dropFirst()).allSatisfy { $1.number - $0.number <= 1 }
        // 2023年《政府工作报告》任务分解方案
        let isWhole = joined.filter { $0 == "《" }.count == joined.filter { $0 == "》" }.count
        let isPlain =
          isTogether && isWhole && !joined.hasPrefix("现将")
          && !joined.contains { "。；：:，,！？".contains($0) }
          && !group.contains {
            isNumber($0.text.squeezed) || $0.text.squeezed.hasSuffix("文件") || PlanDate.whole($0.text) != nil
          }
        // An office's name over a title of its own isn't part of it.
        let isHeaded =
          group.count > 1 && NameList.endsAsUnit(group[first].text.squeezed)
          && !group[first + 1].text.squeezed.hasPrefix("关于")
        // A note on a line of its own isn't either.
        let isNoted = group.count > 1 && group[group.endIndex - 1].text.first?.opensBracket ?? false
        if isHeaded || isNoted || group[first].text.squeezed.hasPrefix("附件") { continue }
        if isPlain, (6...80).contains(joined.count), isTitle(joined) { return joined }
      }
    }
    return ""
  }

  /// The first line, where it can be a title whatever it ends with: 重点项目责任卡.
  private static func firstLine(_ lines: [SourceLine]) -> SourceLine? {
    let first = lines.first { line in
      let words = line.text.squeezed
      return !isNumber(words) && !words.hasSuffix("文件") && !words.hasPrefix("附件")
        && PlanDate.whole(words) == nil
    }
    guard let first, (4...40).contains(first.text.squeezed.count), !NameList.endsAsUnit(first.text.squeezed),
      !first.text.contains(where: { "。；：:，,！？".contains($0) })
    else { return nil }
    return first
  }

  /// Whether words end as a title does, a note in brackets aside: 整改方案（试行）.
  private static func isTitle(_ words: String) -> Bool {
    kinds.contains(where: (words.endingBracket()?.before ?? words).hasSuffix)
  }

  private mutating func readIssued(_ paragraphs: [PlanParagraph], opening: [SourceLine]) {
    let dated = paragraphs.flatMap(\.lines).filter { line in
      PlanDate.whole(line.text) != nil
        && paragraphs.contains { $0.lines == [line] && $0.isPlainOrDate }
    }
    let inOpening = dated.filter { opening.contains($0) }
    let candidates = inOpening.isEmpty ? dated : inOpening
    let dates = Set(candidates.compactMap { PlanDate.whole($0.text) })
    let ending = paragraphs.suffix(4).filter(\.isPlainOrDate).flatMap(\.lines)
    if dates.isEmpty, let (signed, line) = Self.signature(opening) ?? Self.signature(ending) {
      // An office's name is before it: the line is listed.
      issued = signed
      findings.leaveOut([line], "“\(line.text.collapsed.excerpt)”, of which the date was taken")
    } else if dates.count == 1 {
      issued = dates.first
      taken.formUnion(candidates.map(\.number))
    } else {
      let what = dates.isEmpty ? "no date of issue found" : "more than one date could be the date of issue"
      findings.doubt(
        candidates, what, help: "write it into plan.issued: deadlines without a year mean its year")
    }
  }

  /// The office and date on one line: 青石县乡村振兴局　2023年4月3日.
  private static func signature(_ lines: [SourceLine]) -> (CivilDate, SourceLine)? {
    for line in lines {
      // （县督查室　2023年1月10日）
      let isBracketed = line.text.first?.opensBracket ?? false && line.text.last?.closesBracket ?? false
      let text = isBracketed ? String(line.text.dropFirst().dropLast()) : line.text
      // 编号：2023-15　2023年4月11日
      let parts = text.split(whereSeparator: \.isWhitespace)
      if parts.count == 2, parts[0].hasPrefix("编号"), let date = PlanDate.whole(String(parts[1])) {
        return (date, line)
      }
      guard let digit = text.firstIndex(where: \.isASCIIDigit) else { continue }
      // 填报单位：县医保局　填报时间：2021年8月16日
      var words = text[..<digit].split(whereSeparator: \.isWhitespace)[...]
      if words.count > 1, let label = words.last, label.hasSuffix("："),
        ["时间：", "日期："].contains(where: label.hasSuffix)
      {
        words.removeLast()
      }
      let named = words.joined(separator: " ")
      let office =
        named.firstIndex(of: "：").map { named[named.index(after: $0)...].trimmedWhitespace } ?? named
      if NameList.looksLikeUnit(office), let date = PlanDate.whole(String(text[digit...])) {
        return (date, line)
      }
    }
    return nil
  }

  private mutating func readContact(_ paragraphs: [PlanParagraph]) {
    let found = PlanContact(paragraphs)
    let reportsGoTo = contact.unit
    contact = found.contact
    if contact.unit.isEmpty { contact.unit = reportsGoTo }
    taken.formUnion(found.taken)
    for (name, lines) in found.others {
      findings.leaveOut(
        lines, "“\(name)”, a second person of the contact",
        help: "a plan has one contact")
    }
    let parts = [
      (contact.unit, "unit", "unit"), (contact.person, "person", "person"),
      (contact.phone, "phone", "telephone number"),
      (contact.email, "email", "mailbox"),
    ]
    for (value, key, name) in parts where value.isEmpty {
      findings.doubt([], "no contact's \(name) found", help: "write it into plan.contact.\(key)")
    }
  }

  private mutating func readReports(_ paragraphs: [PlanParagraph], _ calendar: WorkdayCalendar) {
    let reader = DeadlineReader(issued: issued, calendar: calendar)
    let found = ReportSentences(paragraphs, reader: reader)
    reports = found.dates
    reportLines = Set(found.lines.map(\.number))
    contact.unit = found.unit
    for (reason, lines) in found.doubts {
      findings.doubt(lines, reason, help: "write the dates into reports")
    }
    for (phrase, clause, lines) in found.recurring {
      let reading = reader.read(phrase)
      let report = RecurringReport(text: phrase, rules: reading.recurrences)
      if reading.status == .read, !report.rules.isEmpty, report.rules.count == reading.readings.count {
        if recurringReports.contains(report) { continue }
        recurringReports.append(report)
        findings.note(lines, "the recurring reports “\(clause.excerpt)” were taken into recurringReports")
      } else {
        findings.leaveOut(
          lines, "the recurring reports “\(phrase)”, which can't be read for certain",
          help: "write their days into reports, or other words into recurringReports")
      }
    }
  }
}

extension PlanParagraph {
  /// Whether it is a line of running text or a date alone.
  fileprivate var isPlainOrDate: Bool {
    switch kind {
    case .plain, .date: true
    default: false
    }
  }
}
