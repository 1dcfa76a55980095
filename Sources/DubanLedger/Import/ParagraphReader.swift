/// Puts the wrapped lines of a plan's text together into paragraphs.
///
/// A line that begins with a number or a label begins a paragraph. Any other line goes on with the paragraph
/// before it when that one's last line is full, or when its value can't be complete yet.
struct ParagraphReader {
  private(set) var paragraphs: [PlanParagraph] = []
  /// Numbers that don't follow from the one before, by the paragraph's first line.
  private(set) var doubts: [ImportFinding] = []
  /// Words that the document no longer means.
  private(set) var leftOut: [ImportFinding] = []
  /// From this width on a line is full; nil where the text isn't wrapped.
  private let fullWidth: Int?
  /// The last number of each level, since the last number of a higher one.
  private var counters: [PlanMarker.Level: Int] = [:]
  /// The last number of each level in the whole text, for numbers that run through all chapters.
  private var latest: [PlanMarker.Level: Int] = [:]

  init(_ document: PlanDocument) {
    fullWidth = Self.fullWidth(of: document.runningLines.filter(\.counts))
    for (index, block) in document.blocks.enumerated() {
      switch block {
      case .table(let table):
        paragraphs.append(PlanParagraph(kind: .table(table), text: "", lines: table.lines.flatMap { $0 }))
      case .line(let line):
        if case .leftOut(let why) = line.place {
          leftOut.leaveOut(
            [line], "“\(line.text.excerpt)”, which \(why)",
            help: "compare with the document: write it into the ledger if it still holds")
          continue
        }
        add(line, before: document.blocks[(index + 1)...])
      }
    }
  }

  private mutating func add(_ line: SourceLine, before rest: ArraySlice<PlanDocument.Block>) {
    var next: SourceLine? { if case .line(let line)? = rest.first { line } else { nil } }
    if line.place == .aside, !(PlanLabel.read(line.text)?.label.isContact ?? false) {
      begin(.aside, line.text, line)
    } else if line.place == .pageMargin || line.isPageNumber(before: next) {
      begin(.pageNumber, line.text, line)
    } else if let (label, marker, rest) = PlanMarker.worded(line.text) {
      begin(label == .problems ? .label(label, marker) : .numbered(marker), rest, line)
    } else if let open = openParagraph, isCut(paragraphs[open], before: line, rest) {
      extend(open, with: line)
    } else if let label = PlanLabel.read(line.text) {
      begin(.label(label.label, nil), label.rest, line)
      if let first = PlanMarker.read(label.rest)?.marker { counters[first.level] = first.ordinal }
    } else if let (marker, text) = marker(of: line, before: rest), begins(marker, line) {
      addNumbered(marker, text, line)
    } else if PlanDate.whole(line.text) != nil, !isValueOpen, !isInSentence || !isFull(line),
      !endsWithOpenDeadline
    {
      begin(.date, line.text, line)
    } else if let open = openParagraph, goesOn(paragraphs[open], with: line) {
      extend(open, with: line)
    } else {
      begin(.plain, line.text, line)
    }
  }

  private mutating func begin(_ kind: PlanParagraph.Kind, _ text: String, _ line: SourceLine) {
    paragraphs.append(PlanParagraph(kind: kind, text: text.collapsed, lines: [line]))
  }

  private mutating func extend(_ open: Int, with line: SourceLine) {
    paragraphs[open].text.unwrap(line.text.collapsed)
    paragraphs[open].lines.append(line)
  }

  /// The number that the line begins with; one straight before a digit never in the middle of a sentence.
  private func marker(
    of line: SourceLine, before rest: ArraySlice<PlanDocument.Block>
  ) -> (marker: PlanMarker, rest: String)? {
    if isInSentence { return PlanMarker.read(line.text) }
    if case .line(let next)? = rest.first, let title = PlanMarker.title(line.text, over: next.text) {
      return title
    }
    let last = [counters[.item] ?? 0, latest[.item] ?? 0]
    return PlanMarker.read(line.text, after: last, subitem: counters[.subitem] ?? 0) {
      let numbers = rest.lazy.compactMap { block in
        if case .line(let line) = block { PlanMarker.itemNumber(line.text) } else { nil }
      }
      return Array(numbers.prefix(2))
    }
  }

