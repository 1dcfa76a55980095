/// One template, taken apart: the subset of mustache (mustache(5)) that docs/templates.md allows.
///
/// Names, sections (`#`, `^`, `/`), partials (`>`) and comments (`!`). Refused is what could end the service or the
/// safety of a mail: unescaped output, changed delimiters, inheritance and dynamic partials.
struct Template: Sendable {
  /// One part of a template, in the order in which it prints.
  indirect enum Part: Sendable {
    /// Text that is printed as it is, in UTF-8.
    case text([UInt8])
    /// A value, escaped.
    case value(TemplateVariable)
    /// What is printed for a value that is set, once or for each record of a list.
    case section(TemplateVariable, [Part])
    /// What is printed for a value that isn't set.
    case inverted(TemplateVariable, [Part])
    /// Another template of the same kind, whose lines are moved by the indentation.
    case partial(String, indentation: String)
  }

  /// A variable, section or partial that is named.
  struct Mention: Sendable {
    var name: String
    var line: Int
    var column: Int
    var isPartial: Bool
  }

  /// What is wrong with a template, and where.
  struct Fault: Error {
    var line: Int
    var column: Int
    var message: String
    var help: String
  }

  /// As it was written.
  let text: String
  let parts: [Part]
  let mentions: [Mention]

  /// Reads a template; of faulty tags all are reported at once.
  init(_ text: String) throws(TemplateFaults) {
    var reader = TemplateReader()
    for (index, line) in Self.lines(of: text).enumerated() {
      reader.read(line.text, number: index + 1)
      reader.append(line.end)
    }
    self.text = text
    parts = try reader.finish()
    mentions = reader.mentions
  }

  /// The same with each line moved; a line's end at the end of the text begins no other.
  func indented(by indentation: String) -> Template {
    guard !indentation.isEmpty else { return self }
    let moved = Self.lines(of: text).map { line in
      line.text.isEmpty && line.end.isEmpty ? "" : indentation + line.text + line.end
    }
    return (try? Template(moved.joined())) ?? self
  }

  /// The lines, each with its end; the last one has none.
  private static func lines(of text: String) -> [(text: Substring, end: Substring)] {
    text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }.map { line in
      (line, text[line.endIndex...].prefix(1))
    }
  }
}

/// Everything that is wrong with a template.
struct TemplateFaults: Error {
  var faults: [Template.Fault]
}

private struct TemplateReader {
  private struct Section {
    let name: String
    let isInverted: Bool
    var parts: [Template.Part] = []
  }

  private enum Piece {
    case text(Substring)
    case tag(Character?, name: String, column: Int)
  }

  private(set) var mentions: [Template.Mention] = []
  private var faults: [Template.Fault] = []
  /// A section that is closed in the wrong place; nothing is read behind it.
  private var misplaced: Template.Fault?
  /// The open sections, outermost first; the first is the whole.
  private var open = [Section(name: "", isInverted: false)]
  private var end = (line: 1, column: 1)

  mutating func read(_ line: Substring, number: Int) {
    end = (number, line.count + 1)
    let pieces = pieces(of: line, number)
    // A section's tag, partial or comment that has a line to itself leaves none behind.
    let tags = pieces.filter { if case .tag(let sigil, _, _) = $0 { sigil != nil } else { false } }
    let isAlone = pieces.allSatisfy { piece in
      switch piece {
      case .text(let text): text.allSatisfy(\.isWhitespace)
      case .tag(let sigil, _, _): sigil != nil
      }
    }
    guard tags.count == 1, isAlone, let tag = tags.first else {
      for piece in pieces { add(piece, number) }
      return
    }
    var indentation = ""
    if case .text(let text)? = pieces.first { indentation = String(text) }
    add(tag, number, indentation: indentation)
    isAfterLoneTag = true
  }

  /// Whether the line's end is left out too.
  private var isAfterLoneTag = false

  mutating func append(_ text: Substring) {
    if isAfterLoneTag {
      isAfterLoneTag = false
      return
    }
    guard !text.isEmpty else { return }
    open[open.count - 1].parts.append(.text(Array(text.utf8)))
  }

  private mutating func pieces(of line: Substring, _ number: Int) -> [Piece] {
    var pieces: [Piece] = []
    var rest = line
    while let start = rest.firstRange(of: "{{") {
      let column = line.distance(from: line.startIndex, to: start.lowerBound) + 1
      guard let end = rest[start.upperBound...].firstRange(of: "}}") else {
        faults.append(
          .init(line: number, column: column, message: "a tag that isn't closed on its line", help: "add }}"))
        return pieces
      }
      pieces.append(.text(rest[..<start.lowerBound]))
      if let tag = tag(rest[start.upperBound..<end.lowerBound].trimmed, number, column) { pieces.append(tag) }
      rest = rest[end.upperBound...]
    }
    return pieces + [.text(rest)]
  }

  private mutating func tag(_ content: Substring, _ line: Int, _ column: Int) -> Piece? {
    let sigil = content.first.flatMap { "#^/!>".contains($0) ? $0 : nil }
    if sigil == "!" { return .tag(sigil, name: "", column: column) }
    let name = content.dropFirst(sigil == nil ? 0 : 1).trimmed
    guard !name.isEmpty, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else {
      let help =
        switch content.first {
        case "{", "&": "text is always escaped: write {{name}}"
        case "=", "%", "<", "$": "only names, sections (#, ^, /), partials (>) and comments (!) can be used"
        default: "use a name such as {{title}}; docs/templates.md lists them"
        }
      faults.append(
        .init(line: line, column: column, message: "the tag “{{\(content)}}” can't be used", help: help))
      return nil
    }
    if sigil != "/" {
      mentions.append(.init(name: String(name), line: line, column: column, isPartial: sigil == ">"))
    }
    return .tag(sigil, name: String(name), column: column)
  }

