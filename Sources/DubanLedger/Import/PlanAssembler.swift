/// Makes areas and measures of a plan's tree.
///
/// A numbered paragraph with nothing numbered under it is a measure when a closing says who or by when: one in
/// brackets at its own end, or a block of labels after it or after the last measure of its group.
struct PlanAssembler {
  let tree: PlanTree
  private let rootName: String
  /// The numbers of lines that speak to everyone rather than of a measure.
  private let notices: Set<Int>
  /// The areas in the document's order.
  var areas: [ImportedArea] = []
  /// Where each of them is, until the empty ones are taken out.
  private var places: [ImportedArea.Key: Int] = [:]
  /// What was left out and what isn't certain.
  var findings: [ImportFinding] = []
  /// The table of measures above, where nothing but 续表 is between: another one without headings may be its rest.
  var lastTable: TableEnd?
  /// The numbers of the lines whose whole text is in the ledger.
  private(set) var taken: Set<Int> = []
  /// The area whose measures are being read.
  var currentArea: Int?

  /// Reads the tree; `rootName` names the area of measures that are in none.
  init(_ tree: PlanTree, rootName: String, notices: Set<Int>) {
    self.tree = tree
    self.rootName = rootName
    self.notices = notices
    walk(0)
    closeArea()
    areas.removeAll(where: \.isEmpty)
    for area in areas { take(area.headingLines) }
    checkNumbers()
  }

  /// Reports areas before which one is missing: its measures would be numbered like the next one's.
  private mutating func checkNumbers() {
    var last: [Int: Int] = [:]
    // Numbers may also go on through the chapters.
    var latest = 0
    for area in areas {
      guard let place = area.place else { continue }
      let expected = (last[place.parent] ?? 0) + 1
      let goesOn = place.ordinal == latest + 1
      (last[place.parent], latest) = (place.ordinal, place.ordinal)
      if place.ordinal != expected, !goesOn {
        findings.doubt(
          area.headingLines,
          "“\(area.name.excerpt)” is number \(place.ordinal) in the document, and no area \(expected) was found",
          help: "the ids of the measures count the areas that were found")
      }
    }
  }

  // MARK: Nodes

  private mutating func walk(_ index: Int) {
    if tree.isLeaf(index) {
      if tree.nodes[index].partsAreMeasures { readHeading(index) } else { readMeasure(index) }
    } else {
      readHeading(index)
    }
  }

  private mutating func readMeasure(_ index: Int) {
    let node = tree.nodes[index]
    guard let marker = node.marker, let paragraph = node.paragraph else { return }
    enterArea(of: node.parent ?? 0)
    var measure = ImportedMeasure(number: marker.ordinal, text: paragraph.text, lines: paragraph.lines)
    measure.isNumberedBelowChapter = marker.level > .chapter
    if case .plain? = node.elements.first, paragraph.isTitle {
      (measure.heading, measure.text) = (paragraph.text, "")
    }
    var block = Closing()
    for element in node.elements {
      switch element {
      case .plain(let more)
      where index == tree.nodes.count - 1 && more.isSignature && measure.text.last?.endsSentence ?? false:
        leaveOut(more, "stands below the last measure")
      case .plain(let more) where block.lines.isEmpty && !measure.isClosed:
        measure.append(more.text, more.lines)
      case .part(let part, let more) where block.lines.isEmpty && !measure.isClosed:
        measure.append(part.printed + more.text, more.lines)
      case .plain(let more), .part(_, let more): leaveOut(more, "stands after the closing of a measure")
      case .label(let label, let value, _): block.add(label, value)
      case .child, .table: break
      }
    }
    add(measure, block: block)
  }

  private mutating func readHeading(_ index: Int) {
    let node = tree.nodes[index]
    var block = Closing()
    // Below 整改措施：, which has nothing behind it, each paragraph is a measure.
    var listsMeasures = false
    for element in node.elements {
      if case .label(let label, let value, _) = element, label.isClosing {
        block.add(label, value)
        continue
      }
      if !block.lines.isEmpty { listsMeasures = false }
      if case .label(let label, let value, _) = element {
        listsMeasures = label == .measures && value.text.isEmpty
      }
      close(block, under: index)
      block = Closing()
      if !element.letsTablesGoOn { lastTable = nil }
      switch element {
      case .child(let child): walk(child)
      case .label(let label, let value, let more): read(label, value, more, under: index)
      case .part(let marker, let part) where node.partsAreMeasures || listsMeasures:
        enterArea(of: index)
        add(ImportedMeasure(number: marker.ordinal, text: part.text, lines: part.lines))
      case .plain(let part) where node.partsAreMeasures || listsMeasures:
        enterArea(of: index)
        let found = node.partsAreMeasures ? nil : NumberedParts.parts(part.text).first
        add(ImportedMeasure(number: found?.number, text: found?.text ?? part.text, lines: part.lines))
      case .table(let table): read(table, under: index)
      case .plain, .part: break
      }
    }
    close(block, under: index)
  }