  /// Whether a line's end cut the paragraph where it can't end: inside a bracket that closes on one of the next lines, or
  /// in the middle of a label (完成 over 时限：).
  private func isCut(
    _ paragraph: PlanParagraph, before line: SourceLine, _ rest: ArraySlice<PlanDocument.Block>
  ) -> Bool {
    switch paragraph.kind {
    case .table, .aside, .date, .pageNumber: return false
    case .numbered, .label, .plain: break
    }
    var saysWho: Bool {
      if case .label(let label, _) = paragraph.kind { return label.isClosing }
      return PlanLabel.cut(paragraph.end, where: \.isClosing).count > 1
    }
    return Self.isInLabel(paragraph.end, line.text, isCut: isFull(paragraph.lines.last) || saysWho)
      || Self.isInBracket(paragraph.end, line, rest)
  }

  /// Whether the end of `text` and the beginning of the next line are one label. Where that line begins with a label of
  /// its own, what is before it may be a sentence's end, unless labels are there or the line is full.
  private static func isInLabel(
    _ text: String, _ next: String, isCut: @autoclosure () -> Bool
  ) -> Bool {
    let end = text.reversed().prefix { $0.isIdeograph }.reversed()
    guard (1...6).contains(end.count), end.count < text.count,
      let label = PlanLabel.read(String(end) + next)?.label, label.isClosing
    else { return false }
    let isBehindSign =
      text.dropLast(end.count).last.map { $0.isWhitespace || "。；;，,（(".contains($0) } ?? false
    return isBehindSign && (PlanLabel.read(next) == nil || isCut())
  }

  /// The most lines that a bracket is looked for.
  private static let bracketReach = 8

  private static func isInBracket(
    _ text: String, _ line: SourceLine, _ rest: ArraySlice<PlanDocument.Block>
  ) -> Bool {
    let open = text.reduce(0) { max(0, $0 + $1.asideDepth) }
    var inside = open
    for block in [.line(line)] + rest.prefix(bracketReach) where open > 0 {
      guard case .line(let line) = block, PlanMarker.read(line.text) == nil else { return false }
      for character in line.text {
        inside += character.asideDepth
        if inside < open { return true }
      }
    }
    return false
  }

  /// The paragraph that may go on: page numbers in between don't count.
  private var openParagraph: Int? { paragraphs.lastIndex { !$0.isBesideText } }

  private mutating func addNumbered(_ marker: PlanMarker, _ rest: String, _ line: SourceLine) {
    counters[marker.level] = marker.ordinal
    latest[marker.level] = marker.ordinal
    for (level, _) in counters where level > marker.level { counters[level] = nil }
    if marker.isUnsure { doubt(line, "may be one figure with the digits behind it") }
    if marker.level > .chapter, let label = PlanLabel.read(rest) {
      begin(.label(label.label, marker), label.rest, line)
    } else {
      begin(.numbered(marker), rest, line)
    }
  }

  /// Whether a label waits for its value, which may be a date.
  private var isValueOpen: Bool {
    guard let last = openParagraph.map({ paragraphs[$0] }), case .label(let label, _) = last.kind else {
      return false
    }
    return last.text.isEmpty || (label == .deadline && PlanDate.goesOn(last.text, with: "1"))
  }

  /// Whether the paragraph ends with 完成时限： or the beginning of a date behind it.
  private var endsWithOpenDeadline: Bool {
    guard let text = openParagraph.map({ paragraphs[$0].end }),
      let label = PlanLabel.cut(text, where: \.isClosing).last.flatMap({ PlanLabel.read($0) })
    else { return false }
    return label.label == .deadline && PlanDate.goesOn(label.rest, with: "1")
  }

  /// Whether the line before is full and ended in the middle of a sentence.
  private var isInSentence: Bool {
    guard let last = openParagraph.map({ paragraphs[$0] }) else { return false }
    return isFull(last.lines.last) && !(last.text.last.map { $0.endsSentence || $0.closesBracket } ?? true)
  }

  /// Whether a number at the beginning of a line begins a paragraph, or belongs to a wrapped sentence.
  private mutating func begins(_ marker: PlanMarker, _ line: SourceLine) -> Bool {
    guard let last = openParagraph.map({ paragraphs[$0] }) else { return true }
    let expected = (counters[marker.level] ?? 0) + 1
    if marker.level == .part { return true }
    if marker.ordinal == expected || marker.ordinal == (latest[marker.level] ?? 0) + 1 {
      if isInSentence, last.isBody {
        doubt(line, "stands in the middle of a sentence, and was taken for a new one")
      }
      return true
    }
    if isInSentence, last.isBody { return false }
    if marker.ordinal != 1 {
      let before = counters[marker.level] ?? latest[marker.level]
      doubt(line, before.map { "does not follow \($0), the number before it" } ?? "is the first of its kind")
    }
    return true
  }