  /// Names that no value has are settled here: they print nothing, and are never set.
  private mutating func add(_ piece: Piece, _ line: Int, indentation: String = "") {
    guard misplaced == nil else { return }
    guard case .tag(let sigil, let name, let column) = piece else {
      if case .text(let text) = piece { append(text) }
      return
    }
    isAfterLoneTag = false
    switch sigil {
    case "#", "^": open.append(Section(name: name, isInverted: sigil == "^"))
    case "/": close(name, line, column)
    case ">": open[open.count - 1].parts.append(.partial(name, indentation: indentation))
    case "!": break
    default:
      if let variable = TemplateVariable.named[name] { open[open.count - 1].parts.append(.value(variable)) }
    }
  }

  private mutating func close(_ name: String, _ line: Int, _ column: Int) {
    guard open.count > 1, let section = open.last, section.name == name else {
      misplaced = .init(
        line: line, column: column + 3, message: "a section is closed that isn't the one open here",
        help: "close sections in the reverse order of opening")
      return
    }
    open.removeLast()
    let variable = TemplateVariable.named[name]
    switch (variable, section.isInverted) {
    case (let variable?, false): open[open.count - 1].parts.append(.section(variable, section.parts))
    case (let variable?, true): open[open.count - 1].parts.append(.inverted(variable, section.parts))
    case (nil, true): open[open.count - 1].parts += section.parts
    case (nil, false): break
    }
  }

  func finish() throws(TemplateFaults) -> [Template.Part] {
    guard faults.isEmpty else { throw TemplateFaults(faults: faults) }
    if let misplaced { throw TemplateFaults(faults: [misplaced]) }
    guard open.count == 1 else {
      throw TemplateFaults(faults: [
        .init(
          line: end.line, column: end.column, message: "a section is never closed", help: "add {{/its name}}")
      ])
    }
    return open[0].parts
  }
}

extension Substring {
  fileprivate var trimmed: Substring {
    let head = drop(while: \.isWhitespace)
    return head.lastIndex { !$0.isWhitespace }.map { head[...$0] } ?? ""
  }
}

/// Every name that a template may use; docs/templates.md says what each holds.
enum TemplateVariable: UInt8, CaseIterable {
  case answerLink, answersByLink, approveLink, area, areas, barWidth, behind, brief, breakdown, changeLink,
    contactEmail, contactPerson,
    contactPhone,
    contacts,
    contactTel, contactUnit, copyOf, count, countPadded, date, deadline, doneLink, dueText, entrusted,
    entrustedHeading,
    escalations, failures, fellows, follows, greeting, groupHeading, groups, handOver, handOvers,
    handOverWrapped, hasBehind,
    hasBrief,
    hasCalendar, hasFailures, hasRequests, hasSlip, hasSteps, heading, headlines, id, ids, isComplete, isDuty,
    isEscalated, isEscalation, isNewlyEscalated, isPast, isReport, isShortened, isWeekly, itemReason, items,
    left, light,
    ledgerVersion, longOverdue, lightColor, lightPadded, lights, lightTint, measureCount, measures, mayChange,
    measureTitle, moreCount,
    name, nextStep, nextSteps,
    namePadded, notMineLink, notice, noticeGroups, noticeHeading, notices, number, outgoing, outgoingHeading,
    overdue, ownItems,
    overdueHeading, overdueUnits, owing, owingCount, owingWrapped, owners, part, partNote, passesDeadline,
    person, plan, planTitle, postponeLink, preheader,
    progress, reason, reasonWrapped, receivers, redColor, redirectedFrom, rejectLink, reportEmail, requests,
    reportLink, reportName, reports,
    reportsHeading, reportUnit, roles, seenLink, segments, showsOwners, sinceLast, snoozed, snoozedBy,
    snoozedHeading,
    snoozedUntil,
    snoozedWhy, scope, step, steps, stepText, stepWrapped, submitted, submittedHeading, summary, supervised,
    text, textWrapped,
    title, total, totalPadded, undecided, undecidedHeading, unit, units, upcoming, weekday, what, width
  // Those that only the report page has.
  case answer, column, contentPolicy, events, eventDate, eventText, isOneUnit, days, dueNote, generated,
    hasEvents, hasOutbox, history, historyLimit, isCopy,
    isCut,
    isFailed, isFolded, issued, leftKey, lightKey, lightLifted, lightOrder, madeAt, months, monthText, offset,
    owingUnits,
    planNumber, plans, sentText, showsPlan, state, statusKey, statusNote, statusText, subject
  // Those that only papers have.
  case answeredFor, asksToTalk, bar, barColor, dueCount, hasBefore, hasOverdue, hasUndated, inTime, isOverdue,
    issuedBy, late, level, overdueCount, paperColor, paperNumber, paperTitle, period, points, rank, rate,
    rateBefore, replyBy, reported, undated, unconfirmed

  /// The name as templates write it.
  var spelling: String { "\(self)" }

  /// Each by its name.
  static let named = Dictionary(uniqueKeysWithValues: allCases.map { ($0.spelling, $0) })

  /// The names as templates write them.
  static let names = Set(named.keys)
}