  private mutating func read(
    _ label: PlanLabel, _ value: PlanParagraph, _ more: [PlanParagraph], under index: Int
  ) {
    let paragraphs = [value] + more
    let text = paragraphs.map(\.printed).unwrapped
    let area = enterArea(of: index)
    switch label {
    case .problems:
      areas[area].problems += ProblemList.problems(text.isEmpty ? [] : paragraphs.map(\.printed))
    case .goal: areas[area].goal += text
    case .measures where !text.isEmpty:
      let lines = paragraphs.flatMap(\.lines)
      areas[area].measures.append(ImportedMeasure(text: text, lines: lines))
    default: break
    }
    take(paragraphs.flatMap(\.lines))
  }

  // MARK: Closings

  /// Adds a measure; a block of labels closes it and every measure of its group before it.
  private mutating func add(_ measure: ImportedMeasure, block: Closing = Closing()) {
    guard let area = currentArea else { return }
    areas[area].measures.append(measure)
    if !block.lines.isEmpty {
      close(area, with: block)
    } else if let (rest, closing) = Closing.take(from: measure.text, measure.lines) {
      let last = areas[area].measures.count - 1
      areas[area].measures[last].text = rest
      areas[area].measures[last].closing = closing
    }
  }

  private mutating func close(_ block: Closing, under index: Int) {
    guard !block.lines.isEmpty else { return }
    let area = enterArea(of: index)
    if !areas[area].open.isEmpty {
      close(area, with: block)
    } else if areas[area].measures.isEmpty, areas[area].leading == nil {
      areas[area].leading = block
    } else {
      findings.leaveOut(
        block.lines, "“\(block.lines.first?.text.excerpt ?? "")” closes no measure",
        help: "add it to the measure that it belongs to")
    }
  }

  private mutating func close(_ area: Int, with block: Closing) {
    for index in areas[area].open { areas[area].measures[index].closing = block }
    areas[area].closed = areas[area].measures.count
    take(block.lines)
  }

  // MARK: Areas

  @discardableResult
  mutating func enterArea(of index: Int) -> Int {
    let node = tree.nodes[index]
    let closing = closing(overArea: index)
    let heading = node.paragraph.map { Closing.take(from: $0.text, $0.lines)?.rest ?? $0.text } ?? rootName
    let name = heading.sentence.title
    let area = enter(
      .node(index), name: name.hasSuffix("：") || name.hasSuffix(":") ? String(name.dropLast()) : name)
    areas[area].isAside = Self.isAside(tree.chapter(of: index)?.paragraph?.text ?? "")
    areas[area].place = node.marker.map { ($0.ordinal, node.parent ?? 0) }
    areas[area].overall = closing
    areas[area].labels = labels(overArea: index)
    if let paragraph = node.paragraph, heading.sentence.text.isEmpty {
      areas[area].headingLines = paragraph.lines
    }
    return area
  }

  /// The closing in the heading of an area, or of the chapter that it is in: 一、优化环境（县政务局牵头，6月底前完成）.
  private func closing(overArea index: Int) -> Closing? {
    var at: Int? = index
    while let node = at {
      if let heading = tree.nodes[node].paragraph, !tree.isLeaf(node),
        let closing = Closing.take(from: heading.text, heading.lines)?.closing
          ?? unitClosing(of: heading.text)
      {
        return closing
      }
      at = tree.nodes[node].parent
    }
    return nil
  }

  /// What the heading says of who answers that is a unit's name: 一、县应急管理局.
  func unitClosing(of name: String) -> Closing? {
    guard name.count <= 20, NameList.endsAsUnit(name), !name.hasSuffix("中心") else { return nil }
    return Closing(
      parties: [Closing.Party(units: [name])], doubts: ["the unit was taken from the heading “\(name)”"])
  }

  mutating func enter(_ key: ImportedArea.Key, name: String) -> Int {
    if let currentArea, areas[currentArea].key == key { return currentArea }
    closeArea()
    let area = places[key] ?? areas.count
    if area == areas.count { areas.append(ImportedArea(key: key, name: name)) }
    places[key] = area
    currentArea = area
    return area
  }