  private mutating func doubt(_ line: SourceLine, _ what: String) {
    doubts.doubt(
      [line], "the number at the beginning of “\(line.text.excerpt)” \(what)",
      help: "compare the ledger with the document here")
  }

  private func isFull(_ line: SourceLine?) -> Bool {
    if let isFull = line?.isFull { return isFull }
    guard let fullWidth, let line else { return false }
    return line.edge >= fullWidth
  }

  /// Whether an unmarked line goes on with the paragraph.
  private func goesOn(_ paragraph: PlanParagraph, with line: SourceLine) -> Bool {
    let isFull = isFull(paragraph.lines.last)
    switch paragraph.kind {
    case .table, .aside, .pageNumber, .date: return false
    case .numbered, .plain:
      // …【完成时间】2020年10月8日: a deadline ends where it is whole, however full its line is.
      let end = PlanLabel.cut(paragraph.lines.last?.text ?? "", where: \.isClosing).last
      if let end, let found = PlanLabel.read(end), found.label == .deadline {
        return isFull && PlanDate.isCut(found.rest, before: line.text)
      }
      return isFull
    case .label(let first, _):
      // What goes on is the last of several labels on the line.
      let pieces = PlanLabel.cut(paragraph.end, where: \.isClosing)
      let last = pieces.count > 1 ? pieces.last.flatMap { PlanLabel.read($0) } : nil
      let (label, text) = (last?.label ?? first, last?.rest ?? paragraph.text)
      // Below 整改措施： each paragraph is a measure.
      if paragraph.text.isEmpty { return label != .measures && (!label.isContact || line.width <= 40) }
      switch label {
      case .problems, .goal, .measures: return isFull || !(paragraph.text.last?.endsSentence ?? false)
      case .units, .persons, .leaders: return isFull || Self.joins(text, line.text)
      case .deadline:
        return isFull && PlanDate.isCut(text, before: line.text) || PlanDate.goesOn(text, with: line.text)
      case .contactUnit, .contactPerson, .contactPhone, .contactEmail, .contactOther: return false
      }
    }
  }

  private static func joins(_ value: String, _ next: String) -> Bool {
    let isOpen = value.last.map { "、，,".contains($0) } ?? true
    return isOpen || next.first.map { "、，,".contains($0) } ?? false
  }

  /// The width of full lines: a wrapped text has many lines of nearly the largest width.
  private static func fullWidth(of lines: [SourceLine]) -> Int? {
    let widths = lines.map(\.edge).sorted()
    guard widths.count >= 8 else { return nil }
    let largest = widths[widths.count * 95 / 100]
    let full = largest - max(8, largest / 8)
    guard largest >= 24, largest <= 200, widths.count(where: { $0 >= full }) * 4 >= widths.count else {
      return nil
    }
    return full
  }
}

extension PlanParagraph {
  /// Whether a paragraph before it may go on behind it.
  fileprivate var isBesideText: Bool {
    switch kind {
    case .pageNumber, .aside: true
    default: false
    }
  }

  /// Enough of its end for the last label and what is behind it: each further line looks there.
  fileprivate var end: String { text.utf8.count > 4000 ? String(text.suffix(1000)) : text }

  /// Whether the paragraph is running text, which a wrapped line may cut anywhere.
  var isBody: Bool {
    switch kind {
    case .numbered(let marker): marker.level >= .item || text.contains { $0.endsSentence }
    case .plain: true
    case .label(let label, _): !label.isClosing && !label.isContact
    case .table, .aside, .date, .pageNumber: false
    }
  }
}

/// A paragraph of a plan's text, put together again from its wrapped lines.
struct PlanParagraph: Sendable {
  /// What the paragraph begins with.
  enum Kind: Sendable {
    case numbered(PlanMarker)
    /// A label and its value, with the number that is before the label.
    case label(PlanLabel, PlanMarker?)
    case table(DocumentTable)
    /// A text box, a footnote: what is beside the running text.
    case aside
    /// A date alone on its line.
    case date
    /// A page's number, or what else is repeated at its edges.
    case pageNumber
    case plain
  }

  /// What it begins with.
  var kind: Kind
  /// The text after the number or label.
  var text: String
  /// The lines that it was put together from.
  var lines: [SourceLine]
}