  /// Decides about the measures without a closing when their area ends.
  private mutating func closeArea() {
    guard let area = currentArea else { return }
    if let leading = areas[area].leading, areas[area].measures.allSatisfy({ $0.closing == nil }) {
      if !areas[area].measures.isEmpty { close(area, with: leading) }
      areas[area].leading = nil
    }
    if !areas[area].isAside {
      for index in areas[area].open {
        guard var closing = SentenceClosing.find(in: areas[area].measures[index].text) else { continue }
        closing.lines = areas[area].measures[index].lines
        areas[area].measures[index].closing = closing
      }
    }
    closeWithHeading(area)
    closeWithLabels(area)
    let isOpenArea = areas[area].measures.contains { $0.closing != nil }
    for index in areas[area].open.reversed() {
      let measure = areas[area].measures[index]
      if isOpenArea, measure.isNumberedBelowChapter {
        areas[area].measures[index].closing = Closing()
        findings.doubt(
          measure.lines, "“\(measure.opening.excerpt)” names no unit, person or deadline",
          help: "add them, or delete the measure if it is none")
      } else {
        areas[area].measures.remove(at: index)
        let isAside = areas[area].isAside || Self.isAside(measure.opening)
        findings.leaveOut(
          measure.lines, "“\(measure.opening.excerpt)” names no unit, person or deadline",
          help: isAside ? nil : "add it by hand if it is a measure")
      }
    }
    leaveOutStages(area)
    for measure in areas[area].measures { take(measure.lines) }
    currentArea = nil
  }

  /// Leaves out the stages of the whole that nobody answers for: （一）动员部署阶段（3月8日—3月20日）。
  private mutating func leaveOutStages(_ area: Int) {
    for index in areas[area].measures.indices.reversed() {
      let measure = areas[area].measures[index]
      guard measure.text.withoutEnd.hasSuffix("阶段"), let closing = measure.closing, closing.parties.isEmpty,
        closing.vague.isEmpty
      else { continue }
      areas[area].measures.remove(at: index)
      if index < areas[area].closed { areas[area].closed -= 1 }
      findings.leaveOut(
        measure.lines, "“\(measure.opening.excerpt)” is a stage that names no unit",
        help: "add it by hand if it is a measure")
    }
  }

  /// Whether a chapter holds no measures by its title.
  static func isAside(_ heading: String) -> Bool {
    let words = [
      "总体要求", "目标要求", "指导思想", "工作要求", "有关要求", "相关要求", "保障措施", "组织领导", "组织保障", "组织实施", "基本原则", "工作目标",
      "总体目标", "工作原则", "工作步骤", "方法步骤", "整改要求", "工作机制", "附则", "主要目标", "目标任务", "实施步骤", "督导检查",
    ]
    return words.contains { heading.prefix(16).contains($0) }
  }

  // MARK: Lines

  mutating func take(_ lines: [SourceLine]) { taken.formUnion(lines.map(\.number)) }

  private mutating func leaveOut(_ paragraph: PlanParagraph, _ why: String) {
    if paragraph.lines.allSatisfy({ notices.contains($0.number) }) { return }
    // A signature.
    let isAside = NameList.looksLikeUnit(paragraph.text)
    findings.leaveOut(
      paragraph.lines, "“\(paragraph.text.excerpt)” \(why)",
      help: isAside ? nil : "add it by hand if it belongs to a measure")
  }
}

extension ImportedMeasure {
  /// Whether a closing ends its text, in brackets or as labels: what follows belongs to no measure.
  fileprivate var isClosed: Bool { Closing.take(from: text, lines) != nil }

  fileprivate mutating func append(_ more: String, _ moreLines: [SourceLine]) {
    text.unwrap(more)
    lines += moreLines
  }
}

extension Closing {
  mutating func add(_ label: PlanLabel, _ paragraph: PlanParagraph) {
    lines += paragraph.lines
    for (index, piece) in PlanLabel.cut(paragraph.text, where: \.isClosing).enumerated() {
      let found = index == 0 ? (label: label, rest: piece) : PlanLabel.read(piece) ?? (label, piece)
      add(found.label, found.rest)
    }
  }
}

extension PlanParagraph {
  /// Whether the paragraph can be a title on a line of its own: short, and without a sentence's punctuation.
  fileprivate var isTitle: Bool { text.count <= 40 && !text.contains { "，。；：,;:".contains($0) } }

  /// Whether it is an office's name and nothing else.
  fileprivate var isSignature: Bool {
    text.count <= 24 && NameList.endsAsUnit(text) && text.allSatisfy(\.isIdeograph)
  }

  var printed: String {
    if case .numbered(let marker) = kind { marker.printed + text } else { text }
  }
}
